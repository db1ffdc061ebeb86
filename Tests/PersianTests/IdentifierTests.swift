import Persian
import Testing

@Suite("Identifiers")
struct IdentifierTests {
    @Test(
        "Real national numbers pass, in any digits and with the zeros that a spreadsheet took",
        arguments: [
            ("0013542419", "0013542419"), ("0499370899", "0499370899"), ("0790419904", "0790419904"), ("0084575948", "0084575948"),
            ("1583250689", "1583250689"), ("۰۷۹۰۴۱۹۹۰۴", "0790419904"), ("790419904", "0790419904"), ("13542419", "0013542419"),
            (" 84575948\u{200F}", "0084575948"),
        ])
    func nationalID(text: String, expected: String) throws {
        #expect(try NationalID(parsing: text).text == expected)
    }

    @Test(
        "False national numbers are refused with the reason",
        arguments: [
            ("0084575947", .checkDigit(expected: 8, found: 7)), ("1111111111", .repeatedDigit), ("0000000000", .repeatedDigit),
            ("3542419", .length(expected: 10, found: 7)), ("00135424190", .length(expected: 10, found: 11)), ("", .notDigits("")),
            ("001354241X", .notDigits("001354241X")), ("001-354-2419", .notDigits("001-354-2419")),
        ] as [(String, IdentifierFault)])
    func falseNationalID(text: String, fault: IdentifierFault) {
        #expect(throws: fault) { try NationalID(parsing: text) }
    }

    @Test(
        "Companies' numbers are checked",
        arguments: [
            ("10380284790", nil), ("۱۰۳۸۰۲۸۴۷۹۰", nil), ("14001234562", nil), ("10380284792", .checkDigit(expected: 0, found: 2)),
            ("09748208301", .checkDigit(expected: 0, found: 1)), ("14000000000", .noSerialNumber),
            ("1038028479", .length(expected: 11, found: 10)),
        ] as [(String, IdentifierFault?)])
    func legalID(text: String, fault: IdentifierFault?) throws {
        if let fault {
            #expect(throws: fault) { try LegalID(parsing: text) }
        } else {
            #expect(try LegalID(parsing: text).text.utf8.count == 11)
        }
    }

    @Test("A national number with one digit changed is refused")
    func oneDigit() throws {
        let digits = Array("0790419904")
        for place in 0..<10 {
            for digit in "0123456789" where digit != digits[place] {
                var changed = digits
                changed[place] = digit
                #expect(throws: IdentifierFault.self) { try NationalID(parsing: String(changed)) }
            }
        }
    }

    @Test(
        "Postal codes are refused only for what no real code has",
        arguments: [
            ("7941895925", "7941895925", true), ("79418-95925", "7941895925", true), ("۹۳۵۶۱ ۱۳۴۷۸", "9356113478", false),
            ("9356113478", "9356113478", false),
            ("3333413478", "3333413478", true), ("9356513478", "9356513478", true),
        ])
    func postalCode(text: String, expected: String, isUnusual: Bool) throws {
        let code = try PostalCode(parsing: text)
        #expect(code.text == expected)
        #expect(code.isUnusual == isUnusual)
    }

    @Test(
        "False postal codes are refused with the reason",
        arguments: [
            ("0356113478", .forbiddenDigit(0, position: 1)), ("9352113478", .forbiddenDigit(2, position: 4)),
            ("935611347", .length(expected: 10, found: 9)),
            ("935-6113478", .notDigits("935-6113478")), ("", .notDigits("")),
        ] as [(String, IdentifierFault)])
    func falsePostalCode(text: String, fault: IdentifierFault) {
        #expect(throws: fault) { try PostalCode(parsing: text) }
    }

    @Test(
        "A renovation code is read in any digits and kept as seven numbers",
        arguments: [
            ("1-10-84-1-0-0-0", "1-10-84-1-0-0-0"), ("۱-۱۰-۸۴-۱-۱۶-۲-۰", "1-10-84-1-16-2-0"), ("1/10/84/1/0/0/0", "1-10-84-1-0-0-0"),
            ("01-010-084-1-0-0-0", "1-10-84-1-0-0-0"), ("\u{2066}1-10-84-1-0-0-0\u{2069}", "1-10-84-1-0-0-0"),
            (" 0-0-0-1-84-10-1 ", "0-0-0-1-84-10-1"),
        ])
    func renovationCode(text: String, expected: String) {
        #expect(RenovationCode(parsing: text)?.text == expected)
    }

    @Test(
        "What is not seven numbers is no renovation code",
        arguments: [
            "", "3-6-7", "1-10-84-1-0-0", "1-10-84-1-0-0-0-0", "1-10/84-1-0-0-0", "1-10-84--1-0-0", "a-1-2-3-4-5-6",
            "1-10-84-1-0-0-9999999999", "-1-10-84-1-0-0-0",
        ])
    func noRenovationCode(text: String) {
        #expect(RenovationCode(parsing: text) == nil)
    }

    @Test("Renovation codes sort by their numbers, not by their letters")
    func order() {
        let codes = ["1-9-84-1-0-0-0", "1-10-9-1-0-0-0", "1-10-84-1-0-0-0", "1-10-84-1-16-2-0", "2-1-1-1-0-0-0", "10-1-1-1-0-0-0"]
        #expect(codes.reversed().compactMap { RenovationCode(parsing: $0) }.sorted().map(\.text) == codes)
        #expect(RenovationCode(parsing: codes[0])?.display == "\u{2066}1-9-84-1-0-0-0\u{2069}")
        #expect(RenovationCode(parts: [1, 2, 3]) == nil && RenovationCode(parts: [1, 2, 3, 4, 5, 6, -7]) == nil)
    }
}
