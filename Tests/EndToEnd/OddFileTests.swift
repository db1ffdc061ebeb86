import Foundation
import Testing

/// Files that claim more than they hold, and odd and broken files that others have collected.
@Suite("Odd files") struct OddFileTests {
    @Test("A Shapefile whose header and first record claim gigabytes is read as far as it goes, and named")
    func claimsInShapefile() async throws {
        let city = try await SampleTown.copy()
        let before = try Standing(city)
        let scratch = try Scratch()
        for end in ["shp", "shx", "dbf", "prj"] {
            var bytes = try Data(contentsOf: SampleTown.folder.appending(path: "streets.\(end)"))
            let claim = Data([0x7F, 0xFF, 0xFF, 0xFF])
            // The file's length, then the first record's: in words of 16 bits, big-endian; in the table the number of rows.
            if end == "shp" { bytes.replaceSubrange(24..<28, with: claim) }
            if end == "shp" || end == "shx" { bytes.replaceSubrange(104..<108, with: claim) }
            if end == "dbf" { bytes.replaceSubrange(4..<8, with: Data([0xFF, 0xFF, 0xFF, 0xFF])) }
            try bytes.write(to: scratch.url.appending(path: "claims.\(end)"))
        }
        let ended = try Program.run(["import", scratch.url.appending(path: "claims.shp").path, "--as", "streets"], city: city)
        let said = ended.text + ended.err
        #expect(ended.code == 1 || ended.code == 2, "\(said.prefix(2000))")
        #expect(said.contains("claims.shp") && said.contains("claims 4294967294 bytes"), "\(said.prefix(2000))")
        #expect(try Standing(city).revisions == before.revisions)
    }

    @Test("A GeoPackage whose geometry claims four milliard points is quarantined at that feature")
    func claimsInGeoPackage() async throws {
        let city = try await SampleTown.copy()
        let before = try Standing(city)
        let scratch = try Scratch()
        let file = scratch.url.appending(path: "claims.gpkg")
        try FileManager.default.copyItem(at: SampleTown.folder.appending(path: "heritage.gpkg"), to: file)
        // A standard header without an envelope, then a polygon of one ring of 4,294,967,295 points.
        let blob = "47500001807F0000" + "010300000001000000" + "FFFFFFFF"
        let made = try Shell.run(
            """
            set -e
            table=$(sqlite3 "$1" "SELECT table_name FROM gpkg_contents WHERE data_type = 'features' LIMIT 1")
            sqlite3 "$1" "SELECT 'DROP TRIGGER \\"' || name || '\\";' FROM sqlite_master WHERE type = 'trigger'" | sqlite3 "$1"
            sqlite3 "$1" "UPDATE $table SET geom = x'$2' WHERE rowid = (SELECT min(rowid) FROM $table)"
            """, [file.path, blob])
        try #require(made.code == 0, "\(made.err)")
        let ended = try Program.run(["import", file.path, "--as", "overlay", "--layer", "heritage"], city: city)
        let said = ended.text + ended.err
        #expect(ended.code == 1 || ended.code == 2, "\(said)")
        #expect(said.contains("claims.gpkg") && said.contains("feature 1"), "\(said)")
        #expect(try Standing(city).revisions == before.revisions)
    }

    @Test("A delivery of nothing is in doubt as a whole, and not accepted in passing: it would end what stands")
    func nothing() async throws {
        let city = try await SampleTown.copy()
        let before = try Standing(city)
        let scratch = try Scratch()
        let nothing = scratch.url.appending(path: "nothing.geojson")
        try SampleTown.write([], to: nothing)
        let refused = try Program.run(["import", nothing.path, "--as", "parcels"], city: city)
        #expect(refused.code == 2 && refused.err.contains("nothing.geojson: holds nothing, expected parcels"), "\(refused.err)")
        let file = scratch.url.appending(path: "headers.shp")
        let made = try Shell.run(
            "ogr2ogr -where 'code IS NULL' \"$1\" \"$2\"", [file.path, SampleTown.folder.appending(path: "land-use.geojson").path])
        try #require(made.code == 0, "\(made.err)")
        let ended = try Program.run(["import", file.path, "--as", "parcels", "--accept", "--by", "t"], city: city)
        #expect(ended.code == 1, "\(ended.text)\(ended.err)")
        #expect(ended.text.contains("headers.shp: holds nothing, expected parcels"), "\(ended.text)")
        #expect(ended.err.contains("was not accepted"), "\(ended.err)")
        #expect(try Standing(city).revisions == before.revisions)
    }

    @Test("A delivery refused after it was read leaves neither a grid nor an operation behind")
    func refusedLate() throws {
        let scratch = try Scratch()
        let city = scratch.url.appending(path: "city.gpkg")
        #expect(try Program.run(["init", "--name", "نمونه", "--crs", "EPSG:32640"], city: city).code == 0)
        let dump = "sqlite3 \"$1\" 'SELECT * FROM meta ORDER BY key; SELECT * FROM operation; SELECT * FROM delivery'"
        let before = try Shell.run(dump, [city.path]).text
        let file = SampleTown.folder.appending(path: "parcels.geojson").path
        let ended = try Program.run(["import", file, "--as", "parcels", "--covers", "nowhere.geojson"], city: city)
        #expect(ended.code == 2 && ended.err.contains("nowhere.geojson"), "\(ended.err)")
        #expect(try Shell.run(dump, [city.path]).text == before)
    }

    @Test("A misspelt field of a map is kept as a fact, and the field that was meant is named")
    func misspelt() async throws {
        let file = Program.root.appending(path: "GeoData/broken/outside.geojson")
        let ended = try Program.run(["import", file.path, "--as", "parcels", "--map", "cod=code"], city: try await SampleTown.copy())
        #expect(ended.code == 1)
        #expect(ended.text.contains("the mapped field cod is none of parcels") && ended.text.contains("nearest: code"), "\(ended.text)")
    }

    @Test(
        "What others collected of odd and broken files ends in a sentence that names the file, and the city holds",
        .enabled(if: RealData.isThere),
        arguments: ["shapefile-edge/gdal_autotest_shp_gpkg_geojson.zip", "dxf/gdal_autotest_dxf_cad.zip"])
    func collected(_ archive: String) throws {
        let scratch = try Scratch()
        let zip = try #require(RealData.folder).appending(path: archive)
        _ = try RealData.shell("python3 -m zipfile -e '\(zip.path)' all", in: scratch.url)
        let city = scratch.url.appending(path: "city.gpkg")
        #expect(try Program.run(["init", "--name", "نمونه", "--crs", "EPSG:32640"], city: city).code == 0)
        let kinds = ["shp", "geojson", "json", "gpkg", "kml", "dxf", "dwg", "dbf", "zip", "vrt"]
        let all = scratch.url.appending(path: "all")
        let names = (FileManager.default.enumerator(atPath: all.path)?.compactMap { $0 as? String } ?? []).sorted()
        let files = names.filter { kinds.contains(($0 as NSString).pathExtension) }
        #expect(files.count > 50)
        for name in files {
            let ended = try Program.run(["import", all.appending(path: name).path, "--as", "overlay", "--crs", "EPSG:32640"], city: city)
            let said = ended.text + ended.err
            #expect((0...2).contains(ended.code), "\(name): exit \(ended.code), \(said)")
            #expect(said.contains((name as NSString).lastPathComponent), "\(name) is not named: \(said)")
            #expect(ended.code != 2 || ended.err.hasPrefix("shahrsaz: ") && ended.err.count < 4000, "\(name): \(ended.err)")
        }
        #expect(try Program.run(["revisions", "--check"], city: city).code == 0)
    }
}
