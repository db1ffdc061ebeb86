import Glibc

/// The right to write to a city: an exclusive lock on `FILE.lock`, held until its owner goes, however it goes.
///
/// The file stays behind, so that two who come at once always lock the same one; its content is only the holder's id, for
/// the message to whoever comes second.
@safe struct WriterLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock at once or not at all.
    init(of path: String) throws(StoreError) {
        let name = path + ".lock"
        // Closed on exec, or an import's own process would hold the lock on.
        let opened = unsafe Glibc.open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard opened >= 0 else { throw .system("opening \(name)") }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            let holder = Self.holder(opened)
            close(opened)
            throw code == EWOULDBLOCK ? .locked(path: path, by: holder) : .system("locking \(name)", code: code)
        }
        descriptor = opened
        let text = Array("\(getpid())\n".utf8)
        // Only the message of the next comer suffers when this fails.
        ftruncate(opened, 0)
        unsafe pwrite(opened, text, text.count, 0)
    }

    deinit {
        // Said outright: a process just being started by this one still has the descriptor, until it runs its own program.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private static func holder(_ descriptor: Int32) -> Int32? {
        var text = [UInt8](repeating: 0, count: 16)
        let count = unsafe pread(descriptor, &text, text.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: text[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}

extension StoreError {
    /// A failed call of the system, by its `errno`.
    static func system(_ action: String, code: Int32 = errno) -> StoreError {
        let reason = unsafe "\(action): \(String(cString: strerror(code)))"
        return switch code {
        case ENOSPC, EDQUOT, EFBIG: .full(reason: reason)
        default: .io(reason: reason)
        }
    }
}
