import Foundation
import Spatial
import Testing

@testable import Store

@Suite struct GeoPackageTests {
    /// A town with something of every kind, at its newest revision.
    static func town(in folder: Folder) throws -> CityFile {
        let city = try Sample.city(in: folder)
        var parcels = (0..<120).map { Sample.parcel($0) }
        parcels[7].quarantine = "crosses itself"
        parcels.append(Record(line: "feature 121", original: [1], quarantine: "empty"))
        try city.take(Sample.head(.parcels, accuracy: 300, covers: .city), parcels)
        try city.take(Sample.head(.zones, layer: "landUse", plan: "master"), [Sample.zone("R1", 0, 0), Sample.zone("R2", 100, 0)])
        try city.take(Sample.head(.zones, layer: "LANDUSE"), [Sample.zone("R3", 0, 0)])
        try city.take(Sample.head(.zones, layer: "ارتفاع \"ساختمان\""), [Sample.zone("H1", 0, 0, side: 300)])
        try city.take(Sample.head(.overlay, layer: "river"), [Sample.zone("رود", 50, -20)])
        try city.take(
            Sample.head(.streets),
            [
                Record(
                    line: "1", fields: ["name": .string("بهشت"), "width": .number(12)],
                    geometry: .line([[Point(x: 0, y: 0), Point(x: 9_000, y: 1)]]))
            ])
        try city.take(
            Sample.head(.addresses),
            [Record(line: "1", fields: ["text": .string("بهشت ۷")], geometry: .point(Point(x: 5_000, y: 5_000)))])
        try city.take(Sample.head(.boundary), [Sample.zone("city", -500, -500, side: 3_000)])
        try city.take(Sample.head(.parcels), parcels.filter { $0.code != "1-2-50" } + [Sample.parcel(130)])
        return city
    }

    @Test("The basic rules of GeoPackage hold for a city, its export and the package of its faults")
    func rules() throws {
        let folder = Folder()
        let city = try Self.town(in: folder)
        try city.exportCity(to: folder.file("export.gpkg"))
        let faults = [Fault(row: 0, line: "1", code: "x", severity: .error, message: "m", place: Point(x: 1, y: 1))]
        let number = try city.stage(Sample.head(.parcels), records: [Sample.parcel(1)], faults: faults)
        try city.faultsPackage(of: number, to: folder.file("faults.gpkg"))
        try city.close()
        for name in ["city.gpkg", "export.gpkg", "faults.gpkg"] {
            let broken = try GeoPackageRules(try Database(folder.file(name), .reading)).broken()
            #expect(broken.isEmpty, "\(name): \(broken)")
        }
    }

    @Test("The tables and triggers are those that GDAL writes", .enabled(if: isInstalled("ogr2ogr"), "ogr2ogr is not installed"))
    func asGDALWrites() throws {
        let folder = Folder()
        let csv = folder.write(Array("id,WKT\n1,\"POINT(1 1)\"\n".utf8), to: "a.csv")
        let made = try run(
            "ogr2ogr", "-f", "GPKG", folder.file("gdal.gpkg"), csv, "-nln", "boundary", "-oo", "GEOM_POSSIBLE_NAMES=WKT",
            "-a_srs", "EPSG:32640", "-dsco", "VERSION=1.3", "-lco", "FID=id", "-lco", "GEOMETRY_NAME=geom", "-sql", "SELECT * FROM a")
        try #require(made.status == 0, "\(made.text)")
        func definitions(_ path: String) throws -> [String: String] {
            let database = try Database(path, .reading)
            var found: [String: String] = [:]
            let query = """
                SELECT name, sql FROM sqlite_schema
                WHERE name IN ('gpkg_contents', 'gpkg_geometry_columns', 'gpkg_extensions', 'gpkg_spatial_ref_sys', 'rtree_boundary_geom')
                OR type = 'trigger' AND tbl_name = 'boundary' AND name LIKE 'rtree%'
                """
            for (name, sql) in try database.rows(query, read: { ($0.text(0), $0.text(1)) }) {
                found[name] = sql.lowercased().filter { !$0.isWhitespace && $0 != "\"" }
            }
            return found
        }
        try Sample.city(in: folder).close()
        let theirs = try definitions(folder.file("gdal.gpkg"))
        #expect(theirs.count == 11)
        #expect(try definitions(folder.file("city.gpkg")) == theirs)
    }

    @Test(
        "ogrinfo lists the layers, counts and CRS of a city and of its export without a warning",
        .enabled(if: isInstalled("ogrinfo"), "ogrinfo is not installed"))
    func ogrinfo() throws {
        let folder = Folder()
        let city = try Self.town(in: folder)
        // Also while the writer is there, and its journal with it.
        for name in ["city.gpkg", "export.gpkg"] {
            if name == "export.gpkg" { try city.exportCity(to: folder.file(name)) }
            let (status, text) = try run("ogrinfo", "-ro", "-al", "-so", folder.file(name))
            #expect(status == 0)
            #expect(!text.contains("Warning") && !text.contains("ERROR"), "\(text)")
            #expect(text.contains("ID[\"EPSG\",32640]]"))
            var counts: [String: String] = [:]
            var layer = ""
            for line in text.split(separator: "\n") {
                if line.hasPrefix("Layer name: ") { layer = String(line.dropFirst(12)) }
                if line.hasPrefix("Feature Count: ") { counts[layer] = String(line.dropFirst(15)) }
            }
            var expected = ["parcel": "119", "street": "1", "address": "1", "boundary": "1", "quarantine": "2"]
            if name == "city.gpkg" {
                expected.merge(["zone": "4", "overlay": "1", "revision": "9"]) { $1 }
            } else {
                let layers = ["zone_LANDUSE": "1", "zone_landUse_2": "2", "zone_ارتفاع__ساختمان_": "1", "overlay_river": "1"]
                expected.merge(layers) { $1 }
            }
            #expect(counts == expected)
        }
    }

    @Test("ogrinfo has no warning about a city without records", .enabled(if: isInstalled("ogrinfo"), "ogrinfo is not installed"))
    func emptyCity() throws {
        let folder = Folder()
        try CityFile.create(at: folder.file("city.gpkg"), city: Sample.facts, made: Sample.time)
        let (status, text) = try run("ogrinfo", "-al", "-so", folder.file("city.gpkg"))
        #expect(status == 0 && !text.contains("Warning") && !text.contains("ERROR"), "\(text)")
        #expect(text.contains("Layer name: parcel") && text.contains("Feature Count: 0"))
        #expect(try CityFile.open(folder.file("city.gpkg"), for: .writing).currentRevision() == 0)
    }

    @Test("Any reader of SQLite sees the planner's tables", .enabled(if: isInstalled("ogrinfo"), "ogrinfo is not installed"))
    func views() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        let provision = Record(line: "2", code: "3-1", plan: "P1", fields: ["parameter": .string("far.max"), "value": .number(1.2)])
        let plan = Record(line: "2", code: "P1", fields: ["title": .string("طرح"), "from": .string("2026-01-01")])
        try city.take(Sample.head(.plans), [plan])
        try city.take(Sample.head(.provisions), [provision])
        try city.take(Sample.head(.parameters), [Record(line: "2", code: "far.max", fields: ["unit": .string("ratio")])])
        try city.close()
        let sql = """
            SELECT plan.id || ' ' || title || ' ' || plan."from" || ' ' || clause || ' ' || value || ' ' || parameter.unit AS line
            FROM plan JOIN provision ON provision.plan = plan.id JOIN parameter ON parameter.code = provision.parameter
            """
        let (_, text) = try run("ogrinfo", "-ro", "-q", "-sql", sql, city.path)
        #expect(text.contains("line (String) = P1 طرح 2026-01-01 3-1 1.2 ratio"), "\(text)")
    }

    @Test("An export is for reading, stands alone, and never replaces a file")
    func export() throws {
        let folder = Folder()
        let city = try Self.town(in: folder)
        let path = folder.file("export.gpkg")
        try city.exportCity(to: path)
        #expect(folder.names.filter { $0.hasPrefix("export") } == ["export.gpkg"])
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o444)
        #expect(throws: StoreError.exists(path: path)) { try city.exportCity(to: path) }
        #expect(throws: StoreError.exists(path: city.path)) { try city.exportCity(to: city.path) }
        let database = try Database(path, .readingImmutable)
        #expect(try database.first("PRAGMA journal_mode", read: { $0.text(0) }) != "wal")
        let ours = try database.rows("SELECT name FROM sqlite_schema WHERE name IN ('record', 'meta', 'delivery')") { $0.text(0) }
        #expect(ours.isEmpty)
        let empty = Folder()
        #expect(throws: StoreError.self) { try Sample.city(in: empty).exportCity(to: empty.file("export.gpkg")) }
        #expect(!empty.names.contains("export.gpkg"))
    }

    @Test("The R-tree follows revisions: it holds what the table holds, and the table what stands")
    func follows() throws {
        let folder = Folder()
        let city = try Self.town(in: folder)
        let ids = try city.database.rows("SELECT id FROM parcel ORDER BY id") { $0.integer(0) }
        #expect(try city.stored(.parcels, at: 9).filter { $0.quarantine == nil }.map(\.id) == ids)
        #expect(try city.database.rows("SELECT id FROM rtree_parcel_geom ORDER BY id") { $0.integer(0) } == ids)
        #expect(try city.database.rows("SELECT id FROM rtree_quarantine_geom") { $0.integer(0) }.count == 1)
        #expect(try city.database.rows("PRAGMA integrity_check", read: { $0.text(0) }) == ["ok"])
        #expect(try city.database.rows("PRAGMA foreign_key_check", read: { $0.text(0) }).isEmpty)
    }
}
