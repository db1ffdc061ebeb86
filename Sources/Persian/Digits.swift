/// Persian (۰…۹), Arabic (٠…٩) and ASCII digits, and how numbers are written with each.
package enum Digits {
    /// Every Persian and Arabic digit as the ASCII one; all else stays.
    package static func latin(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(latin(scalar) ?? scalar) }
        return String(scalars)
    }

    /// Every ASCII and Arabic digit as the Persian one; all else stays.
    package static func persian(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let digit = (latin(scalar) ?? scalar).value &- 0x30
            scalars.append(digit < 10 ? Unicode.Scalar(0x06F0 + digit) ?? scalar : scalar)
        }
        return String(scalars)
    }

    /// A decimal such as `-1234567.25` as Persian print has it: ‎-۱٬۲۳۴٬۵۶۷٫۲۵. Text that is no decimal only changes its digits.
    package static func persianNumber(_ decimal: String) -> String {
        let unsigned = decimal.drop { $0 == "-" || $0 == "+" }
        let halves = unsigned.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count <= 2, halves.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { $0 &- 0x30 < 10 } }) else {
            return persian(decimal)
        }
        var text = String(decimal.prefix(decimal.count - unsigned.count))
        for (index, digit) in halves[0].enumerated() {
            if index > 0, (halves[0].count - index).isMultiple(of: 3) { text += "\u{066C}" }
            text.append(digit)
        }
        if halves.count == 2 { text += "\u{066B}" + halves[1] }
        return persian(text)
    }

    /// The decimal, in ASCII, that a number in any of these digits says: ۱٬۲۳۴٫۵ is `1234.5`.
    ///
    /// Bidi marks and blanks at the ends go; ٬ goes only where it parts thousands, for many fonts draw it like ٫, and no other
    /// sign is guessed at: neither `/` nor a comma. What it can't read stays, so that the parser after it refuses it.
    package static func latinNumber(_ text: String) -> String {
        let folded = Folding.code(text)
        let halves = folded.split(separator: "\u{066B}", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = halves.first else { return folded }
        let groups = whole.split(separator: "\u{066C}", omittingEmptySubsequences: false)
        let first = groups.first?.drop { $0 == "-" || $0 == "+" || $0 == "\u{2212}" } ?? ""
        guard (1...3).contains(first.count) || groups.count == 1, groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return folded }
        var number = groups.joined()
        if halves.count == 2 { number += "." + halves[1] }
        if number.hasPrefix("\u{2212}") { number = "-" + number.dropFirst() }
        return number
    }

    /// The ASCII digit for a Persian or Arabic one; nil for any other scalar, an ASCII digit too stays what it is.
    static func latin(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x30...0x39: scalar
        case 0x06F0...0x06F9: Unicode.Scalar(scalar.value - 0x06F0 + 0x30)
        case 0x0660...0x0669: Unicode.Scalar(scalar.value - 0x0660 + 0x30)
        default: nil
        }
    }
}
