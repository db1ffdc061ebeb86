import Foundation
import Persian
import Testing

@Suite("Digits, directions and widths")
struct DigitsTests {
    @Test("Digits change and nothing else does")
    func digits() {
        #expect(Digits.latin("پلاک ۱۲/٣") == "پلاک 12/3")
        #expect(Digits.persian("پلاک 12/٣") == "پلاک ۱۲/۳")
    }

    @Test(
        "Numbers are printed in Persian and read back",
        arguments: [
            ("0", "۰"), ("12", "۱۲"), ("123", "۱۲۳"), ("1234", "۱٬۲۳۴"), ("1234567.25", "۱٬۲۳۴٬۵۶۷٫۲۵"), ("-7825.5", "-۷٬۸۲۵٫۵"),
            ("0.000001", "۰٫۰۰۰۰۰۱"),
        ])
    func numbers(ascii: String, persian: String) {
        #expect(Digits.persianNumber(ascii) == persian)
        #expect(Digits.latinNumber(persian) == ascii)
    }

    @Test(
        "What is no decimal only changes its digits",
        arguments: [("12/3", "۱۲/۳"), ("1e5", "۱e۵"), ("", ""), ("-", "-"), ("1.", "۱."), ("1.2.3", "۱.۲.۳")])
    func notNumbers(ascii: String, persian: String) {
        #expect(Digits.persianNumber(ascii) == persian)
    }

    @Test(
        "A thousands sign that parts no thousands is left for the parser to refuse",
        arguments: [
            ("۱٬۲", "1٬2"), ("۱٬۲۳۴٬۵", "1٬234٬5"), ("۱۲۳۴٬۵۶۷", "1234٬567"), ("۵/۱", "5/1"), ("1,5", "1,5"), ("۱۲٫۵", "12.5"),
            ("\u{200E}−۳٫۵", "-3.5"),
            ("٬۱۲۳", "٬123"), ("-۱٬۲۳۴", "-1234"), ("۱٫۲٫۳", "1.2٫3"), ("", ""),
        ])
    func readsNumbers(text: String, expected: String) {
        #expect(Digits.latinNumber(text) == expected)
    }

    @Test("An isolate encloses its text and lets no mark out of it")
    func isolates() {
        #expect(Isolates.leftToRight("1-2\u{2069}\u{202E}") == "\u{2066}1-2\u{2069}")
        #expect(Isolates.firstStrong("طرح") == "\u{2068}طرح\u{2069}")
        #expect(Isolates.strip("\u{200F}ا\u{2067}b\u{2069}\u{061C}") == "اb")
    }

    @Test("Widths are the C library's for Arabic, Latin, format and East Asian characters")
    func widths() throws {
        let locale = try #require(newlocale(LC_CTYPE_MASK, "C.UTF-8", nil))
        let before = uselocale(locale)
        defer {
            uselocale(before)
            freelocale(locale)
        }
        // Swift's Glibc leaves this function out.
        typealias Width = @convention(c) (wchar_t) -> CInt
        let wcwidth = unsafeBitCast(try #require(dlsym(nil, "wcwidth")), to: Width.self)
        // glibc shows the number signs and the soft hyphen, and has no width for what is unassigned.
        let ranges: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0xA1...0xAC, 0xAE...0x36F, 0x606...0x6DC, 0x6DE...0x6FF, 0x200C...0x200F, 0x2066...0x2069, 0x4E00...0x4E80,
            0xFB50...0xFBB1, 0xFE80...0xFEFC, 0x1F300...0x1F320,
        ]
        for range in ranges {
            for value in range {
                let scalar = try #require(Unicode.Scalar(value))
                let expected = wcwidth(wchar_t(value))
                if expected >= 0 { #expect(Isolates.displayWidth(String(scalar)) == Int(expected), "U+\(String(value, radix: 16))") }
            }
        }
        #expect(Isolates.displayWidth("\u{2066}1-10\u{2069}") == 4)
        #expect(Isolates.displayWidth("مِی‌شود") == 5)
    }
}
