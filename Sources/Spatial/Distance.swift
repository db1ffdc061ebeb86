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
            for polygon in area.polygons {
                Self.forEachEdge(polygon.shell.points, visit)
                for hole in polygon.holes { Self.forEachEdge(hole.points, visit) }
            }
        }
    }

    private static func forEachEdge(_ ring: [Point], _ visit: (Edge) -> Void) {
        guard var last = ring.last else { return }
        for point in ring {
            visit(Edge(from: last, to: point))
            last = point
        }
    }
}

extension ShapeTable {
    /// As `Geometry.distance(to:)`, of a feature's geometry where it lies.
    package func distance(_ feature: Int, to point: Point) -> Double {
        var least = Double.infinity
        _ = hasEdge(feature) { edge in
            least = min(least, edge.distance(to: point))
            return false
        }
        return least
    }

    /// As `Geometry.comes(within:of:)`, of a feature's geometry where it lies.
    package func comes(_ feature: Int, within millimetres: Int64, of point: Point) -> Bool {
        guard millimetres >= 0, boxes[feature].grown(by: min(millimetres, Edge.farthest)).holds(point) else { return false }
        return hasEdge(feature) { $0.comes(within: millimetres, of: point) }
    }

    /// Whether a condition holds of an edge, a lone point being one without length.
    @inline(__always)
    private func hasEdge(_ feature: Int, where holds: (Edge) -> Bool) -> Bool {
        let isArea = kind(feature) == .area
        for ring in allRings(of: feature) {
            let corners = unsafe points.elements(corners(of: ring))
            guard let first = unsafe corners.first, let end = unsafe corners.last else { continue }
            var last = isArea ? end : first
            for place in (isArea || corners.count == 1 ? 0 : 1)..<corners.count {
                let corner = unsafe corners[place]
                if holds(Edge(from: last, to: corner)) { return true }
                last = corner
            }
        }
        return false
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
