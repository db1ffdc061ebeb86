/// The place an infinitely small step right of a grid point, and a step infinitely smaller than that one above it.
///
/// No edge between grid points runs through it or ends beside it, so that which ground holds it is never in doubt, and what a
/// path along an axis from one such place to another crosses is a plain count. Where the grid point itself is not on an edge,
/// the same ground holds both.
struct NearPoint {
    var x: Int64
    var y: Int64

    init(x: Int64, y: Int64) {
        self.x = x
        self.y = y
    }

    init(_ point: Point) {
        self.init(x: Int64(point.x), y: Int64(point.y))
    }

    /// Whether the place lies left of the line from a to b; exact.
    @inline(__always)
    func isLeft(_ a: Point, _ b: Point) -> Bool {
        let along = a.vector(to: b)
        let twice = along.x * (y - Int64(a.y)) - along.y * (x - Int64(a.x))
        if twice != 0 { return twice > 0 }
        return along.y != 0 ? along.y < 0 : along.x > 0
    }

    /// Whether the level path from here to the place at another x crosses the edge.
    @inline(__always)
    func crosses(_ a: Point, _ b: Point, toX: Int64) -> Bool {
        guard (a.y > y) != (b.y > y) else { return false }
        let (low, high) = (min(x, toX), max(x, toX))
        if max(a.x, b.x) <= low || min(a.x, b.x) > high { return false }
        return isLeft(a, b) != NearPoint(x: toX, y: y).isLeft(a, b)
    }

    /// Whether the upright path from here to the place at another y crosses the edge.
    @inline(__always)
    func crosses(_ a: Point, _ b: Point, toY: Int64) -> Bool {
        guard (a.x > x) != (b.x > x) else { return false }
        return isLeft(a, b) != NearPoint(x: x, y: toY).isLeft(a, b)
    }

    /// Whether the path from here level to the other place's x, and then upright to it, crosses the edge an odd number of times.
    @inline(__always)
    func parts(_ a: Point, _ b: Point, from other: NearPoint) -> Bool {
        crosses(a, b, toX: other.x) != NearPoint(x: other.x, y: y).crosses(a, b, toY: other.y)
    }
}
