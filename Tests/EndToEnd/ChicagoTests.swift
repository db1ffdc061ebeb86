import Foundation
import Testing

@Suite("Chicago's zones", .enabled(if: RealData.isThere), .serialized) struct ChicagoTests {
    /// A zone that another program finds at a point.
    private struct Hit {
        /// Its place in the file, from 1.
        let number: Int
        let zone: String
        let isValid: Bool
    }

    @Test("Every zone is taken in, and 1,000 points get the floor-area ratio of the zones that SpatiaLite finds there")
    func ratios() throws {
        let data = try #require(RealData.folder).appending(path: "zoning-chicago").path
        let scratch = try Scratch()
        _ = try RealData.shell("zcat '\(data)'/*.geojson.gz > zones.geojson", in: scratch.url)
        _ = try RealData.shell("\(RealData.tool("chicago-provisions")) '\(data)'/*.csv > provisions.csv 2> unread.txt", in: scratch.url)
        _ = try RealData.shell("\(RealData.tool("chicago-provisions")) --plans > plans.csv", in: scratch.url)
        func file(_ name: String) -> String { scratch.url.appending(path: name).path }
        let city = try RealData.city(
            in: scratch.url,
            [
                ["init", "--name", "Chicago", "--crs", "EPSG:26916"],
                ["import", RealData.parameters, "--as", "parameters", "--accept", "--by", "test"],
                ["import", file("plans.csv"), "--as", "plans", "--accept", "--by", "test"],
                [
                    "import", file("zones.geojson"), "--as", "zones", "--layer", "landUse", "--plan", "CHI", "--map", "code=zone_class",
                    "--accept", "--by", "test",
                ],
                ["import", file("provisions.csv"), "--as", "provisions", "--accept", "--by", "test"],
            ])
        let places = try overlaps(in: scratch.url) + strewn(6000)
        let kept = try quarantine(in: scratch.url)
        let hits = try hits(of: places, in: scratch.url)
        let chosen = try choose(hits)
        let points = chosen.sorted().map { "\($0),\(places[$0].x),\(places[$0].y)" }
        let answers = try RealData.batch(
            "--points", "id,x,y\n" + points.joined(separator: "\n"), city: city, ["--crs", "EPSG:4326"])
        try RealData.sameFromRows("--points", "id,x,y\n" + points.joined(separator: "\n"), city: city, ["--crs", "EPSG:4326"])
        let table = try ratioTable(scratch.url.appending(path: "provisions.csv"))
        #expect(chosen.count == 1000 && answers.count == 1000)
        let wrong = chosen.sorted().compactMap { id in
            faults(of: answers["\(id)"] ?? [:], hits[id] ?? [], table).map { "\(id): \($0), where \(hits[id] ?? [])" }
        }
        #expect(wrong.isEmpty, "\(wrong.count) of 1000: \(wrong.prefix(5))")
        try OtherPrograms.accept(city)
        print("Chicago: 14670 zones, \(kept) quarantined, \(chosen.count) points asked, \(wrong.count) wrong")
    }

    /// All zones stand in the city; those in quarantine, each with its reason and its fault, are the ones that SpatiaLite finds
    /// invalid in degrees, and two that are broken by the millimetre grid. Their number.
    private func quarantine(in folder: URL) throws -> Int {
        func numbers(_ command: String) throws -> Set<Int> {
            Set(try RealData.shell(command, in: folder).split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) })
        }
        let all = try numbers("sqlite3 city.gpkg \"SELECT substr(line, 9) FROM record WHERE role = 'zones'\"")
        #expect(all == Set(1...14_670))
        let kept = try numbers("sqlite3 city.gpkg \"SELECT substr(line, 9) FROM record WHERE role = 'zones' AND quarantine <> ''\"")
        let said = try numbers(
            """
            sqlite3 city.gpkg "SELECT DISTINCT substr(record.line, 9) FROM record JOIN fault ON fault.record = record.id
              WHERE role = 'zones' AND severity = 'error' AND instr(message, quarantine) > 0"
            """)
        let invalid = try numbers(
            """
            ogr2ogr -f CSV /vsistdout/ z.sqlite -sql "SELECT ogc_fid + 0 AS n FROM zones WHERE ST_IsValid(geometry) = 0" 2> /dev/null
            """)
        #expect(invalid.count == 307 && invalid.isSubset(of: kept), "not kept out: \(invalid.subtracting(kept))")
        #expect(kept.count == 309 && kept.isSubset(of: said), "without a fault: \(kept.subtracting(said))")
        return kept.count
    }

    /// What is wrong in an answer beside what SpatiaLite finds at the place; nil where nothing is.
    private func faults(of answer: [String: Any], _ found: [Hit], _ table: [String: Double]) -> String? {
        func rows(_ key: String) -> [[String: Any]] { answer[key] as? [[String: Any]] ?? [] }
        let valid = found.filter(\.isValid)
        let zones = Set(rows("zones").compactMap { $0["code"] as? String })
        if zones != Set(valid.map(\.zone)) { return "zones \(zones)" }
        let ratios = rows("findings").filter { $0["parameter"] as? String == "far.max" }
        let decided = ratios.filter { $0["status"] as? String == "decided" }.compactMap { $0["value"] as? Double }
        let expected = valid.compactMap { table[$0.zone] }.min()
        if decided != expected.map({ [$0] }) ?? [] { return "decided \(decided), the table has \(expected ?? -1)" }
        let none = Set(ratios.filter { $0["status"] as? String == "none" }.flatMap { $0["zones"] as? [String] ?? [] })
        let silent = Set(valid.map(\.zone).filter { table[$0] == nil }.map { "landUse/\($0)" })
        if none != silent { return "no rule in \(none), the table has none for \(silent)" }
        let named = rows("coverage").flatMap { $0["quarantined"] as? [[String: Any]] ?? [] }.compactMap { $0["id"] as? String }
        for hit in found where !hit.isValid && !named.contains("\(hit.zone), feature \(hit.number)") {
            return "feature \(hit.number) is not named as kept out, only \(named)"
        }
        return nil
    }

    private typealias Place = (x: String, y: String)

    /// Points strewn over the city from a fixed seed, to a millionth of a degree.
    private func strewn(_ count: Int) -> [Place] {
        var state: UInt64 = 14_670
        func next(_ low: Double, _ high: Double) -> String {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return String(format: "%.6f", low + (high - low) * Double(state >> 33) / Double(1 << 31))
        }
        return (0..<count).map { _ in (next(-87.85, -87.53), next(41.65, 42.02)) }
    }

    /// A point in each piece of ground that SpatiaLite finds two valid zones to share.
    private func overlaps(in folder: URL) throws -> [Place] {
        _ = try RealData.shell(
            """
            ogr2ogr -f SQLite -dsco SPATIALITE=YES z.sqlite zones.geojson -nln zones -nlt PROMOTE_TO_MULTI 2> /dev/null
            ogr2ogr -f CSV overlaps.csv z.sqlite -sql "SELECT ST_X(place) AS x, ST_Y(place) AS y FROM (
              SELECT ST_PointOnSurface(ST_Intersection(a.geometry, b.geometry)) AS place FROM zones a JOIN zones b ON b.ogc_fid IN (
                SELECT pkid FROM idx_zones_geometry WHERE xmin <= MbrMaxX(a.geometry) AND xmax >= MbrMinX(a.geometry)
                  AND ymin <= MbrMaxY(a.geometry) AND ymax >= MbrMinY(a.geometry))
              WHERE a.ogc_fid < b.ogc_fid AND ST_IsValid(a.geometry) AND ST_IsValid(b.geometry)
                AND ST_Area(ST_Intersection(a.geometry, b.geometry)) > 1e-9)" 2> /dev/null
            """, in: folder)
        return try rows(of: folder.appending(path: "overlaps.csv")).map { ($0[0], $0[1]) }
    }

    /// What SpatiaLite finds at each point, the invalid zones among it (what their zero buffer keeps, since on an invalid one its
    /// predicates say anything). Points within 0.2 m of an edge are left out: the edge is straight in degrees there and in metres
    /// here.
    private func hits(of places: [Place], in folder: URL) throws -> [Int: [Hit]] {
        let lines = places.enumerated().map { "\($0),\($1.x),\($1.y)\n" }.joined()
        try ("id,x,y\n" + lines).write(to: folder.appending(path: "points.csv"), atomically: true, encoding: .utf8)
        _ = try RealData.shell(
            """
            ogr2ogr -f SQLite -update z.sqlite points.csv -nln points -oo X_POSSIBLE_NAMES=x -oo Y_POSSIBLE_NAMES=y -a_srs EPSG:4326
            ogr2ogr -f CSV hits.csv z.sqlite -sql "SELECT id, class, ok, ST_Distance(place, ST_Boundary(shape)) AS apart, number FROM (
              SELECT p.id AS id, z.ogc_fid + 0 AS number, z.zone_class AS class, ST_IsValid(z.geometry) AS ok, p.geometry AS place,
                CASE ST_IsValid(z.geometry) WHEN 1 THEN z.geometry ELSE ST_Buffer(z.geometry, 0) END AS shape
              FROM points p JOIN zones z ON z.ogc_fid IN (SELECT pkid FROM idx_zones_geometry
                WHERE xmin <= ST_X(p.geometry) AND xmax >= ST_X(p.geometry) AND ymin <= ST_Y(p.geometry) AND ymax >= ST_Y(p.geometry)))
              WHERE ST_Intersects(place, shape)" 2> /dev/null
            """, in: folder)
        var hits: [Int: [Hit]] = [:]
        var doubtful: Set<Int> = []
        for cells in try rows(of: folder.appending(path: "hits.csv")) {
            guard let id = Int(cells[0]), let number = Int(cells[4]) else { continue }
            if (Double(cells[3]) ?? 0) < 2e-6 { doubtful.insert(id) }
            hits[id, default: []].append(Hit(number: number, zone: cells[1], isValid: cells[2] == "1"))
        }
        return hits.filter { !doubtful.contains($0.key) }
    }

    private func rows(of file: URL) throws -> [[String]] {
        try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map { String($0).replacing("\"", with: "") }
        }
    }

    /// A thousand of the points: at least 50 in several zones, at least 50 in an invalid one, the rest as they come.
    private func choose(_ hits: [Int: [Hit]]) throws -> Set<Int> {
        let ids = hits.keys.sorted()
        let several = ids.filter { (hits[$0] ?? []).count(where: \.isValid) > 1 }.prefix(150)
        let kept = ids.filter { (hits[$0] ?? []).contains { !$0.isValid } }.prefix(150)
        try #require(several.count >= 50 && kept.count >= 50, "\(several.count) in several zones, \(kept.count) in invalid ones")
        var chosen = Set(several).union(kept)
        for id in ids where chosen.count < 1000 { chosen.insert(id) }
        return chosen
    }

    private func ratioTable(_ file: URL) throws -> [String: Double] {
        var table: [String: Double] = [:]
        for line in try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            if cells[2].hasPrefix("zone:") { table[String(cells[2].dropFirst(5))] = Double(cells[5]) }
        }
        return table
    }
}
