/// What is settled before the index is built: the grid, the tiles that have edges, and who takes which features.
struct LocationPlan: Sendable {
    let shapes: ShapeTable
    let groups: [UInt8]
    let grid: CellGrid
    /// By tile: its number among those with edges; negative for the others.
    let tileNumbers: [Int32]
    /// The tiles with edges, in order.
    let tileCount: Int
    /// Ranges of features with about equally many points.
    let shares: [Range<Int>]

    static let parcels: UInt8 = 0
    static let unindexed: UInt8 = 255

    var blockCount: Int { tileCount * CellGrid.blocksInTile }

    /// Nil when there is nothing to index.
    ///
    /// - Parameter mostInCells: how many cells all edges may run through together before wider ones are taken.
    init?(_ shapes: ShapeTable, _ groups: [UInt8], mostInCells: Int?, threads: Int) {
        self.shapes = shapes
        self.groups = groups
        // A zone's edges run through more blocks than a parcel's: with ranges to spare, the threads end together.
        let shares = Self.shares(shapes, threads == 1 ? 1 : 4 * threads)
        self.shares = shares
        let surveys = concurrently(shares.count, threads: threads) { Survey(shapes, groups, shares[$0]) }
        let survey = surveys.reduce(Survey()) { $0.joined($1) }
        guard survey.edges > 0 else { return nil }
        // Each edge in four cells, and two million more: with town lots it is about two.
        let most = max(survey.edges, mostInCells ?? 4 * survey.edges + 1 << 21)
        var scale = 0
        while survey.edges + survey.length >> (CellGrid.cellBits + scale) > most { scale += 1 }
        let grid = CellGrid(over: survey.box, scale: scale, mostTiles: 1 << 16 + survey.edges)
        self.grid = grid
        let touched = concurrently(shares.count, threads: threads) { Self.touched(shapes, groups, grid, shares[$0]) }
        var numbers = [Int32](repeating: -1, count: grid.tileCount)
        var count: Int32 = 0
        for tile in numbers.indices where touched.contains(where: { $0[tile] }) {
            numbers[tile] = count
            count += 1
        }
        tileNumbers = numbers
        tileCount = Int(count)
    }

    static func isIndexed(_ feature: Int, _ shapes: ShapeTable, _ groups: [UInt8]) -> Bool {
        groups[feature] != unindexed && shapes.kind(feature) == .area
    }

    private static func shares(_ shapes: ShapeTable, _ count: Int) -> [Range<Int>] {
        var shares: [Range<Int>] = []
        var start = 0
        for share in 1...max(1, count) {
            let goal = shapes.points.count * share / max(1, count)
            var end = start
            while end < shapes.count, share == count || shapes.allPoints(of: end).lowerBound < goal { end += 1 }
            if end > start { shares.append(start..<end) }
            start = end
        }
        return shares
    }

    /// What the grid is chosen by.
    private struct Survey {
        var box = Box.nowhere
        var edges = 0
        /// Of all edges, along the axes.
        var length = 0

        init() {}

        init(_ shapes: ShapeTable, _ groups: [UInt8], _ features: Range<Int>) {
            for feature in features where isIndexed(feature, shapes, groups) {
                box = box.united(with: shapes.boxes[feature])
                shapes.forEachEdge(of: feature) { _, _, a, b in
                    edges += 1
                    length += Int((Int64(a.x) - Int64(b.x)).magnitude + (Int64(a.y) - Int64(b.y)).magnitude)
                }
            }
        }

        func joined(_ other: Survey) -> Survey {
            var sum = self
            sum.box = box.united(with: other.box)
            sum.edges += other.edges
            sum.length += other.length
            return sum
        }
    }

    /// By tile whether an edge is in it; a feature of a few tiles marks them all.
    private static func touched(_ shapes: ShapeTable, _ groups: [UInt8], _ grid: CellGrid, _ features: Range<Int>) -> [Bool] {
        var touched = [Bool](repeating: false, count: grid.tileCount)
        let (columns, rows) = (0..<Int(grid.columns), 0..<Int(grid.rows))
        func mark(_ column: Int, _ row: Int) { touched[row * columns.count + column] = true }
        for feature in features where isIndexed(feature, shapes, groups) {
            let box = shapes.boxes[feature]
            let (low, high) = (grid.tile(of: box.minX - 1, box.minY - 1), grid.tile(of: box.maxX, box.maxY))
            if high.column - low.column < 2, high.row - low.row < 2 {
                for row in low.row...high.row { for column in low.column...high.column { mark(column, row) } }
            } else {
                shapes.forEachEdge(of: feature) { _, _, a, b in
                    grid.forEachSquare(from: a, to: b, bits: grid.tileShift, columns: columns, rows: rows, mark)
                }
            }
        }
        return touched
    }

    /// Visits every block that an edge of these features touches, with the edge.
    @inline(__always)
    func forEachEdgeBlock(_ features: Range<Int>, _ visit: (_ block: Int, _ from: Int, _ to: Int, _ feature: Int) -> Void) {
        let width = Int(grid.columns) << CellGrid.tileBits
        let height = Int(grid.rows) << CellGrid.tileBits
        for feature in features where Self.isIndexed(feature, shapes, groups) {
            // Most parcels lie in one block, and so do all their edges.
            if let (column, row) = grid.block(around: shapes.boxes[feature]) {
                guard let block = block(column, row) else { continue }
                shapes.forEachEdge(of: feature) { from, to, _, _ in visit(block, from, to, feature) }
                continue
            }
            shapes.forEachEdge(of: feature) { from, to, a, b in
                grid.forEachSquare(from: a, to: b, bits: grid.blockShift, columns: 0..<width, rows: 0..<height) { column, row in
                    if let block = block(column, row) { visit(block, from, to, feature) }
                }
            }
        }
    }

    /// A block's number; nil where its tile has no edges.
    @inline(__always)
    func block(_ column: Int, _ row: Int) -> Int? {
        let tile = tileNumbers[(row >> CellGrid.tileBits) * Int(grid.columns) + column >> CellGrid.tileBits]
        let mask = 1 << CellGrid.tileBits - 1
        return tile < 0 ? nil : Int(tile) << (2 * CellGrid.tileBits) | (row & mask) << CellGrid.tileBits | column & mask
    }
}

extension CellGrid {
    /// The block that a box lies in and touches no other of; nil where there is none.
    fileprivate func block(around box: Box) -> (column: Int, row: Int)? {
        let (left, bottom) = ((Int(box.minX) - Int(originX) - 1) >> blockShift, (Int(box.minY) - Int(originY) - 1) >> blockShift)
        let (right, top) = ((Int(box.maxX) - Int(originX)) >> blockShift, (Int(box.maxY) - Int(originY)) >> blockShift)
        return left == right && bottom == top ? (left, bottom) : nil
    }

    fileprivate func tile(of x: Int32, _ y: Int32) -> (column: Int, row: Int) {
        ((Int(x) - Int(originX)) >> tileShift, (Int(y) - Int(originY)) >> tileShift)
    }
}
