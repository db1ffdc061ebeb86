import BigCity
import Formats
import Spatial
import Testing

@Suite struct FeatureCollectionTests {
    @Test func everyCornerIsWrittenAsThePinnedOperationHasIt() throws {
        let city = BigCity.make(parcels: 2_000)
        let box = try #require(LonLatBox(west: 59, south: 36, east: 60, north: 37))
        let operation = try Operation.choose(from: "EPSG:32640", to: "EPSG:4326", around: box)
        let projector = try Projector(operation, fit: nil)
        let collection = FeatureCollection(of: city.parcels, on: city.grid, by: projector)
        let numbers = Array(0..<city.parcels.count)
        let json = try JSON(parsing: collection.bytes(of: numbers))
        #expect(json["type"] == JSON("FeatureCollection"))
        let features = try #require(json["features"]?.asArray)
        #expect(features.map { $0["id"]?.asInt } == numbers)
        for (number, feature) in zip(numbers, features) {
            guard case .area(let area)? = city.parcels.geometry(number) else { continue }
            let expected = try area.polygons.map { polygon in
                try polygon.rings.map { ring in
                    try (ring.points + ring.points.prefix(1)).map { point in
                        let (x, y) = city.grid.metres(point)
                        let place = try projector.lonLat(x: x, y: y)
                        return [place.lon, place.lat].map { JSON.number(($0 * 1e7).rounded(.toNearestOrEven) / 1e7) }
                    }
                }
            }
            let wanted = JSON.array(expected.map { .array($0.map { .array($0.map { .array($0) }) }) })
            #expect(feature["geometry"]?["coordinates"] == wanted)
        }
    }

    @Test func noFeatureMakesAnEmptyCollectionAndDegreesKeepTheirSigns() throws {
        // Around the Gulf of Guinea, on both sides of the equator and of the meridian.
        let grid = Grid(originX: 166_021_443, originY: 0)
        var writer = ShapeTableWriter()
        let corners = [(-900_000, -900_000), (900_000, -900_000), (0, 900_000)].map { Point(x: Int32($0.0), y: Int32($0.1)) }
        writer.append(.area(MultiPolygon([Polygon(shell: Ring(corners))])))
        writer.append(.point(corners[0]))
        let box = try #require(LonLatBox(west: -1, south: -1, east: 1, north: 1))
        let operation = try Operation.choose(from: "EPSG:32631", to: "EPSG:4326", around: box)
        let collection = FeatureCollection(of: writer.table, on: grid, by: try Projector(operation, fit: nil))
        let empty = try JSON(parsing: collection.bytes(of: [1]))
        #expect(empty == .object(["type": JSON("FeatureCollection"), "features": .array([])]))
        let text = String(decoding: try collection.bytes(of: [0]), as: UTF8.self)
        #expect(text.contains("[[[[-0.0080") && text.contains(",-0.0081"), "\(text)")
        #expect(throws: Never.self) { try JSON(parsing: collection.bytes(of: [0])) }
    }
}
