import Foundation
import Importing
import Spatial
import Testing

@Suite("Shapefiles")
struct ShapefileTests {
    private func persian(_ folder: URL, language: UInt8 = 0) throws -> URL {
        var file = ShapefileBytes(columns: ["code", "address"], languageByte: language)
        let names = ["كوچه ياس", "خيابان امام رضا", "بلوار وكيل آباد", "گلستان چشمه پژمان"]
        for (ring, name) in zip(Town.squares(4), names) {
            file.rows.append((ring, [Array("3-6-\(file.rows.count)".utf8), ShapefileBytes.windows1256(name)]))
        }
        return try file.write(folder, "parcels")
    }

    @Test("Persian names in Windows-1256 without a .cpg are recognised, and that is said", arguments: [0, 0x57] as [UInt8])
    func recognised(language: UInt8) throws {
        try Workshop.folder { folder in
            let staged = try Staged.run(try persian(folder, language: language), .parcels, crs: "EPSG:32640")
            #expect(staged.head.encoding == "WINDOWS-1256")
            #expect(staged.head.faults.map(\.code) == [.guessedEncoding])
            #expect(
                staged.rows.map { $0.fields["address"] } == [
                    "کوچه یاس", "خیابان امام رضا", "بلوار وکیل آباد", "گلستان چشمه پژمان",
                ])
            #expect(staged.rows.map(\.code) == ["3-6-0", "3-6-1", "3-6-2", "3-6-3"])
            #expect(staged.quarantined.isEmpty)
        }
    }

    @Test("A language byte or a .cpg that names the encoding is believed, and --encoding overrules both")
    func stated() throws {
        try Workshop.folder { folder in
            let file = try persian(folder, language: 0x7E)
            let byByte = try Staged.run(file, .parcels, crs: "EPSG:32640")
            #expect(byByte.head.encoding == "WINDOWS-1256")
            #expect(byByte.head.faults.isEmpty)
            try folder.appending(path: "parcels.cpg").write("UTF-8")
            let wrong = try Staged.run(file, .parcels, crs: "EPSG:32640")
            #expect(wrong.head.encoding == "UTF-8")
            // TRAPS 29: nothing is dropped where the bytes are no letters.
            #expect(wrong.rows[0].faults.map(\.code) == [.textUndecodable])
            #expect(wrong.rows[0].fields["address"] == #"\xDF\xE6\x8D\xE5 \xED\xC7\xD3"#)
            let overruled = try Staged.run(file, .parcels, crs: "EPSG:32640", encoding: "cp1256")
            #expect(overruled.rows[0].fields["address"] == "کوچه یاس")
        }
    }

    @Test("A ring that is not closed is named with its gap and its place, and kept")
    func open() throws {
        try Workshop.folder { folder in
            var file = ShapefileBytes(columns: ["code"])
            var ring = Town.squares(1)[0]
            ring[4] = (713_000.031, 4_021_000)
            file.rows = [(ring, [Array("P1".utf8)])]
            let staged = try Staged.run(try file.write(folder, "parcels"), .parcels, crs: "EPSG:32640")
            let fault = try #require(staged.rows[0].faults.first)
            #expect(fault.code == .ringOpen)
            #expect(fault.message == "parcels.shp, feature 1: ring not closed (gap 0.031 m at 713000.031 4021000.000)")
            #expect(staged.rows[0].quarantine != nil)
            #expect(staged.rows[0].original != nil)
        }
    }

    @Test("A truncated file, a header that claims four gigabytes and a missing .shx end in a sentence")
    func broken() throws {
        try Workshop.folder { folder in
            let file = try persian(folder)
            let whole = try Data(contentsOf: file)
            try whole.prefix(250).write(to: file)
            let cut = try Staged.run(file, .parcels, crs: "EPSG:32640")
            #expect(cut.quarantined.count == 3)
            #expect(cut.quarantined.allSatisfy { $0.faults[0].code == .geometryUnreadable || $0.faults[0].code == .geometryMissing })
            var claims = whole
            claims.replaceSubrange(144..<148, with: [0xFF, 0xFF, 0xFF, 0x7F])
            try claims.write(to: file)
            let claimed = try Staged.run(file, .parcels, crs: "EPSG:32640")
            #expect(claimed.rows.count == 4)
            #expect(claimed.quarantined.count == 1)
            try FileManager.default.removeItem(at: folder.appending(path: "parcels.shx"))
            #expect(Staged.refusal(file, .parcels, crs: "EPSG:32640").contains("parcels.shx"))
        }
    }

    @Test("Every odd Shapefile, GeoPackage, GeoJSON and KML of GDAL's own tests is taken or refused in a sentence")
    func odd() throws {
        guard let zip = Workshop.real("shapefile-edge/gdal_autotest_shp_gpkg_geojson.zip") else { return }
        try Workshop.folder { folder in
            try Workshop.shell("unzip", ["-qo", zip.path, "-d", folder.path])
            var (taken, refused) = (0, 0)
            let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
            for file in files where ["shp", "gpkg", "geojson", "json", "kml", "vrt"].contains(file.pathExtension) {
                do {
                    _ = try Staged.run(file, .boundary, crs: "EPSG:2154", city: .init(crs: "EPSG:2154"))
                    taken += 1
                } catch let error as ImporterProcessError {
                    // libkml 1.3 itself crashes on this one, in ogrinfo too: here that is an error like any other.
                    if file.lastPathComponent == "gx_track_without_when.kml", error == .crashed(signal: 11) { continue }
                    guard case .refused(let reason) = error else {
                        Issue.record("\(file.lastPathComponent): \(error)")
                        continue
                    }
                    #expect(reason.contains(file.lastPathComponent), "\(reason)")
                    refused += 1
                }
            }
            print("odd files: \(taken) taken, \(refused) refused")
            #expect(taken > 50)
        }
    }
}
