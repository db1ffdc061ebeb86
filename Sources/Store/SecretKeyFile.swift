import Formats
import Glibc

/// Where a secret key lies: a file beside the city, never in it, which its owner alone may read.
///
/// A line that says what it is and which key, then the seed's 32 bytes.
package enum SecretKeyFile {
    private static let length = "shahrsaz secret key 1 0123456789abcdef\n".utf8.count + SecretKey.seedCount

    package static func path(of city: String) -> String { city + ".key" }

    package static func exists(_ path: String) -> Bool { NewFile.exists(path) }

    /// Makes a key and its file, which appears whole or not at all and in no other file's place; the key's public half.
    package static func make(at path: String) throws(StoreError) -> PublicKey {
        guard !NewFile.exists(path) else { throw .exists(path: path) }
        let (key, temporary) = try written(beside: path)
        defer { NewFile.remove(temporary) }
        guard unsafe link(temporary, path) == 0 else { throw errno == EEXIST ? .exists(path: path) : .system("naming \(path)") }
        NewFile.remove(temporary)
        try NewFile.sync(NewFile.folder(of: path))
        return key
    }

    /// Puts a new key in the place of one that stays beside it, under its own id.
    ///
    /// - Returns: the new key's public half, and where the old secret is now.
    package static func replace(at path: String) throws(StoreError) -> (PublicKey, old: String) {
        let old = "\(path).\(try read(path).publicKey.id)"
        let (key, temporary) = try written(beside: path)
        defer { NewFile.remove(temporary) }
        guard unsafe link(path, old) == 0 || errno == EEXIST else { throw .system("naming \(old)") }
        guard unsafe rename(temporary, path) == 0 else { throw .system("naming \(path)") }
        try NewFile.sync(NewFile.folder(of: path))
        return (key, old)
    }

    private static func written(beside path: String) throws(StoreError) -> (PublicKey, temporary: String) {
        guard let key = SecretKey.fresh() else { throw .io(reason: "libsodium does not start") }
        let temporary = "\(path).\(getpid()).new"
        let bytes = key.written(after: line(key.publicKey))
        do throws(StoreError) {
            try unsafe NewFile.write(UnsafeRawBufferPointer(start: bytes.start, count: bytes.count), to: temporary, mode: 0o600)
        } catch {
            NewFile.remove(temporary)
            throw error
        }
        return (key.publicKey, temporary)
    }

    private static func line(_ key: PublicKey) -> [UInt8] { Array("shahrsaz secret key 1 \(key.id)\n".utf8) }

    /// Reads a secret key; a file that others than its owner may read is refused.
    package static func read(_ path: String) throws(StoreError) -> SecretKey {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw errno == ENOENT ? .missing("file \(path)") : .unreadable(path: path, reason: unsafe String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var facts = stat()
        guard unsafe fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
        guard facts.st_mode & 0o077 == 0 else { throw .exposed(path: path, mode: Int(facts.st_mode & 0o777)) }
        let bytes = SecretBytes(count: length + 1)
        guard unsafe Glibc.read(descriptor, bytes.start, bytes.count) == length, let key = key(in: bytes) else {
            throw .unreadable(path: path, reason: "no secret key of this program, or damaged")
        }
        return key
    }

    /// Nil where the line is another, or names another key than the seed's.
    private static func key(in bytes: borrowing SecretBytes) -> SecretKey? {
        let seed = SecretBytes(count: SecretKey.seedCount)
        let start = length - SecretKey.seedCount
        for place in 0..<seed.count { seed[place] = bytes[start + place] }
        guard let key = SecretKey(seed: seed) else { return nil }
        let line = line(key.publicKey)
        guard line.count == start else { return nil }
        for (place, byte) in line.enumerated() where bytes[place] != byte { return nil }
        return key
    }
}
