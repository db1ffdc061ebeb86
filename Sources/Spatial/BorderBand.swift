/// The ground within a distance of an area's border, on both sides of it.
///
/// What lies in it is decided exactly edge by edge; where a stretch in it begins and ends is worked out in doubles.
struct BorderBand {
    let area: MultiPolygon
    /// Millimetres, at least 1: what is farther away may be rounded to the grid without changing sides.
    let reach: Int64
    private var border: Linework

    init(_ area: MultiPolygon, reach: Int64) {
        self.area = area
        self.reach = min(max(reach, 1), Edge.farthest)
        border = Linework(area)
    }

    /// The stretches of an edge that lie in the band, as parts of its length, in order and apart from each other.
    mutating func stretches(of edge: Edge) -> [ClosedRange<Double>] {
        var found: [ClosedRange<Double>] = []
        let edges = border.edges
        border.search(edge.box.grown(by: reach)) { number in
            guard edge.comes(within: reach, of: edges[number]) else { return }
            if let stretch = edge.stretch(within: Double(reach), of: edges[number]) { found.append(stretch) }
        }
        var merged: [ClosedRange<Double>] = []
        for stretch in found.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, stretch.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, stretch.upperBound)
            } else {
                merged.append(stretch)
            }
        }
        return merged
    }

    /// The stretches of an edge between those.
    static func gaps(between stretches: [ClosedRange<Double>]) -> [ClosedRange<Double>] {
        var start = 0.0
        var gaps: [ClosedRange<Double>] = []
        for stretch in stretches {
            if stretch.lowerBound > start { gaps.append(start...stretch.lowerBound) }
            start = stretch.upperBound
        }
        return start < 1 ? gaps + [start...1] : gaps
    }

    /// Whether the middle of a stretch outside the band lies in the area.
    func holds(_ gap: ClosedRange<Double>, of edge: Edge) -> Bool {
        area.position(of: edge.place(at: (gap.lowerBound + gap.upperBound) / 2)) == .inside
    }
}

extension Edge {
    /// The place at a part of the length, on the grid.
    fileprivate func place(at part: Double) -> Point {
        let along = vector
        return Point(
            x: Int32((Double(from.x) + part * Double(along.x)).rounded()), y: Int32((Double(from.y) + part * Double(along.y)).rounded()))
    }

    /// The part of this edge within a distance of another: one stretch, for the ground around an edge is convex. A nanometre is
    /// added, so that no rounding loses what lies exactly at the limit.
    fileprivate func stretch(within millimetres: Double, of other: Edge) -> ClosedRange<Double>? {
        let reach = millimetres + 1e-6
        var found: ClosedRange<Double>?
        func add(_ stretch: ClosedRange<Double>?) {
            guard let stretch else { return }
            found = found.map { min($0.lowerBound, stretch.lowerBound)...max($0.upperBound, stretch.upperBound) } ?? stretch
        }
        add(stretch(within: reach, of: other.from))
        add(stretch(within: reach, of: other.to))
        let (along, length) = (other.vector, other.vector.length)
        let start = other.from.vector(to: from)
        let ahead = Self.stretch(
            from: Double(dot(along, start)) / length, by: Double(dot(along, vector)) / length, between: 0, and: length)
        let aside = Self.stretch(
            from: Double(cross(along, start)) / length, by: Double(cross(along, vector)) / length, between: -reach, and: reach)
        if let ahead, let aside, ahead.overlaps(aside) { add(ahead.clamped(to: aside)) }
        return found
    }

    private func stretch(within reach: Double, of point: Point) -> ClosedRange<Double>? {
        let (along, away) = (vector, point.vector(to: from))
        let (square, half) = (Double(dot(along, along)), Double(dot(along, away)))
        let root = half * half - square * (Double(dot(away, away)) - reach * reach)
        guard root >= 0 else { return nil }
        let (low, high) = ((-half - root.squareRoot()) / square, (-half + root.squareRoot()) / square)
        return low <= 1 && high >= 0 ? max(low, 0)...min(high, 1) : nil
    }

    /// Where a value that grows evenly along the edge lies between two limits.
    private static func stretch(from start: Double, by growth: Double, between low: Double, and high: Double) -> ClosedRange<Double>? {
        if growth == 0 { return (low...high).contains(start) ? 0...1 : nil }
        let (one, other) = ((low - start) / growth, (high - start) / growth)
        let (first, last) = (max(min(one, other), 0), min(max(one, other), 1))
        return first <= last ? first...last : nil
    }
}
