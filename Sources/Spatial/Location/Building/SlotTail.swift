extension Slot {
    /// Puts edges and parcels into the slot at a line, and what does not fit into a tail at the end of the lines.
    mutating func fill(_ drawn: Span<DrawnEdge>, _ keys: Span<UInt16>, _ labels: [UInt32], _ line: Int, _ lines: inout [Slot]) {
        for lane in 0..<min(4, drawn.count) { set(lane, drawn[lane], keys[lane]) }
        for bit in 0..<min(4, labels.count) { parcels[bit] = labels[bit] }
        guard drawn.count > 4 || labels.count > 4 || drawn.indices.contains(where: { drawn[$0].isInexact }) else { return }
        let inexact = drawn.indices.filter { drawn[$0].isInexact }
        flags |= Slot.hasTail
        let start = lines.count
        let needed = max((drawn.count - 1) / 4, labels.count > 3 ? 1 : 0)
        parcels[3] = UInt32(start - line) | UInt32(needed) << 24
        for extra in 0..<needed {
            var tail = Slot.empty
            for lane in 0..<4 where 4 + 4 * extra + lane < drawn.count {
                tail.set(lane, drawn[4 + 4 * extra + lane], keys[4 + 4 * extra + lane])
            }
            if extra == 0 {
                for bit in 3..<7 where bit < labels.count { tail.parcels[bit - 3] = labels[bit] }
            }
            lines.append(tail)
        }
        for start in stride(from: 0, to: inexact.count, by: 4) {
            var edges = ExactLine()
            for lane in 0..<min(4, inexact.count - start) { edges[lane] = drawn[inexact[start + lane]].exact }
            lines.append(edges.line)
        }
    }
}
