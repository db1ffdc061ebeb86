import Formats
import Foundation
import Persian
import Spatial

@testable import CQL2

/// A frame whose coordinates are metres of the grid, up to 1,000 km.
var metres: Frame {
    Frame(startsWithLongitude: false, extent: nil) { (x, y) throws(SpatialError) in
        guard let point = Grid(originX: 0, originY: 0).point(x: x, y: y) else { throw .outOfGrid(operation: "filter") }
        return point
    }
}

let queryables: [String: CQL2.Expression.Kind] = [
    "a": .number, "b": .number, "name": .text, "code": .text, "corner": .bool, "built": .day, "seen": .timestamp, "from": .day,
    "until": .day, "geometry": .geometry, "border": .geometry,
]

/// What a filter says of a feature with these values.
func truth(_ text: String, _ values: [String: PropertyValue] = [:], in frame: Frame = metres) throws -> Truth {
    try Filter(parsing: text).bound(to: queryables, in: frame).sieve().truth { values[$0] }
}

func number(_ text: String) -> PropertyValue { .number(Decimal(parsing: text) ?? Decimal(millionths: .min)) }

/// A rectangle on the grid, in metres.
func rectangle(_ minX: Int32, _ minY: Int32, _ maxX: Int32, _ maxY: Int32) -> Geometry {
    .area(
        MultiPolygon([
            Polygon(
                shell: Ring(
                    [(minX, minY), (maxX, minY), (maxX, maxY), (minX, maxY)].map { Point(x: $0.0 * 1000, y: $0.1 * 1000) }))
        ]))
}
