/// The edges in one block, each once however many features share it, and which of them each cell has.
struct BlockEdges {
    /// An undirected edge; a comes before b in the order of coordinates.
    struct Shared {
        let a: Point
        let b: Point
        /// The first and the last of its uses.
        var first: Int32
        var last: Int32
    }

    /// One feature's use of an edge, and the place of the next one or −1. Features ascend.
    struct Use {
        let feature: UInt32
        let isParcel: Bool
        var next: Int32
    }

    private(set) var edges: [Shared] = []
    private(set) var uses: [Use] = []
    /// By cell, and one more: the first of its edges in `inCells`.
    private(set) var cellStarts = [Int32](repeating: 0, count: 66)
    private(set) var inCells: [Int32] = []
    private var found: [(cell: UInt8, edge: Int32)] = []
    /// An open hash table: one more than the edge's place, 0 where free.
    private var table: [Int32] = []

    /// Takes in a block's edges anew.
    mutating func fill(_ plan: LocationPlan, _ piles: [EdgePile], block: Int, column: Int, row: Int) {
        edges.removeAll(keepingCapacity: true)
        uses.removeAll(keepingCapacity: true)
        found.removeAll(keepingCapacity: true)
        let count = piles.reduce(0) { $0 + $1.range(block).count }
        let size = 1 << (Int.bitWidth - (2 * count).leadingZeroBitCount)
        table.removeAll(keepingCapacity: true)
        table.append(contentsOf: repeatElement(0, count: size))
        let points = unsafe plan.shapes.points.elements(0..<plan.shapes.points.count)
        for pile in piles {
            for place in pile.range(block) {
                let edge = pile.edges[place]
                add(
                    unsafe points[Int(edge.from)], unsafe points[Int(edge.to)], edge.feature,
                    isParcel: plan.groups[Int(edge.feature)] == LocationPlan.parcels)
            }
        }
        let (columns, rows) = (
            column << CellGrid.blockBits..<(column + 1) << CellGrid.blockBits, row << CellGrid.blockBits..<(row + 1) << CellGrid.blockBits
        )
        for (number, edge) in edges.enumerated() {
            plan.grid.forEachSquare(from: edge.a, to: edge.b, bits: plan.grid.cellShift, columns: columns, rows: rows) { column, row in
                found.append((UInt8(truncatingIfNeeded: (row & 7) << 3 | column & 7), Int32(truncatingIfNeeded: number)))
            }
        }
        sort()
    }

    func edges(inCell cell: Int) -> Range<Int> { Int(cellStarts[cell])..<Int(cellStarts[cell + 1]) }

    /// Changes the ground by those of a cell's edges that a path crosses.
    @inline(__always)
    func cross(_ cell: Range<Int>, _ ground: inout Ground, _ isCrossed: (Point, Point) -> Bool) {
        let (edges, uses, inCell) = (edges.span, uses.span, inCells.span.extracting(cell))
        for place in inCell.indices {
            let edge = edges[Int(inCell[place])]
            guard isCrossed(edge.a, edge.b) else { continue }
            var next = edge.first
            while next >= 0 {
                let use = uses[Int(next)]
                if use.isParcel {
                    ground.toggle(parcel: use.feature)
                } else {
                    ground.toggle(area: use.feature)
                }
                next = use.next
            }
        }
    }

    private mutating func add(_ from: Point, _ to: Point, _ feature: UInt32, isParcel: Bool) {
        var (a, b) = (from, to)
        if (b.x, b.y) < (a.x, a.y) { swap(&a, &b) }
        var hash = UInt64(UInt32(bitPattern: a.x)) | UInt64(UInt32(bitPattern: a.y)) << 32
        hash = (hash ^ hash >> 29) &* 0xBF58_476D_1CE4_E5B9
        hash ^= UInt64(UInt32(bitPattern: b.x)) | UInt64(UInt32(bitPattern: b.y)) << 32
        hash = (hash ^ hash >> 31) &* 0x94D0_49BB_1331_11EB
        var place = Int(truncatingIfNeeded: hash >> 32) & (table.count - 1)
        uses.append(Use(feature: feature, isParcel: isParcel, next: -1))
        let use = Int32(truncatingIfNeeded: uses.count - 1)
        while table[place] != 0 {
            let known = Int(table[place]) - 1
            if edges[known].a == a, edges[known].b == b {
                uses[Int(edges[known].last)].next = use
                edges[known].last = use
                return
            }
            place = (place + 1) & (table.count - 1)
        }
        edges.append(Shared(a: a, b: b, first: use, last: use))
        table[place] = Int32(truncatingIfNeeded: edges.count)
    }

    /// Puts the edges found together by cell, in their order.
    private mutating func sort() {
        for cell in cellStarts.indices { cellStarts[cell] = 0 }
        for (cell, _) in found { cellStarts[Int(cell) + 2] += 1 }
        for cell in 1..<cellStarts.count { cellStarts[cell] += cellStarts[cell - 1] }
        inCells.removeAll(keepingCapacity: true)
        inCells.append(contentsOf: repeatElement(0, count: found.count))
        for (cell, edge) in found {
            inCells[Int(cellStarts[Int(cell) + 1])] = edge
            cellStarts[Int(cell) + 1] += 1
        }
    }
}
