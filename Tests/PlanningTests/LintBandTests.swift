import Formats
import Persian
import Testing

@testable import Planning

@Suite("Bands that lint finds") struct LintBandTests {
    /// What no condition holds in, in words.
    private func silence(_ conditions: [String]) throws -> [String]? {
        let parsed = try conditions.map { try Condition(parsing: $0) }
        guard let grid = BandGrid(parsed) else { return nil }
        return grid.bands(parsed.reduce(Set(0..<grid.count)) { $0.subtracting(grid.cells(where: $1)) })
    }

    @Test(
        "What a ladder leaves out is named by its bounds, thresholds counting as bands of their own",
        arguments: [
            (["a < 8", "a >= 8"], []), (["a < 8", "a > 8"], ["a = 8"]), (["a >= 12.2"], ["a < 12.2"]),
            (["a < 10", "a >= 11"], ["a >= 10 AND a < 11"]), (["a <= 10", "a >= 11"], ["a > 10 AND a < 11"]),
            (["a BETWEEN 5 AND 10"], ["a < 5", "a > 10"]), (["a >= 0"], []),
            (["a < 300", "a >= 300 AND b < 12"], ["a >= 300 AND b >= 12"]),
            (["u = 'x'", "u IN ('y')"], ["u NOT IN ('x', 'y')"]), (["c = TRUE"], ["c = FALSE"]),
            (["insideOverlay('river')"], ["NOT insideOverlay('river')"]), (["NOT (a < 5)"], ["a < 5"]),
        ] as [([String], [String])])
    func gaps(conditions: [String], expected: [String]) throws {
        #expect(try silence(conditions) == expected)
    }

    @Test("Where bands can't be told nothing is said", arguments: ["a + b > 3", "u LIKE 'x%'", "a > b", "a = 5 OR a = 'five'"])
    func untold(condition: String) throws {
        #expect(try silence([condition]) == nil)
    }

    @Test("Two thresholds a millionth apart have no band between them") func dense() throws {
        #expect(try silence(["a <= 1", "a >= 1.000001"]) == [])
        #expect(try silence(["a <= 1", "a >= 1.000002"]) == ["a > 1 AND a < 1.000002"])
    }
}
