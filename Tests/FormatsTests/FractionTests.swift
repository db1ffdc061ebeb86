import Formats
import Testing

@Suite("Exact fractions") struct FractionTests {
    private func fraction(_ part: Int64, _ whole: Int64) throws -> Fraction { try #require(Fraction(part, of: whole)) }

    @Test("Thirds come together to a whole, and are rounded once") func thirds() throws {
        let third = try fraction(1, 3)
        #expect(third.rounded(places: 2)?.description == "0.33" && third.rounded(places: 6)?.description == "0.333333")
        #expect(try #require(third.plus(third)?.plus(third)) == fraction(5, 5))
        #expect(try #require(third.times(fraction(3, 7))) == fraction(1, 7))
        #expect(try #require(fraction(1, 2).minus(fraction(2, 3))) == fraction(-1, 6))
        #expect(Fraction(1, of: 0) == nil && Fraction(1, of: -1) == nil)
    }

    @Test(
        "Rounding goes half to even on both sides of nought",
        arguments: [
            (1, 8, 2, "0.12"), (3, 8, 2, "0.38"), (-1, 8, 2, "-0.12"), (-3, 8, 2, "-0.38"), (1, 2, 0, "0"), (3, 2, 0, "2"), (5, 2, 0, "2"),
            (-3, 2, 0, "-2"), (199, 200, 2, "1"), (995, 1000, 1, "1"), (2, 3, 6, "0.666667"), (-2, 3, 0, "-1"), (0, 9, 2, "0"),
        ] as [(Int64, Int64, Int, String)])
    func rounds(_ part: Int64, _ whole: Int64, _ places: Int, _ text: String) throws {
        #expect(try fraction(part, whole).rounded(places: places)?.description == text)
    }

    @Test("They are compared exactly, whatever their size") func compares() throws {
        #expect(try fraction(1, 3) < fraction(333_334, 1_000_000))
        #expect(try fraction(.max - 1, .max) < fraction(1, 1))
        #expect(try fraction(-1, 2) < fraction(-1, 3))
        #expect(try !(fraction(2, 4) < fraction(1, 2)))
    }

    @Test("What leaves 128 bits, or a decimal, is nothing rather than wrong") func overflows() throws {
        let wide = Fraction(Decimal(millionths: 1_000_000_000_000_000_000))
        #expect(wide.rounded(places: 2) == nil && Fraction(Decimal(millionths: 999_999_999_999_000_000)).rounded(places: 2) != nil)
        let square = try #require(wide.times(wide))
        #expect(square.times(wide)?.times(wide) == nil && square.rounded(places: 0) == nil)
        let odd = try fraction(1, .max).times(fraction(1, .max - 1))
        #expect(try #require(odd).times(fraction(1, 1_000_003)) == nil)
        #expect(try #require(odd).plus(fraction(1, 1_000_003)) == nil)
    }
}
