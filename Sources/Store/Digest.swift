import CSodium
import Formats
import Glibc

/// A SHA-256. Digests are ordered as their bytes are.
package struct Digest: Hashable, Comparable, Sendable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// The digest that these 32 bytes are; nil for another number of them.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.init(raw: bytes)
    }

    /// The digest that these 64 hexadecimal digits are; nil for any other text.
    package init?(hex: String) {
        guard hex.utf8.count == 64, let bytes = Hex.bytes(hex) else { return nil }
        self.init(raw: bytes)
    }

    /// The digest of these bytes.
    package init(of bytes: [UInt8]) {
        var hash = SHA256()
        hash.update(bytes)
        self = hash.digest()
    }

    private init(raw: [UInt8]) {
        self = unsafe raw.withUnsafeBytes { unsafe Digest(copying: $0) }
    }

    /// The digest that lies there in 32 bytes.
    @unsafe init(copying bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count == 32)
        func word(_ start: Int) -> UInt64 { UInt64(bigEndian: unsafe bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)) }
        words = (word(0), word(8), word(16), word(24))
    }

    package var bytes: [UInt8] {
        [words.0, words.1, words.2, words.3].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
    }

    func append(to bytes: inout [UInt8]) {
        let raw = (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
        unsafe withUnsafeBytes(of: raw) { unsafe bytes.append(contentsOf: $0) }
    }

    /// Sixty-four hexadecimal digits.
    package var hex: String { Hex.text(bytes) }

    package static func == (one: Digest, other: Digest) -> Bool { one.words == other.words }

    package static func < (one: Digest, other: Digest) -> Bool { one.words < other.words }

    package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

/// A SHA-256 in the making.
package struct SHA256 {
    private var state = crypto_hash_sha256_state()

    package init() {
        unsafe crypto_hash_sha256_init(&state)
    }

    package mutating func update(_ bytes: [UInt8]) {
        unsafe crypto_hash_sha256_update(&state, bytes, UInt64(bytes.count))
    }

    package mutating func digest() -> Digest {
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { bytes in
            if let start = bytes.baseAddress { unsafe crypto_hash_sha256_final(&state, start) }
            return unsafe Digest(copying: UnsafeRawBufferPointer(bytes))
        }
    }
}

extension Digest {
    /// The digest of a file's bytes, read in pieces.
    package init(ofFile path: String) throws(StoreError) {
        // Without waiting: a pipe without a writer would hold this up for ever.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw .unreadable(path: path, reason: unsafe String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var facts = stat()
        guard unsafe fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw .notAFile(path: path)
        }
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw .io(reason: "\(path) could not be read (error \(errno))") }
            if count == 0 { break }
            hash.update(Array(buffer[..<count]))
        }
        self = hash.digest()
    }
}
