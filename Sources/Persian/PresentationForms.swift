/// Arabic presentation forms (U+FB50…U+FEFC), which old programs and PDF files leave in text: a letter in the shape it has in
/// one place of a word. Each stands for plain letters, by Unicode's compatibility mapping (NFKC).
///
/// Only what Persian text holds: its letters, lam-alef, and four ligatures. The spacing vowel signs U+FE70…U+FE7F become the
/// sign alone, without NFKC's blank or tatweel.
enum PresentationForms {
    /// The plain letters of a form; nil for a scalar that is none of these.
    static func letters(of scalar: Unicode.Scalar) -> String? {
        guard scalar.value >= 0xFB50, scalar.value <= 0xFEFC else { return nil }
        return table[scalar.value]
    }

    private static let table: [UInt32: String] = {
        var table: [UInt32: String] = [:]
        for (first, count, letters) in runs {
            for form in first..<(first + count) { table[form] = letters }
        }
        return table
    }()

    /// The first form of a letter, how many forms follow one another, and the letter.
    private static let runs: [(UInt32, UInt32, String)] = [
        (0xFB56, 4, "پ"), (0xFB7A, 4, "چ"), (0xFB8A, 2, "ژ"), (0xFB8E, 4, "ک"), (0xFB92, 4, "گ"), (0xFBA4, 2, "\u{06C0}"),
        (0xFBA6, 4, "\u{06C1}"), (0xFBAA, 4, "\u{06BE}"), (0xFBAE, 2, "\u{06D2}"), (0xFBE4, 4, "\u{06D0}"), (0xFBE8, 2, "\u{0649}"),
        (0xFBFC, 4, "ی"), (0xFDF2, 1, "الله"), (0xFDFA, 1, "صلى الله عليه وسلم"), (0xFDFC, 1, "ریال"),
        (0xFE70, 2, "\u{064B}"), (0xFE72, 1, "\u{064C}"), (0xFE74, 1, "\u{064D}"), (0xFE76, 2, "\u{064E}"), (0xFE78, 2, "\u{064F}"),
        (0xFE7A, 2, "\u{0650}"), (0xFE7C, 2, "\u{0651}"), (0xFE7E, 2, "\u{0652}"),
        (0xFE80, 1, "ء"), (0xFE81, 2, "آ"), (0xFE83, 2, "أ"), (0xFE85, 2, "ؤ"), (0xFE87, 2, "إ"), (0xFE89, 4, "ئ"), (0xFE8D, 2, "ا"),
        (0xFE8F, 4, "ب"), (0xFE93, 2, "ة"), (0xFE95, 4, "ت"), (0xFE99, 4, "ث"), (0xFE9D, 4, "ج"), (0xFEA1, 4, "ح"), (0xFEA5, 4, "خ"),
        (0xFEA9, 2, "د"), (0xFEAB, 2, "ذ"), (0xFEAD, 2, "ر"), (0xFEAF, 2, "ز"), (0xFEB1, 4, "س"), (0xFEB5, 4, "ش"), (0xFEB9, 4, "ص"),
        (0xFEBD, 4, "ض"), (0xFEC1, 4, "ط"), (0xFEC5, 4, "ظ"), (0xFEC9, 4, "ع"), (0xFECD, 4, "غ"), (0xFED1, 4, "ف"), (0xFED5, 4, "ق"),
        (0xFED9, 4, "\u{0643}"), (0xFEDD, 4, "ل"), (0xFEE1, 4, "م"), (0xFEE5, 4, "ن"), (0xFEE9, 4, "ه"), (0xFEED, 2, "و"),
        (0xFEEF, 2, "\u{0649}"), (0xFEF1, 4, "\u{064A}"), (0xFEF5, 2, "لآ"), (0xFEF7, 2, "لأ"), (0xFEF9, 2, "لإ"), (0xFEFB, 2, "لا"),
    ]
}
