/// An edge as a slot has it: in units from a reference point, which lies on its left.
struct DrawnEdge: BitwiseCopyable {
    let a: SIMD2<Int16>
    let b: SIMD2<Int16>
    let isInexact: Bool

    /// Stands where none has been drawn yet.
    static let none = DrawnEdge()

    private init() {
        a = SIMD2(repeating: 0)
        b = SIMD2(repeating: 0)
        isInexact = false
    }

    /// Nil when the reference point lies on the edge's line, or too near to it for an inexact edge.
    @inline(__always)
    init?(_ a: Point, _ b: Point, from reference: NearPoint, scale: Int) {
        let (ax, ay) = (Int64(a.x) - reference.x, Int64(a.y) - reference.y)
        let (bx, by) = (Int64(b.x) - reference.x, Int64(b.y) - reference.y)
        let reach = Int64(EdgeLanes.reach)
        isInexact = scale > 0 || max(ax.magnitude, ay.magnitude, bx.magnitude, by.magnitude) > reach.magnitude
        var ends = (SIMD2(ax, ay), SIMD2(bx, by))
        if isInexact {
            guard let cut = Self.cut(ends.0, ends.1, unit: Double(1 << scale)) else { return nil }
            ends = cut
        }
        let twice = ends.0.x * ends.1.y - ends.0.y * ends.1.x
        guard twice.magnitude > (isInexact ? Int64(EdgeLanes.margin).magnitude : 0) else { return nil }
        if twice < 0 { swap(&ends.0, &ends.1) }
        self.a = SIMD2(truncatingIfNeeded: ends.0)
        self.b = SIMD2(truncatingIfNeeded: ends.1)
    }

    /// The part within reach, in units, rounded; an end that is within reach stays what it is. Nil when nothing is.
    private static func cut(_ a: SIMD2<Int64>, _ b: SIMD2<Int64>, unit: Double) -> (SIMD2<Int64>, SIMD2<Int64>)? {
        let from = SIMD2<Double>(a) / unit
        let along = SIMD2<Double>(b) / unit - from
        let reach = Double(EdgeLanes.reach)
        var (start, end) = (0.0, 1.0)
        for axis in 0..<2 where along[axis] != 0 {
            let (one, other) = ((-reach - from[axis]) / along[axis], (reach - from[axis]) / along[axis])
            start = max(start, min(one, other))
            end = min(end, max(one, other))
        }
        guard start < end else { return nil }
        func rounded(_ place: SIMD2<Double>) -> SIMD2<Int64> {
            SIMD2<Int64>(
                place.rounded(.toNearestOrAwayFromZero).clamped(lowerBound: SIMD2(repeating: -reach), upperBound: SIMD2(repeating: reach)))
        }
        let last = end == 1 ? SIMD2<Double>(b) / unit : from + along * end
        return (rounded(from + along * start), rounded(last))
    }
}
