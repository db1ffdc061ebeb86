import Foundation
import Importing
import Spatial
import Testing

/// TRAPS 8: UTM 40N said to be 41N, swapped axes, degrees among metres, a datum shift of 174 m.
@Suite("Where a delivery lies")
struct PlacingTests {
    private func refusal(_ rings: [[(Double, Double)]], said crs: String? = nil, asked: String? = nil) throws -> String {
        try Workshop.folder { folder in
            let file = folder.appending(path: "parcels.geojson")
            try file.write(Town.geoJSON(rings, crs: crs))
            return Staged.refusal(file, .parcels, crs: asked)
        }
    }

    @Test("UTM 41N said to be 40N is named with its distance and never applied")
    func neighbouringZone() throws {
        // DOMAIN 4.8: Torqabeh's centre in EPSG:32641.
        let rings = Town.squares(30, from: 174_298, 4_024_906)
        let text = try refusal(rings, said: "EPSG:32640")
        #expect(text.hasPrefix("parcels.geojson: read as EPSG:32640 it lies 53"), "\(text)")
        #expect(text.hasSuffix("km from the city; read as EPSG:32641 it would fit: give --crs EPSG:32641"))
        try Workshop.folder { folder in
            let file = folder.appending(path: "parcels.geojson")
            try file.write(Town.geoJSON(rings, crs: "EPSG:32640"))
            let staged = try Staged.run(file, .parcels, crs: "EPSG:32641")
            #expect(staged.rows.count == 30)
            #expect(staged.head.faults.map(\.code) == [.statedCRS])
            #expect(staged.quarantined.isEmpty)
        }
    }

    @Test("Swapped axes are named, in metres and in degrees")
    func swapped() throws {
        let metres = try refusal(Town.squares(9).map { $0.map { ($0.1, $0.0) } }, said: "EPSG:32640")
        #expect(metres.contains("with x and y swapped it would fit: export it again with the easting or longitude first"), "\(metres)")
        let degrees = try refusal([[(36.30, 59.37), (36.31, 59.37), (36.31, 59.38), (36.30, 59.37)]])
        #expect(degrees.contains("with x and y swapped it would fit"), "\(degrees)")
        #expect(degrees.contains("km from the city"))
    }

    @Test("Metres in a file that says degrees are named with the CRS that fits")
    func metresAmongDegrees() throws {
        let text = try refusal(Town.squares(9))
        #expect(text.hasSuffix("read as EPSG:32640 it would fit: give --crs EPSG:32640"), "\(text)")
    }

    @Test("A file without a CRS is refused with the CRS that its coordinates fit, and what else would do")
    func missing() throws {
        try Workshop.folder { folder in
            var file = ShapefileBytes(columns: ["code"])
            file.rows = Town.squares(3).map { ($0, [Array("1".utf8)]) }
            let metres = Staged.refusal(try file.write(folder, "metres"), .parcels)
            #expect(metres.hasPrefix("metres.shp: states no CRS; read as EPSG:32640 it would fit: give --crs EPSG:32640"))
            #expect(metres.contains("EPSG:2060 would fit as well"), "\(metres)")
            file.rows = [([(59.37, 36.31), (59.38, 36.31), (59.38, 36.32), (59.37, 36.31)], [Array("1".utf8)])]
            #expect(Staged.refusal(try file.write(folder, "degrees"), .parcels).contains("give --crs EPSG:4326"))
            file.rows = Town.squares(3, from: 100, 100).map { ($0, [Array("1".utf8)]) }
            #expect(Staged.refusal(try file.write(folder, "local"), .parcels).contains("local coordinates"))
        }
    }

    @Test("Old maps in ED50(ED77), 174 m off, are named where they stick out of the city")
    func oldDatum() throws {
        // A row of squares along the inside of the northern border in EPSG:32640 lies 174 m further north in EPSG:2060.
        let rings = Town.squares(40, from: 711_000, 4_023_400).map { ring in ring.map { ($0.0 - 23.763, $0.1 + 173.967) } }
        try Workshop.folder { folder in
            let file = folder.appending(path: "parcels.geojson")
            try file.write(Town.geoJSON(rings + Town.squares(60)))
            let staged = try Staged.run(file, .parcels)
            let fault = try #require(staged.head.faults.first)
            #expect(fault.code == .perhapsOtherCRS)
            #expect(fault.message.contains("read as EPSG:2060 it would fit: give --crs EPSG:2060"), "\(fault.message)")
            #expect(staged.rows.count { $0.faults.contains { $0.code == .outsideCity } } == 40)
            let moved = try Staged.run(file, .parcels, crs: "EPSG:2060")
            #expect(moved.head.operation?.source == "EPSG:2060")
            #expect(moved.rows.allSatisfy { $0.faults.isEmpty })
        }
    }

    @Test("The operation that the city has pinned is used again")
    func pinned() throws {
        let vector = [[(713_000.0, 4_021_500.0), (713_010, 4_021_500), (713_010, 4_021_510), (713_000, 4_021_500)]]
        try Workshop.folder { folder in
            let file = folder.appending(path: "parcels.geojson")
            try file.write(Town.geoJSON(vector))
            let first = try Staged.run(file, .parcels, crs: "EPSG:2060")
            // DOMAIN 4.8: (713000, 4021500) in EPSG:2060 is (713023.7626, 4021326.0331) in EPSG:32640.
            guard case .area(let area) = first.rows[0].geometry else { throw ImportError.noLayer(file: "no area") }
            #expect(area.polygons[0].shell.points[0] == Point(x: 23_763, y: 326_033))
            var city = Town.city
            let operation = try #require(first.head.operation)
            city.operations = [
                Operation(
                    source: operation.source, target: operation.target, definition: operation.definition, name: "pinned",
                    accuracy: nil)
            ]
            #expect(try Staged.run(file, .parcels, crs: "EPSG:2060", city: city).head.operation?.name == "pinned")
        }
    }

    @Test("A datum without a sound way into the city's is refused")
    func ballpark() throws {
        let text = try refusal(Town.squares(3), asked: "EPSG:23038")
        #expect(text.contains("ballpark") || text.contains("no way"), "\(text)")
        #expect(try refusal(Town.squares(3), asked: "EPSG:99999").contains("EPSG:99999"))
    }
}
