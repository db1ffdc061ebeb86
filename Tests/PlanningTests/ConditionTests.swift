import CQL2
import Formats
import Persian
import Testing
import Trials

@testable import Planning

/// What of the standard is refused, by name.
private let refused = [
    "S_", "s_intersects", "T_", "A_", "TIMESTAMP", "avg(", "Foo(", "Bar(", " ^ ", " % ", " div ",
]

@Suite("Conditions are CQL2 text") struct ConditionTests {
    @Test(
        "Every text example of the standard has the tree of its JSON twin, or is refused by name",
        .enabled(if: data("cql2/cql2_schema_examples.tar.gz") != nil))
    func standardExamples() throws {
        let files = try filesOfArchive(try #require(data("cql2/cql2_schema_examples.tar.gz")))
        var parsed = 0
        for (path, text) in files where path.contains("examples/text/") && path.hasSuffix(".txt") {
            if refused.contains(where: text.contains) {
                #expect(throws: ConditionFault.self, "\(path)") { _ = try Condition(parsing: text) }
                continue
            }
            let condition = try Condition(parsing: text)
            let stem = path.split(separator: "/").last.map { $0.dropLast(4).split(separator: "-")[0] } ?? ""
            let twin = try #require(files["cql2/standard/schema/examples/json/\(stem).json"], "\(path)")
            #expect(condition.expression.json == (try JSON(parsing: twin)), "\(path)")
            parsed += 1
        }
        #expect(parsed == 62)
    }

    @Test(
        "A condition over a parcel's facts keeps its names",
        arguments: [
            ("area.deed BETWEEN 201 AND 300 AND street.width >= 12", ["area.deed", "street.width"]),
            (#""street.width" < 12 OR insideOverlay('river')"#, ["overlay:river", "street.width"]),
            ("کاربری = 'مسکونی'", ["کاربری"]),
            ("corner = TRUE and NOT (slope > 15)", ["corner", "slope"]),
            ("(area.grid - 100) / units >= 35", ["area.grid", "units"]),
        ])
    func names(text: String, names: [String]) throws {
        #expect(try Condition(parsing: text).names.sorted() == names)
    }

    @Test(
        "A fault says at which character it stands and what was expected",
        arguments: [
            ("", 1, "empty condition"),
            ("a = ", 5, "found the end"),
            ("a = 1 b", 7, "'b' after a complete condition"),
            ("a = 1 AND", 10, "found the end"),
            ("corner", 1, "corner' = TRUE"),
            ("a = 1 OR corner", 10, "corner' = TRUE"),
            ("1 + 2", 1, "a number alone"),
            ("a = 'b", 5, "does not end"),
            ("a == 1", 4, "'='"),
            ("a = 15X", 5, "runs into 'X'"),
            ("a = 1.1234567", 5, "six places"),
            ("a = 1e30", 5, "too large"),
            ("a = 1 / 0 AND b = 2", 7, "division by zero"),
            ("a < TRUE", 1, "no order"),
            ("a = 1 < 2", 7, "after a complete condition"),
            ("(a = 1) = TRUE", 1, "a comparison cannot be compared"),
            ("'x' = 1", 7, "text cannot be compared with a number"),
            ("a LIKE b", 8, "pattern"),
            ("a BETWEEN 1 OR 2", 13, "AND between the bounds"),
            ("a BETWEEN 'x' AND 'y'", 11, "expected a number"),
            ("a IN 1", 6, "expected '('"),
            ("a NOT = 1", 7, "LIKE, BETWEEN or IN"),
            ("a IS 1", 6, "NULL"),
            ("NOT NOT a = 1", 5, "NOT after NOT"),
            ("a = DATE('2026-13-01')", 10, "2026-11-23"),
            ("S_INTERSECTS(geometry,POINT(1 2))", 1, "S_INTERSECTS' is not supported"),
            ("T_AFTER(a, DATE('2020-01-01'))", 1, "T_AFTER' is not supported"),
            ("insideoverlay(river)", 15, "overlay's kind"),
            ("area.width() = 1", 1, "area.width' is not supported"),
            ("a = 2 ^ 3", 7, "'^' is not supported"),
            ("a; DROP", 2, "U+3B"),
            ("a = 1 AND (b = 2", 17, "expected ')'"),
        ])
    func faults(text: String, character: Int, message: String) throws {
        let fault = try #require(throws: ConditionFault.self) { try Condition(parsing: text) }
        #expect(fault.character == character, "\(text): \(fault)")
        #expect(fault.message.contains(message), "\(text): \(fault)")
    }

    @Test(
        "A hundred thousand parentheses, casts or summands are an error, not a crash",
        arguments: [
            ("", "(", "a = 1", ")"), ("", "(", "", ""), ("a = ", "CASEI(", "'x'", ")"), ("a = 1", " + 1", "", ""),
            ("a = 1", " * b", "", ""),
            ("", "NOT ", "a = 1", ""), ("a = ", "-", "1", ""),
        ])
    func depth(start: String, opening: String, middle: String, closing: String) {
        let text = start + String(repeating: opening, count: 100_000) + middle + String(repeating: closing, count: 100_000)
        #expect(throws: ConditionFault.self) { _ = try Condition(parsing: text) }
    }

    @Test("A long list of alternatives is no depth")
    func breadth() throws {
        let condition = try Condition(parsing: (1...20_000).map { "a = \($0)" }.joined(separator: " OR "))
        #expect(condition.truth(facts: facts(["a": "20000"]), part: Part()) == .yes)
    }

    @Test("Random bytes of the alphabet never crash the parser")
    func noise() {
        var random = Seeded(7)
        let words = [
            "a", "1", "'x'", "(", ")", "AND", "OR", "NOT", "=", "<", "-", "+", "*", "/", "IN", ",", "IS", "NULL", "LIKE", "BETWEEN",
            "CASEI", "DATE", "insideOverlay", "TRUE", "\"q\"", "1e5", ".5", "ی", "'", "\"", "^", ";",
        ]
        var accepted = 0
        for _ in 0..<fuzzCount(20_000) {
            let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }.joined(
                separator: " ")
            if let condition = try? Condition(parsing: text) {
                accepted += 1
                _ = condition.truth(facts: facts(["a": "1"]), part: Part())
            }
        }
        #expect(accepted > 50)
    }
}
