import BigCity
import Formats
import Spatial
import Testing

@Suite struct FeatureCollectionTests {
    @Test func everyCornerIsWrittenAsThePinnedOperationHasIt() throws {
        let city = BigCity.make(parcels: 2_000)
        let box = try #require(LonLatBox(west: 59, south: 36, east: 60, north: 37))
        let operation = try Operation.choose(from: "EPSG:32640", to: "EPSG:4326", around: box)
        let limit = try #require(city.boundary.box)
        let fit = try #require(try LocalFit(operation, over: limit, of: city.grid))
        let corners = try Projector(operation, fit: fit).lonLatE7(of: city.parcels.points, on: city.grid)
        let collection = FeatureCollection(of: city.parcels, at: corners)
        let proj = try Transformation(operation)
        // Some follow each other in the table, some do not.
        let numbers = (0..<city.parcels.count).filter { $0 % 7 != 3 }.reversed() + (0..<100)
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
                        let place = try proj.forward(x: x, y: y)
                        return [place.x, place.y].map { JSON.number(($0 * 1e7).rounded(.toNearestOrEven) / 1e7) }
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
        let table = writer.table
        let collection = FeatureCollection(
            of: table, at: try Projector(operation, fit: nil).lonLatE7(of: table.points, on: grid))
        let empty = try JSON(parsing: collection.bytes(of: [1]))
        #expect(empty == .object(["type": JSON("FeatureCollection"), "features": .array([])]))
        let text = String(decoding: collection.bytes(of: [0]), as: UTF8.self)
        #expect(text.contains("[[[[-0.0080") && text.contains(",-0.0081"), "\(text)")
        #expect(throws: Never.self) { try JSON(parsing: collection.bytes(of: [0])) }
    }
}
