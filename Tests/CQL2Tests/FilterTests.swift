import Formats
import Persian
import Spatial
import Testing

@testable import CQL2

@Suite("A filter keeps what it holds for") struct FilterTests {
    private static let yes = Truth.yes
    private static let no = Truth.no
    private static func needs(_ names: String...) -> Truth { .unknown(needs: Set(names)) }

    private let feature: [String: PropertyValue] = [
        "a": number("7"), "b": number("-2.5"), "name": .text("مدرسهٔ آزادی"), "code": .text("R122"), "corner": .bool(true),
        "built": .day(Day(iso: "2016-03-20") ?? Day(number: 0)),
        "seen": .timestamp(Timestamp(iso: "2016-03-20T12:00:00.5Z") ?? .first(of: Day(number: 0))),
        "from": .day(Day(iso: "2010-01-01") ?? Day(number: 0)), "until": .day(Day(iso: "2020-12-31") ?? Day(number: 0)),
    ]

    @Test(
        "Values",
        arguments: [
            ("a = 7 AND b < 0", yes), ("a <> 7 OR NOT corner = TRUE", no), ("a BETWEEN 7 AND 8", yes), ("a NOT IN (1, 2, 3)", yes),
            ("a ^ 2 = 49", yes), ("a ^ -1 * 7 = 1", yes), ("4 ^ 0.5 = 2", yes), ("a % 4 = 3", yes), ("-a % 4 = -3", yes),
            ("b div 1 = -2", yes), ("a div 2 = 3", yes), ("b % 2 = -0.5", yes), ("a * b = -17.5", yes), ("a + 0 = a", yes),
            ("a > b", yes), ("a / (b + 2.5) = 1", needs("a", "b")), ("(-1) ^ 1000000 = 1", yes), ("0 ^ 0 = 1", yes),
            ("name LIKE '%آزادی'", yes), ("ACCENTI(name) LIKE '%ازادی'", yes), ("ACCENTI(name) LIKE ACCENTI('مدرسه%')", yes),
            ("name = 'مدرسهٔ آزادی'", yes), ("CASEI(code) IN (CASEI('x'), CASEI('r122'))", yes), ("code LIKE 'r%'", no),
            ("built = DATE('2016-03-20')", yes), ("seen > TIMESTAMP('2016-03-20T12:00:00Z')", yes),
            ("code IN ('R121', 'R122')", yes), ("corner IN (FALSE)", no),
        ])
    func values(text: String, truth expected: Truth) throws { #expect(try truth(text, feature) == expected, "\(text)") }

    @Test(
        "NULL is unknown, but IS NULL knows it",
        arguments: [
            ("a = 1", needs("a")), ("NOT a = 1", needs("a")), ("a IS NULL", yes), ("a IS NOT NULL", no), ("a + b IS NULL", yes),
            ("a = 1 OR a IS NULL", yes), ("a = a", needs("a")), ("a IN (1, b)", needs("a", "b")), ("geometry IS NULL", yes),
            ("name LIKE '%'", needs("name")), ("T_AFTER(built, DATE('2000-01-01'))", needs("built")), ("'x' IS NULL", no),
            ("T_DURING(INTERVAL(from, until), INTERVAL('..', '..'))", needs("from", "until")),
            ("S_DISJOINT(geometry, POINT(0 0))", needs("geometry")), ("(a = 1) IS NULL", yes), ("(a = 1 AND FALSE) IS NULL", no),
        ])
    func nulls(text: String, truth expected: Truth) throws { #expect(try truth(text) == expected, "\(text)") }

    @Test(
        "Times, as Allen relates them",
        arguments: [
            ("T_AFTER(built, DATE('2016-03-19'))", yes), ("T_AFTER(built, DATE('2016-03-20'))", no),
            ("T_BEFORE(built, TIMESTAMP('2016-03-20T23:59:59.999999999Z'))", no),
            ("T_BEFORE(built, TIMESTAMP('2016-03-21T00:00:00Z'))", yes), ("T_EQUALS(built, DATE('2016-03-20'))", yes),
            ("T_INTERSECTS(seen, DATE('2016-03-20'))", yes), ("T_DURING(seen, DATE('2016-03-20'))", yes),
            ("T_DISJOINT(seen, DATE('2016-03-21'))", yes), ("T_DURING(seen, INTERVAL('2016-03-20', '..'))", yes),
            ("T_INTERSECTS(INTERVAL(from, until), INTERVAL('2020-12-31', '..'))", yes),
            ("T_MEETS(INTERVAL(from, until), INTERVAL('2020-12-31', '2021-01-01'))", yes),
            ("T_METBY(INTERVAL(from, until), INTERVAL('..', '2010-01-01'))", yes),
            ("T_OVERLAPS(INTERVAL(from, until), INTERVAL('2015-01-01', '2021-01-01'))", yes),
            ("T_OVERLAPPEDBY(INTERVAL(from, until), INTERVAL('2005-01-01', '2015-01-01'))", yes),
            ("T_STARTS(INTERVAL(from, until), INTERVAL('2010-01-01', '..'))", yes),
            ("T_STARTEDBY(INTERVAL(from, until), INTERVAL('2010-01-01', '2011-01-01'))", yes),
            ("T_FINISHES(INTERVAL(from, until), INTERVAL('..', '2020-12-31'))", yes),
            ("T_FINISHEDBY(INTERVAL(from, until), INTERVAL('2011-01-01', '2020-12-31'))", yes),
            ("T_CONTAINS(INTERVAL(from, until), built)", yes), ("T_DURING(INTERVAL(from, until), INTERVAL('..', '..'))", yes),
            // Ends before it begins: no interval.
            ("T_INTERSECTS(INTERVAL(until, from), built)", needs("from", "until")),
        ])
    func times(text: String, truth expected: Truth) throws { #expect(try truth(text, feature) == expected, "\(text)") }

    @Test(
        "Places",
        arguments: [
            ("S_INTERSECTS(geometry, POINT(10 5))", yes), ("S_INTERSECTS(geometry, POINT(10.001 5))", no),
            ("S_INTERSECTS(geometry, BBOX(10, 10, 20, 20))", yes), ("S_DISJOINT(geometry, BBOX(10.001, 10, 20, 20))", yes),
            ("S_WITHIN(geometry, BBOX(0, 0, 10, 10))", yes), ("S_CONTAINS(BBOX(-1, -1, 11, 11), geometry)", yes),
            ("S_CONTAINS(geometry, POINT(5 5))", yes), ("S_CONTAINS(geometry, POINT(10 5))", no), ("S_TOUCHES(geometry, POINT(10 5))", yes),
            ("S_EQUALS(geometry, POLYGON((0 0, 5 0, 10 0, 10 10, 0 10, 0 0)))", yes),
            ("S_EQUALS(geometry, POLYGON((0 0, 5 0.001, 10 0, 10 10, 0 10, 0 0)))", no),
            ("S_OVERLAPS(geometry, BBOX(5, 5, 20, 20))", yes), ("S_OVERLAPS(geometry, BBOX(-5, -5, 20, 20))", no),
            ("S_CROSSES(LINESTRING(-5 5, 15 5), geometry)", yes), ("S_CROSSES(geometry, LINESTRING(1 5, 9 5))", no),
            ("S_TOUCHES(geometry, BBOX(10, 0, 20, 10))", yes), ("S_TOUCHES(geometry, BBOX(9.999, 0, 20, 10))", no),
            ("S_INTERSECTS(geometry, MULTIPOINT((50 50), (1 1)))", yes), ("S_CONTAINS(geometry, MULTIPOINT(1 1, 2 2))", yes),
            ("S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(50 50), LINESTRING(-1 5, 0 5)))", yes),
            ("S_DISJOINT(geometry, GEOMETRYCOLLECTION(POINT(50 50), LINESTRING(-2 5, -1 5)))", yes),
            ("S_CONTAINS(geometry, GEOMETRYCOLLECTION(POINT(5 5), POINT(4 4)))", yes),
            ("S_WITHIN(geometry, border)", yes), ("S_EQUALS(geometry, border)", no),
            ("S_CROSSES(LINESTRING(0 0, 2 2), LINESTRING(0 2, 2 0))", yes),
            ("S_WITHIN(MULTIPOINT(1 1, 2 2), BBOX(0, 0, 5, 5))", yes),
            ("S_INTERSECTS(geometry, POLYGON Z ((1 1 9, 2 1 9, 2 2 9, 1 1 9)))", yes),
        ])
    func places(text: String, truth expected: Truth) throws {
        let values: [String: PropertyValue] = [
            "geometry": .geometry(rectangle(0, 0, 10, 10)), "border": .geometry(rectangle(0, 0, 20, 10)),
        ]
        #expect(try truth(text, values) == expected, "\(text)")
    }

    @Test("A box around the world is cut to what features reach, and one across the 180th meridian is two")
    func boxes() throws {
        let frame = Frame(startsWithLongitude: true, extent: ((59, 36), (60, 37))) { (lon, lat) throws(SpatialError) in
            guard (59...60).contains(lon), (36...37).contains(lat) else { throw .outOfGrid(operation: "filter") }
            return Point(x: Int32(((lon - 59) * 100_000_000).rounded()), y: Int32(((lat - 36) * 100_000_000).rounded()))
        }
        let values: [String: PropertyValue] = ["geometry": .geometry(rectangle(50_000, 50_000, 50_010, 50_010))]
        #expect(try truth("S_INTERSECTS(geometry, BBOX(-180, -90, 180, 90))", values, in: frame) == .yes)
        #expect(try truth("S_WITHIN(geometry, BBOX(50, -90, -170, 90))", values, in: frame) == .yes)
        #expect(try truth("S_INTERSECTS(geometry, BBOX(170, -90, 59.4, 90))", values, in: frame) == .no)
        #expect(try truth("S_DISJOINT(geometry, BBOX(170, -90, -170, 90))", values, in: frame) == .yes)
        #expect(throws: ExpressionFault.self) { try truth("S_INTERSECTS(geometry, POINT(10 10))", values, in: frame) }
        #expect(throws: ExpressionFault.self) { try truth("S_INTERSECTS(geometry, BBOX(9, 0, 1, 1))", values) }
    }

    @Test("The edges of a box follow their own CRS to the millimetre")
    func bentBox() throws {
        // A CRS whose parallels are parabolas on the grid: 10 m high at the ends of 2 km.
        let frame = Frame(startsWithLongitude: true, extent: nil) { (x, y) throws(SpatialError) in
            Point(x: Int32((x * 1000).rounded()), y: Int32((y * 1000 + x * x / 100).rounded()))
        }
        for (y, expected) in [(Int32(-1), Truth.no), (1, .yes)] {
            // The edge at x = 500 lies 2.5 m above the chord's ends' own line; the place is a millimetre to either side of it.
            let place = PropertyValue.geometry(.point(Point(x: 500_000, y: 2_500 + y * 2)))
            #expect(try truth("S_INTERSECTS(geometry, BBOX(-1000, 0, 1000, 100))", ["geometry": place], in: frame) == expected)
        }
    }
}
