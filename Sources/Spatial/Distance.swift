extension Geometry {
    /// Millimetres from the point to the geometry's nearest edge or point; for an area to its boundary, also from inside.
    ///
    /// Exact integers up to one division and one root in doubles. Infinite when the geometry has no points.
    package func distance(to point: Point) -> Double {
        var least = Double.infinity
        forEachStretch { least = min(least, $0.distance(to: point)) }
        return least
    }

    /// Whether `distance(to:)` is at most a whole number of millimetres. Exact; a negative limit is never met.
    package func comes(within millimetres: Int64, of point: Point) -> Bool {
        guard millimetres >= 0, let box, box.grown(by: min(millimetres, Edge.farthest)).holds(point) else { return false }
        var near = false
        forEachStretch { near = near || $0.comes(within: millimetres, of: point) }
        return near
    }

    /// Every edge, and a lone point as an edge without length.
    private func forEachStretch(_ visit: (Edge) -> Void) {
        switch self {
        case .point(let point):
            visit(Edge(from: point, to: point))
        case .line(let parts):
            for part in parts {
                guard let first = part.first else { continue }
                if part.count == 1 { visit(Edge(from: first, to: first)) }
                for (from, to) in zip(part, part.dropFirst()) { visit(Edge(from: from, to: to)) }
            }
        case .area(let area):
            for ring in area.rings {
                guard var last = ring.points.last else { continue }
                for point in ring.points {
                    visit(Edge(from: last, to: point))
                    last = point
                }
            }
        }
    }
}

extension Edge {
    /// No two points of the grid are this many millimetres apart.
    static let farthest: Int64 = 3_000_000_000

    /// Millimetres from the point to the nearest point of the edge.
    func distance(to point: Point) -> Double {
        switch nearest(to: point) {
        case .end(let squared): Double(squared).squareRoot()
        case .foot(let cross, let lengthSquared): Double(cross.magnitude) / Double(lengthSquared).squareRoot()
        }
    }

    /// Whether the point lies at most this far from the edge. Exact.
    ///
    /// The limit, cut to `farthest`, has a square of 9 × 10¹⁸; times a squared length of 8 × 10¹⁸ that is under 2¹²⁶.
    func comes(within millimetres: Int64, of point: Point) -> Bool {
        guard millimetres >= 0 else { return false }
        let limit = min(millimetres, Edge.farthest)
        switch nearest(to: point) {
        case .end(let squared): return squared <= limit * limit
        case .foot(let cross, let lengthSquared):
            return Int128(cross) * Int128(cross) <= Int128(limit * limit) * Int128(lengthSquared)
        }
    }

    private enum Nearest {
        /// The nearest point is an end, at this squared distance.
        case end(Int64)
        /// It is the foot of the perpendicular: twice the triangle, and the edge's squared length.
        case foot(Int64, lengthSquared: Int64)
    }

    private func nearest(to point: Point) -> Nearest {
        let along = vector
        let away = from.vector(to: point)
        let lengthSquared = dot(along, along)
        let reach = dot(along, away)
        if reach <= 0 { return .end(dot(away, away)) }
        if reach >= lengthSquared {
            let rest = to.vector(to: point)
            return .end(dot(rest, rest))
        }
        return .foot(cross(along, away), lengthSquared: lengthSquared)
    }
}
