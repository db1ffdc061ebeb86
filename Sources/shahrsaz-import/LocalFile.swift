import Glibc
import Importing

/// A file on this machine, looked at before any parser is chosen for it.
struct LocalFile {
    /// Absolute and without links, so that no driver takes it for anything but a file's name.
    let path: String
    /// How messages name it.
    let name: String
    let kind: FileKind
    /// Its first bytes, at most 16 KiB.
    let head: [UInt8]

    /// Only a regular file: no folder, device, address or archive member.
    init(_ asked: String) throws(ImportError) {
        name = asked.split(separator: "/").last.map(String.init) ?? asked
        guard let resolved = unsafe realpath(asked, nil) else {
            throw .unreadable(file: asked, reason: unsafe String(cString: strerror(errno)))
        }
        defer { unsafe free(resolved) }
        path = unsafe String(cString: resolved)
        var facts = stat()
        guard unsafe stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, !path.hasPrefix("/vsi") else {
            throw .unreadable(file: asked, reason: "not a regular file")
        }
        head = try Self.read(path, name, atMost: 1 << 14)
        kind = FileKind(name: name, head: head)
    }

    /// All of the file.
    func contents() throws(ImportError) -> [UInt8] { try Self.read(path, name, atMost: nil) }

    private static func read(_ path: String, _ name: String, atMost limit: Int?) throws(ImportError) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(file: name, reason: unsafe String(cString: strerror(errno))) }
        defer { close(descriptor) }
        guard let limit else {
            guard let bytes = Streams.contents(of: descriptor) else { throw .unreadable(file: name, reason: "read error") }
            return bytes
        }
        var head = [UInt8](repeating: 0, count: limit)
        let count = unsafe Glibc.read(descriptor, &head, limit)
        guard count >= 0 else { throw .unreadable(file: name, reason: unsafe String(cString: strerror(errno))) }
        return Array(head.prefix(count))
    }
}
