import CPrefetch

extension LocationIndex {
    /// The quick answer: whole unless it says that the place is not simple.
    @inline(__always)
    package func place(of point: Point) -> Place { place(of: point, at: spot(of: point)) }

    @inline(__always)
    func place(of point: Point, at spot: Spot) -> Place {
        switch spot {
        case .nowhere: .nowhere
        case .open(let place): open[place]
        case .slot(let slot): settle(point, slots[slot], at: slot)
        }
    }

    /// Where the answer for a point is written.
    enum Spot {
        case nowhere
        case open(Int)
        case slot(Int)
    }

    @inline(__always)
    func spot(of point: Point) -> Spot {
        let (x, y) = grid.offset(point)
        let tileShift = UInt32(truncatingIfNeeded: grid.tileShift)
        let (column, row) = (x >> tileShift, y >> tileShift)
        guard column < grid.columns, row < grid.rows else { return .nowhere }
        let tile = tiles[Int(row &* grid.columns &+ column)]
        guard tile.number > 0 else { return .open(Int(tile.open)) }
        let cellShift = UInt32(truncatingIfNeeded: grid.cellShift)
        let (cellX, cellY) = (x >> cellShift, y >> cellShift)
        let (blockX, blockY) = (cellX >> 3 & 15, cellY >> 3 & 15)
        let number: UInt32 = (tile.number &- 1) << 8 | blockY << 4 | blockX
        let block = blocks[Int(number)]
        guard block.cells != 0 else { return .open(Int(block.open)) }
        let cell = UInt64((cellY & 7) << 3 | (cellX & 7))
        let below = (1 &<< cell) &- 1
        let before = UInt32(truncatingIfNeeded: (block.cells & below).nonzeroBitCount)
        if block.tailed &>> cell & 1 == 1 {
            // A seventh of a town's cells have one; it comes with the slot and not after it.
            unsafe prefetch(tails.address(of: Int(block.tail) &+ (block.tailed & below).nonzeroBitCount))
        }
        return block.cells &>> cell & 1 == 1
            ? .slot(Int(block.slot &+ before)) : .open(Int(block.open &+ UInt32(truncatingIfNeeded: cell) &- before))
    }

    @inline(__always)
    private func settle(_ point: Point, _ slot: Slot, at place: Int) -> Place {
        let (x, y) = local(point, slot)
        let (some, more) = (slot.edges.crossed(x, y), slot.moreEdges.crossed(x, y))
        var (keys, doubt) = (some.keys ^ more.keys, some.doubt | more.doubt)
        if slot.flags != 0 {
            if slot.has(Slot.isListed) { return Place(parcelCode: 0, setCode: Place.doubt) }
            if slot.has(Slot.hasTail) { (keys, doubt) = follow(slot.tail, slot.tailLines, x, y, keys, doubt) }
        }
        keys ^= 1 &<< UInt16(slot.start) &- 1
        let held = keys & 0xFF
        if held & (held &- 1) != 0 || doubt < 0 { return Place(parcelCode: 0, setCode: Place.doubt) }
        let parcel = held == 0 ? 0 : parcels[place * Slot.words &+ held.trailingZeroBitCount] &+ 1
        let set = slot.has(Slot.hasBundles) ? maps[Int(slot.areas) + Int(keys >> 8 & 0x3F)] : slot.areas
        return Place(parcelCode: parcel, setCode: set)
    }

    /// A question from the slot's reference point, in units.
    @inline(__always)
    private func local(_ point: Point, _ slot: Slot) -> (Int16, Int16) {
        let (x, y) = grid.offset(point)
        let mask = (UInt32(1) &<< (UInt32(CellGrid.cellBits) &+ grid.scale)) &- 1
        // Half a unit up, so that cutting rounds to the nearest.
        let half = (UInt32(1) &<< grid.scale) >> 1
        let (fromX, fromY) = slot.reference
        return (
            Int16(truncatingIfNeeded: Int32(bitPattern: ((x & mask) &+ half) &>> grid.scale) &- fromX),
            Int16(truncatingIfNeeded: Int32(bitPattern: ((y & mask) &+ half) &>> grid.scale) &- fromY)
        )
    }

    /// Crosses the edges for which the slot had no room.
    @inline(never)
    private func follow(
        _ tail: UInt32, _ count: UInt32, _ x: Int16, _ y: Int16, _ keys: UInt16, _ doubt: Int32
    ) -> (keys: UInt16, doubt: Int32) {
        var (keys, doubt) = (keys, doubt)
        let first = tails[Int(tail)].edges.crossed(x, y)
        (keys, doubt) = (keys ^ first.keys, doubt | first.doubt)
        guard count > 1 else { return (keys, doubt) }
        let start = Int(tails[Int(tail)].more)
        for line in start..<start + Int(count) - 1 {
            let more = moreTails[line].edges.crossed(x, y)
            keys ^= more.keys
            doubt |= more.doubt
        }
        return (keys, doubt)
    }
}
