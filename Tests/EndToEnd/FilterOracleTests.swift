import Foundation
import Testing

/// `$SHAHRSAZ_FILTERS` says how many filters of each kind are made.
@Suite("Filters beside SpatiaLite") struct FilterOracleTests {
    /// A condition in CQL2 and the same in SQL; `{name}` stands for a property.
    private struct Pair {
        let cql: String
        let sql: String
    }

    private static let count = ProcessInfo.processInfo.environment["SHAHRSAZ_FILTERS"].flatMap { Int($0) } ?? 150

    @Test("Generated conditions on parcels, zones and streets match as many features as SQL finds in the export") func attributes()
        async throws
    {
        let town = try await Oracle()
        var dice = FixedDice(7)
        let codes = try SampleTown.parcels().compactMap { ($0["properties"] as? [String: Any])?["code"] as? String }
        let zones = ["R1", "R2", "G1", "C1", "N1", "M1", "M2", "S1"]
        var asked: [Oracle.Asked] = []
        for round in 0..<Self.count {
            let depth = round % 3
            asked.append(("parcels", "parcel", Self.condition(depth, &dice) { Self.onParcels($0.below(9), codes, &$0) }))
            if round % 3 == 0 {
                asked.append(("landUse", "zone_landUse", Self.condition(depth, &dice) { Self.onZones($0.below(6), zones, &$0) }))
            }
            if round % 3 == 1 { asked.append(("streets", "street", Self.condition(depth, &dice) { Self.onStreets($0.below(5), &$0) })) }
        }
        try town.compare(asked, "conditions")
    }

    /// Conditions joined by AND, OR and NOT to a depth.
    private static func condition(_ depth: Int, _ dice: inout FixedDice, _ leaf: (inout FixedDice) -> Pair) -> Pair {
        guard depth > 0 else { return leaf(&dice) }
        let one = condition(depth - 1, &dice, leaf)
        if dice.below(4) == 0 { return Pair(cql: "NOT (\(one.cql))", sql: "NOT (\(one.sql))") }
        let (other, word) = (condition(depth - 1, &dice, leaf), dice.one(of: ["AND", "OR"]))
        return Pair(cql: "(\(one.cql)) \(word) (\(other.cql))", sql: "(\(one.sql)) \(word) (\(other.sql))")
    }

    private static let comparisons = ["=", "<>", "<", ">", "<=", ">="]

    /// CQL2's LIKE minds case, as SQLite's GLOB does.
    private static func like(_ name: String, _ pattern: String, not: Bool) -> Pair {
        let glob = pattern.replacingOccurrences(of: "%", with: "*").replacingOccurrences(of: "_", with: "?")
        return Pair(cql: "\(name) \(not ? "NOT " : "")LIKE '\(pattern)'", sql: "{\(name)} \(not ? "NOT " : "")GLOB '\(glob)'")
    }

    private static func onParcels(_ kind: Int, _ codes: [String], _ dice: inout FixedDice) -> Pair {
        let not = dice.below(3) == 0
        // A threshold with a half cent at its end ties with no area or deed.
        func threshold(_ range: ClosedRange<Int>, _ dice: inout FixedDice) -> String { String(dice.number(range).dropLast()) + "5" }
        switch kind {
        case 0:
            let (name, value) = (dice.one(of: ["deedArea", "area"]), threshold(50...900, &dice))
            let comparison = dice.one(of: comparisons)
            return Pair(cql: "\(name) \(comparison) \(value)", sql: "{\(name)} \(comparison) \(value)")
        case 1:
            let (low, high) = (dice.below(300), dice.below(900))
            return Pair(
                cql: "deedArea \(not ? "NOT " : "")BETWEEN \(low) AND \(high)",
                sql: "{deedArea} \(not ? "NOT " : "")BETWEEN \(low) AND \(high)")
        case 2:
            let list = (0...dice.below(6)).map { _ in "'\(dice.one(of: codes))'" }.joined(separator: ", ")
            return Pair(cql: "code \(not ? "NOT " : "")IN (\(list))", sql: "{code} \(not ? "NOT " : "")IN (\(list))")
        case 3:
            let name = dice.one(of: ["deedArea", "address", "code"])
            return Pair(cql: "\(name) IS \(not ? "NOT " : "")NULL", sql: "{\(name)} IS \(not ? "NOT " : "")NULL")
        case 4:
            return like("code", dice.one(of: ["1-1-%", "%-0-0-0", "1-_-1%", "1-2-7_-%", "%", "1-1-1-1-0-0-0", "_-_-_-%", "x%"]), not: not)
        case 5: return like("address", dice.one(of: ["%بهشتی%", "خیابان%", "%۲", "%کوچه%پلاک%", "%12%", "_یابان%"]), not: not)
        case 6:
            let (factor, rest, limit) = (dice.below(7) + 1, dice.below(50), threshold(200...4000, &dice))
            return Pair(
                cql: "deedArea * \(factor) - \(rest) > \(limit)", sql: "{deedArea} * \(factor) - \(rest) > \(limit)")
        case 7:
            let limit = threshold(1...40, &dice)
            return Pair(cql: "area - deedArea > \(limit)", sql: "{area} - {deedArea} > \(limit)")
        default:
            let code = dice.one(of: codes)
            let comparison = dice.one(of: comparisons)
            return Pair(cql: "code \(comparison) '\(code)'", sql: "{code} \(comparison) '\(code)'")
        }
    }

    private static func onZones(_ kind: Int, _ codes: [String], _ dice: inout FixedDice) -> Pair {
        let not = dice.below(3) == 0
        switch kind {
        case 0:
            let (code, comparison) = (dice.one(of: codes), dice.one(of: comparisons))
            return Pair(cql: "code \(comparison) '\(code)'", sql: "{code} \(comparison) '\(code)'")
        case 1: return like("code", dice.one(of: ["R%", "r%", "_1", "%2", "M_"]), not: not)
        case 2: return like("name", dice.one(of: ["%مسکونی%", "مسکونی%", "%سبز", "%ویژه"]), not: not)
        case 3:
            let plan = dice.one(of: ["D", "A1", "M"])
            return Pair(cql: "plan \(not ? "<>" : "=") '\(plan)'", sql: "{plan} \(not ? "<>" : "=") '\(plan)'")
        case 4:
            let limit = "\(dice.below(60_000)).555"
            return Pair(cql: "area > \(limit)", sql: "{area} > \(limit)")
        default:
            let list = (0...dice.below(4)).map { _ in "'\(dice.one(of: codes))'" }.joined(separator: ",")
            return Pair(cql: "code \(not ? "NOT " : "")IN (\(list))", sql: "{code} \(not ? "NOT " : "")IN (\(list))")
        }
    }

    private static func onStreets(_ kind: Int, _ dice: inout FixedDice) -> Pair {
        let width = dice.one(of: ["6", "8", "10", "12", "16", "20", "9.5"])
        let comparison = dice.one(of: comparisons)
        switch kind {
        case 0: return Pair(cql: "width \(comparison) \(width)", sql: "{width} \(comparison) \(width)")
        case 1: return Pair(cql: "\(width) \(comparison) width", sql: "\(width) \(comparison) {width}")
        case 2: return Pair(cql: "width IN (6, 8.0, 30)", sql: "{width} IN (6, 8.0, 30)")
        case 3: return like("name", dice.one(of: ["%کوچه%", "خیابان%", "%"]), not: dice.below(2) == 0)
        default: return Pair(cql: "width / 2 + 1 >= \(width)", sql: "{width} / 2 + 1 >= \(width)")
        }
    }

    @Test("Spatial functions match as many features as GEOS finds, with shapes strewn over the town and with its own") func spatial()
        async throws
    {
        let town = try await Oracle()
        var dice = FixedDice(11)
        let rings = try SampleTown.parcels().map { SampleTown.corners($0)[0] }
        let functions = ["intersects", "within", "contains", "disjoint", "touches", "overlaps", "equals", "crosses"]
        var asked: [Oracle.Asked] = []
        for round in 0..<Self.count {
            let shape = Self.shape(round % 6, rings, &dice)
            let function = functions[round / 6 % functions.count]
            // An area and an area don't cross in OGC's model, nor do points overlap areas: SpatiaLite and CQL2 both answer false.
            let name = function.prefix(1).uppercased() + function.dropFirst()
            let own = Pair(
                cql: "S_\(function.uppercased())(geometry, \(shape))", sql: "ST_\(name)({geometry}, ST_GeomFromText('\(shape)', 32640)) = 1"
            )
            let also = round % 4 == 0 ? Self.onParcels(0, [], &dice) : nil
            let pair = also.map { Pair(cql: "\(own.cql) AND \($0.cql)", sql: "\(own.sql) AND \($0.sql)") } ?? own
            asked.append(round % 5 == 4 ? ("landUse", "zone_landUse", own) : ("parcels", "parcel", pair))
        }
        try town.compare(asked, "spatial conditions")
    }

    @Test("Boxes in degrees find what SpatiaLite finds, by bbox and by a filter in CRS84 and in EPSG:4326") func degrees() async throws {
        let town = try await Oracle()
        var dice = FixedDice(13)
        let boxes = (0..<Self.count / 2).map { round in
            let (west, south) = (59.3618 + Double(dice.below(200_000)) / 1e7, 36.3074 + Double(dice.below(130_000)) / 1e7)
            let size = round % 3 == 0 ? 1000 : 40_000
            let (east, north) = (west + Double(dice.below(size) + 1) / 1e7, south + Double(dice.below(size) + 1) / 1e7)
            return [west, south, east, north].map { String(format: "%.7f", $0) }
        }
        try town.compareBoxes(boxes)
    }

    /// A point, line or area in the town's metres; two in three made of a parcel's corners, so that sides and corners are shared.
    private static func shape(_ kind: Int, _ rings: [[(x: Double, y: Double)]], _ dice: inout FixedDice) -> String {
        func written(_ point: (x: Double, y: Double)) -> String { String(format: "%.3f %.3f", point.x, point.y) }
        let ring = dice.one(of: rings)
        let (x, y) = (dice.number(712_200...713_700), dice.number(4_020_900...4_022_000))
        let (width, height) = (Double(dice.below(300) + 1), Double(dice.below(300) + 1))
        let (west, south) = (Double(x) ?? 0, Double(y) ?? 0)
        switch kind {
        case 0: return "POINT(\(written(ring[dice.below(ring.count)])))"
        case 1: return "LINESTRING(\(written(ring[0])), \(written(ring[1])), \(x) \(y))"
        case 2: return "POLYGON((\(ring.map(written).joined(separator: ", "))))"
        case 3:
            let corners = [(west, south), (west + width, south), (west + width, south + height), (west, south + height), (west, south)]
            return "POLYGON((\(corners.map { written((x: $0.0, y: $0.1)) }.joined(separator: ", "))))"
        case 4: return "MULTIPOINT((\(x) \(y)), (\(written(ring[0]))))"
        default:
            let (xs, ys) = (ring.map(\.x), ring.map(\.y))
            let (left, right, low, high) = (xs.min() ?? 0, xs.max() ?? 0, ys.min() ?? 0, ys.max() ?? 0)
            let corners = [(left, low), (right, low), (right, high), (left, high), (left, low)]
            return "POLYGON((\(corners.map { written((x: $0.0, y: $0.1)) }.joined(separator: ", "))))"
        }
    }

    /// The town served, and its export as a SpatiaLite file.
    private struct Oracle {
        typealias Asked = (collection: String, table: String, pair: Pair)

        private let client: FeatureClient
        private let scratch: Scratch

        init() async throws {
            scratch = try Scratch()
            let city = try await SampleTown.city()
            client = try FeatureClient(city)
            let export = scratch.url.appending(path: "export.gpkg")
            let made = try Program.run(["export", export.path], city: city)
            try #require(made.code == 0, "\(made.err)")
            let tables = "parcel street zone_landUse"
            _ = try RealData.shell(
                "ogr2ogr -f SQLite -dsco SPATIALITE=YES -lco LAUNDER=NO z.sqlite export.gpkg \(tables) 2> /dev/null", in: scratch.url)
        }

        func compare(_ asked: [Asked], _ what: String) throws {
            let expected = try counts(asked)
            var (wrong, found) = ([String](), 0)
            for (place, asked) in asked.enumerated() {
                let answer = try client.items(
                    asked.collection,
                    [
                        ("limit", "1"), ("filter", asked.pair.cql), ("filter-crs", "http://www.opengis.net/def/crs/EPSG/0/32640"),
                        ("lang", "en"),
                    ])
                let own = answer.json["numberMatched"] as? Int
                if own != expected[place] {
                    wrong.append(
                        "\(asked.collection) \(asked.pair.cql): \(own ?? -1) \(own == nil ? answer.text : ""), SQL \(expected[place])")
                }
                found += expected[place] > 0 ? 1 : 0
            }
            #expect(wrong.isEmpty, "\(wrong.count) of \(asked.count): \(wrong.prefix(5).joined(separator: "\n"))")
            #expect(found > asked.count / 3)
            print("filters: \(asked.count) \(what), \(found) that match something, \(wrong.count) wrong")
        }

        func compareBoxes(_ boxes: [[String]]) throws {
            let sql = boxes.map { box in
                Pair(cql: "", sql: "ST_Intersects(ST_Transform({geometry}, 4326), BuildMbr(\(box.joined(separator: ", ")), 4326)) = 1")
            }
            let expected = try counts(sql.map { ("parcels", "parcel", $0) })
            func polygon(_ box: [String], _ first: Int, _ second: Int) -> String {
                let corners = [(0, 1), (2, 1), (2, 3), (0, 3), (0, 1)].map { [box[$0.0], box[$0.1]] }
                return "POLYGON((\(corners.map { "\($0[first]) \($0[second])" }.joined(separator: ", "))))"
            }
            var wrong: [String] = []
            for (box, count) in zip(boxes, expected) {
                let own = try [
                    client.count("parcels", [("bbox", box.joined(separator: ","))]),
                    client.count("parcels", [("filter", "S_INTERSECTS(geometry, \(polygon(box, 0, 1)))")]),
                    client.count(
                        "parcels",
                        [
                            ("filter", "S_INTERSECTS(geometry, \(polygon(box, 1, 0)))"),
                            ("filter-crs", "http://www.opengis.net/def/crs/EPSG/0/4326"),
                        ]),
                    client.count("parcels", [("filter", "S_INTERSECTS(geometry, BBOX(\(box.joined(separator: ", "))))")]),
                ]
                if own != [count, count, count, count] { wrong.append("\(box): \(own), SpatiaLite \(count)") }
            }
            #expect(wrong.isEmpty, "\(wrong.count) of \(boxes.count): \(wrong.prefix(5).joined(separator: "\n"))")
            #expect(expected.contains { $0 > 100 } && expected.count { $0 > 0 } > boxes.count / 2)
            print("filters: \(boxes.count) boxes in degrees, four ways, \(wrong.count) wrong")
        }

        /// What SQL counts, a hundred questions at a time.
        private func counts(_ asked: [Asked]) throws -> [Int] {
            var counts = [Int](repeating: -1, count: asked.count)
            for start in stride(from: 0, to: asked.count, by: 100) {
                let part = asked.indices[start..<min(start + 100, asked.count)]
                let sql = part.map { place in
                    "SELECT \(place) AS n, count(*) AS c FROM \"\(asked[place].table)\" WHERE \(columns(asked[place].pair.sql))"
                }
                let file = scratch.url.appending(path: "counts.sql")
                try sql.joined(separator: "\nUNION ALL ").write(to: file, atomically: true, encoding: .utf8)
                for line in try RealData.shell("ogr2ogr -f CSV /vsistdout/ z.sqlite -sql @counts.sql", in: scratch.url).split(
                    separator: "\n"
                )
                .dropFirst() {
                    let sides = line.split(separator: ",").compactMap { Int($0.filter(\.isNumber)) }
                    counts[sides[0]] = sides[1]
                }
            }
            return counts
        }

        private func columns(_ sql: String) -> String {
            var text = sql
            for (name, column) in [
                ("deedArea", "deed_area"), ("area", "ST_Area(geom)"), ("geometry", "geom"), ("code", "code"), ("address", "address"),
                ("name", "name"), ("plan", "plan"), ("width", "width"),
            ] { text = text.replacingOccurrences(of: "{\(name)}", with: column) }
            return text
        }
    }
}
