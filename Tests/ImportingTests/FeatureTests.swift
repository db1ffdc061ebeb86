import Foundation
import Importing
import Spatial
import Testing

@Suite("Features and their faults")
struct FeatureTests {
    @Test(
        "Each fault of a geometry has its code, and the feature is kept in quarantine",
        arguments: [
            ("[[[0,0],[20,20],[20,0],[0,20],[0,0]]]", ImportFault.Code.selfCrossing),
            ("[[[0,0],[20,0],[0,0],[0,0]]]", .tooFewPoints),
            ("[[[0,0],[10,0],[20,0],[0,0]]]", .zeroArea),
            ("[[[0,0],[20,0],[20,20],[0,20],[0,0]],[[30,30],[35,30],[35,35],[30,30]]]", .holeOutside),
            ("[[[0,0],[20,0],[20,20],[0,20],[0,1]]]", .ringOpen),
            ("[[[0,0],[20,0],[20,0.0001],[0,0]]]", .zeroArea),
        ])
    func faults(coordinates: String, code: ImportFault.Code) throws {
        try one(#"{"type":"Polygon","coordinates":\#(shifted(coordinates))}"#) { row in
            #expect(row.faults.map(\.code) == [code], "\(row.faults)")
            #expect(row.quarantine != nil)
            #expect(row.original != nil)
        }
    }

    @Test(
        "A line, a point and no geometry at all are faults where ground is expected",
        arguments: [
            (#"{"type":"LineString","coordinates":[[713000,4021000],[713020,4021000]]}"#, ImportFault.Code.geometryKind),
            (#"{"type":"Point","coordinates":[713000,4021000]}"#, .geometryKind),
            ("null", .geometryMissing), (#"{"type":"Polygon","coordinates":[]}"#, .geometryMissing),
        ])
    func kinds(geometry: String, code: ImportFault.Code) throws {
        try one(geometry) { row in #expect(row.faults.map(\.code) == [code]) }
    }

    private func one(_ geometry: String, check: (StagedRow) throws -> Void) throws {
        try Workshop.folder { folder in
            let file = folder.appending(path: "parcels.geojson")
            try file.write(
                #"""
                {"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:32640"}},"features":[
                {"type":"Feature","properties":{"code":"1"},"geometry":\#(geometry)}]}
                """#)
            let staged = try Staged.run(file, .parcels)
            try #require(staged.rows.count == 1)
            try check(staged.rows[0])
        }
    }

    /// Puts coordinates from 0,0 on to the middle of the town.
    private func shifted(_ text: String) -> String {
        text.replacing(/\[(-?[\d.]+),(-?[\d.]+)\]/) { match in
            "[\(713_000 + (Double(match.1) ?? 0)),\(4_021_000 + (Double(match.2) ?? 0))]"
        }
    }

    @Test("Duplicates, codes that repeat or miss, and what lies outside the city are named, each with its row")
    func rows() throws {
        var rings = Town.squares(4)
        rings[1] = rings[0].reversed()
        rings.append(contentsOf: Town.squares(1, from: 720_000))
        var text = Town.geoJSON(rings).replacing(#""code":"P4""#, with: #""code":"P3""#)
        text = text.replacing(#""code":"P5""#, with: #""code":"۱۲""#)
        try Workshop.folder { folder in
            let file = folder.appending(path: "parcels.geojson")
            try file.write(text)
            let staged = try Staged.run(file, .parcels)
            #expect(
                staged.rows.map { $0.faults.map(\.code) } == [
                    [], [.duplicateGeometry], [.codeRepeated], [.codeRepeated], [.outsideCity],
                ])
            #expect(staged.rows[1].faults[0].message == "parcels.geojson, feature 2: the same geometry as feature 1")
            #expect(staged.rows[3].faults[0].message == "parcels.geojson, feature 4: the code P3 stands already in feature 3")
            #expect(staged.rows.map { $0.quarantine == nil } == [true, true, false, false, true])
            #expect(staged.rows[4].code == "12")
            #expect(staged.rows[4].fields["code"] == "۱۲")
        }
    }

    @Test("A needed column that is missing is an error that lists the columns and names the nearest; a map is obeyed")
    func columns() throws {
        try Workshop.folder { folder in
            let file = folder.appending(path: "zones.geojson")
            try file.write(Town.geoJSON(Town.squares(2)).replacing(#""code""#, with: #""kode""#))
            #expect(
                Staged.refusal(file, .zones)
                    == "zones.geojson: no column for the field code (nearest: kode); there are: kode; name one by --map code=COLUMN")
            #expect(
                Staged.refusal(file, .zones, map: ["code": "kod"])
                    == "zones.geojson: no column kod for the field code (nearest: kode); there are: kode")
            let staged = try Staged.run(file, .zones, map: ["code": "KODE", "slope": "kode"])
            #expect(staged.rows[1].fields == ["code": "P2", "slope": "P2"])
        }
    }

    @Test("A code such as 3-6-7 is no date")
    func code() throws {
        try Workshop.folder { folder in
            let file = folder.appending(path: "parcels.geojson")
            try file.write(Town.geoJSON(Town.squares(1)).replacing("P1", with: "3-6-7"))
            #expect(try Staged.run(file, .parcels).rows[0].code == "3-6-7")
        }
    }

    @Test(
        "A file that is not what it says, or of a kind that is not read, is refused by name",
        arguments: [
            ("a.gml", "<?xml version='1.0'?><gml:FeatureCollection xmlns:gml='x'/>", "a GML file"),
            ("a.vrt", "<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>", "a GDAL virtual file (VRT)"),
            ("a.geojson", "", "the file is empty"), ("a.dwg", "AC1032\u{0}", "a DWG drawing"),
            ("a.gpkg", "hello", "not a GeoPackage"), ("a.shp", "hello", "not a Shapefile"), ("a.txt.gz", "\u{1}", "unknown kind"),
            ("a.geojson", "{\"type\":", "a.geojson: is no GeoJSON"),
        ])
    func refused(name: String, content: String, words: String) throws {
        try Workshop.folder { folder in
            let file = folder.appending(path: name)
            try file.write(content)
            let text = Staged.refusal(file, .parcels)
            #expect(text.hasPrefix("\(name): "), "\(text)")
            #expect(text.contains(words), "\(text)")
        }
    }

    @Test("Addresses of the network and folders are no files", arguments: ["/vsicurl/http://127.0.0.1:9/a.geojson", "/etc", "/dev/zero"])
    func notFiles(path: String) {
        #expect(Staged.refusal(URL(filePath: path), .parcels).contains("cannot be read"))
    }

    @Test("Several layers and none chosen is an error that lists them")
    func layers() throws {
        try Workshop.folder { folder in
            let file = folder.appending(path: "two.kml")
            let mark = "<Placemark><name>A</name><Point><coordinates>59.37,36.31</coordinates></Point></Placemark>"
            try file.write(
                "<kml xmlns='http://www.opengis.net/kml/2.2'><Document><Folder><name>خیابان</name>\(mark)</Folder>"
                    + "<Folder><name>پلاک</name>\(mark)</Folder></Document></kml>")
            #expect(
                Staged.refusal(file, .addresses)
                    == "two.kml: has 2 layers; name one by --source-layer: خیابان, پلاک")
            #expect(Staged.refusal(file, .addresses, layer: "پلاکها").contains("(nearest: پلاک)"))
            let staged = try Staged.run(file, .addresses, layer: "پلاک", map: ["text": "Name"])
            #expect(staged.rows[0].fields["text"] == "A")
            #expect(staged.rows[0].geometry != nil)
        }
    }
}
