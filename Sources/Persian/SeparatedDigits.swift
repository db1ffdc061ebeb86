/// Whole numbers joined by one sign, `-` or `/`, in any digits: a day, a renovation code.
enum SeparatedDigits {
    /// The runs of ASCII digits; nil where there is anything else, a run is empty, or the signs differ.
    ///
    /// Word processors put other dashes (U+2010…U+2015, U+2212) for the hyphen; they count as one.
    static func runs(_ text: String) -> [Substring]? {
        var separator: Character?
        var plain = ""
        for scalar in Folding.code(text).unicodeScalars {
            switch scalar {
            case "0"..."9": plain.unicodeScalars.append(scalar)
            case "-", "/", "\u{2010}"..."\u{2015}", "\u{2212}":
                let sign: Character = scalar == "/" ? "/" : "-"
                guard separator ?? sign == sign else { return nil }
                separator = sign
                plain.append(" ")
            default: return nil
            }
        }
        let runs = plain.split(separator: " ", omittingEmptySubsequences: false)
        return runs.contains { $0.isEmpty } ? nil : runs
    }
}
