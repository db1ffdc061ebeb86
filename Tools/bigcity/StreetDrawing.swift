import Spatial

/// Puts the ground of the streets between the blocks on the ground, corner to corner with the parcels.
struct StreetDrawing {
    let terrain: Terrain
    private(set) var shapes = ShapeTableWriter()
    /// By street, in whole metres.
    private(set) var widths: [Int] = []
    private var lastRow: [Block] = []

    init(terrain: Terrain) { self.terrain = terrain }

    /// Adds a row of blocks: the streets between them, and those to the row before.
    mutating func add(_ row: [Block], on lattice: Lattice) {
        for (west, east) in zip(row, row.dropFirst()) {
            let sides = (west.eastSide, east.westSide)
            add(sides.1 + sides.0.reversed(), width: sides.1[0].x - sides.0[0].x)
        }
        for (column, north) in row.enumerated() {
            guard column < lastRow.count else { break }
            let south = lastRow[column]
            let width = north.south.wholeFront[1].y - south.north.wholeFront[1].y
            add(south.north.wholeFront + north.south.wholeFront.reversed(), width: width)
            guard column + 1 < min(row.count, lastRow.count) else { continue }
            add(
                [south.north.lastCorner, lastRow[column + 1].north.firstCorner, row[column + 1].south.firstCorner, north.south.lastCorner],
                width: width)
        }
        lastRow = row
    }

    private mutating func add(_ outline: [Spot], width: Double) {
        shapes.append(.area(MultiPolygon([terrain.polygon([outline])])))
        widths.append(Int(width.rounded()))
    }
}
