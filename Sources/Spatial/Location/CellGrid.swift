/// How the location index parts the plane: square cells, 8 × 8 of them in a block, 16 × 16 blocks in a tile.
///
/// A cell is 16.384 m wide, or a power of two wider where a city is so wide and empty, or its edges so long, that small cells
/// would cost too much memory. A question lies in the cell that holds its lower left edges and not its upper right ones.
package struct CellGrid: Hashable, Sendable, BitwiseCopyable {
    /// Below and left of every corner by at least a millimetre, so that nothing holds the ground right at it.
    let originX: Int32
    let originY: Int32
    /// In tiles.
    let columns: UInt32
    let rows: UInt32
    /// How many times the cell's width of 2¹⁴ mm is doubled; the cell's own unit of length is this many times doubled too.
    let scale: UInt32

    static let cellBits = 14
    static let blockBits = 3
    static let tileBits = 4
    static let blocksInTile = 1 << (2 * tileBits)

    var cellShift: Int { Self.cellBits + Int(scale) }
    var blockShift: Int { cellShift + Self.blockBits }
    var tileShift: Int { blockShift + Self.tileBits }
    /// The height in a cell, from its lower side, of the level line along which the index is built, and of most reference points.
    var level: Int64 { Int64(Slot.place(128)) << Int64(scale) }
    var tileCount: Int { Int(columns) * Int(rows) }

    /// The finest grid over the box of which the tiles are not too many, or coarser.
    init(over box: Box, scale: Int, mostTiles: Int) {
        originX = box.minX - 1
        originY = box.minY - 1
        var scale = scale
        func tiles(_ low: Int32, _ high: Int32) -> Int {
            ((Int(high) - Int(low)) >> (Self.cellBits + scale + Self.blockBits + Self.tileBits)) + 1
        }
        while tiles(originX, box.maxX) * tiles(originY, box.maxY) > mostTiles { scale += 1 }
        columns = UInt32(tiles(originX, box.maxX))
        rows = UInt32(tiles(originY, box.maxY))
        self.scale = UInt32(scale)
    }

    /// How far a point lies from the origin, in millimetres. Points left of or below it come out beyond any column and row.
    @inline(__always)
    func offset(_ point: Point) -> (x: UInt32, y: UInt32) {
        (UInt32(bitPattern: point.x &- originX), UInt32(bitPattern: point.y &- originY))
    }

    /// Visits the squares of 2^`bits` mm that the edge touches, their borders included, and a few that it passes within
    /// millimetres of; only those within the window, row by row from below.
    ///
    /// The doubles err by far less than the millimetre that is added to either side.
    @inline(__always)
    func forEachSquare(
        from a: Point, to b: Point, bits: Int, columns: Range<Int>, rows: Range<Int>, _ visit: (_ column: Int, _ row: Int) -> Void
    ) {
        let (ax, ay) = (Int(a.x) - Int(originX), Int(a.y) - Int(originY))
        let (bx, by) = (Int(b.x) - Int(originX), Int(b.y) - Int(originY))
        let (lowX, highX, lowY, highY) = (min(ax, bx), max(ax, bx), min(ay, by), max(ay, by))
        let (left, right) = (max((lowX - 1) >> bits, columns.lowerBound), min(highX >> bits, columns.upperBound - 1))
        let (bottom, top) = (max((lowY - 1) >> bits, rows.lowerBound), min(highY >> bits, rows.upperBound - 1))
        guard left <= right, bottom <= top else { return }
        if left == right || bottom == top || ax == bx || ay == by {
            for row in bottom...top {
                for column in left...right { visit(column, row) }
            }
            return
        }
        let slope = Double(bx - ax) / Double(by - ay)
        for row in bottom...top {
            let first = Double(ax) + Double(max(row << bits, lowY) - ay) * slope
            let last = Double(ax) + Double(min((row + 1) << bits, highY) - ay) * slope
            let start = max(left, (Int(min(first, last)) - 2) >> bits)
            let end = min(right, (Int(max(first, last)) + 2) >> bits)
            if start <= end {
                for column in start...end { visit(column, row) }
            }
        }
    }
}
