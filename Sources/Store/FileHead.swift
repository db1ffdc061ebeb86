import Glibc

/// The first bytes of a file, which tell a GeoPackage from anything else before SQLite, or a lock, touches it.
///
/// Source: the SQLite file format, 1.3: the text `SQLite format 3` and a zero, the application's id at offset 68.
enum FileHead {
    static func requireGeoPackage(_ path: String) throws(StoreError) {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOENT ? .missing("file \(path)") : .system("opening \(path)")
        }
        defer { close(descriptor) }
        var head = [UInt8](repeating: 0, count: 100)
        let count = unsafe pread(descriptor, &head, head.count, 0)
        guard count >= 0 else {
            throw errno == EISDIR ? .notACity(path: path, reason: "a folder") : .system("reading \(path)")
        }
        guard count > 0 else { throw .notACity(path: path, reason: "the file is empty") }
        guard count == 100, head.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw .notACity(path: path, reason: "not a SQLite file")
        }
        let application = head[68..<72].reduce(0) { $0 << 8 | Int64($1) }
        guard application == GeoPackage.applicationID else {
            throw .notACity(path: path, reason: "a SQLite file, but not a GeoPackage")
        }
    }

    /// The file's one name, symbolic links followed, so that everybody locks the same file.
    static func resolved(_ path: String) -> String {
        guard let name = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(name) }
        return unsafe String(cString: name)
    }
}
