import Foundation
import Persian
import Testing
import Trials

@Suite("Folding")
struct FoldingTests {
    /// Names as addresses and plans have them.
    static let names = [
        "خیابان امام رضا ۱۲/۳", "کوچه شهید یزدی", "بلوار وکیل‌آباد", "میدان آزادی پلاک ۷", "خیابان مسئول نمونه", "کوی رؤیا", "بن‌بست یاس ۴",
        "آیت‌الله کاشانی", "شهرک گلستان", "کوچه لاله ۱۰", "باغ ملی", "خانه کتاب", "قطعه ۳۵ تفکیکی", "جاده جاغرق", "پهنه R122 مسکونی",
        "سی‌متری طالقانی ۲۵",
    ]

    /// How another keyboard, program or hand writes the same.
    static let spellings: [(String, @Sendable (String) -> String)] = [
        ("Arabic ye", { $0.swapping("ی", "\u{064A}") }),
        ("alef maqsura", { $0.swapping("ی", "\u{0649}") }),
        ("Arabic kaf", { $0.swapping("ک", "\u{0643}") }),
        ("blank for half-space", { $0.swapping("\u{200C}", " ") }),
        ("half-space for blank", { $0.swapping(" ", "\u{200C}") }),
        ("no-break space", { $0.swapping(" ", "\u{00A0}") }),
        ("ASCII digits", { Digits.latin($0) }),
        ("Arabic digits", { text in (0...9).reduce(text) { $0.swapping("\u{06F0}".shifted(by: $1), "\u{0660}".shifted(by: $1)) } }),
        ("plain alef", { $0.swapping("آ", "ا").swapping("أ", "ا") }),
        ("alef and madda apart", { $0.swapping("آ", "ا\u{0653}") }),
        ("no hamza", { $0.swapping("ؤ", "و").swapping("ئ", "ی") }),
        ("hamza apart", { $0.swapping("ؤ", "و\u{0654}").swapping("ئ", "ی\u{0654}") }),
        ("ezafe hamza on he", { $0.swapping("ه ", "هٔ ") }),
        ("he with ye above", { $0.swapping("ه ", "\u{06C0} ") }),
        ("ta marbuta", { $0.swapping("ه ", "\u{0629} ") }),
        ("vowel signs", { $0.swapping("ن", "ن\u{0650}").swapping("ل", "ل\u{0651}\u{064E}") }),
        ("tatweel", { $0.swapping("ا", "ـا") }),
        ("bidi marks", { "\u{200F}" + $0.swapping(" ", " \u{200E}") + "\u{202C}" }),
        ("isolates", { "\u{2067}\($0)\u{2069}" }),
        (
            "presentation forms",
            {
                $0.swapping("ی", "\u{FBFD}").swapping("ک", "\u{FB90}").swapping("لا", "\u{FEFB}").swapping("م", "\u{FEE3}").swapping(
                    "ا", "\u{FE8E}")
            }
        ),
        ("blanks", { "  " + $0.swapping(" ", " \t ") + " " }),
        ("commas and stops", { $0.swapping(" ", "، ") + "." }),
        ("quotes", { "«\($0)»" }),
        ("hyphens", { $0.swapping(" ", " - ") }),
        ("lower case", { $0.lowercased() }),
        (
            "no blank before a number",
            { text in (0...9).reduce(text) { $0.swapping(" " + "\u{06F0}".shifted(by: $1), "\u{06F0}".shifted(by: $1)) } }
        ),
        ("blanks around a slash", { $0.swapping("/", " / ") }),
        ("division slash", { $0.swapping("/", "\u{2215}") }),
    ]

    @Test("Two hundred spelling pairs and more have one key, each found by the other")
    func pairs() {
        var pairs: [(String, String, String)] = []
        for name in Self.names {
            for (kind, spell) in Self.spellings {
                let other = spell(name)
                if Array(other.unicodeScalars) != Array(name.unicodeScalars) { pairs.append((kind, name, other)) }
            }
        }
        #expect(pairs.count >= 200)
        #expect(Set(pairs.map(\.0)).count == Self.spellings.count)
        let index = Dictionary(uniqueKeysWithValues: Self.names.map { (Folding.key($0), $0) })
        for (kind, name, other) in pairs {
            #expect(index[Folding.key(other)] == name, "\(kind): \(other)")
            let turned = [Folding.key(other): other]
            #expect(turned[Folding.key(name)] == other, "\(kind): \(other)")
        }
    }

    @Test(
        "Names that differ keep different keys",
        arguments: [
            ("کوچه ۱۲", "کوچه ۱"), ("امام رضا ۱۲/۳", "امام رضا ۱۲۳"), ("امام رضا ۱۲/۳", "امام رضا ۱۲ ۳"), ("گل", "کل"), ("پر", "بر"),
            ("ژاله", "زاله"),
            ("چمن", "جمن"), ("میشود", "می‌شود"), ("سعید", "سعد"), ("R1", "R 1"), ("۱۲/۳", "۳/۱۲"), ("هما", "هوا"),
        ])
    func different(one: String, other: String) {
        #expect(Folding.key(one) != Folding.key(other))
    }

    @Test(
        "Keys come out as written here",
        arguments: [
            ("خیابان امام رضا ۱۲/۳، پلاک ۱۲/۱", "خیابان امام رضا 12/3 پلاک 12/1"), ("شهداء", "شهدا"), ("۱۲//۳", "12 3"), ("/۱۲/", "12"),
            ("۱۲ / ۳", "12/3"),
            ("۱۲-/۳", "12 3"), ("الف/ب", "الف ب"), ("۵٫۵٪", "5 5"), ("Zone-R1.2", "zone r1 2"), ("کوچه۱۲شرقی", "کوچه 12 شرقی"), ("", ""),
            ("،؛", ""),
            ("۲/۱/۱۴۰۲", "2/1/1402"), ("\u{FDF2}", "الله"), ("ﻻله", "لاله"), ("İI", "i\u{307}i"), ("½ دانگ", "½ دانگ"), ("هٔ", "ه"),
        ])
    func keys(text: String, key: String) {
        #expect(Array(Folding.key(text).unicodeScalars) == Array(key.unicodeScalars))
    }

    @Test(
        "Stored text changes only what nobody sees or another keyboard typed",
        arguments: [
            ("\u{200F}شهيد كاشاني\u{00A0}", "شهید کاشانی"), ("می‌شود", "می‌شود"), ("آیة الله خانۀ مؤمن", "آیة الله خانۀ مؤمن"),
            ("طـــرح", "طرح"),
            ("ﻃﺮﻗﺒﻪ", "طرقبه"), ("\u{FEFF}۱۲٬۵", "۱۲٬۵"), (" \u{200C}الف\u{200C} ", "الف"), ("دو\nخط", "دو\nخط"), ("a\u{202E}b", "ab"),
            ("على", "علی"), ("مَدرسهٔ", "مَدرسهٔ"),
        ])
    func stored(text: String, expected: String) {
        #expect(Array(Folding.stored(text).unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test(
        "Codes differ only where somebody sees it",
        arguments: [
            ("\u{200E}۱۲-۳\u{200F}", "12-3"), ("R\u{200C}1", "R1"), ("r1", "r1"), (" R 1 ", "R 1"),
            ("مسكونى\u{200C}تجاري", "مسکونی\u{200C}تجاری"),
            ("٣-٦-٧", "3-6-7"), ("1\u{200D}\u{200C}2", "12"), ("ب\u{200C}1", "ب1"), ("\u{2066}1-10\u{2069}", "1-10"),
        ])
    func codes(text: String, expected: String) {
        #expect(Array(Folding.code(text).unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test("Presentation forms become what Unicode's compatibility mapping says")
    func compatibility() throws {
        var count = 0
        for value in UInt32(0xFB50)...0xFEFC where !(0xFE70...0xFE7F).contains(value) {
            let text = String(try #require(Unicode.Scalar(value)))
            let key = Folding.key(text)
            guard key != text, !key.isEmpty else { continue }
            count += 1
            #expect(key == Folding.key(text.precomposedStringWithCompatibilityMapping), "U+\(String(value, radix: 16))")
        }
        #expect(count > 150)
        for value in UInt32(0xFE80)...0xFEFC {
            let text = String(try #require(Unicode.Scalar(value)))
            #expect(Folding.stored(text) == Folding.stored(text.precomposedStringWithCompatibilityMapping))
        }
    }

    @Test("Folding twice is folding once, and stored text has the key of the original")
    func idempotent() {
        var random = Seeded(3)
        let ranges: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0x600...0x6FF, 0x2000...0x206F, 0xFB50...0xFDFF, 0xFE70...0xFEFF, 0x00...0x24F, 0x2F...0x39, 0x06F0...0x06F9,
        ]
        for _ in 0..<20_000 {
            var text = ""
            for _ in 0..<Int.random(in: 0..<10, using: &random) {
                let range = ranges.randomElement(using: &random) ?? 0x20...0x7E
                if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) { text.unicodeScalars.append(scalar) }
            }
            for fold in [Folding.key, Folding.stored, Folding.code] {
                let folded = fold(text)
                if Array(fold(folded).unicodeScalars) != Array(folded.unicodeScalars) { Issue.record("\(text.debugDescription)") }
            }
            if Array(Folding.key(Folding.stored(text)).unicodeScalars) != Array(Folding.key(text).unicodeScalars) {
                Issue.record("\(text.debugDescription)")
            }
            _ = try? Day(parsing: text)
            _ = RenovationCode(parsing: text)
            _ = Digits.persianNumber(text)
            _ = Digits.latinNumber(text)
            _ = Isolates.displayWidth(text)
        }
    }
}

extension String {
    /// Replaces scalars, where `replacingOccurrences` would compare whole characters.
    fileprivate func swapping(_ old: String, _ new: String) -> String {
        let old = Array(old.unicodeScalars)
        let text = Array(unicodeScalars)
        var result = String.UnicodeScalarView()
        var index = 0
        while index < text.count {
            if text[index...].starts(with: old) {
                result.append(contentsOf: new.unicodeScalars)
                index += old.count
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return String(result)
    }

    fileprivate func shifted(by count: Int) -> String {
        String(String.UnicodeScalarView(unicodeScalars.compactMap { Unicode.Scalar($0.value + UInt32(count)) }))
    }
}
