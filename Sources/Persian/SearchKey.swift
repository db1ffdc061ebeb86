extension Folding {
    /// The key that a search compares: two spellings of one name have one key.
    ///
    /// Ye, kaf, he and alef in one form each, hamza on its carrier dropped with every vowel sign, a hamza that stands alone
    /// dropped (شهداء, شهدا), digits in ASCII, Latin in lower case; half-spaces and all punctuation are single blanks, but for
    /// a `/` between two digits (۱۲/۳, with or without blanks around it), and a digit that leans on a Persian word is parted
    /// from it (کوچه۱۲). No stem is cut: میشود and می‌شود keep different keys.
    package static func key(_ text: String) -> String {
        var key = SearchKey()
        for scalar in text.unicodeScalars {
            if let letters = PresentationForms.letters(of: scalar) {
                for letter in letters.unicodeScalars { key.take(letter) }
            } else {
                key.take(scalar)
            }
        }
        return String(key.scalars)
    }
}

private struct SearchKey {
    private(set) var scalars = String.UnicodeScalarView()

    /// What stands between the last scalar of the key and the next.
    private enum Gap { case none, blank, slash, punctuation }
    private var gap = Gap.none

    mutating func take(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\u{064A}", "\u{0649}", "\u{0626}", "\u{06CD}", "\u{06CE}", "\u{06D0}", "\u{06D2}", "\u{06D3}": append("ی")
        case "\u{0643}", "\u{06AA}": append("ک")
        case "\u{0629}", "\u{06BE}", "\u{06C0}"..."\u{06C3}", "\u{06D5}": append("ه")
        case "\u{0622}", "\u{0623}", "\u{0625}", "\u{0671}"..."\u{0673}": append("ا")
        case "\u{0624}": append("و")
        case "\u{0621}", "\u{0640}", "\u{00AD}": break
        case "/", "\u{2044}", "\u{2215}", "\u{FF0F}": part(.slash)
        case " ", "\u{200C}": part(.blank)
        case "a"..."z", "\u{0627}"..."\u{063A}", "\u{0641}"..."\u{0648}": append(scalar)
        default: takeOther(scalar)
        }
    }

    private mutating func takeOther(_ scalar: Unicode.Scalar) {
        if Self.isArabicMark(scalar) { return }
        if let digit = Digits.latin(scalar) { return append(digit) }
        switch scalar.properties.generalCategory {
        case .format: break
        case .uppercaseLetter, .titlecaseLetter:
            for lower in scalar.properties.lowercaseMapping.unicodeScalars { append(lower) }
        case .lowercaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber, .otherNumber,
            .nonspacingMark, .spacingMark, .enclosingMark:
            append(scalar)
        default: part(scalar.properties.isWhitespace ? .blank : .punctuation)
        }
    }

    /// One slash, with or without blanks around it, stays a slash; anything else together is punctuation.
    private mutating func part(_ sign: Gap) {
        switch (gap, sign) {
        case (.none, _), (.blank, .slash): gap = sign
        case (_, .blank): break
        default: gap = .punctuation
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        if let last = scalars.last {
            let wasDigit = Self.isDigit(last)
            let isDigit = Self.isDigit(scalar)
            if gap == .slash, wasDigit, isDigit {
                scalars.append("/")
            } else if gap != .none || (isDigit && Folding.isArabicLetter(last)) || (wasDigit && Folding.isArabicLetter(scalar)) {
                scalars.append(" ")
            }
        }
        gap = .none
        scalars.append(scalar)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    /// Vowel signs, hamza and madda above a letter, and the marks of the Quran's text.
    private static func isArabicMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0610...0x061A, 0x064B...0x065F, 0x0670, 0x06D6...0x06DC, 0x06DF...0x06E4, 0x06E7, 0x06E8, 0x06EA...0x06ED,
            0x08D3...0x08FF:
            true
        default: false
        }
    }
}
