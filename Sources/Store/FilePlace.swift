import Glibc

/// A city's file by its one name, without opening it.
///
/// Nobody but SQLite opens a city: POSIX drops a process's locks on a file as soon as the process closes any descriptor of it,
/// and with them the ones that keep another process from taking the journal away under a writer.
package enum FilePlace {
    /// The file's one name, symbolic links followed, so that everybody locks the same file.
    package static func resolved(_ path: String) throws(StoreError) -> String {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw errno == ENOENT ? .missing("file \(path)") : .system("opening \(path)")
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notACity(path: path, .notAFile) }
        guard status.st_size > 0 else { throw .notACity(path: path, .empty) }
        guard let name = unsafe realpath(path, nil) else { throw .system("opening \(path)") }
        defer { unsafe free(name) }
        return unsafe String(cString: name)
    }
}
