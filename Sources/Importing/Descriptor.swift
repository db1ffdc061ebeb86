import Glibc

/// One end of a channel between two processes; closed when this value ends.
struct Descriptor: ~Copyable {
    private(set) var number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    deinit {
        if number >= 0 { Glibc.close(number) }
    }

    var isOpen: Bool { number >= 0 }

    mutating func close() {
        if number >= 0 { Glibc.close(number) }
        number = -1
    }

    /// What can be read without waiting; nil where there is nothing now, and once the other end is closed, which closes this one.
    mutating func readSome() -> [UInt8]? {
        guard isOpen else { return nil }
        var failed = false
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            let result = unsafe recv(number, buffer.baseAddress, 1 << 16, Int32(MSG_DONTWAIT))
            failed = result == 0 || result < 0 && errno != EAGAIN && errno != EINTR
            count = max(0, result)
        }
        if failed { close() }
        return bytes.isEmpty ? nil : bytes
    }

    /// Writes what can be written without waiting, and answers how many bytes; closes where nobody reads any more.
    mutating func writeSome(_ bytes: ArraySlice<UInt8>) -> Int {
        let result = unsafe bytes.withUnsafeBytes { raw in
            unsafe send(number, raw.baseAddress, raw.count, Int32(truncatingIfNeeded: Int(MSG_DONTWAIT) | Int(MSG_NOSIGNAL)))
        }
        if result < 0, errno != EAGAIN, errno != EINTR { close() }
        return max(0, result)
    }
}

/// A pair of connected ends: a socket pair, since writing to one whose reader is gone need not raise a signal.
struct Channel: ~Copyable {
    let ours: Descriptor
    let theirs: Descriptor

    init(for executable: String) throws(ImporterProcessError) {
        var ends: [Int32] = [-1, -1]
        guard unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
            throw .notStarted(executable: executable, reason: SystemError.text(errno))
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        ours = Descriptor(ends[0])
        theirs = Descriptor(ends[1])
    }
}

enum SystemError {
    /// The system's words for an error number.
    static func text(_ number: Int32) -> String {
        unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
    }
}
