/// Millimetres of the line that lie in the closed ground: a stretch along the border counts, touching at a point is 0.
///
/// The line is walked twice, moved a little to either side (`Shift`): a stretch inside is found both times, one along the border
/// once. What either walk finds counts once. A stretch that the line runs through twice counts twice. The ground must be valid.
package func lengthInside(of line: [[Point]], of area: MultiPolygon) -> Double {
    var ground = Linework(area)
    guard let box = ground.box else { return 0 }
    var sum = 0.0
    for part in line {
        var held: (moved: Bool, stands: Bool)?
        for (from, to) in zip(part, part.dropFirst()) where from != to {
            let edge = Edge(from: from, to: to)
            guard edge.box.meets(box) else {
                held = nil
                continue
            }
            var (moved, stands) = held ?? (ground.holds(from, .moved), ground.holds(from, .stands))
            sum += edge.vector.length * ground.shareInside(of: edge, &moved, &stands)
            held = (moved, stands)
        }
    }
    return sum
}

extension Linework {
    /// The share of an edge that either walk finds inside, from whether each begins inside to whether it ends there.
    fileprivate mutating func shareInside(of edge: Edge, _ moved: inout Bool, _ stands: inout Bool) -> Double {
        var turns: [(at: Ratio, isMoved: Bool)] = []
        let edges = edges
        search(edge.box) { number in
            for shift in [Shift.moved, .stands] {
                if case .crossing(let at) = shift.meeting(edge, edges[number]) { turns.append((at, shift == .moved)) }
            }
        }
        turns.sort { $0.at < $1.at }
        var share = 0.0
        var start = Ratio.zero
        for turn in turns {
            if moved || stands { share += turn.at - start }
            start = turn.at
            if turn.isMoved { moved.toggle() } else { stands.toggle() }
        }
        if moved || stands { share += Ratio.one - start }
        return share
    }
}
