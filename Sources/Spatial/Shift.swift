/// Simulation of simplicity (Edelsbrunner and Mücke, 1990): which of two layers is thought to be moved.
///
/// Layer k is moved by (εₖ, εₖ²), where each εₖ is infinitely small, and infinitely greater than those of the layers before it.
/// Between two layers only the later one's move counts: it goes east by ε and north by ε², so that no point of one layer lies on
/// an edge of the other and no two of their edges overlap. A move that small changes no area and no length.
enum Shift {
    /// The layer whose points are asked about is the later one: it has moved by (ε, ε²).
    case moved
    /// It is the earlier one: the other has moved, which is the same as moving this one by (−ε, −ε²).
    case stands

    init(layer: Int, against other: Int) {
        self = layer > other ? .moved : .stands
    }

    var opposite: Shift { self == .moved ? .stands : .moved }

    /// Whether a point lies left of the other layer's edge; `twice` is `twiceTriangle(edge.from, edge.to, point)`.
    ///
    /// A move by (ε, ε²) adds Δx·ε² − Δy·ε to it.
    @inline(__always)
    func isLeft(_ twice: Int64, of edge: Edge) -> Bool {
        if twice != 0 { return twice > 0 }
        let tie = edge.from.y != edge.to.y ? edge.from.y > edge.to.y : edge.to.x > edge.from.x
        return tie == (self == .moved)
    }

    /// Whether a point lies higher than the other layer's point.
    @inline(__always)
    func isAbove(_ point: Point, _ other: Point) -> Bool {
        point.y != other.y ? point.y > other.y : self == .moved
    }

    /// Whether the ray from the point to the east crosses the other layer's edge.
    @inline(__always)
    func rayCrosses(from point: Point, _ edge: Edge) -> Bool {
        let rises = isAbove(point, edge.from)
        guard rises != isAbove(point, edge.to) else { return false }
        return isLeft(twiceTriangle(edge.from, edge.to, point), of: edge) == rises
    }

    /// How this layer's edge meets the other layer's.
    ///
    /// Where it crosses it is the ratio of its length at which it does: the two triangles' sum is the cross product of the
    /// edges and so at most 8 × 10¹⁸. It is not zero, since of two edges on one line neither crosses the other.
    @inline(__always)
    func meeting(_ edge: Edge, _ other: Edge) -> Meeting {
        let start = twiceTriangle(other.from, other.to, edge.from)
        let end = twiceTriangle(other.from, other.to, edge.to)
        guard isLeft(start, of: other) != isLeft(end, of: other) else { return start == 0 && end == 0 ? .collinear : .none }
        let otherStart = opposite.isLeft(twiceTriangle(edge.from, edge.to, other.from), of: edge)
        let otherEnd = opposite.isLeft(twiceTriangle(edge.from, edge.to, other.to), of: edge)
        guard otherStart != otherEnd else { return .none }
        return .crossing(Ratio(numerator: start, denominator: start - end))
    }
}

/// How two edges of different layers meet once the layers are moved.
enum Meeting {
    case none
    /// They lie on one line and do not cross.
    case collinear
    case crossing(Ratio)
}
