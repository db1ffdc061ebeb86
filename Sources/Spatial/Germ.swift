/// A point and a direction: the place that lies beyond the point by an infinitely small step.
struct Germ {
    let point: Point
    /// Not zero; each part at most 4 × 10⁹.
    let direction: Vector

    /// Whether the step ends left of a line through two points, itself not being on the line.
    private func isLeft(of edge: Edge) -> Bool {
        let twice = twiceTriangle(edge.from, edge.to, point)
        if twice != 0 { return twice > 0 }
        let along = edge.vector
        // Each product is at most 2 × 10⁹ × 4 × 10⁹.
        return along.x * direction.y > along.y * direction.x
    }

    private func isAbove(_ other: Point) -> Bool {
        point.y != other.y ? point.y > other.y : direction.y > 0
    }

    /// Whether the ray from the place to the east crosses the edge. The place must not lie on the edge itself.
    func rayCrosses(_ edge: Edge) -> Bool {
        let rises = isAbove(edge.from)
        guard rises != isAbove(edge.to) else { return false }
        return isLeft(of: edge) == rises
    }

    /// Whether the ground holds the place, by counting crossings.
    func lies(in ground: MultiPolygon) -> Bool {
        var inside = false
        ground.forEachEdge { if rayCrosses($0) { inside.toggle() } }
        return inside
    }
}
