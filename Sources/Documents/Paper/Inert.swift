/// Text with strangers' names in it made fit to be set: nothing in it steers the page.
enum Inert {
    /// Letters that stay of a text; more is cut, with an ellipsis.
    static let most = 4_000
    /// Marks that stay on one letter. Vowel signs and a shadda come to three.
    private static let mostMarks = 4

    /// Without marks of direction but isolates, and those closed: none of them reaches beyond the text.
    static func text(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var (open, marks, count) = (0, 0, 0)
        for scalar in text.unicodeScalars.prefix(20_000) {
            var kept = scalar
            switch scalar.value {
            case 0x2066...0x2068: open += 1
            case 0x2069:
                if open == 0 { continue }
                open -= 1
            case 0x0A, 0x061C: break
            // He with hamza as one letter: readers lose the mark that stands alone.
            case 0x0654 where scalars.last == "ه":
                scalars.removeLast()
                scalars.append("\u{06C0}")
                continue
            // Thousands are not parted: the font draws this sign like the decimal one.
            case 0x066C: continue
            default:
                guard let clean = clean(scalar, &marks) else { continue }
                kept = clean
                // Joiners in a row join nothing more.
                if kept == "\u{200C}" || kept == "\u{200D}" || kept == " ", scalars.last == kept { continue }
                count += 1
            }
            guard count <= most else {
                scalars.append("…")
                break
            }
            scalars.append(kept)
        }
        for _ in 0..<open { scalars.append("\u{2069}") }
        return String(scalars)
    }

    /// The letter, or what stands for it; nil where it is left out.
    private static func clean(_ scalar: Unicode.Scalar, _ marks: inout Int) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x20...0x7E, 0x0620...0x064A, 0x06CC, 0x06F0...0x06F9:
            marks = 0
            return scalar
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator: return " "
        case .format: return scalar == "\u{200C}" || scalar == "\u{200D}" ? scalar : nil
        case .privateUse, .unassigned, .surrogate: return "\u{FFFD}"
        case .nonspacingMark, .enclosingMark:
            marks += 1
            return marks > mostMarks ? nil : scalar
        default:
            marks = 0
            return scalar
        }
    }
}
