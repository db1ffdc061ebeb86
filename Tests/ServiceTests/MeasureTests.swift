import Formats
import Testing

@testable import Service

@Suite("Measures") struct MeasureTests {
    @Test("Areas are rounded half to even at a hundredth of a square metre") func areas() {
        #expect(Measure.squareMetres(12_345_000).description == "12.34")
        #expect(Measure.squareMetres(12_355_000).description == "12.36")
        #expect(Measure.squareMetres(12_345_001).description == "12.35")
    }

    @Test("A share comes from the exact areas, whatever their size") func shares() {
        #expect(Measure.share(1, of: 3).millionths == 333_333)
        #expect(Measure.share(2, of: 3).millionths == 666_667)
        #expect(Measure.share(4_000_000_000_000_000_000, of: 8_000_000_000_000_000_000).millionths == 500_000)
        #expect(Measure.share(1, of: 2_000_000).millionths == 0, "half of a millionth goes to the even nought")
        #expect(Measure.share(3, of: 2_000_000).millionths == 2)
        #expect(Measure.share(1, of: 0).millionths == 0)
    }

    @Test("Distances are whole millimetres", arguments: [(0.5, 0), (1.5, 2000), (-2.5, -2000), (1234.4, 1_234_000)])
    func distances(_ millimetres: Double, _ millionths: Int64) { #expect(Measure.metres(millimetres).millionths == millionths) }

    @Test(
        "A coordinate is a finite decimal number, in any digits",
        arguments: [("713000.5", 713000.5), ("۷۱۳۰۰۰٫۵", 713000.5), (" -0.25 ", -0.25), ("0", 0), ("1e3", 1000)])
    func coordinates(_ text: String, _ value: Double) { #expect(Coordinate.parse(text) == value) }

    @Test("Nothing else is a coordinate", arguments: ["", "nan", "inf", "-infinity", "0x10", "1e999", "12,5", "12 5", "N36", "١٢/٥"])
    func refused(_ text: String) { #expect(Coordinate.parse(text) == nil) }
}
