/// A place on the city's grid: whole millimetres east and north of the city's origin, in the city's CRS.
///
/// Both coordinates lie within ±1,000 km (`Point.limit`), which `Grid` checks. Inside that bound the orientation of three
/// points and twice the area of a ring fit in Int64, so that no tolerance takes part in a decision.
package struct Point: Hashable, Sendable, BitwiseCopyable {
    package let x: Int32
    package let y: Int32

    package static let limit: Int32 = 1_000_000_000

    package init(x: Int32, y: Int32) {
        self.x = x
        self.y = y
    }
}

/// A rectangle on the grid; its edges belong to it.
package struct Box: Hashable, Sendable, BitwiseCopyable {
    package var minX: Int32
    package var minY: Int32
    package var maxX: Int32
    package var maxY: Int32

    package init(minX: Int32, minY: Int32, maxX: Int32, maxY: Int32) {
        self.minX = minX
        self.minY = minY
        self.maxX = maxX
        self.maxY = maxY
    }

    package init(_ point: Point) {
        self.init(minX: point.x, minY: point.y, maxX: point.x, maxY: point.y)
    }

    /// The smallest box around the points; nil when there is none.
    package init?(around points: some Sequence<Point>) {
        var iterator = points.makeIterator()
        guard let first = iterator.next() else { return nil }
        self.init(first)
        while let point = iterator.next() { extend(to: point) }
    }

    package mutating func extend(to point: Point) {
        minX = min(minX, point.x)
        minY = min(minY, point.y)
        maxX = max(maxX, point.x)
        maxY = max(maxY, point.y)
    }

    package func united(with other: Box) -> Box {
        Box(minX: min(minX, other.minX), minY: min(minY, other.minY), maxX: max(maxX, other.maxX), maxY: max(maxY, other.maxY))
    }

    /// The box grown by a distance in millimetres on every side, kept within the range of a coordinate.
    package func grown(by millimetres: Int64) -> Box {
        func clamped(_ value: Int64) -> Int32 { Int32(clamping: value) }
        return Box(
            minX: clamped(Int64(minX) - millimetres), minY: clamped(Int64(minY) - millimetres),
            maxX: clamped(Int64(maxX) + millimetres), maxY: clamped(Int64(maxY) + millimetres))
    }

    package func meets(_ other: Box) -> Bool {
        minX <= other.maxX && other.minX <= maxX && minY <= other.maxY && other.minY <= maxY
    }

    /// Whether all of the other box lies within or on the borders of this one.
    package func holds(_ other: Box) -> Bool {
        minX <= other.minX && other.maxX <= maxX && minY <= other.minY && other.maxY <= maxY
    }

    package func holds(_ point: Point) -> Bool {
        minX <= point.x && point.x <= maxX && minY <= point.y && point.y <= maxY
    }
}
