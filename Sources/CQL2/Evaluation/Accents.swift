/// What CASEI and ACCENTI compare by.
enum Accents {
    /// Capitals first, so that ß and SS meet, as full case folding has it.
    static func foldedCase(_ text: String) -> String { text.uppercased().lowercased() }

    /// The text without combining marks, each letter that the Unicode name list calls "… WITH …" as the letter before "WITH".
    static func stripped(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var stripped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar.properties.generalCategory != .nonspacingMark { stripped.append(base(of: scalar)) }
        return String(stripped)
    }

    /// Where letters with and without marks live: Latin, Greek, Cyrillic, Arabic.
    private static let alphabets: [ClosedRange<UInt32>] = [0x41...0x7A, 0xC0...0x24F, 0x370...0x3FF, 0x400...0x4FF, 0x620...0x6FF]

    /// The letters of the alphabets by name.
    private static let letters: [String: Unicode.Scalar] = Dictionary(
        alphabets.joined().lazy.compactMap(Unicode.Scalar.init).compactMap { letter in letter.properties.name.map { ($0, letter) } }
    ) { first, _ in first }

    /// Letters of the alphabets and of Latin and Greek with several marks, by number from 0x80 on, so that no name is looked up for them.
    private static let bases: [Unicode.Scalar] = (firstBase..<0x2000).map { number in
        Unicode.Scalar(number).map(namedBase) ?? "\u{FFFD}"
    }

    private static let firstBase: UInt32 = 0x80

    private static func base(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard !scalar.isASCII else { return scalar }
        let place = Int(scalar.value - firstBase)
        return place < bases.count ? bases[place] : namedBase(of: scalar)
    }

    private static func namedBase(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard let name = scalar.properties.name, let end = name.firstRange(of: " WITH ") else { return scalar }
        return letters[String(name[..<end])] ?? scalar
    }
}

extension String {
    /// Where the first occurrence begins.
    fileprivate func firstRange(of part: String) -> Index? {
        indices.first { self[$0...].hasPrefix(part) }
    }
}
