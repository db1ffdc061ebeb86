import Persian

/// Text of strangers made fit to be set: nothing in it steers the page.
enum Inert {
    /// Letters that stay of a name or a clause; more is cut, with an ellipsis.
    static let most = 4_000
    /// Marks that stay on one letter. Vowel signs and a shadda come to three.
    private static let mostMarks = 4

    /// A name, a code or a clause for the middle of other text: isolated (U+2068…2069), its first strong letter its direction.
    static func text(_ text: String) -> String { Isolates.firstStrong(String(cleaned(text.unicodeScalars.prefix(20_000)))) }

    /// A whole text of ours, with the isolates in it closed: none of them reaches beyond it.
    static func composed(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var open = 0
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x2066...0x2068: open += 1
            case 0x2069:
                if open == 0 { continue }
                open -= 1
            case 0x0A: break
            // He with hamza as one letter: readers lose the mark that stands alone.
            case 0x0654 where scalars.last == "ه":
                scalars.removeLast()
                scalars.append("\u{06C0}")
                continue
            case 0x200E, 0x200F, 0x202A...0x202E, 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: continue
            // Thousands are not parted: the font draws this sign like the decimal one.
            case 0x066C: continue
            default: break
            }
            scalars.append(scalar)
        }
        for _ in 0..<open { scalars.append("\u{2069}") }
        return String(scalars)
    }

    private static func cleaned(_ text: some Sequence<Unicode.Scalar>) -> String.UnicodeScalarView {
        var scalars = String.UnicodeScalarView()
        var (marks, count) = (0, 0)
        for scalar in text {
            var kept = scalar
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator: kept = " "
            case .format where scalar != "\u{200C}" && scalar != "\u{200D}": continue
            case .privateUse, .unassigned, .surrogate: kept = "\u{FFFD}"
            case .nonspacingMark, .enclosingMark:
                marks += 1
                if marks > mostMarks { continue }
            default: marks = 0
            }
            // Joiners in a row join nothing more.
            if kept == "\u{200C}" || kept == "\u{200D}" || kept == " ", scalars.last == kept { continue }
            guard count < most else {
                scalars.append("…")
                break
            }
            scalars.append(kept)
            count += 1
        }
        return scalars
    }
}
