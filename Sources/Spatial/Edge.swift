/// One straight stretch of a ring or line, from a point to a different one.
struct Edge: Hashable {
    let from: Point
    let to: Point

    var vector: Vector { from.vector(to: to) }

    var box: Box {
        Box(minX: min(from.x, to.x), minY: min(from.y, to.y), maxX: max(from.x, to.x), maxY: max(from.y, to.y))
    }

    /// Whether a box and the edge have a point in common, their borders included. Exact.
    func meets(_ other: Box) -> Bool {
        guard box.meets(other) else { return false }
        // The two corners that lie farthest to either side of the edge.
        let rises = (to.x > from.x) == (to.y > from.y)
        let upper = Point(x: rises ? other.minX : other.maxX, y: other.maxY)
        let lower = Point(x: rises ? other.maxX : other.minX, y: other.minY)
        return orientation(from, to, upper) * orientation(from, to, lower) <= 0
    }

    /// Whether the point lies on the edge, its ends included. Exact.
    func holds(_ point: Point) -> Bool {
        box.holds(point) && orientation(from, to, point) == 0
    }
}

extension Ring {
    /// Visits the edges in the ring's direction, the closing one last; points repeated in a row make no edge.
    func forEachEdge(_ visit: (Edge) -> Void) {
        guard var last = points.first, let final = points.last else { return }
        for point in points.dropFirst() where point != last {
            visit(Edge(from: last, to: point))
            last = point
        }
        if let first = points.first, final != first { visit(Edge(from: final, to: first)) }
    }

    /// The points without those repeated in a row, also across the closure.
    var distinctPoints: [Point] {
        var distinct: [Point] = []
        distinct.reserveCapacity(points.count)
        for point in points where point != distinct.last { distinct.append(point) }
        while distinct.count > 1, distinct.last == distinct.first { distinct.removeLast() }
        return distinct
    }
}

extension MultiPolygon {
    func forEachEdge(_ visit: (Edge) -> Void) {
        for polygon in polygons {
            polygon.shell.forEachEdge(visit)
            for hole in polygon.holes { hole.forEachEdge(visit) }
        }
    }
}
