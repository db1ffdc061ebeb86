/// One spelling for the many in which the same Persian text reaches us.
///
/// `stored` changes only what nobody can see or what another keyboard typed: it is what the city keeps and shows. `key` is for
/// finding: it forgets everything by which two spellings of one name differ, and is never shown. All three are idempotent.
package enum Folding {
    /// Text as it is kept: Persian ye and kaf, no bidi marks, tatweel, presentation forms or odd blanks; trimmed.
    ///
    /// Letters such as آ ة ۀ, vowel signs, digits and half-spaces (ZWNJ) stay as they are.
    package static func stored(_ text: String) -> String {
        if isPlain(text) { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let letters = PresentationForms.letters(of: scalar) {
                for letter in letters.unicodeScalars { appendStored(letter, to: &scalars) }
            } else {
                appendStored(scalar, to: &scalars)
            }
        }
        return trimmed(scalars)
    }

    /// A code as it is kept and compared: stored text with ASCII digits; case stays.
    ///
    /// Half-spaces and joiners stay only between two Arabic letters: elsewhere nobody sees them, and two codes would look alike.
    package static func code(_ text: String) -> String {
        if isPlain(text) { return text }
        let stored = Array(Digits.latin(stored(text)).unicodeScalars)
        var scalars = String.UnicodeScalarView()
        for (index, scalar) in stored.enumerated() {
            if scalar == "\u{200C}" || scalar == "\u{200D}" {
                let next = stored[(index + 1)...].first { $0 != "\u{200C}" && $0 != "\u{200D}" }
                guard let last = scalars.last, let next, isArabicLetter(last), isArabicLetter(next) else { continue }
            }
            scalars.append(scalar)
        }
        return trimmed(scalars)
    }

    /// Visible ASCII alone, which most codes are, has nothing to fold.
    private static func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } }

    private static func appendStored(_ scalar: Unicode.Scalar, to scalars: inout String.UnicodeScalarView) {
        switch scalar {
        case "\u{064A}", "\u{0649}": scalars.append("ی")
        case "\u{0643}": scalars.append("ک")
        case "\u{0640}", "\u{200B}", "\u{00AD}", "\u{FEFF}": break
        case _ where Isolates.isBidiControl(scalar): break
        case "\u{00A0}", "\u{2000}"..."\u{200A}", "\u{202F}", "\u{205F}", "\u{3000}": scalars.append(" ")
        default: scalars.append(scalar)
        }
    }

    private static func trimmed(_ scalars: String.UnicodeScalarView) -> String {
        func isBlank(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.isWhitespace || scalar == "\u{200C}" || scalar == "\u{200D}"
        }
        guard let first = scalars.firstIndex(where: { !isBlank($0) }), let last = scalars.lastIndex(where: { !isBlank($0) }) else {
            return ""
        }
        return String(scalars[first...last])
    }

    static func isArabicLetter(_ scalar: Unicode.Scalar) -> Bool {
        (0x0620...0x06FF).contains(scalar.value) && scalar.properties.isAlphabetic
    }
}
