/// A line of the plane on which edges of several layers lie.
struct BorderLine {
    /// The line's name: its primitive direction, pointing east or else north, and its moment about the grid's origin.
    struct Key: Hashable {
        let direction: Vector
        let moment: Int64

        init(_ edge: Edge) {
            let vector = edge.vector
            // Each part is at most 2 × 10⁹.
            let divisor = Int64(greatestCommonDivisor(UInt32(vector.x.magnitude), UInt32(vector.y.magnitude)))
            let sign: Int64 = vector.x < 0 || (vector.x == 0 && vector.y < 0) ? -1 : 1
            direction = Vector(x: sign * vector.x / divisor, y: sign * vector.y / divisor)
            // At most 1e9 × 2e9 × 2 = 4 × 10¹⁸.
            moment = cross(Vector(edge.from), direction)
        }
    }

    let key: Key
    /// Places on the line are counted from here, in steps of the direction.
    private let origin: Point

    init(_ key: Key, from origin: Point) {
        self.key = key
        self.origin = origin
    }

    /// Whether the edge lies on the line.
    func holds(_ edge: Edge) -> Bool {
        cross(origin.vector(to: edge.from), key.direction) == 0 && cross(edge.vector, key.direction) == 0
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
}

/// The lines along which edges of several layers touch each other, where what bounds each set is settled.
///
/// The move of the layers opens slivers of no width between such edges. On each stretch a set's fragments are counted, left ones
/// as 1 and right ones as −1: what bounds the set counts ±1 in all, and both sides of a sliver cancel out.
struct BorderLines {
    private struct Change {
        let line: Int
        let set: Int
        let at: Ratio
        let count: Int
    }

    /// What remains as a bound of a set: twice the area that it adds to the set, and its length.
    struct Bound {
        let set: Int
        let twiceArea: Fixed
        let length: Double
    }

    private var lines: [BorderLine] = []
    /// Of all lines, once they are more than a few.
    private var numbers: [BorderLine.Key: Int] = [:]
    private var changes: [Change] = []

    subscript(_ line: Int) -> BorderLine { lines[line] }

    mutating func removeAll() {
        guard !lines.isEmpty else { return }
        lines.removeAll(keepingCapacity: true)
        if !numbers.isEmpty { numbers = [:] }
        changes.removeAll(keepingCapacity: true)
    }

    /// The number of the line that the edge lies on.
    mutating func line(of edge: Edge) -> Int {
        // A few lines are told apart faster than an edge's line is named.
        if lines.count <= Self.few {
            if let known = lines.firstIndex(where: { $0.holds(edge) }) { return known }
            lines.append(BorderLine(BorderLine.Key(edge), from: edge.from))
            return lines.count - 1
        }
        if numbers.isEmpty {
            for (number, line) in lines.enumerated() { numbers[line.key] = number }
        }
        let key = BorderLine.Key(edge)
        if let known = numbers[key] { return known }
        lines.append(BorderLine(key, from: edge.from))
        numbers[key] = lines.count - 1
        return lines.count - 1
    }

    private static let few = 8

    /// Adds a fragment of an edge that bounds the set on its left (1) or on its right (−1). What runs against the line's direction
    /// changes sign by itself, as its end comes first.
    mutating func add(_ line: Int, set: Int, side: Int, from start: Ratio, to end: Ratio) {
        changes.append(Change(line: line, set: set, at: start, count: side))
        changes.append(Change(line: line, set: set, at: end, count: -side))
    }

    /// What remains as bounds, line by line.
    ///
    /// moment × place is the cross product of two points of the line and so under 2⁶².
    mutating func settled() -> [Bound] {
        guard !changes.isEmpty else { return [] }
        changes.sort { ($0.line, $0.set, $0.at) < ($1.line, $1.set, $1.at) }
        var bounds: [Bound] = []
        var count = 0
        for (change, next) in zip(changes, changes.dropFirst()) {
            count += change.count
            guard change.line == next.line, change.set == next.set, count != 0, change.at < next.at else { continue }
            let key = lines[change.line].key
            var area = Fixed(key.moment, times: next.at) - Fixed(key.moment, times: change.at)
            if count < 0 { area = -area }
            bounds.append(Bound(set: change.set, twiceArea: area, length: key.direction.length * (next.at - change.at)))
        }
        return bounds
    }
}

private func greatestCommonDivisor(_ first: UInt32, _ second: UInt32) -> UInt32 {
    var (a, b) = (first, second)
    while b != 0 { (a, b) = (b, a % b) }
    return a
}
