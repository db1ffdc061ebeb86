import Formats
import Spatial
import Testing
import Trials

@testable import CQL2

@Suite("A filter that means harm is refused, or done with in time") struct HostileTests {
    @Test(
        "Depth is refused and never followed",
        arguments: [
            ("", "(", "a = 1", ")"), ("a = ", "CASEI(", "'x'", ")"), ("", "NOT (", "a = 1", ")"), ("a = ", "-(", "1", ")"),
            ("", "f(", "1", ")"), ("a = 1", " + 1", "", ""), ("a = ", "2^(", "1", ")"), ("A_EQUALS(a, ", "(", "1", ")"),
        ])
    func depth(start: String, opening: String, middle: String, closing: String) throws {
        // 100,000 are more than 64 KiB, and refused for that; 10,000 are refused for their depth.
        for (count, message) in [(100_000, "bytes of text"), (6_000, "")] {
            let text = start + String(repeating: opening, count: count) + middle + String(repeating: closing, count: count)
            let fault = try #require(throws: ExpressionFault.self) { try Filter(parsing: text) }
            let expected = count < 10_000 ? ["nested more than 64 deep", "a chain of more than 40"] : [message]
            #expect(expected.contains(where: fault.message.contains), "\(fault)")
        }
    }

    @Test("JSON nests as deep as text does, and no deeper")
    func jsonDepth() throws {
        var json = try Filter(parsing: "a = 1").json
        for _ in 0..<62 { json = .object(["op": .string("not"), "args": .array([json])]) }
        let filter = try Filter(json: json)
        #expect(try Filter(parsing: filter.text) == filter)
        #expect(try filter.bound(to: queryables, in: metres).sieve().keeps { _ in number("1") })
        json = .object(["op": .string("not"), "args": .array([json])])
        let fault = try #require(throws: ExpressionFault.self) { try Filter(json: json) }
        #expect(fault.message == "nested more than 64 deep")
    }

    @Test("More than 2,000 parts are refused, and more than 20,000 points")
    func size() throws {
        let many = (1...2_001).map { "\($0)" }.joined(separator: ",")
        #expect(try #require(throws: ExpressionFault.self) { try Filter(parsing: "a IN (\(many))") }.message.contains("at most 2000"))
        let list = JSON.array([.object(["property": .string("a")]), .array((1...2_001).map { JSON($0) })])
        let json = JSON.object(["op": .string("in"), "args": list])
        #expect(try #require(throws: ExpressionFault.self) { try Filter(json: json) }.message == "more than 2000 parts")
        let line = JSON.array((0...20_000).map { .array([.number(Double($0)), .number(0)]) })
        let drawn = JSON.object(["type": .string("LineString"), "coordinates": line])
        let spatial = JSON.object(["op": .string("s_intersects"), "args": .array([.object(["property": .string("geometry")]), drawn])])
        #expect(try #require(throws: ExpressionFault.self) { try Filter(json: spatial) }.message == "more than 20000 points in geometries")
    }

    @Test(
        "What might be quadratic takes a moment for 2,000 features",
        .timeLimit(.minutes(1)),
        arguments: [
            "name LIKE '" + String(repeating: "%a", count: 30_000) + "'", "name LIKE '" + String(repeating: "a", count: 60_000) + "%'",
            "a IN (" + (1...1_900).map { "\($0).5" }.joined(separator: ",") + ")",
            "CASEI(name) IN (" + (1...900).map { "CASEI('x\($0)')" }.joined(separator: ",") + ")",
            (1...450).map { "a = \($0).25" }.joined(separator: " OR "),
        ])
    func time(text: String) throws {
        let sieve = try Filter(parsing: text).bound(to: queryables, in: metres).sieve()
        let name = PropertyValue.text(String(repeating: "ba", count: 50))
        let start = ContinuousClock.now
        for _ in 0..<2_000 { #expect(try !sieve.keeps { $0 == "a" ? number("0.125") : name }) }
        let took = ContinuousClock.now - start
        // A debug build on a loaded machine; what is quadratic takes minutes.
        #expect(took < .seconds(20), "\(text.prefix(40)): \(took)")
    }

    @Test("A literal of 10,000 corners is asked of 2,000 features in a moment", .timeLimit(.minutes(1)))
    func manyCorners() throws {
        // A comb: every other corner far out.
        let ring = (0...5_000).map { "\($0) \($0 % 2 == 0 ? 100 : 90)" } + ["5000 0", "0 0", "0 100"]
        for relation in ["S_INTERSECTS", "S_WITHIN", "S_TOUCHES", "S_OVERLAPS", "S_EQUALS"] {
            let sieve = try Filter(parsing: "\(relation)(geometry, POLYGON((\(ring.joined(separator: ",")))))")
                .bound(to: queryables, in: metres).sieve()
            let start = ContinuousClock.now
            for x in 0..<2_000 {
                let place = PropertyValue.geometry(rectangle(Int32(x), 10, Int32(x) + 1, 20))
                let expected = relation == "S_INTERSECTS" || relation == "S_WITHIN"
                #expect(try sieve.keeps { _ in place } == expected)
            }
            let took = ContinuousClock.now - start
            #expect(took < .seconds(20), "\(relation): \(took)")
        }
    }

    @Test("Nought has no sign, and half-spaces and marks of direction are letters of a text")
    func letters() throws {
        #expect(try Filter(parsing: "S_EQUALS(geometry, POINT(-0 -0.0))").text == "S_EQUALS(geometry, POINT(0 0))")
        #expect(try Filter(parsing: "a = -0").text == "a = 0")
        let filter = try Filter(parsing: "name = 'می\u{200C}خواهم\u{202E}' AND می\u{200C}شود IS NULL")
        #expect(try Filter(parsing: filter.text) == filter)
        #expect(try Filter(json: filter.json) == filter)
    }

    @Test("Random words never crash the parser, and what it accepts reads back from text and JSON")
    func noise() throws {
        var random = Seeded(11)
        let words = [
            "a", "1", "'x'", "(", ")", "AND", "OR", "NOT", "=", "<", "-", "+", "*", "/", "IN", ",", "IS", "NULL", "LIKE", "BETWEEN",
            "CASEI(",
            "DATE('2020-01-01')", "TRUE", "\"and\"", "1e5", "ی", "'\\''", "^", "%", "div", "f(", "S_INTERSECTS(", "POINT(1 2)",
            "BBOX(0,0,1,1)",
            "T_AFTER(", "INTERVAL('..', '2020-01-01')", "A_EQUALS(", "TIMESTAMP('2020-01-01T00:00:00.10Z')", ",", ")", ")",
        ]
        var accepted = 0
        for _ in 0..<fuzzCount(40_000) {
            let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
                .joined(separator: " ")
            guard let filter = try? Filter(parsing: text) else { continue }
            accepted += 1
            #expect(try Filter(parsing: filter.text) == filter, "\(text) → \(filter.text)")
            #expect(try Filter(json: filter.json) == filter, "\(text) → \(filter.json.text)")
            #expect(try Filter(json: JSON(parsing: filter.json.text)).text == filter.text, "\(text)")
            if let sieve = try? filter.bound(to: queryables, in: metres).sieve() { _ = try sieve.keeps { _ in nil } }
        }
        #expect(accepted > 100)
    }
}
