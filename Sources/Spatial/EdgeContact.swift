extension Edge {
    /// How two edges meet, exactly.
    enum Contact {
        case none
        /// They cross at a point that is no end of either; rounded to the grid.
        case crossing(Point)
        /// They share a stretch, which begins here.
        case overlap(Point)
        /// They share one point, an end of at least one of them.
        case touch(Point)
    }

    func contact(with other: Edge) -> Contact {
        let (start, end) = (orientation(from, to, other.from), orientation(from, to, other.to))
        guard start * end <= 0 else { return .none }
        let (otherStart, otherEnd) = (orientation(other.from, other.to, from), orientation(other.from, other.to, to))
        guard otherStart * otherEnd <= 0 else { return .none }
        if start == 0, end == 0 { return collinearContact(with: other) }
        if start == 0 { return .touch(other.from) }
        if end == 0 { return .touch(other.to) }
        if otherStart == 0 { return .touch(from) }
        if otherEnd == 0 { return .touch(to) }
        return .crossing(place(ofCrossing: other))
    }

    private func collinearContact(with other: Edge) -> Contact {
        let ends = [other.from, other.to].filter(holds) + [from, to].filter(other.holds)
        guard let first = ends.first else { return .none }
        return ends.allSatisfy { $0 == first } ? .touch(first) : .overlap(first)
    }

    /// Where the edge crosses another, rounded to the nearest millimetre; each product is under 2⁹⁵.
    private func place(ofCrossing other: Edge) -> Point {
        let start = Int128(twiceTriangle(other.from, other.to, from))
        let whole = start - Int128(twiceTriangle(other.from, other.to, to))
        func step(_ length: Int64) -> Int64 {
            let (twice, divisor) = (2 * Int128(length) * start + whole, 2 * whole)
            let (quotient, rest) = twice.quotientAndRemainder(dividingBy: divisor)
            return Int64(clamping: (rest < 0) != (divisor < 0) && rest != 0 ? quotient - 1 : quotient)
        }
        let along = vector
        return Point(
            x: Int32(clamping: Int64(from.x) + step(along.x)), y: Int32(clamping: Int64(from.y) + step(along.y)))
    }
}
