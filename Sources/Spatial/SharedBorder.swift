/// Millimetres along which the borders of both run on exactly one line over each other, on the same side or on both sides of it.
///
/// Borders a millimetre apart share nothing, nor do those that cross or meet at a point. Both must be valid.
package func sharedBorder(_ a: MultiPolygon, _ b: MultiPolygon) -> Double {
    var sum = 0.0
    forEachSharedStretch(a, b) { sum += $1.vector.length }
    return sum
}

/// Visits the stretches that both borders share, each with the number of the edge of `a` that it is a part of, in the direction of `a`.
/// Their ends are corners of one or the other.
func forEachSharedStretch(_ a: MultiPolygon, _ b: MultiPolygon, _ visit: (_ edge: Int, _ stretch: Edge) -> Void) {
    guard let box = a.box, let other = b.box, box.meets(other) else { return }
    var border = Linework(b)
    let edges = border.edges
    var number = 0
    a.forEachEdge { edge in
        defer { number += 1 }
        guard edge.box.meets(other) else { return }
        border.search(edge.box) { place in
            if let stretch = edge.stretch(sharedWith: edges[place]) { visit(number, stretch) }
        }
    }
}

extension Edge {
    /// The stretch that two edges on one line have in common, in the direction of this one; nil where they are not on one line or only
    /// touch.
    fileprivate func stretch(sharedWith other: Edge) -> Edge? {
        guard orientation(from, to, other.from) == 0, orientation(from, to, other.to) == 0 else { return nil }
        let runsAlike = dot(vector, other.vector) > 0
        let (first, last) = runsAlike ? (other.from, other.to) : (other.to, other.from)
        let start = place(of: first) > 0 ? first : from
        let end = place(of: last) < place(of: to) ? last : to
        return place(of: start) < place(of: end) ? Edge(from: start, to: end) : nil
    }

    /// A measure of where a point on the edge's line lies along it; 0 at its beginning.
    func place(of point: Point) -> Int64 { dot(vector, from.vector(to: point)) }
}
