/// Walks along rows of blocks with what holds the ground, from the left where nothing does, and writes down each cell.
///
/// The walk goes along the level line of the lowest cells of a row of blocks; from each block's left side it turns up to the
/// level lines of the cells above. It only ever crosses edges of the cell that it is in, and where no edges are, nothing changes.
struct RowBuilder {
    let plan: LocationPlan
    let piles: [EdgePile]
    var piece: Piece
    private var block = BlockEdges()
    private var slots: SlotBuilder
    private var ground = Ground()
    /// At the left side of the row of cells at hand.
    private var side = Ground()
    private var walking = Ground()

    /// - Parameter edges: about how many edges the blocks to come have together.
    init(_ plan: LocationPlan, _ piles: [EdgePile], edges: Int) {
        piece = Piece(edges: edges)
        self.plan = plan
        self.piles = piles
        slots = SlotBuilder(plan.grid)
    }

    mutating func build(row: Int) {
        ground = Ground()
        /// Where what holds the ground now is written for whole blocks, until an edge is crossed.
        var written: UInt32?
        func place() -> UInt32 {
            let place = written ?? piece.write(&ground)
            written = place
            return place
        }
        let blocksAcross = 1 << CellGrid.tileBits
        for column in 0..<Int(plan.grid.columns) {
            let tile = (row >> CellGrid.tileBits) * Int(plan.grid.columns) + column
            guard plan.tileNumbers[tile] >= 0 else {
                if row % blocksAcross == 0 { piece.tiles.append((tile, place())) }
                continue
            }
            for column in column * blocksAcross..<(column + 1) * blocksAcross {
                guard let number = plan.block(column, row) else { continue }
                if piles.allSatisfy({ $0.range(number).isEmpty }) {
                    piece.blocks.append((number, Block(open: place())))
                } else {
                    block.fill(plan, piles, block: number, column: column, row: row)
                    piece.blocks.append((number, cells(column, row)))
                    written = nil
                }
            }
        }
    }

    /// Writes a block's cells; the ground is then that at the block's right side.
    private mutating func cells(_ column: Int, _ row: Int) -> Block {
        let size = Int64(1) << Int64(plan.grid.cellShift)
        let left = Int64(plan.grid.originX) + Int64(column << CellGrid.blockBits) * size
        let bottom = Int64(plan.grid.originY) + Int64(row << CellGrid.blockBits) * size
        let level = plan.grid.level
        // Held once for the whole block: what is passed on out of `self` is retained each time.
        let block = block
        var mask: UInt64 = 0
        for cell in 0..<64 where !block.edges(inCell: cell).isEmpty { mask |= 1 << UInt64(cell) }
        var result = Block(
            cells: mask, slot: UInt32(piece.columns.slots.count), open: UInt32(piece.columns.open.count),
            tail: UInt32(piece.columns.tails.count))
        guard mask != 0 else {
            return Block(open: piece.write(&ground))
        }
        side.take(ground)
        for row in 0..<8 {
            let low = bottom + Int64(row) * size
            var near = NearPoint(x: left, y: low + level)
            walking.take(side)
            for column in 0..<8 {
                let edges = block.edges(inCell: row << 3 | column)
                if edges.isEmpty {
                    _ = piece.write(&walking)
                } else {
                    let tails = piece.columns.tails.count
                    slots.write(block, edges, near, &walking, &piece)
                    if piece.columns.tails.count > tails { result.tailed |= 1 << UInt64(row << 3 | column) }
                    block.cross(edges, &walking) { near.crosses($0, $1, toX: near.x + size) }
                }
                near.x += size
            }
            if row == 0 { ground.take(walking) }
            if row < 7 {
                near.x = left
                block.cross(block.edges(inCell: row << 3), &side) { near.crosses($0, $1, toY: low + size) }
                near.y = low + size
                block.cross(block.edges(inCell: (row + 1) << 3), &side) {
                    near.crosses($0, $1, toY: low + size + level)
                }
            }
        }
        return result
    }
}
