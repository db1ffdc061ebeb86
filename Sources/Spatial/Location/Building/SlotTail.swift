extension Slot {
    /// Puts edges into the slot, and those that do not fit into a tail.
    ///
    /// - Parameter exact: the edge of a place as it is.
    @inline(__always)
    mutating func fill(
        _ drawn: Span<DrawnEdge>, _ keys: Span<UInt16>, _ columns: inout Piece.Columns, exact: (_ place: Int) -> Exact
    ) {
        edges.fill(drawn, keys, from: 0)
        tail = UInt32(columns.exact.count)
        if drawn.count > 4 { moreEdges.fill(drawn, keys, from: 4) }
        if drawn.count > Slot.ownEdges {
            flags |= Slot.hasTail
            let firstExact = tail
            tail = UInt32(columns.tails.count)
            let more = UInt32(columns.moreTails.count)
            for start in stride(from: Slot.ownEdges, to: drawn.count, by: 4) {
                var lanes = EdgeLanes.none
                lanes.fill(drawn, keys, from: start)
                if start == Slot.ownEdges {
                    columns.tails.append(TailLine(lanes, exact: firstExact, more: more))
                } else {
                    columns.moreTails.append(TailLine(lanes, exact: 0, more: 0))
                }
            }
            tailLines = UInt32(columns.moreTails.count) - more + 1
        }
        for edge in drawn.indices where drawn[edge].isInexact { columns.exact.append(exact(edge)) }
    }
}

extension EdgeLanes {
    /// Puts in up to four of the edges.
    fileprivate mutating func fill(_ drawn: Span<DrawnEdge>, _ keys: Span<UInt16>, from start: Int) {
        var lanes = InlineArray<20, Int16>(repeating: 0)
        let none = EdgeLanes.none
        for lane in 0..<4 {
            let edge = start + lane
            let isThere = edge < drawn.count
            lanes[lane] = isThere ? drawn[edge].a.x : none.ax[0]
            lanes[4 + lane] = isThere ? drawn[edge].a.y : none.ay[0]
            lanes[8 + lane] = isThere ? drawn[edge].b.x : none.bx[0]
            lanes[12 + lane] = isThere ? drawn[edge].b.y : none.by[0]
            lanes[16 + lane] =
                isThere ? Int16(bitPattern: keys[edge] | (drawn[edge].isInexact ? EdgeLanes.inexact : 0)) : 0
        }
        self = unsafe unsafeBitCast(lanes, to: EdgeLanes.self)
    }
}
