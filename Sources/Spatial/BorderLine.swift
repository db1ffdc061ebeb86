/// A line of the plane on which edges of several layers lie: those that touch each other along it are settled here.
///
/// The move of the layers opens slivers of no width between such edges. On each stretch a set's fragments are counted, left ones
/// as 1 and right ones as −1: what bounds the set counts ±1 in all, and both sides of a sliver cancel out.
struct BorderLine {
    /// The line's name: its primitive direction, pointing east or else north, and its moment about the grid's origin.
    struct Key: Hashable {
        let direction: Vector
        let moment: Int64

        init(_ edge: Edge) {
            let vector = edge.vector
            let divisor = Int64(greatestCommonDivisor(vector.x.magnitude, vector.y.magnitude))
            let sign: Int64 = vector.x < 0 || (vector.x == 0 && vector.y < 0) ? -1 : 1
            direction = Vector(x: sign * vector.x / divisor, y: sign * vector.y / divisor)
            // At most 1e9 × 2e9 × 2 = 4 × 10¹⁸.
            moment = cross(Vector(edge.from), direction)
        }
    }

    private struct Change {
        let set: Int
        let at: Ratio
        let count: Int
    }

    private let key: Key
    /// Places on the line are counted from here, in steps of the direction.
    private let origin: Point
    private var changes: [Change] = []

    init(_ key: Key, from origin: Point) {
        self.key = key
        self.origin = origin
    }

    /// The place of a grid point on the line: a whole number.
    func place(of point: Point) -> Ratio {
        let vector = origin.vector(to: point)
        let steps = key.direction.x != 0 ? vector.x / key.direction.x : vector.y / key.direction.y
        return Ratio(numerator: steps, denominator: 1)
    }

    /// The place where another edge, not parallel to the line, crosses it; both parts are at most 8 × 10¹⁸.
    func place(of other: Edge) -> Ratio {
        Ratio(numerator: -twiceTriangle(other.from, other.to, origin), denominator: cross(other.vector, key.direction))
    }

    /// Adds a fragment of an edge that bounds the set on its left (1) or on its right (−1). What runs against the line's direction
    /// changes sign by itself, as its end comes first.
    mutating func add(set: Int, side: Int, from start: Ratio, to end: Ratio) {
        changes.append(Change(set: set, at: start, count: side))
        changes.append(Change(set: set, at: end, count: -side))
    }

    /// Visits what remains as bounds: the set, twice the area that it adds to the set, and its length.
    ///
    /// moment × place is the cross product of two points of the line and so under 2⁶².
    func settle(_ visit: (_ set: Int, _ twiceArea: Fixed, _ length: Double) -> Void) {
        let changes = changes.sorted { ($0.set, $0.at) < ($1.set, $1.at) }
        var count = 0
        for (change, next) in zip(changes, changes.dropFirst()) {
            count += change.count
            guard change.set == next.set, count != 0, change.at < next.at else { continue }
            var area = Fixed(key.moment, times: next.at) - Fixed(key.moment, times: change.at)
            if count < 0 { area = -area }
            visit(change.set, area, key.direction.length * (next.at - change.at))
        }
    }
}

private func greatestCommonDivisor(_ first: UInt64, _ second: UInt64) -> UInt64 {
    var (a, b) = (first, second)
    while b != 0 { (a, b) = (b, a % b) }
    return a
}
