import Formats
import Testing
import Trials

@Suite("Strict JSON")
struct JSONReaderTests {
    @Test("RFC 8785's sample is written as the RFC prints it")
    func sample() throws {
        let input = #"""
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """#
        let expected =
            #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"#
        #expect(try JSON(parsing: input).text == expected)
    }

    @Test("Keys are sorted by UTF-16 units, as the RFC's own example is")
    func order() throws {
        let input = #"""
            {"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
             "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}
            """#
        let text = try JSON(parsing: input).text
        let values = text.split(separator: "\"").filter { $0.count > 2 }.map(String.init)
        #expect(
            values == [
                "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face",
                "Hebrew Letter Dalet With Dagesh",
            ])
        #expect(text.hasPrefix(#"{"\r":"#))
    }

    @Test("Any two keys sort as their UTF-16 units do")
    func orderOfUnits() {
        var random = Seeded(7)
        let samples: [Unicode.Scalar] = [
            "a", "\u{7F}", "é", "ی", "\u{D7FF}", "\u{E000}", "\u{EFFF}", "\u{FFFD}", "\u{10000}", "😀", "\u{10FFFF}",
        ]
        for _ in 0..<5_000 {
            func key() -> String {
                var key = ""
                for _ in 0..<Int.random(in: 0..<7, using: &random) {
                    key.unicodeScalars.append(samples.randomElement(using: &random) ?? "a")
                }
                return key
            }
            let (one, other) = (key(), key())
            guard one != other else { continue }
            let text = JSON.object([one: .null, other: .null]).text
            let isFirst = one.utf16.lexicographicallyPrecedes(other.utf16)
            let (first, second) = isFirst ? (one, other) : (other, one)
            #expect(text == "{\"\(first)\":null,\"\(second)\":null}")
        }
    }

    @Test(
        "What is no JSON is refused at its line and column",
        arguments: [
            ("", 1, 1), ("  \n ", 2, 2), ("[1,]", 1, 4), ("[1 2]", 1, 4), ("[,1]", 1, 2), ("{\"a\":1,}", 1, 8), ("{a:1}", 1, 2),
            ("{'a':1}", 1, 2),
            ("{\"a\" 1}", 1, 6), ("{\"a\":}", 1, 6), ("[1", 1, 3), ("{\"a\":1", 1, 7), ("\"abc", 1, 5), ("\"a\nb\"", 1, 3),
            ("\"a\u{0}b\"", 1, 3),
            ("01", 1, 2), ("-", 1, 2), ("+1", 1, 1), (".5", 1, 1), ("1.", 1, 3), ("1e", 1, 3), ("1e+", 1, 4), ("0x10", 1, 2), ("-01", 1, 3),
            ("NaN", 1, 1), ("Infinity", 1, 1), ("nul", 1, 1), ("truE", 1, 1), ("True", 1, 1), ("nullx", 1, 5), ("1 2", 1, 3),
            ("[] []", 1, 4),
            ("\"\\x\"", 1, 3), ("\"\\u12\"", 1, 6), ("\"\\uD800\"", 1, 2), ("\"\\uDC00\"", 1, 2), ("\"\\uD800\\uD800\"", 1, 2),
            ("\"\\uD83Dx\"", 1, 2),
            ("1e999", 1, 1), ("[1,\n -1e999]", 2, 2), ("\u{FEFF}{}", 1, 1), ("// x\n1", 1, 1), ("[\"شهر\",\n\"کد\" 1]", 2, 6),
            ("{\"a\":1,\n\"a\":2}", 2, 1),
            ("\u{0}", 1, 1), ("[1\u{A0}]", 1, 3), ("]", 1, 1), ("{\"a\":[1,{\"b\":2,\"b\":3}]}", 1, 16), ("\r\n\r\n]", 3, 1),
            ("\r\r]", 3, 1),
        ])
    func refused(text: String, line: Int, column: Int) {
        let fault = #expect(throws: JSON.Fault.self) { try JSON(parsing: text) }
        #expect(fault?.line == line)
        #expect(fault?.column == column)
    }

    @Test(
        "Bytes that are not UTF-8 are refused, in a string or out of it",
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
            [0x22, 0xE2, 0x82, 0x22],
            [0x31, 0x80],
        ] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) {
        let fault = #expect(throws: JSON.Fault.self) { try JSON(parsing: bytes) }
        #expect(fault == JSON.Fault(line: 1, column: 2, reason: .notUTF8))
    }

    @Test("A repeated key is a fault, also when Unicode alone holds the two spellings equal")
    func duplicates() {
        #expect(throws: JSON.Fault(line: 1, column: 8, reason: .duplicateKey("a"))) { try JSON(parsing: #"{"a":1,"\u0061":2}"#) }
        #expect(throws: JSON.Fault.self) { try JSON(parsing: #"{"\u00e9":1,"e\u0301":2}"#) }
        #expect(throws: JSON.Fault.self) { try JSON(parsing: #"{"آ":1,"ا\u0653":2}"#) }
    }

    @Test("Nesting stops at the limit, and a million brackets are refused like sixty-five")
    func depth() throws {
        func nested(_ count: Int) -> [UInt8] {
            Array(repeating: UInt8(ascii: "["), count: count) + Array(repeating: UInt8(ascii: "]"), count: count)
        }
        #expect(try JSON(parsing: nested(64)).canonical() == nested(64))
        #expect(throws: JSON.Fault(line: 1, column: 65, reason: .tooDeep(limit: 64))) { try JSON(parsing: nested(65)) }
        #expect(throws: JSON.Fault(line: 1, column: 65, reason: .tooDeep(limit: 64))) { try JSON(parsing: nested(1_000_000)) }
        #expect(throws: JSON.Fault(line: 1, column: 3, reason: .tooDeep(limit: 2))) { try JSON(parsing: "[[{\"a\":1}]]", depth: 2) }
        #expect(try JSON(parsing: nested(512), depth: 10_000).canonical() == nested(512))
        #expect(throws: JSON.Fault(line: 1, column: 513, reason: .tooDeep(limit: 512))) { try JSON(parsing: nested(513), depth: 10_000) }
    }

    @Test("A fault says what was expected and what was found")
    func messages() {
        func message(_ text: String) -> String {
            do {
                return try JSON(parsing: text).text
            } catch {
                return error.description
            }
        }
        #expect(message("{\"code\"\n 7}") == "line 2, column 2: expected ':' after the key \"code\", found '7'")
        #expect(message("[1") == "line 1, column 3: expected ',' or ']' after an item of an array, found the end of the text")
        #expect(message("\u{FEFF}1") == "line 1, column 1: expected a value, found a byte-order mark")
        #expect(
            message("\"\u{1}\"")
                == "line 1, column 2: expected an escape in place of a control character, found the control character U+0001")
        #expect(message("1e400").hasPrefix("line 1, column 1: the number 1e400 is beyond the range of a double"))
    }

    @Test("Accessors answer for their own kind only")
    func accessors() throws {
        let value = try JSON(parsing: #"{"a":[true,null,12,1.5,"x"],"b":9007199254740993}"#)
        let items = try #require(value["a"]?.asArray)
        #expect(items[0].asBool == true && items[0].asNumber == nil)
        #expect(items[1].isNull && items[1].asString == nil)
        #expect(items[2].asInt == 12 && items[2].asDecimal == Decimal(12))
        #expect(items[3].asInt == nil && items[3].asDecimal?.description == "1.5")
        #expect(items[4].asString == "x" && items[4].asObject == nil)
        #expect(value["c"] == nil && items[0]["a"] == nil)
        #expect(JSON.number(1e300).asInt == nil && JSON.number(.nan).asInt == nil && JSON.number(1e-7).asDecimal == nil)
        #expect(JSON(Decimal?.none) == .null && JSON(String?.none) == .null && JSON(7) == .number(7) && JSON(true) == .bool(true))
    }
}
