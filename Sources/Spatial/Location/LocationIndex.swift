/// Point → every area that holds it, over all layers at once, exactly and in about the time of one miss of the caches.
///
/// The plane is parted into cells (`CellGrid`). A cell without edges has its answer written down, one with edges has a `Slot`
/// that a question is settled from in integers. The way to it: the tile and the block, in tables small enough to stay in the
/// caches, then one line of memory.
///
/// Nothing is presumed of the features but that each is valid ground by itself: layers may overlap, gap, nest and repeat.
package struct LocationIndex: Sendable {
    let grid: CellGrid
    let tiles: Column<Tile>
    let blocks: Column<Block>
    let open: Column<Place>
    let lines: Column<Slot>
    /// The same memory as `lines`, for the lines that hold exact edges.
    let exact: Column<Exact>
    let lists: Column<Listed>
    let maps: Column<UInt32>
    let setStarts: Column<UInt32>
    let setMembers: Column<UInt32>

    /// Nil where a column is missing or their lengths do not go with each other. Costs no reading of the columns themselves.
    package init?(_ sections: SectionTable) {
        guard let grids = sections.column("location.grid", of: CellGrid.self), grids.count == 1,
            let tiles = sections.column("location.tiles", of: Tile.self), tiles.count == grids[0].tileCount,
            let blocks = sections.column("location.blocks", of: Block.self), blocks.count % CellGrid.blocksInTile == 0,
            let open = sections.column("location.open", of: Place.self),
            let lines = sections.column("location.lines", of: Slot.self),
            let exact = sections.column("location.lines", of: Exact.self),
            let lists = sections.column("location.lists", of: Listed.self),
            let maps = sections.column("location.maps", of: UInt32.self),
            let starts = sections.column("location.sets", of: UInt32.self), starts.count > 1,
            let members = sections.column("location.members", of: UInt32.self), grids[0].scale < 16
        else { return nil }
        grid = grids[0]
        self.tiles = tiles
        self.blocks = blocks
        self.open = open
        self.lines = lines
        self.exact = exact
        self.lists = lists
        self.maps = maps
        setStarts = starts
        setMembers = members
    }

    /// The quick answer: whole unless it says that the place is not simple.
    @inline(__always)
    package func place(of point: Point) -> Place {
        switch spot(of: point) {
        case .nowhere: .nowhere
        case .open(let place): open[place]
        case .slot(let line): settle(point, lines[line], line)
        }
    }

    /// The features of an interned set, ascending.
    package func members(of set: Int) -> Members {
        Members(features: setMembers, range: Int(setStarts[set])..<Int(setStarts[set + 1]))
    }

    /// How many interned sets there are.
    package var setCount: Int { setStarts.count - 1 }

    package struct Members: RandomAccessCollection {
        let features: Column<UInt32>
        let range: Range<Int>

        package var startIndex: Int { range.lowerBound }
        package var endIndex: Int { range.upperBound }
        package subscript(_ place: Int) -> Int { Int(features[place]) }
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
        let before = UInt32(truncatingIfNeeded: (block.cells & ((1 &<< cell) &- 1)).nonzeroBitCount)
        return block.cells &>> cell & 1 == 1
            ? .slot(Int(block.line &+ before)) : .open(Int(block.open &+ UInt32(truncatingIfNeeded: cell) &- before))
    }

    @inline(__always)
    private func settle(_ point: Point, _ slot: Slot, _ line: Int) -> Place {
        let (x, y) = local(point, slot)
        var (keys, doubt) = slot.crossed(x, y)
        if slot.flags != 0 {
            if slot.has(Slot.isListed) { return Place(parcelCode: 0, setCode: Place.doubt) }
            if slot.has(Slot.hasTail) { follow(line, slot, x, y, &keys, &doubt) }
        }
        keys ^= UInt16(slot.start)
        let held = keys & 0x7F
        if held & (held &- 1) != 0 || doubt < 0 { return Place(parcelCode: 0, setCode: Place.doubt) }
        let parcel = held == 0 ? 0 : self.parcel(held.trailingZeroBitCount, slot, line) &+ 1
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
    private func follow(_ line: Int, _ slot: Slot, _ x: Int16, _ y: Int16, _ keys: inout UInt16, _ doubt: inout Int32) {
        let tail = slot.tail(from: line)
        for line in tail.edges {
            let more = lines[line].crossed(x, y)
            keys ^= more.keys
            doubt |= more.doubt
        }
    }

    /// The feature number of the cell's parcel of a bit.
    @inline(__always)
    func parcel(_ bit: Int, _ slot: Slot, _ line: Int) -> UInt32 {
        guard slot.has(Slot.hasTail), bit > 2 else { return slot.parcels[bit & 3] }
        return lines[slot.tail(from: line).edges.lowerBound].parcels[(bit &- 3) & 3]
    }
}

extension Slot {
    /// The lines of more edges, and the line from which on the exact edges follow.
    @inline(__always)
    func tail(from line: Int) -> (edges: Range<Int>, exact: Int) {
        let start = line + Int(parcels.w & 0xFF_FFFF)
        let end = start + Int(parcels.w >> 24)
        return (start..<end, end)
    }
}
