/// The index's columns.
struct Joined {
    let grid: CellGrid
    let tiles: [Tile]
    let blocks: [Block]
    let open: [[Place]]
    let lines: [[Slot]]
    let lists: [[Listed]]
    let maps: [UInt32]
    let starts: [UInt32]
    let members: [UInt32]

    func add(to sections: inout Sections) {
        sections.add("location.grid", [grid])
        sections.add("location.tiles", tiles)
        sections.add("location.blocks", blocks)
        sections.add("location.open", pieces: open)
        sections.add("location.lines", pieces: lines)
        sections.add("location.lists", pieces: lists)
        sections.add("location.maps", maps)
        sections.add("location.sets", starts)
        sections.add("location.members", members)
    }
}

extension Joined {
    /// Puts the pieces one after the other, and gives their sets and maps numbers that do not depend on how it was parted: by
    /// their order as lists.
    init(_ plan: LocationPlan, _ pieces: [Handover], threads: Int) {
        let sets = Numbering(pieces.map(\.outline.sets.members))
        let maps = Numbering(
            pieces.enumerated().map { number, piece in piece.outline.maps.map { $0.map { sets.numbers[number][Int($0)] } } })
        var tiles = plan.tileNumbers.map { Tile(number: UInt32($0 + 1), open: 0) }
        var blocks = [Block](repeating: Block(cells: 0, line: 0, open: 0), count: plan.blockCount)
        var lists: [UInt32] = []
        var (line, open, list) = (UInt32(0), UInt32(0), UInt32(0))
        for piece in pieces {
            for (number, place) in piece.outline.tiles { tiles[number].open = place + open }
            for (number, block) in piece.outline.blocks {
                blocks[number] = Block(
                    cells: block.cells, line: block.cells == 0 ? 0 : block.line + line, open: block.open + open)
            }
            lists.append(list)
            line += UInt32(piece.sizes.lines)
            open += UInt32(piece.sizes.open)
            list += UInt32(piece.sizes.lists)
        }
        let firstLists = lists
        let finished = concurrently(pieces.count, threads: threads) { number in
            let places = maps.numbers[number].map { maps.starts[Int($0)] }
            return pieces[number].renumbered(sets: sets.numbers[number], maps: places, firstList: firstLists[number])
        }
        self.init(
            grid: plan.grid, tiles: tiles, blocks: blocks, open: finished.map(\.open), lines: finished.map(\.lines),
            lists: finished.map(\.lists), maps: maps.elements, starts: sets.starts, members: sets.elements)
    }
}
