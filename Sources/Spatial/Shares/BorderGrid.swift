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

    /// The slots of a row's cells, and one more that ends the last one's edges; nil where it has none.
    ///
    /// A pointer for the whole row: through the column each slot would cost its memory a retain.
    private func slots(row: Int) -> UnsafeBufferPointer<Slot>? {
        let row = row - firstRow
        guard row >= 0, row < rows.count - 1, rows[row] < rows[row + 1] else { return nil }
        return unsafe slots.elements(Int(rows[row])..<Int(rows[row + 1]) + 1)
    }

    /// The first of a row's slots that lies in a column or east of it; the last one, which is none, where there is no other.
    private func first(of slots: UnsafeBufferPointer<Slot>, from column: Int) -> Int {
        (0..<slots.count - 1).partitioningIndex { unsafe Int(slots[$0].column) >= column }
    }

    private func edges(of slots: UnsafeBufferPointer<Slot>, _ place: Int) -> UnsafeBufferPointer<Border> {
        unsafe edges.elements(Int(slots[place].firstEdge)..<Int(slots[place + 1].firstEdge))
    }

    /// Visits a row's edges in some columns, cell by cell.
    private func forEachCell(_ row: Int, _ columns: ClosedRange<Int>, _ visit: (UnsafeBufferPointer<Border>) -> Void) {
        guard let slots = unsafe slots(row: row) else { return }
        var place = unsafe first(of: slots, from: columns.lowerBound)
        while place < slots.count - 1, unsafe Int(slots[place].column) <= columns.upperBound {
            unsafe visit(edges(of: slots, place))
            place += 1
        }
    }

    /// Finds the edges that meet a box, each once, in ascending order. Exact.
    package func find(_ box: Box, _ found: inout [Border]) {
        found.removeAll(keepingCapacity: true)
        var cells = 0
        let lowest = max(raster.place(Int64(box.minY)), firstRow)
        let highest = min(raster.place(Int64(box.maxY)), firstRow + rows.count - 2)
        guard lowest <= highest else { return }
        let columns = raster.place(Int64(box.minX))...raster.place(Int64(box.maxX))
        for row in lowest...highest {
            unsafe forEachCell(row, columns) { edges in
                let before = found.count
                for number in edges.indices where unsafe edges[number].edge.meets(box) { found.append(unsafe edges[number]) }
                if found.count > before { cells += 1 }
            }
        }
        if cells > 1 { found.sortByNumber() }
    }

    /// Adds the edges whose boxes meet that of an edge and whose cells it may run through; in any order, some more than once.
    func add(along edge: Edge, _ found: inout [Border], where isWanted: (Border) -> Bool) {
        let box = edge.box
        raster.forEachRow(of: edge) { row, columns, _ in
            unsafe forEachCell(row, columns) { edges in
                for number in edges.indices {
                    let border = unsafe edges[number]
                    if border.edge.box.meets(box) && isWanted(border) { found.append(border) }
                }
            }
        }
    }

    /// Finds the areas that hold a point, ascending, once one of both is thought to be moved.
    func findHolders(of point: Point, _ shift: Shift, _ holders: inout [UInt32]) {
        holders.removeAll(keepingCapacity: true)
        guard let near = nearby(point) else { return }
        unsafe holders.append(contentsOf: near.holders)
        guard let way = near.way else { return }
        for number in unsafe near.edges.indices {
            let border = unsafe near.edges[number]
            if case .crossing = shift.meeting(way, border.edge) { holders.toggle(border.area) }
        }
    }

    /// Whether one area holds a point, once one of both is thought to be moved.
    func holds(_ point: Point, _ area: UInt32, _ shift: Shift) -> Bool {
        guard let near = nearby(point) else { return false }
        let place = unsafe near.holders.indices.partitioningIndex { unsafe near.holders[$0] >= area }
        var holds = unsafe place < near.holders.count && near.holders[place] == area
        guard let way = near.way else { return holds }
        for number in unsafe near.edges.indices where unsafe near.edges[number].area == area {
            if case .crossing = shift.meeting(way, unsafe near.edges[number].edge) { holds.toggle() }
        }
        return holds
    }

    /// What tells who holds a point; good as long as the grid is.
    @safe
    private struct Nearby {
        /// Who hold the point of its cell whose holders are known, ascending.
        let holders: UnsafeBufferPointer<UInt32>
        /// The way there, and the edges that it may cross; no way where no edge lies between.
        let way: Edge?
        let edges: UnsafeBufferPointer<Border>
    }

    /// Nil where nothing holds the point.
    private func nearby(_ point: Point) -> Nearby? {
        let (column, row) = (raster.column(of: point), raster.row(of: point))
        guard let slots = unsafe slots(row: row) else { return nil }
        let first = unsafe first(of: slots, from: column)
        let isOwn = unsafe first < slots.count - 1 && Int(slots[first].column) == column
        guard isOwn || first > 0 else { return nil }
        let place = isOwn ? first : first - 1
        let slot = unsafe slots[place]
        return unsafe Nearby(
            holders: members.elements(Int(sets[Int(slot.set)])..<Int(sets[Int(slot.set) + 1])),
            way: isOwn ? way(from: point, slot, row) : nil, edges: edges(of: slots, place))
    }

    /// The way from a point to that of its cell whose holders are known; nil when they are one.
    ///
    /// No edge runs through the latter, so that it may be thought to be moved or not, as the former is.
    private func way(from point: Point, _ slot: Slot, _ row: Int) -> Edge? {
        let known = raster.point(
            column: Int(slot.column), row: row, stepsEast: slot.stepsEast, stepsNorth: slot.stepsNorth)
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
