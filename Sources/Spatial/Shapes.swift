/// A closed ring of at least three points; the last is joined to the first and not repeated.
///
/// Nothing is promised of its direction or validity; `MultiPolygon.oriented` gives the direction that areas are worked out in.
package struct Ring: Hashable, Sendable {
    package var points: [Point]

    package init(_ points: [Point]) {
        self.points = points
    }
}

/// One outline and the holes in it.
package struct Polygon: Hashable, Sendable {
    package var shell: Ring
    package var holes: [Ring]

    package init(shell: Ring, holes: [Ring] = []) {
        self.shell = shell
        self.holes = holes
    }

    /// The shell, then the holes.
    package var rings: [Ring] { [shell] + holes }
}

/// The ground that a feature takes up: polygons whose interiors do not meet. What `Validity` has not passed is only linework.
package struct MultiPolygon: Hashable, Sendable {
    package var polygons: [Polygon]

    package init(_ polygons: [Polygon]) {
        self.polygons = polygons
    }

    package var rings: [Ring] { polygons.flatMap(\.rings) }

    package var box: Box? { Box(around: polygons.lazy.flatMap(\.shell.points)) }
}

/// A feature's geometry on the grid.
package enum Geometry: Hashable, Sendable {
    case point(Point)
    case line([[Point]])
    case area(MultiPolygon)

    package var box: Box? {
        switch self {
        case .point(let point): Box(point)
        case .line(let parts): Box(around: parts.lazy.joined())
        case .area(let area): area.box
        }
    }
}
