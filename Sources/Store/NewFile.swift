import Glibc

/// A file under a name that nobody looks for, which takes its own name only when it is whole and on the disk.
package enum NewFile {
    /// Makes the file by `body`, which is given the temporary name, and puts it in its place. When anything fails nothing is
    /// left. Without a mode it is as the process's mask has it.
    static func make(
        at path: String, mode: mode_t? = nil, by body: (String) throws(StoreError) -> Void
    ) throws(StoreError) {
        guard !exists(path) else { throw .exists(path: path) }
        let temporary = "\(path).\(getpid()).new"
        remove(temporary)
        do throws(StoreError) {
            try body(temporary)
            if let mode, unsafe chmod(temporary, mode) != 0 { throw StoreError.system("setting the mode of \(temporary)") }
            try sync(temporary)
            // Unlike a rename, a link does not replace what another process has put there meanwhile.
            if unsafe link(temporary, path) != 0 {
                guard errno != EEXIST else { throw StoreError.exists(path: path) }
                // A file system without links.
                guard unsafe rename(temporary, path) == 0 else { throw StoreError.system("naming \(path)") }
            }
            remove(temporary)
            try sync(folder(of: path))
        } catch {
            remove(temporary)
            throw error
        }
    }

    /// Writes a small file in the place of another: whoever reads finds the old one or the new one, whole.
    package static func replace(_ path: String, with bytes: [UInt8]) throws(StoreError) {
        let temporary = "\(path).\(getpid()).new"
        do throws(StoreError) {
            let all = bytes.span
            try unsafe all.withUnsafeBytes { (all) throws(StoreError) in try unsafe write(all, to: temporary, mode: 0o644) }
            guard unsafe rename(temporary, path) == 0 else { throw StoreError.system("naming \(path)") }
            try sync(folder(of: path))
        } catch {
            remove(temporary)
            throw error
        }
    }

    /// Writes a file under a name that nobody looks for, from its first moment on with this mode, and syncs it.
    @unsafe static func write(_ bytes: UnsafeRawBufferPointer, to path: String, mode: mode_t) throws(StoreError) {
        unsafe unlink(path)
        let descriptor = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw .system("making \(path)") }
        defer { close(descriptor) }
        var done = 0
        while done < bytes.count {
            let count = unsafe Glibc.write(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
            guard count > 0 else { throw .system("writing \(path)") }
            done += count
        }
        guard fsync(descriptor) == 0 else { throw .system("syncing \(path)") }
    }

    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    /// In bytes; nil where there is no such file.
    static func size(_ path: String) -> Int? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func remove(_ path: String) {
        for suffix in ["", "-journal", "-wal", "-shm"] { unsafe unlink(path + suffix) }
    }

    static func sync(_ path: String) throws(StoreError) {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("opening \(path)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system("syncing \(path)") }
    }
}
