extension Slot {
    /// Puts edges and parcels into the slot, and what does not fit into a tail at the end of the lines.
    mutating func fill(_ drawn: Span<DrawnEdge>, _ keys: Span<UInt16>, _ labels: [UInt32], _ tails: inout [TailLine]) {
        for lane in 0..<min(4, drawn.count) { edges.set(lane, drawn[lane], keys[lane]) }
        for lane in 4..<max(4, min(Slot.ownEdges, drawn.count)) { moreEdges.set(lane - 4, drawn[lane], keys[lane]) }
        for bit in labels.indices { parcels[bit] = labels[bit] }
        guard drawn.count > Slot.ownEdges || drawn.indices.contains(where: { drawn[$0].isInexact }) else { return }
        tail = UInt32(tails.count)
        for start in stride(from: Slot.ownEdges, to: drawn.count, by: 4) {
            var lanes = EdgeLanes.none
            for lane in 0..<min(4, drawn.count - start) { lanes.set(lane, drawn[start + lane], keys[start + lane]) }
            tails.append(TailLine(lanes))
        }
        tailLines = UInt32(tails.count) - tail
        if tailLines > 0 { flags |= Slot.hasTail }
        let inexact = drawn.indices.filter { drawn[$0].isInexact }
        for start in stride(from: 0, to: inexact.count, by: 4) {
            var edges = ExactLine()
            for lane in 0..<min(4, inexact.count - start) { edges[lane] = drawn[inexact[start + lane]].exact }
            tails.append(edges.line)
        }
    }
}
