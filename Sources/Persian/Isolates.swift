/// Direction of a run inside text of the other direction: Unicode's isolates (UAX #9), which leave no trace around them.
package enum Isolates {
    /// A code or number that reads from left to right, whatever stands around it (U+2066…U+2069).
    package static func leftToRight(_ text: String) -> String { "\u{2066}\(strip(text))\u{2069}" }

    /// Text whose first strong letter gives its direction (U+2068…U+2069).
    package static func firstStrong(_ text: String) -> String { "\u{2068}\(strip(text))\u{2069}" }

    /// Without any bidi mark, embedding, override or isolate: none can leak out of a run or be hidden in a name.
    package static func strip(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isBidiControl) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isBidiControl($0) }))
    }

    static func isBidiControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// The columns that text takes in a terminal: none for combining marks and format characters, two for wide East Asian ones.
    package static func displayWidth(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
    }

    private static func columns(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x20...0x7E: return 1
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
        default: return 1
        }
    }
}
