import Formats
import Testing

@Suite("Exact decimals")
struct DecimalTests {
    @Test(
        "Text becomes whole millionths",
        arguments: [
            ("0", 0), ("-0", 0), ("1.2", 1_200_000), ("+150", 150_000_000), ("-0.000001", -1), ("007.50", 7_500_000), ("0.123456", 123_456),
            ("1000000000000", 1_000_000_000_000_000_000), ("-1000000000000.000000", -1_000_000_000_000_000_000),
        ] as [(String, Int64)])
    func parses(text: String, millionths: Int64) {
        #expect(Decimal(parsing: text)?.millionths == millionths)
    }

    @Test(
        "What is no decimal of six places is refused",
        arguments: [
            "", "-", "+", ".", "1.", ".5", "-.5", "1e3", " 1", "1 ", "1,5", "1/2", "۱", "٣", "0x1", "nan", "inf", "--1", "+-1", "1.2.3",
            "0.1234567",
            "0.0000000", "1000000000000.000001", "1000000000001", "99999999999999999999999999", "1_000",
        ])
    func refuses(text: String) {
        #expect(Decimal(parsing: text) == nil)
    }

    @Test(
        "The shortest digits come out, and read back as the same",
        arguments: [
            (1_200_000, "1.2"), (150_000_000, "150"), (-1, "-0.000001"), (0, "0"), (100, "0.0001"), (-7_000_100, "-7.0001"),
            (Int64.min, "-9223372036854.775808"), (Int64.max, "9223372036854.775807"),
        ] as [(Int64, String)])
    func describes(millionths: Int64, text: String) {
        #expect(Decimal(millionths: millionths).description == text)
        if millionths.magnitude < 1_000_000_000_000_000_000 { #expect(Decimal(parsing: text)?.millionths == millionths) }
    }

    @Test(
        "Rounding goes half to even",
        arguments: [
            ("0.5", 0, "0"), ("1.5", 0, "2"), ("2.5", 0, "2"), ("-0.5", 0, "0"), ("-1.5", 0, "-2"), ("-2.5", 0, "-2"), ("2.500001", 0, "3"),
            ("0.125", 2, "0.12"), ("0.135", 2, "0.14"), ("0.1251", 2, "0.13"), ("1.234567", 6, "1.234567"), ("1.234567", 9, "1.234567"),
            ("44.9", -1, "45"),
        ])
    func rounds(text: String, places: Int, expected: String) throws {
        #expect(try #require(Decimal(parsing: text)).rounded(places: places).description == expected)
    }

    @Test("The ends of the range round without a trap")
    func roundsExtremes() {
        #expect(Decimal(millionths: .max).rounded(places: 0).millionths > 9_223_372_036_854_000_000)
        #expect(Decimal(millionths: .min).rounded(places: 0).millionths < -9_223_372_036_854_000_000)
    }

    @Test("Products, shares and quotients are exact to the millionth, ties to even")
    func products() throws {
        func decimal(_ text: String) throws -> Decimal { try #require(Decimal(parsing: text)) }
        #expect(try decimal("0.001").times(decimal("0.0005"))?.description == "0")
        #expect(try decimal("0.003").times(decimal("0.0005"))?.description == "0.000002")
        #expect(try decimal("-0.003").times(decimal("0.0005"))?.description == "-0.000002")
        #expect(try decimal("60").percent(of: decimal("499.84"))?.description == "299.904")
        #expect(try decimal("33.333333").percent(of: decimal("300.3"))?.description == "100.099999")
        #expect(try decimal("1").divided(by: decimal("3"))?.description == "0.333333")
        #expect(try decimal("-2").divided(by: decimal("3"))?.description == "-0.666667")
        #expect(try decimal("1").divided(by: .zero) == nil)
        #expect(try decimal("1000000000000").times(decimal("1.000001")) == nil)
        #expect(try decimal("1000000000000").times(decimal("-1"))?.description == "-1000000000000")
        #expect(try decimal("1000000000000").adding(decimal("0.000001")) == nil)
        #expect(try decimal("1000000000000").percent(of: decimal("100.000001")) == nil)
        #expect(try decimal("1.5") + decimal("2.25") - decimal("-1") == decimal("4.75"))
    }

    @Test("Doubles and whole numbers out of range are refused, never trapped on")
    func conversions() {
        #expect(Decimal(1_000_000_000_000)?.description == "1000000000000")
        #expect(Decimal(1_000_000_000_001) == nil && Decimal(Int64.min) == nil && Decimal(UInt64.max) == nil)
        #expect(Decimal(rounding: 1e300) == nil && Decimal(rounding: .nan) == nil && Decimal(rounding: -.infinity) == nil)
        #expect(Decimal(rounding: 0.1 + 0.2)?.description == "0.3")
        #expect(Decimal(exactly: 0.1 + 0.2) == nil)
        #expect(Decimal(exactly: 0.3)?.description == "0.3")
    }

    @Test("Half-even division agrees with schoolbook remainders over every small case")
    func smallCases() throws {
        for dividend in Int64(-40)...40 {
            for divisor in Int64(-7)...7 where divisor != 0 {
                let quotient = try #require(Decimal(millionths: dividend).divided(by: Decimal(millionths: divisor * 1_000_000)))
                let twice = 2 * abs(dividend - quotient.millionths * divisor)
                #expect(twice < abs(divisor) || (twice == abs(divisor) && quotient.millionths.isMultiple(of: 2)))
            }
        }
    }
}
