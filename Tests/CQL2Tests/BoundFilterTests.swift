import Formats
import Foundation
import Spatial
import Testing
import Trials

@testable import CQL2

@Suite("A bound filter says what an index may be asked, and agrees with others") struct BoundFilterTests {
    private func bound(_ text: String) throws -> BoundFilter { try Filter(parsing: text).bound(to: queryables, in: metres) }

    private func box(_ minX: Int32, _ minY: Int32, _ maxX: Int32, _ maxY: Int32) -> Reach {
        .box(Box(minX: minX * 1000, minY: minY * 1000, maxX: maxX * 1000, maxY: maxY * 1000))
    }

    @Test("The box that all that is kept must meet")
    func reach() throws {
        let cases: [(String, Reach)] = [
            ("S_INTERSECTS(geometry, BBOX(1, 2, 3, 4))", box(1, 2, 3, 4)),
            ("S_WITHIN(BBOX(1, 2, 3, 4), geometry) AND a = 1", box(1, 2, 3, 4)),
            ("S_DISJOINT(geometry, POINT(0 0))", .anywhere), ("NOT S_INTERSECTS(geometry, POINT(0 0))", .anywhere), ("a = 1", .anywhere),
            ("S_INTERSECTS(border, POINT(0 0))", .anywhere), ("S_INTERSECTS(geometry, border)", .anywhere),
            ("S_INTERSECTS(geometry, POINT(0 0)) OR S_TOUCHES(geometry, POINT(5 5))", box(0, 0, 5, 5)),
            ("S_INTERSECTS(geometry, POINT(0 0)) OR a = 1", .anywhere),
            ("S_INTERSECTS(geometry, BBOX(0, 0, 9, 9)) AND S_INTERSECTS(geometry, POINT(5 5))", box(5, 5, 5, 5)),
            ("FALSE AND a = 1", .nowhere), ("S_WITHIN(POINT(0 0), POINT(1 1))", .nowhere),
        ]
        for (text, expected) in cases { #expect(try bound(text).reach(of: "geometry") == expected, "\(text)") }
    }

    @Test("The values that all that is kept has")
    func values() throws {
        let cases: [(String, [PropertyValue]?)] = [
            ("code = 'x'", [.text("x")]), ("'x' = code AND a > 1", [.text("x")]), ("code IN ('x', 'y')", [.text("x"), .text("y")]),
            ("code IN ('x', 'y') AND code = 'z'", [.text("z")]), ("code = 'x' OR a = 1", nil), ("NOT code = 'x'", nil),
            ("code = name", nil),
            ("CASEI(code) = 'x'", nil), ("code IN ('x', name)", nil),
        ]
        for (text, expected) in cases { #expect(try bound(text).values(of: "code") == expected, "\(text)") }
    }

    @Test("SQLite keeps the same rows", .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/sqlite3")))
    func sqlite() throws {
        var random = Seeded(3)
        let numbers = ["NULL", "0", "1", "2", "-3", "7"]
        let texts = ["NULL", "'a'", "'ab'", "'ba'", "'abab'", "''"]
        let rows = numbers.flatMap { a in numbers.flatMap { b in texts.map { (a, b, $0) } } }
        func number(_ depth: Int) -> String {
            switch Int.random(in: depth > 0 ? 0...6 : 0...2, using: &random) {
            case 0: "a"
            case 1: "b"
            case 2: String(Int.random(in: -3...9, using: &random))
            case 3: "(\(number(depth - 1)) + \(number(depth - 1)))"
            case 4: "(\(number(depth - 1)) - \(number(depth - 1)))"
            case 5: "(\(number(depth - 1)) * \(number(depth - 1)))"
            default: "(\(number(depth - 1)) % 4)"
            }
        }
        func truth(_ depth: Int) -> String {
            switch Int.random(in: depth > 0 ? 0...8 : 0...5, using: &random) {
            case 0: "\(number(1)) \(["=", "<>", "<", "<=", ">", ">="].randomElement(using: &random) ?? "=") \(number(2))"
            case 1: "\(number(1)) \(Bool.random(using: &random) ? "NOT " : "")BETWEEN \(number(0)) AND \(number(0))"
            case 2: "\(number(1)) \(Bool.random(using: &random) ? "NOT " : "")IN (\(number(0)), \(number(1)), 1)"
            case 3: "\(number(1)) IS \(Bool.random(using: &random) ? "NOT " : "")NULL"
            case 4:
                "name \(Bool.random(using: &random) ? "NOT " : "")LIKE '\(["%a", "a%", "_b%", "%a%b", "", "%"].randomElement(using: &random) ?? "")'"
            case 5: "name \(["=", "<", ">="].randomElement(using: &random) ?? "=") 'ab'"
            case 6: "(\(truth(depth - 1)) AND \(truth(depth - 1)))"
            case 7: "(\(truth(depth - 1)) OR \(truth(depth - 1)) OR \(truth(0)))"
            default: "NOT (\(truth(depth - 1)))"
            }
        }
        let filters = (0..<fuzzCount(300)).map { _ in truth(3) }
        var script = "PRAGMA case_sensitive_like = ON; CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, name TEXT);\n"
        for (id, row) in rows.enumerated() { script += "INSERT INTO t VALUES (\(id), \(row.0), \(row.1), \(row.2));\n" }
        for filter in filters { script += "SELECT coalesce(group_concat(id), '') FROM (SELECT id FROM t WHERE \(filter) ORDER BY id);\n" }
        let answers = try output("/usr/bin/sqlite3", [":memory:"], input: script).split(separator: "\n", omittingEmptySubsequences: false)
        try #require(answers.count == filters.count + 1)
        var kept = 0
        for (text, answer) in zip(filters, answers) {
            let sieve = try bound(text).sieve()
            let ids = try rows.indices.filter { id in
                try sieve.keeps { name in
                    let cell = name == "a" ? rows[id].0 : name == "b" ? rows[id].1 : rows[id].2
                    if cell == "NULL" { return nil }
                    return name == "name" ? .text(String(cell.dropFirst().dropLast())) : CQL2Tests.number(cell)
                }
            }
            kept += ids.count
            #expect(ids.map(String.init).joined(separator: ",") == answer, "\(text)")
        }
        #expect(kept > 1_000)
    }
}
