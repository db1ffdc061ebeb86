import Spatial

/// A geometry literal on the grid: points, lines and areas apart, for a collection may have them all.
struct Site: Hashable, Sendable {
    var points: [Point] = []
    var lines: [[Point]] = []
    var polygons: [Polygon] = []

    var box: Box? {
        [Box(around: points), Box(around: lines.joined()), MultiPolygon(polygons).box].compactMap { $0 }.reduce(nil) { all, box in
            all?.united(with: box) ?? box
        }
    }

    /// Whether it has more than one dimension.
    var isMixed: Bool { [points.isEmpty, lines.isEmpty, polygons.isEmpty].count { !$0 } > 1 }

    /// Each point by itself, the lines together, the ground together.
    var geometries: [Geometry] {
        points.map { .point($0) } + (lines.isEmpty ? [] : [.line(lines)]) + (polygons.isEmpty ? [] : [.area(MultiPolygon(polygons))])
    }

    /// The whole as one geometry; nil for several points, and for more than one dimension.
    var single: Geometry? { geometries.count == 1 ? geometries[0] : nil }
}
