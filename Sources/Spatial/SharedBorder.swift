/// Millimetres along which the borders of both run on exactly one line over each other, on the same side or on both sides of it.
///
/// Borders a millimetre apart share nothing, nor do those that cross or meet at a point. Both must be valid.
package func sharedBorder(_ a: MultiPolygon, _ b: MultiPolygon) -> Double {
    guard let box = a.box, let other = b.box, box.meets(other) else { return 0 }
    var border = Linework(b)
    let edges = border.edges
    var sum = 0.0
    a.forEachEdge { edge in
        guard edge.box.meets(other) else { return }
        border.search(edge.box) { sum += edge.overlap(with: edges[$0]) }
    }
    return sum
}

extension Edge {
    /// The length in millimetres of the stretch that two edges on one line have in common; 0 when they are not on one line.
    fileprivate func overlap(with other: Edge) -> Double {
        guard orientation(from, to, other.from) == 0, orientation(from, to, other.to) == 0 else { return 0 }
        let (mine, theirs, along) = (box, other.box, vector)
        // Measured along the axis on which the edge is the longer.
        if along.x.magnitude >= along.y.magnitude {
            let reach = Int64(min(mine.maxX, theirs.maxX)) - Int64(max(mine.minX, theirs.minX))
            return Double(max(0, reach)) / Double(along.x.magnitude) * along.length
        }
        let reach = Int64(min(mine.maxY, theirs.maxY)) - Int64(max(mine.minY, theirs.minY))
        return Double(max(0, reach)) / Double(along.y.magnitude) * along.length
    }
}
