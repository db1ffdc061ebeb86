import Formats
import Spatial
import Testing

@testable import CQL2

@Suite("What is no filter is refused with its place") struct FaultTests {
    @Test(
        "Text",
        arguments: [
            ("", 1, "empty condition"), ("a =", 4, "expected a property"), ("corner", 1, "corner' = TRUE"),
            ("S_INTERSECTS(geometry, POINT(1))", 31, "expected a coordinate"), ("S_INTERSECTS(geometry, 5)", 24, "expected a geometry"),
            ("S_INTERSECTS(geometry)", 22, "expected ','"), ("S_EQUALS(geometry, POLYGON((0 0, 1 0, 1 1, 0 1)))", 28, "not closed"),
            ("S_EQUALS(geometry, POLYGON((0 0, 1 0, 0 0)))", 28, "a ring of 3 points"),
            ("S_EQUALS(g, LINESTRING(1 1))", 23, "line of one point"),
            ("S_EQUALS(g, POINT EMPTY)", 19, "found 'EMPTY'"), ("S_EQUALS(g, POINT(1e999 0))", 19, "range of a double"),
            ("S_EQUALS(g, POINT(NaN 0))", 19, "expected a coordinate"), ("S_EQUALS(g, BBOX(0, 1, 1, 0))", 13, "no south above"),
            ("S_EQUALS(g, BBOX(0, 1, 1))", 13, "four numbers"), ("a = 1e999", 5, "too large"), ("a = 0.0000001", 5, "six places"),
            ("T_AFTER(built, 5)", 16, "expected a day"), ("built = DATE('2026-02-30')", 14, "expected a day"),
            ("T_AFTER(built, TIMESTAMP('2026-02-03T24:00:00Z'))", 26, "expected a moment"),
            ("T_AFTER(built, TIMESTAMP('2026-02-03T20:00:00+03:30'))", 26, "expected a moment"),
            ("T_AFTER(built, INTERVAL('2026-01-02', '2026-01-01'))", 25, "ends before it begins"),
            ("T_AFTER(built, INTERVAL('x', '..'))", 25, "'..'"), ("geometry = POINT(0 0)", 12, "S_EQUALS"),
            ("DATE('2020-01-01') = TIMESTAMP('2020-01-01T00:00:00Z')", 22, "T_BEFORE"), ("a = 1 \u{202E}", 7, "U+202E"),
            ("a = 2 div 0", 7, "division by zero"), ("GEOMETRYCOLLECTION(BBOX(0,0,1,1)) IS NULL", 20, "expected a geometry such as"),
            ("name = 'x", 8, "does not end"), ("a = 10 ^ 50", 8, "too large"), ("a = in(1)", 5, "no function's name"),
        ])
    func text(text: String, character: Int, message: String) throws {
        let fault = try #require(throws: ExpressionFault.self) { try Filter(parsing: text) }
        #expect(fault.place == .character(character), "\(text): \(fault)")
        #expect(fault.message.contains(message), "\(text): \(fault)")
    }

    @Test(
        "JSON",
        arguments: [
            ("1", "$", "a number alone"), ("null", "$", "null"), ("{}", "$", "expected an object"), (#"{"op":"="}"#, "$", "args"),
            (#"{"op":"=","args":[1]}"#, "$.args", "1 operands of ="),
            (#"{"op":"=","args":[{"property":"a"},"x"],"z":1}"#, "$", "no other key"),
            (#"{"op":"and","args":[true,{"property":"a"}]}"#, "$.args[1]", "a = TRUE"),
            (#"{"op":"and","args":[true]}"#, "$.args", "two or more"),
            (#"{"op":"=","args":[{"property":"a b"},1]}"#, "$.args[0].property", "expected a name"),
            (#"{"op":"=","args":[{"prop":"a"},1]}"#, "$.args[0].prop", "no key"),
            (#"{"op":"=","args":[{"property":"a"},1e300]}"#, "$.args[1]", "too large"),
            (#"{"op":"=","args":[1,{"op":"/","args":[1,0]}]}"#, "$.args[1].args", "division by zero"),
            (#"{"op":"in","args":[1,[]]}"#, "$.args", "not empty"),
            (#"{"op":"in","args":[1,[2,"x"]]}"#, "$.args[1][1]", "cannot be compared"),
            (#"{"op":"s_equals","args":[{"property":"g"},{"type":"Point","coordinates":[1]}]}"#, "$.args[1].coordinates", "two or three"),
            (
                #"{"op":"s_equals","args":[{"property":"g"},{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}]}"#,
                "$.args[1].coordinates[0]", "not closed"
            ),
            (#"{"op":"s_equals","args":[{"property":"g"},{"type":"Circle"}]}"#, "$.args[1].type", "expected Point"),
            (#"{"op":"s_equals","args":[{"property":"g"},{"bbox":[0,0,1,"1"]}]}"#, "$.args[1].bbox", "four numbers"),
            (#"{"op":"t_after","args":[{"property":"t"},{"date":"2026-13-01"}]}"#, "$.args[1].date", "expected a day"),
            (#"{"op":"a b","args":[]}"#, "$.op", "no function's name"), (#"{"op":"IN","args":[]}"#, "$.op", "no function's name"),
            (#"{"op":"=","args":[{"property":"a"},1000000000000.5]}"#, "$.args[1]", "too large"),
            (#"{"op":"=","args":["a\\",{"property":"a"}]}"#, "$.args[0]", "backslash"),
        ])
    func json(text: String, path: String, message: String) throws {
        let json = try JSON(parsing: text)
        let fault = try #require(throws: ExpressionFault.self) { try Filter(json: json) }
        #expect(fault.place == .path(path), "\(text): \(fault)")
        #expect(fault.message.contains(message), "\(text): \(fault)")
    }

    @Test(
        "What the features do not have",
        arguments: [
            ("nme = 'x'", "nme", "nearest: name"), ("a = 'x'", "'x'", "a number cannot be compared with text"),
            ("name > 5", "5", "cannot be compared"), ("a = name", "name", "cannot be compared"), ("corner > corner", "corner", "no order"),
            ("seen = built", "built", "T_BEFORE"), ("S_INTERSECTS(name, POINT(0 0))", "name", "expected a geometry"),
            ("T_AFTER(a, built)", "a", "expected a day"), ("avg(a) = 1", "avg(a)", "'avg' is not supported"),
            ("A_CONTAINS(a, (1, 2))", "A_CONTAINS(a, (1, 2))", "A_CONTAINS is not supported"),
            ("name + 1 = 2", "name", "expected a number"),
            ("a LIKE 'x'", "a", "expected text"), ("CASEI(a) = 'x'", "a", "expected text"),
            ("geometry = border", "geometry", "cannot be compared"),
            ("S_INTERSECTS(geometry, POINT(1e9 0))", "POINT(1000000000 0)", "1,000 km"),
            (
                "S_WITHIN(geometry, POLYGON((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 2 2, 2 1, 1 2, 1 1)))", "POLYGON(",
                "ring 2 of polygon 1: a ring that crosses itself"
            ),
            ("S_WITHIN(geometry, MULTIPOLYGON(((0 0, 4 0, 4 4, 0 0)), ((1 1, 4 1, 4 3, 1 1))))", "MULTIPOLYGON(", "do not bound ground"),
            ("S_WITHIN(geometry, GEOMETRYCOLLECTION(POINT(0 0), LINESTRING(1 1, 2 2)))", "GEOMETRYCOLLECTION(", "S_WITHIN"),
            ("S_WITHIN(geometry, LINESTRING(0 0, 0 0.0001))", "LINESTRING(", "shorter than a millimetre"),
        ])
    func binding(text: String, part: String, message: String) throws {
        let filter = try Filter(parsing: text)
        let fault = try #require(throws: ExpressionFault.self) { try filter.bound(to: queryables, in: metres) }
        guard case .part(let found) = fault.place else {
            Issue.record("\(fault)")
            return
        }
        #expect(found.hasPrefix(part), "\(text): \(fault)")
        #expect(fault.message.contains(message), "\(text): \(fault)")
    }
}
