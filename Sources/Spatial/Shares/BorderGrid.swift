/// The edges of zones' and overlays' ground in a grid, and who holds the ground between them.
///
/// Only cells that an edge meets are kept, row by row, and after a run of them one more: what lies beyond it up to the next run
/// has its holders. A cell knows who holds one point in it, through which no edge runs; from there one finds out about any
/// other by the edges between.
package final class BorderGrid: Sendable {
    /// An area's edge, as the cells hold it.
    package struct Border: BitwiseCopyable, Sendable {
        package let from: Point
        package let to: Point
        /// The place of `from` in the shape table's points: ascending by feature, ring and edge.
        package let number: UInt32
        /// The area's feature number, doubled; one more where the ground lies left of the edge.
        let areaAndSide: UInt32

        init(_ border: BorderEdge, number: UInt32, area: UInt32) {
            (from, to) = (border.edge.from, border.edge.to)
            self.number = number
            areaAndSide = area << 1 | (border.side > 0 ? 1 : 0)
        }

        package var area: UInt32 { areaAndSide >> 1 }

        var edge: Edge { Edge(from: from, to: to) }

        var borderEdge: BorderEdge { BorderEdge(edge: edge, side: areaAndSide & 1 == 1 ? 1 : -1) }
    }

    struct Slot: BitwiseCopyable, Sendable {
        let column: UInt16
        /// Where in the cell the point lies whose holders are known; see `Raster.point`.
        let stepsEast: UInt16
        let stepsNorth: UInt16
        let padding: UInt16
        /// The number of the set of its holders.
        let set: UInt32
        /// The first of its edges; they end where the next slot's begin.
        let firstEdge: UInt32
    }

    let raster: Raster
    /// The lowest row that has slots.
    let firstRow: Int
    /// By row from the first, and one more: its first slot.
    let rows: Column<UInt32>
    /// By row, then column, and one more that ends the last one's edges.
    let slots: Column<Slot>
    /// In every slot in ascending order.
    let edges: Column<Border>
    /// By set, and one more: its first member. Set 0 is empty.
    let sets: Column<UInt32>
    /// Feature numbers, ascending in every set.
    let members: Column<UInt32>

    init(
        raster: Raster, firstRow: Int, rows: Column<UInt32>, slots: Column<Slot>, edges: Column<Border>, sets: Column<UInt32>,
        members: Column<UInt32>
    ) {
        self.raster = raster
        self.firstRow = firstRow
        self.rows = rows
        self.slots = slots
        self.edges = edges
        self.sets = sets
        self.members = members
    }

    /// The slots of a row's cells within the columns, after the one that speaks for the first of these.
    private func slots(row: Int, from column: Int) -> (speaking: Int?, range: Range<Int>) {
        let row = row - firstRow
        guard row >= 0, row < rows.count - 1 else { return (nil, 0..<0) }
        let range = Int(rows[row])..<Int(rows[row + 1])
        let first = range.partitioningIndex { Int(slots[$0].column) >= column }
        let isOwn = first < range.upperBound && Int(slots[first].column) == column
        return (isOwn ? first : first > range.lowerBound ? first - 1 : nil, first..<range.upperBound)
    }

    private func edges(of slot: Int) -> Range<Int> {
        Int(slots[slot].firstEdge)..<Int(slots[slot + 1].firstEdge)
    }

    /// Finds the edges that meet a box, each once, in ascending order. Exact.
    package func find(_ box: Box, _ found: inout [Border]) {
        found.removeAll(keepingCapacity: true)
        var cells = 0
        let last = raster.place(Int64(box.maxX))
        let lowest = max(raster.place(Int64(box.minY)), firstRow)
        let highest = min(raster.place(Int64(box.maxY)), firstRow + rows.count - 2)
        guard lowest <= highest else { return }
        for row in lowest...highest {
            for slot in slots(row: row, from: raster.place(Int64(box.minX))).range {
                if Int(slots[slot].column) > last { break }
                let before = found.count
                for number in edges(of: slot) where edges[number].edge.meets(box) { found.append(edges[number]) }
                if found.count > before { cells += 1 }
            }
        }
        if cells > 1 { found.sortByNumber() }
    }

    /// Adds the edges whose boxes meet that of an edge and whose cells it may run through; in any order, some more than once.
    func add(along edge: Edge, _ found: inout [Border], where isWanted: (Border) -> Bool) {
        let box = edge.box
        raster.forEachRow(of: edge) { row, columns, _ in
            for slot in slots(row: row, from: columns.lowerBound).range {
                if Int(slots[slot].column) > columns.upperBound { break }
                for number in edges(of: slot) where edges[number].edge.box.meets(box) && isWanted(edges[number]) {
                    found.append(edges[number])
                }
            }
        }
    }

    /// Finds the areas that hold a point, ascending, once one of both is thought to be moved.
    func findHolders(of point: Point, _ shift: Shift, _ holders: inout [UInt32]) {
        holders.removeAll(keepingCapacity: true)
        let (column, row) = (raster.column(of: point), raster.row(of: point))
        guard let slot = slots(row: row, from: column).speaking else { return }
        let set = Int(slots[slot].set)
        unsafe holders.append(contentsOf: members.elements(Int(sets[set])..<Int(sets[set + 1])))
        guard Int(slots[slot].column) == column, let way = way(from: point, slot, row) else { return }
        for number in edges(of: slot) {
            guard case .crossing = shift.meeting(way, edges[number].edge) else { continue }
            holders.toggle(edges[number].area)
        }
    }

    /// Whether one area holds a point, once one of both is thought to be moved.
    func holds(_ point: Point, _ area: UInt32, _ shift: Shift) -> Bool {
        let (column, row) = (raster.column(of: point), raster.row(of: point))
        guard let slot = slots(row: row, from: column).speaking else { return false }
        let set = Int(slots[slot].set)
        let range = Int(sets[set])..<Int(sets[set + 1])
        let place = range.partitioningIndex { members[$0] >= area }
        var holds = place < range.upperBound && members[place] == area
        guard Int(slots[slot].column) == column, let way = way(from: point, slot, row) else { return holds }
        for number in edges(of: slot) where edges[number].area == area {
            if case .crossing = shift.meeting(way, edges[number].edge) { holds.toggle() }
        }
        return holds
    }

    /// The way from a point to that of its cell whose holders are known; nil when they are one.
    ///
    /// No edge runs through the latter, so that it may be thought to be moved or not, as the former is.
    private func way(from point: Point, _ slot: Int, _ row: Int) -> Edge? {
        let known = raster.point(
            column: Int(slots[slot].column), row: row, stepsEast: slots[slot].stepsEast, stepsNorth: slots[slot].stepsNorth)
        return known == point ? nil : Edge(from: point, to: known)
    }
}

extension Array<BorderGrid.Border> {
    /// Sorts the edges and leaves each once.
    mutating func sortByNumber() {
        if count < 24 {
            for place in indices.dropFirst() {
                let border = self[place]
                var free = place
                while free > 0, self[free - 1].number > border.number {
                    self[free] = self[free - 1]
                    free -= 1
                }
                self[free] = border
            }
        } else {
            sort { $0.number < $1.number }
        }
        var kept = 0
        for place in indices where place == 0 || self[place].number != self[kept - 1].number {
            self[kept] = self[place]
            kept += 1
        }
        removeSubrange(kept...)
    }
}

extension Array<UInt32> {
    /// Takes the number out of an ascending list, or puts it in.
    mutating func toggle(_ number: UInt32) {
        let place = partitioningIndex { $0 >= number }
        if place < count, self[place] == number { remove(at: place) } else { insert(number, at: place) }
    }
}
