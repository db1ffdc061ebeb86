extension LocationIndex {
    /// Every area that holds the point, ascending by feature number, each inside or with the point on its boundary. Exact and
    /// complete wherever the point lies; on an edge or corner that features share, all of them.
    package func holders(of point: Point, into holders: inout [Holder]) {
        holders.removeAll(keepingCapacity: true)
        switch spot(of: point) {
        case .nowhere: return
        case .open(let place):
            let answer = open[place]
            if let parcel = answer.parcel { holders.append(Holder(feature: parcel, onBoundary: false)) }
            for feature in members(of: answer.set) { holders.append(Holder(feature: feature, onBoundary: false)) }
        case .slot(let slot):
            let slot = slots[slot]
            if slot.has(Slot.isListed) {
                listed(point, slot, &holders)
            } else {
                held(point, slot, &holders)
            }
        }
        holders.sort { $0.feature < $1.feature }
    }

    /// Whether every area's edge is farther off than a whole number of millimetres, as far as the point's cell alone shows: false too
    /// where it lies by the cell's side.
    package func isClearOfEdges(_ point: Point, by millimetres: Int64) -> Bool {
        let slot: Slot
        switch spot(of: point) {
        case .nowhere: return false
        case .open: return isWithinCell(point, by: millimetres)
        case .slot(let place): slot = slots[place]
        }
        guard !slot.has(Slot.isListed), isWithinCell(point, by: millimetres) else { return false }
        var isClear = true
        forEachEdge(slot, reference(slot, point)) { edge, _ in
            isClear = isClear && !Edge(from: edge.a, to: edge.b).comes(within: millimetres, of: point)
        }
        return isClear
    }

    private func isWithinCell(_ point: Point, by millimetres: Int64) -> Bool {
        let (x, y) = grid.offset(point)
        let width = Int64(1) << Int64(grid.cellShift)
        let within = (Int64(x) & (width - 1), Int64(y) & (width - 1))
        return min(within.0, within.1) > millimetres && max(within.0, within.1) < width - millimetres
    }

    /// The lower left corner of the point's cell.
    private func corner(of point: Point) -> (x: Int64, y: Int64) {
        let (x, y) = grid.offset(point)
        let mask = ~((UInt32(1) << UInt32(grid.cellShift)) &- 1)
        return (Int64(grid.originX) + Int64(x & mask), Int64(grid.originY) + Int64(y & mask))
    }

    /// The reference point of the point's cell.
    private func reference(_ slot: Slot, _ point: Point) -> NearPoint {
        let corner = corner(of: point)
        let from = slot.reference
        let scale = Int64(grid.scale)
        return NearPoint(x: corner.x + Int64(from.x) << scale, y: corner.y + Int64(from.y) << scale)
    }

    private func held(_ point: Point, _ slot: Slot, _ holders: inout [Holder]) {
        let reference = reference(slot, point)
        let question = NearPoint(point)
        var inside = UInt16(1) << UInt16(slot.start) - 1
        var touched: UInt16 = 0
        forEachEdge(slot, reference) { edge, key in
            if Edge(from: edge.a, to: edge.b).holds(point) {
                touched |= key
            } else if reference.parts(edge.a, edge.b, from: question) {
                inside ^= key
            }
        }
        for bit in 0..<Slot.mostParcels where (inside | touched) >> bit & 1 == 1 {
            holders.append(Holder(feature: Int(slot.parcels[bit]), onBoundary: touched >> bit & 1 == 1))
        }
        guard slot.has(Slot.hasBundles) else {
            for feature in members(of: Int(slot.areas)) { holders.append(Holder(feature: feature, onBoundary: false)) }
            return
        }
        let bundles = Int(touched >> 8) & 0x3F
        let choice = Int(inside >> 8) & 0x3F & ~bundles
        let held = members(of: Int(maps[Int(slot.areas) + choice]))
        guard bundles != 0 else {
            for feature in held { holders.append(Holder(feature: feature, onBoundary: false)) }
            return
        }
        // A bundle is what the set for it alone and the set for none do not share.
        let none = members(of: Int(maps[Int(slot.areas)]))
        var border: [Int] = []
        for bit in 0..<Slot.mostBundles where bundles >> bit & 1 == 1 {
            let one = members(of: Int(maps[Int(slot.areas) + 1 << bit]))
            border += one.filter { !none.contains($0) }
            border += none.filter { !one.contains($0) }
        }
        for feature in held where !border.contains(feature) { holders.append(Holder(feature: feature, onBoundary: false)) }
        border.sort()
        for (place, feature) in border.enumerated() where place == 0 || border[place - 1] != feature {
            holders.append(Holder(feature: feature, onBoundary: true))
        }
    }

    /// Visits the edges of a slot and its tail as they are, with what crossing them switches.
    @inline(__always)
    private func forEachEdge(_ slot: Slot, _ reference: NearPoint, _ visit: (Exact, UInt16) -> Void) {
        var inexact = Int(slot.has(Slot.hasTail) ? tails[Int(slot.tail)].exact : slot.tail)
        func visitLanes(_ edges: EdgeLanes) {
            for lane in 0..<4 where edges.keys[lane] != 0 {
                let key = edges.keys[lane]
                if key & EdgeLanes.inexact != 0 {
                    visit(exact[inexact], key & ~EdgeLanes.inexact)
                    inexact += 1
                } else {
                    let a = Point(x: Int32(reference.x) + Int32(edges.ax[lane]), y: Int32(reference.y) + Int32(edges.ay[lane]))
                    let b = Point(x: Int32(reference.x) + Int32(edges.bx[lane]), y: Int32(reference.y) + Int32(edges.by[lane]))
                    visit(Exact(a: a, b: b), key)
                }
            }
        }
        visitLanes(slot.edges)
        visitLanes(slot.moreEdges)
        guard slot.has(Slot.hasTail) else { return }
        let first = tails[Int(slot.tail)]
        visitLanes(first.edges)
        for line in Int(first.more)..<Int(first.more + slot.tailLines - 1) { visitLanes(moreTails[line].edges) }
    }

    /// The answer from a cell's list: sorted by feature, and what holds the place at the level line on the cell's left side known.
    private func listed(_ point: Point, _ slot: Slot, _ holders: inout [Holder]) {
        let corner = corner(of: point)
        let start = NearPoint(x: corner.x, y: corner.y + grid.level)
        let question = NearPoint(point)
        let base = members(of: Int(slot.areas))
        var unseen = base.startIndex
        var place = Int(slot.parcels[0])
        let end = place + Int(slot.parcels[1])
        while place < end {
            let feature = lists[place].feature
            while unseen < base.endIndex, base[unseen] < Int(feature) {
                holders.append(Holder(feature: base[unseen], onBoundary: false))
                unseen += 1
            }
            var inside = unseen < base.endIndex && base[unseen] == Int(feature)
            if inside { unseen += 1 }
            var touched = false
            while place < end, lists[place].feature == feature {
                let edge = lists[place]
                touched = touched || Edge(from: edge.a, to: edge.b).holds(point)
                if start.parts(edge.a, edge.b, from: question) { inside.toggle() }
                place += 1
            }
            if inside || touched { holders.append(Holder(feature: Int(feature), onBoundary: touched)) }
        }
        while unseen < base.endIndex {
            holders.append(Holder(feature: base[unseen], onBoundary: false))
            unseen += 1
        }
    }
}
