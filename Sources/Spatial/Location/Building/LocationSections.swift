extension LocationIndex {
    /// Builds the index over the areas of a table, as sections; the same bytes for any number of threads.
    ///
    /// - Parameter groups: by feature: 0 a parcel, 255 not indexed, else another area. Lines and points are passed over.
    package static func sections(for shapes: ShapeTable, groups: [UInt8], threads: Int, into sections: inout Sections) {
        precondition(groups.count == shapes.count)
        guard let plan = LocationPlan(shapes, groups, threads: threads) else { return empty(&sections) }
        let piles = concurrently(plan.shares.count, threads: threads) { EdgePile(plan, features: plan.shares[$0]) }
        let ranges = rowRanges(plan, piles, count: 8 * threads)
        let pieces = concurrently(ranges.count, threads: threads) { number in
            var builder = RowBuilder(plan, piles)
            for row in ranges[number] { builder.build(row: row) }
            return builder.piece
        }
        joined(plan, pieces, threads: threads).add(to: &sections)
    }

    /// Ranges of rows of blocks with about equally many edges.
    private static func rowRanges(_ plan: LocationPlan, _ piles: [EdgePile], count: Int) -> [Range<Int>] {
        let rows = Int(plan.grid.rows) << CellGrid.tileBits
        var weights = [Int](repeating: 1, count: rows)
        for row in 0..<rows {
            for tile in 0..<Int(plan.grid.columns) {
                for column in tile << CellGrid.tileBits..<(tile + 1) << CellGrid.tileBits {
                    guard let block = plan.block(column, row) else { break }
                    weights[row] += piles.reduce(1) { $0 + $1.range(block).count }
                }
            }
        }
        let whole = weights.reduce(0, +)
        var ranges: [Range<Int>] = []
        var (start, sum) = (0, 0)
        for row in 0..<rows {
            sum += weights[row]
            if row == rows - 1 || sum * count >= whole * (ranges.count + 1) {
                ranges.append(start..<row + 1)
                start = row + 1
            }
        }
        return ranges
    }

    private static func empty(_ sections: inout Sections) {
        let grid = CellGrid(over: Box(Point(x: 0, y: 0)), scale: 0, mostTiles: 1)
        Joined(
            grid: grid, tiles: [Tile(number: 0, open: 0)], blocks: [], open: [[.nowhere]], lines: [], lists: [], maps: [], starts: [0, 0],
            members: []
        ).add(to: &sections)
    }
}

/// The index's columns.
struct Joined {
    let grid: CellGrid
    var tiles: [Tile]
    var blocks: [Block]
    var open: [[Place]]
    var lines: [[Slot]]
    var lists: [[Listed]]
    var maps: [UInt32]
    var starts: [UInt32]
    var members: [UInt32]

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

/// Puts the pieces one after the other, and gives their sets and maps numbers that do not depend on how it was parted:
/// by their order as lists.
private func joined(_ plan: LocationPlan, _ pieces: [Piece], threads: Int) -> Joined {
    let sets = Numbering(pieces.map { piece in piece.usedSets.map { piece.sets.members[$0] } })
    let setNumbers = pieces.enumerated().map { number, piece in
        var numbers = [UInt32](repeating: 0, count: piece.sets.members.count)
        for (place, used) in piece.usedSets.enumerated() { numbers[used] = UInt32(sets.numbers[number][place]) }
        return numbers
    }
    let maps = Numbering(pieces.enumerated().map { number, piece in piece.maps.map { $0.map { Int(setNumbers[number][Int($0)]) } } })
    var mapStarts: [UInt32] = []
    var mapValues: [UInt32] = []
    for map in maps.all {
        mapStarts.append(UInt32(mapValues.count))
        mapValues += map.map { UInt32($0) }
    }
    var starts: [UInt32] = [0]
    var members: [UInt32] = []
    for set in sets.all {
        members += set.map { UInt32($0) }
        starts.append(UInt32(members.count))
    }
    var tiles = plan.tileNumbers.map { Tile(number: UInt32($0 + 1), open: 0) }
    var blocks = [Block](repeating: Block(cells: 0, line: 0, open: 0), count: plan.blockCount)
    var firstLists: [UInt32] = []
    var (line, open, list) = (UInt32(0), UInt32(0), UInt32(0))
    for piece in pieces {
        for (number, place) in piece.tiles { tiles[number].open = place + open }
        for (number, block) in piece.blocks {
            blocks[number] = Block(cells: block.cells, line: block.line + line, open: block.open + open)
        }
        firstLists.append(list)
        line += UInt32(piece.lines.count)
        open += UInt32(piece.open.count)
        list += UInt32(piece.lists.count)
    }
    let mapStart = mapStarts
    let firstList = firstLists
    let renumbered = concurrently(pieces.count, threads: threads) { number in
        pieces[number].renumbered(
            sets: setNumbers[number], maps: maps.numbers[number].map { mapStart[$0] }, firstList: firstList[number])
    }
    return Joined(
        grid: plan.grid, tiles: tiles, blocks: blocks, open: renumbered.map(\.open), lines: renumbered.map(\.lines),
        lists: pieces.map(\.lists), maps: mapValues, starts: starts, members: members)
}

/// Lists met in several places, sorted and each once; the empty one is always the first.
private struct Numbering {
    let all: [[Int]]
    /// The number of each list given.
    let numbers: [[Int]]

    init(_ lists: [[[Int]]]) {
        var known: [[Int]: Int] = [[]: 0]
        for list in lists.joined() { known[list] = 0 }
        all = known.keys.sorted { $0.lexicographicallyPrecedes($1) }
        for (number, list) in all.enumerated() { known[list] = number }
        numbers = lists.map { $0.map { known[$0] ?? 0 } }
    }
}

extension Piece {
    /// The sets that the piece's columns name.
    fileprivate var usedSets: [Int] {
        var isUsed = [Bool](repeating: false, count: sets.members.count)
        for place in open { isUsed[place.set] = true }
        for map in maps { for set in map { isUsed[Int(set)] = true } }
        for line in slots where !lines[Int(line)].has(Slot.hasBundles) { isUsed[Int(lines[Int(line)].areas)] = true }
        return isUsed.indices.filter { isUsed[$0] }
    }

    fileprivate func renumbered(sets: [UInt32], maps: [UInt32], firstList: UInt32) -> (open: [Place], lines: [Slot]) {
        var lines = lines
        for line in slots {
            let slot = lines[Int(line)]
            lines[Int(line)].areas = slot.has(Slot.hasBundles) ? maps[Int(slot.areas)] : sets[Int(slot.areas)]
            if slot.has(Slot.isListed) { lines[Int(line)].parcels.x += firstList }
        }
        return (open.map { Place(parcelCode: $0.parcelCode, setCode: sets[$0.set] | $0.setCode & Place.doubt) }, lines)
    }
}
