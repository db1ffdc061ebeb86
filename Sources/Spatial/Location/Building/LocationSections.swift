import Synchronization

extension LocationIndex {
    /// Builds the index over the areas of a table, as sections; the same bytes for any number of threads.
    ///
    /// - Parameters:
    ///   - groups: by feature: 0 a parcel, 255 not indexed, else another area. Lines and points are passed over.
    ///   - mostInCells: how many cells all edges may run through together before wider cells are taken; nil for four
    ///   each and two million more, of which a town of lots takes about two each.
    ///   - hand: gets the most of it piece by piece as it is ready, to be put before the rest.
    package static func sections(
        for shapes: ShapeTable, groups: [UInt8], mostInCells: Int? = nil, threads: Int, into sections: inout Sections,
        handing hand: @escaping @Sendable (Sections) -> Void
    ) {
        precondition(groups.count == shapes.count)
        guard let plan = LocationPlan(shapes, groups, mostInCells: mostInCells, threads: threads) else { return empty(&sections) }
        let piles = concurrently(plan.shares.count, threads: threads) { EdgePile(plan, features: plan.shares[$0]) }
        let ranges = rowRanges(plan, piles, count: pieces)
        let joining = Joining(plan, hand)
        _ = concurrently(ranges.count, threads: threads) { number in
            var builder = RowBuilder(plan, piles, edges: ranges[number].edges)
            for row in ranges[number].rows { builder.build(row: row) }
            joining.add(builder.piece, number: number)
        }
        joining.add(to: &sections)
    }

    /// Builds all of it in memory.
    package static func sections(
        for shapes: ShapeTable, groups: [UInt8], mostInCells: Int? = nil, threads: Int, into sections: inout Sections
    ) {
        let handed = Mutex(Sections())
        var rest = Sections()
        self.sections(for: shapes, groups: groups, mostInCells: mostInCells, threads: threads, into: &rest) { piece in
            handed.withLock { $0.append(piece) }
        }
        sections.append(handed.withLock { $0 })
        sections.append(rest)
    }

    /// So many that what is handed on is small, and its memory soon free for the next.
    private static let pieces = 64

    /// Ranges of rows of blocks with about equally many edges, and how many.
    private static func rowRanges(_ plan: LocationPlan, _ piles: [EdgePile], count: Int) -> [(rows: Range<Int>, edges: Int)] {
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
        var ranges: [(rows: Range<Int>, edges: Int)] = []
        var (start, sum, before) = (0, 0, 0)
        for row in 0..<rows {
            sum += weights[row]
            if row == rows - 1 || sum * count >= whole * (ranges.count + 1) {
                ranges.append((start..<row + 1, sum - before))
                (start, before) = (row + 1, sum)
            }
        }
        return ranges
    }

    private static func empty(_ sections: inout Sections) {
        let grid = CellGrid(over: Box(Point(x: 0, y: 0)), scale: 0, mostTiles: 1)
        sections.add("location.grid", [grid])
        sections.add("location.tiles", [Tile(number: 0, open: 0)])
        sections.add("location.blocks", [Block]())
        sections.add("location.open", [Place.nowhere])
        sections.add("location.slots", [Slot]())
        sections.add("location.tails", [TailLine]())
        sections.add("location.moreTails", [TailLine]())
        sections.add("location.exact", [Exact]())
        sections.add("location.lists", [Listed]())
        sections.add("location.maps", [UInt32]())
        sections.add("location.sets", [UInt32(0), 0])
        sections.add("location.members", [UInt32]())
    }
}
