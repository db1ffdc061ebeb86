/// Writes the slot of one cell after the other.
struct SlotBuilder {
    let grid: CellGrid
    private var ground = Ground()
    /// The cell's parcels by bit, and how many it has.
    private var parcels = InlineArray<8, UInt32>(repeating: 0)
    private var parcelCount = 0
    /// The cell's bundles by bit.
    private var bundles: [[UInt32]] = []
    private var bundle: [UInt32] = []
    /// Of the last cell with bundles, in the piece that is always the same.
    private var lastMap: (areas: [UInt32], bundles: [[UInt32]], number: UInt32)?
    /// The cell's edges and their keys come first; what lies behind is an earlier cell's.
    private var drawn = [DrawnEdge](repeating: .none, count: Slot.mostEdges)
    private var keys = [UInt16](repeating: 0, count: Slot.mostEdges)

    init(_ grid: CellGrid) {
        self.grid = grid
    }

    /// Writes the cell's slot.
    ///
    /// - Parameters:
    ///   - start: on the cell's left side, on the level line.
    ///   - held: what holds the ground there.
    mutating func write(
        _ block: BlockEdges, _ edges: Range<Int>, _ start: NearPoint, _ held: inout Ground, _ piece: inout Piece
    ) {
        guard edges.count <= Slot.mostEdges, let reference = draw(block, edges, start) else {
            return list(block, edges, held, &piece)
        }
        let (x, y) = (reference.x, reference.y)
        let near = NearPoint(x: start.x + x.scaled(grid), y: start.y - grid.level + y.scaled(grid))
        // Asked for before the copy, so that it stays known along the walk.
        _ = held.areas(in: &piece.sets)
        ground.take(held)
        block.cross(edges, &ground) { start.parts($0, $1, from: near) }
        guard label(block, edges) else { return list(block, edges, held, &piece) }
        var slot = Slot.empty
        slot.referenceX = x
        slot.referenceY = y
        slot.start = UInt8(ground.parcels.count)
        if bundles.isEmpty {
            slot.areas = ground.areas(in: &piece.sets)
        } else {
            slot.flags |= Slot.hasBundles
            slot.areas = map(&piece)
        }
        slot.parcels = unsafe unsafeBitCast(parcels, to: SIMD8<UInt32>.self)
        let (all, inCell) = (block.edges.span, block.inCells.span.extracting(edges))
        slot.fill(drawn.span.extracting(first: edges.count), keys.span, &piece.columns) { place in
            let edge = all[Int(inCell[place])]
            return Exact(a: edge.a, b: edge.b)
        }
        piece.columns.slots.append(slot)
    }

    /// Finds a reference point that is clear of all the cell's edges, and draws them from it.
    private mutating func draw(_ block: BlockEdges, _ edges: Range<Int>, _ start: NearPoint) -> (x: UInt8, y: UInt8)? {
        let (all, inCell) = (block.edges.span, block.inCells.span.extracting(edges))
        let grid = grid
        var drawn = drawn.mutableSpan
        search: for attempt in 0..<24 {
            // Steps that bring it all over the cell, beginning on the level line in the middle.
            let (x, y) = (UInt8(truncatingIfNeeded: 128 + 97 * attempt), UInt8(truncatingIfNeeded: 128 + 61 * attempt))
            let from = NearPoint(x: start.x + x.scaled(grid), y: start.y - grid.level + y.scaled(grid))
            for place in inCell.indices {
                let edge = all[Int(inCell[place])]
                guard let edge = DrawnEdge(edge.a, edge.b, from: from, scale: Int(grid.scale)) else { continue search }
                drawn[place] = edge
            }
            return (x, y)
        }
        return nil
    }

    /// Gives parcels and bundles their bits and each edge its key; false when there are too many.
    private mutating func label(_ block: BlockEdges, _ edges: Range<Int>) -> Bool {
        guard ground.parcels.count <= Slot.mostParcels else { return false }
        parcels = InlineArray(repeating: 0)
        parcelCount = ground.parcels.count
        for bit in 0..<parcelCount { parcels[bit] = ground.parcels[bit] }
        if !bundles.isEmpty { bundles.removeAll(keepingCapacity: true) }
        let (all, uses, inCell) = (block.edges.span, block.uses.span, block.inCells.span.extracting(edges))
        for place in inCell.indices {
            var next = all[Int(inCell[place])].first
            var key: UInt16 = 0
            if !bundle.isEmpty { bundle.removeAll(keepingCapacity: true) }
            while next >= 0 {
                let use = uses[Int(next)]
                next = use.next
                // A ring that runs twice along an edge is on its boundary there, though it switches nothing.
                if next >= 0, uses[Int(next)].feature == use.feature { return false }
                if use.isParcel {
                    var bit = 0
                    while bit < parcelCount, parcels[bit] != use.feature { bit += 1 }
                    if bit == parcelCount {
                        guard bit < Slot.mostParcels else { return false }
                        parcels[bit] = use.feature
                        parcelCount += 1
                    }
                    key |= 1 << UInt16(truncatingIfNeeded: bit)
                } else {
                    bundle.append(use.feature)
                }
            }
            if !bundle.isEmpty {
                let bit = bundles.firstIndex(of: bundle) ?? bundles.count
                if bit == bundles.count { bundles.append(bundle) }
                key |= 1 << UInt16(8 + bit)
            }
            guard bundles.count <= Slot.mostBundles else { return false }
            keys[place] = key
        }
        return true
    }

    /// The number of the map that has the set of areas for each choice of bundles. Along an edge it stays the same.
    private mutating func map(_ piece: inout Piece) -> UInt32 {
        if let lastMap, lastMap.areas == ground.areas, lastMap.bundles == bundles { return lastMap.number }
        var choices = [ground.areas]
        for bundle in bundles {
            for known in choices {
                var changed = known
                for feature in bundle { changed.toggle(feature) }
                choices.append(changed)
            }
        }
        let number = piece.number(choices.map { piece.sets.number($0) })
        lastMap = (ground.areas, bundles, number)
        return number
    }

    /// Lists the cell's edges with their features.
    private mutating func list(_ block: BlockEdges, _ edges: Range<Int>, _ held: Ground, _ piece: inout Piece) {
        var list: [Listed] = []
        for place in edges {
            let edge = block.edges[Int(block.inCells[place])]
            var use = edge.first
            while use >= 0 {
                list.append(Listed(feature: block.uses[Int(use)].feature, a: edge.a, b: edge.b))
                use = block.uses[Int(use)].next
            }
        }
        // Edges of one feature stay in the order in which the block has them.
        let order = list.indices.sorted { (list[$0].feature, $0) < (list[$1].feature, $1) }
        var slot = Slot.empty
        slot.flags = Slot.isListed
        slot.areas = piece.everything(held)
        slot.parcels[0] = UInt32(piece.columns.lists.count)
        slot.parcels[1] = UInt32(list.count)
        piece.columns.slots.append(slot)
        piece.columns.lists.append(contentsOf: order.map { list[$0] })
    }
}

extension UInt8 {
    /// A reference point's place on an axis in millimetres.
    fileprivate func scaled(_ grid: CellGrid) -> Int64 { Int64(Slot.place(self)) << Int64(grid.scale) }
}
