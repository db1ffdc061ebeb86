/// What CASEI and ACCENTI compare by.
enum Accents {
    /// Capitals first, so that ß and SS meet, as full case folding has it.
    static func foldedCase(_ text: String) -> String { text.uppercased().lowercased() }

    /// The text without combining marks, each letter that the Unicode name list calls "… WITH …" as the letter before "WITH".
    static func stripped(_ text: String) -> String {
        var stripped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar.properties.generalCategory != .nonspacingMark { stripped.append(base(of: scalar)) }
        return String(stripped)
    }

    /// Where letters with and without marks live: Latin, Greek, Cyrillic, Arabic.
    private static let alphabets: [ClosedRange<UInt32>] = [0x41...0x7A, 0xC0...0x24F, 0x370...0x3FF, 0x400...0x4FF, 0x620...0x6FF]

    private static func base(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard !scalar.isASCII, let name = scalar.properties.name, let end = name.firstRange(of: " WITH ") else { return scalar }
        let baseName = name[..<end]
        let letters = alphabets.joined().lazy.compactMap(Unicode.Scalar.init)
        return letters.first { $0.properties.name.map { $0[...] == baseName } ?? false } ?? scalar
    }
}

extension String {
    /// Where the first occurrence begins.
    fileprivate func firstRange(of part: String) -> Index? {
        indices.first { self[$0...].hasPrefix(part) }
    }
}
