import Foundation
import Spatial
import Testing

/// A layer of the sample town as it stands in its file, on a grid of its own.
struct SampleLayer {
    static let grid = Grid(originX: 713_000_000, originY: 4_021_500_000)

    struct Feature {
        let code: String
        let name: String?
        let geometry: Geometry
    }

    let features: [Feature]
    let file: URL

    init(_ name: String) throws {
        file = root.appending(path: "GeoData/sample-town/\(name).geojson")
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        let items = try #require(object?["features"] as? [[String: Any]])
        features = try items.map { item in
            let geometry = try #require(item["geometry"] as? [String: Any])
            let properties = item["properties"] as? [String: Any]
            let polygons =
                geometry["type"] as? String == "Polygon"
                ? [try #require(geometry["coordinates"] as? [[[Double]]])] : try #require(geometry["coordinates"] as? [[[[Double]]]])
            return Feature(
                code: properties?["code"] as? String ?? "", name: properties?["name"] as? String,
                geometry: .area(
                    MultiPolygon(
                        try polygons.map { rings in
                            let rings = try rings.map { ring in
                                Ring(try ring.dropLast().map { try #require(Self.grid.point(x: $0[0], y: $0[1])) })
                            }
                            return Polygon(shell: rings[0], holes: Array(rings.dropFirst()))
                        })))
        }
    }

    var box: Box {
        features.compactMap(\.geometry.box).reduce(Box(Point(x: 0, y: 0))) { $0.united(with: $1) }
    }

    static func projector() throws -> Projector {
        let around = try #require(LonLatBox(west: 59.3, south: 36.2, east: 59.5, north: 36.4))
        return try Projector(try Operation.choose(from: "EPSG:32640", to: "EPSG:4326", around: around), fit: nil)
    }
}
