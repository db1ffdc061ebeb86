import Formats

/// A geometry as a filter draws it: coordinates as written, in the filter's CRS and axis order, rings with their last point. A third
/// coordinate is kept but counts for nothing: the city's grid is flat.
package indirect enum GeometryLiteral: Hashable, Sendable {
    case point(Vertex)
    case line([Vertex])
    case polygon([[Vertex]])
    case points([Vertex])
    case lines([[Vertex]])
    case polygons([[[Vertex]]])
    case collection([GeometryLiteral])
    case box(Bounds)

    package struct Vertex: Hashable, Sendable {
        package let x: Double
        package let y: Double
        package let z: Double?

        /// Nought has no sign.
        package init(x: Double, y: Double, z: Double? = nil) {
            self.x = x + 0
            self.y = y + 0
            self.z = z.map { $0 + 0 }
        }

        init(_ coordinates: [Double]) {
            self.init(x: coordinates[0], y: coordinates[1], z: coordinates.count > 2 ? coordinates[2] : nil)
        }

        var coordinates: [Double] { [x, y] + (z.map { [$0] } ?? []) }
    }

    /// The lower and the upper corner of a BBOX. The first coordinate may run down: where it is a longitude, across the 180th meridian.
    package struct Bounds: Hashable, Sendable {
        package let low: Vertex
        package let high: Vertex

        /// Four numbers, or six with heights; nil for another count, and where the second or the third coordinate runs down.
        init?(_ numbers: [Double]) {
            guard numbers.count == 4 || numbers.count == 6 else { return nil }
            low = Vertex(Array(numbers.prefix(numbers.count / 2)))
            high = Vertex(Array(numbers.suffix(numbers.count / 2)))
            guard low.y <= high.y, low.z ?? 0 <= high.z ?? 0 else { return nil }
        }

        var numbers: [Double] { low.coordinates + high.coordinates }
    }

    /// The words that begin a literal in text.
    static let words: Set<String> = [
        "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION", "BBOX",
    ]

    static let unboundedBox =
        "expected four numbers of a BBOX (west, south, east, north), or six with the heights third and last, no south above its north"
    static let noNumber = "a number that is beyond the range of a double"
    static let shortLine = "a line of one point; expected at least two"

    /// Why linework is no ring; nil where it is one as far as can be told without the grid.
    static func fault(ofRing ring: [Vertex]) -> String? {
        guard ring.count > 3 else { return "a ring of \(ring.count) points; expected at least four, the last like the first" }
        guard ring.first == ring.last else { return "a ring that is not closed; expected its last point to be its first" }
        return nil
    }
}

extension GeometryLiteral.Vertex: CustomStringConvertible {
    /// The shortest digits that read back as the same doubles.
    package var description: String { coordinates.map { JSON.number($0).text }.joined(separator: " ") }
}
