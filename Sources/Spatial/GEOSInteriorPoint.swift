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
        if area.position(of: proposed) == .inside { return proposed }
        guard let found = area.middleOfWidestStretch() else { throw .noInteriorPoint }
        return found
    }
}

extension MultiPolygon {
    /// The middle of the widest stretch inside on the scan lines through the 64 highest bands between vertices; nil when none
    /// of the middles is a grid point strictly inside.
    fileprivate func middleOfWidestStretch() -> Point? {
        var edges: [Edge] = []
        for ring in rings { ring.forEachEdge { edges.append($0) } }
        let heights = Set(edges.map(\.from.y)).sorted()
        let bands = zip(heights, heights.dropFirst()).sorted { Int64($0.1) - Int64($0.0) > Int64($1.1) - Int64($1.0) }
        var candidates: [(width: Double, point: Point)] = []
        let lines = Set(bands.prefix(64).flatMap { [Int32((Int64($0.0) + Int64($0.1)) / 2), $0.0] })
        for y in lines {
            let crossings = edges.compactMap { $0.crossing(y: y) }.sorted()
            for (west, east) in zip(crossings, crossings.dropFirst()) where east > west {
                let middle = Point(x: Int32(((west + east) / 2).rounded()), y: y)
                candidates.append((east - west, middle))
            }
        }
        candidates.sort { ($0.width, $0.point.y, $0.point.x) > ($1.width, $1.point.y, $1.point.x) }
        return candidates.first { position(of: $0.point) == .inside }?.point
    }
}

extension Edge {
    /// Where the edge crosses a scan line, near enough to find a candidate by; its lower end counts, its upper does not.
    fileprivate func crossing(y: Int32) -> Double? {
        guard (from.y <= y) != (to.y <= y) else { return nil }
        let along = (Double(y) - Double(from.y)) / (Double(to.y) - Double(from.y))
        return Double(from.x) + along * (Double(to.x) - Double(from.x))
    }
}
