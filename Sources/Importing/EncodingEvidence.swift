/// What the bytes of many texts tell of the encoding that they were written in.
package struct EncodingEvidence: Hashable, Sendable {
    /// Texts with at least one byte beyond ASCII.
    package private(set) var foreign = 0
    private var validUTF8 = 0
    /// Bytes that are letters of Persian in Windows-1256, and all the others beyond ASCII.
    private var persianLetters = 0
    private var otherBytes = 0

    package init() {}

    package mutating func add(_ bytes: [UInt8]) {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return }
        foreign += 1
        if String(validating: bytes, as: UTF8.self) != nil { validUTF8 += 1 }
        for byte in bytes where byte >= 0x80 {
            if Self.persian.contains(byte) { persianLetters += 1 } else { otherBytes += 1 }
        }
    }

    /// The encoding that the bytes speak for where the file states none.
    ///
    /// Text in UTF-8 is hardly ever well formed by chance, so that comes first. Windows-1256 is recognised by its Arabic
    /// letters, of which nearly all bytes must be: one ي (ED), ك (DF) or ا (C7) is found in every Persian name. Anything else
    /// is not guessed: nil.
    package var likely: TextEncoding? {
        if validUTF8 == foreign { return .utf8 }
        return persianLetters > 9 * otherBytes ? .windows1256 : nil
    }

    /// The bytes of Arabic and Persian letters, the half-space and the Arabic comma, semicolon and question mark.
    private static let persian: Set<UInt8> = Set(0xC0...0xD6).union(0xD8...0xDB).union(0xDD...0xDF)
        .union([0xE1, 0xE3, 0xE4, 0xE5, 0xE6, 0xEC, 0xED, 0x81, 0x8D, 0x8E, 0x90, 0x98, 0x9D, 0xA1, 0xBA, 0xBF, 0xDC])
}
