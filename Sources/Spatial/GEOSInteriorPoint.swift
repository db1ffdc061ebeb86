internal import CGEOS

extension GEOS {
    /// A grid point strictly inside, for a label or for asking what lies there.
    ///
    /// It is the one that GEOS proposes, rounded to the grid; where rounding takes it to the border or beyond, the middle of
    /// the widest stretch of a scan line. Throws `noInteriorPoint` where there is none, as in a strip one millimetre wide.
    package func interiorPoint(of area: MultiPolygon) throws(SpatialError) -> Point {
        guard area.box != nil else { throw .noInteriorPoint }
        let corner = Corner(area.box)
        let geometry = try handle(area, from: corner)
        let surface = unsafe try owned(GEOSPointOnSurface_r(context, geometry.pointer), "interior point")
        let proposed = try gridPoint(location(of: surface), from: corner, "interior point")
        let edges = area.edges
        if edges.enclose(proposed) { return proposed }
        guard let found = edges.middleOfWidestStretch() else { throw .noInteriorPoint }
        return found
    }
}

/// The edges of every ring, to be read by the even-odd rule.
private struct Edges {
    var pairs: [(from: Point, to: Point)] = []

    /// Whether a point lies strictly inside. Exact: within `Point.limit` the orientation fits in Int64.
    func enclose(_ point: Point) -> Bool {
        var inside = false
        for (a, b) in pairs {
            let (low, high) = a.y <= b.y ? (a, b) : (b, a)
            guard low.y <= point.y, point.y <= high.y else { continue }
            let (dx, dy) = (Int64(high.x) - Int64(low.x), Int64(high.y) - Int64(low.y))
            let (px, py) = (Int64(point.x) - Int64(low.x), Int64(point.y) - Int64(low.y))
            let side = dx * py - dy * px
            if side == 0, min(a.x, b.x) <= point.x, point.x <= max(a.x, b.x) { return false }
            if point.y < high.y, side < 0 { inside.toggle() }
        }
        return inside
    }

    /// The middle of the widest stretch inside on the scan lines through the widest bands between vertices; nil when no
    /// candidate is a grid point strictly inside.
    func middleOfWidestStretch() -> Point? {
        let heights = Set(pairs.map(\.from.y)).sorted()
        let bands = zip(heights, heights.dropFirst()).sorted { Int64($0.1) - Int64($0.0) > Int64($1.1) - Int64($1.0) }
        var candidates: [(width: Double, point: Point)] = []
        let lines = Set(bands.prefix(64).flatMap { [Int32((Int64($0.0) + Int64($0.1)) / 2), $0.0] })
        for y in lines {
            let crossings = pairs.compactMap { a, b -> Double? in
                guard (a.y <= y) != (b.y <= y) else { return nil }
                return Double(a.x) + (Double(y) - Double(a.y)) * (Double(b.x) - Double(a.x)) / (Double(b.y) - Double(a.y))
            }.sorted()
            for (west, east) in zip(crossings, crossings.dropFirst()) where east > west {
                let middle = Point(x: Int32(((west + east) / 2).rounded()), y: y)
                candidates.append((east - west, middle))
            }
        }
        candidates.sort { ($0.width, $0.point.y, $0.point.x) > ($1.width, $1.point.y, $1.point.x) }
        return candidates.first { enclose($0.point) }?.point
    }
}

extension MultiPolygon {
    fileprivate var edges: Edges {
        var edges = Edges()
        for ring in rings {
            guard var previous = ring.points.last else { continue }
            for point in ring.points {
                edges.pairs.append((previous, point))
                previous = point
            }
        }
        return edges
    }
}
