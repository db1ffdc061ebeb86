import CSodium
import Formats

/// The public half of a key: 32 bytes, which anyone may have.
package struct PublicKey: Hashable, Sendable {
    package let bytes: [UInt8]

    static let count = 32

    /// Nil for another number of bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.count else { return nil }
        self.bytes = bytes
    }

    /// The key's name in certificates: the first sixteen hexadecimal digits of the SHA-256 of its bytes.
    package var id: String { Hex.text(Array(Digest(of: bytes).bytes.prefix(8))) }

    /// Whether a signature over these bytes was made with the other half of this key (RFC 8032, Ed25519). Of one message and key only
    /// the signature itself holds, not another form of it.
    package func verifies(_ signature: [UInt8], over message: [UInt8]) -> Bool {
        guard signature.count == SecretKey.signatureCount, SecretKey.isReady else { return false }
        return unsafe crypto_sign_verify_detached(signature, message, UInt64(message.count), bytes) == 0
    }
}

/// The secret half of a key. It is never printed, and wiped from memory when it goes.
package struct SecretKey: ~Copyable, Sendable {
    /// The seed's 32 bytes, and after them the public key's 32, as libsodium signs with them.
    private let memory = SecretBytes(count: 64)
    package let publicKey: PublicKey

    static let seedCount = 32
    static let signatureCount = 64

    /// Whether libsodium has started; it does not where the system has no randomness to give.
    static let isReady = sodium_init() >= 0

    /// The key of a seed of 32 bytes.
    init?(seed: borrowing SecretBytes) {
        guard seed.count == Self.seedCount, Self.isReady else { return nil }
        var half = [UInt8](repeating: 0, count: PublicKey.count)
        _ = unsafe crypto_sign_seed_keypair(&half, memory.start, seed.start)
        guard let key = PublicKey(bytes: half) else { return nil }
        publicKey = key
    }

    /// A key that nobody has had before; nil where libsodium does not start.
    static func fresh() -> SecretKey? {
        guard isReady else { return nil }
        let seed = SecretBytes(count: seedCount)
        unsafe randombytes_buf(seed.start, seed.count)
        return SecretKey(seed: seed)
    }

    package func sign(_ message: [UInt8]) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: Self.signatureCount)
        _ = unsafe crypto_sign_detached(&signature, nil, message, UInt64(message.count), memory.start)
        return signature
    }

    /// Its file's bytes: a line that says what it is, then the seed.
    func written(after line: [UInt8]) -> SecretBytes {
        let bytes = SecretBytes(count: line.count + Self.seedCount)
        for (place, byte) in line.enumerated() { bytes[place] = byte }
        for place in 0..<Self.seedCount { bytes[line.count + place] = memory[place] }
        return bytes
    }
}
