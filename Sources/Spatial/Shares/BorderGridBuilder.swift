/// Puts edges into cells and finds who holds a point of each.
struct BorderGridBuilder {
    typealias Border = BorderGrid.Border

    /// Something in a cell: an edge's place in the list, or an area whose ground begins or ends west of the cell's corner.
    fileprivate struct Placed {
        let row: UInt16
        let column: UInt16
        let what: UInt32
    }

    let raster: Raster
    /// How many edges in cells, and how many members of sets, are too many.
    private let limit: Int
    private(set) var firstRow = 0
    private(set) var rows: [UInt32] = [0]
    private(set) var slots: [BorderGrid.Slot] = []
    private(set) var edges: [Border] = []
    private(set) var setStarts: [UInt32] = [0, 0]
    private(set) var members: [UInt32] = []

    private var setNumbers: [[UInt32]: UInt32] = [[]: 0]
    private var isTooLarge = false

    init(_ raster: Raster, limit: Int) {
        self.raster = raster
        self.limit = limit
    }

    /// Nil when the cells are too small.
    init?(_ borders: [Border], _ raster: Raster) {
        self.init(raster, limit: 65_536 + 8 * borders.count)
        fill(borders)
        if isTooLarge { return nil }
    }

    mutating func fill(_ borders: [Border]) {
        var inCells: [Placed] = []
        var passages: [Placed] = []
        inCells.reserveCapacity(2 * borders.count)
        for (number, border) in borders.enumerated() {
            guard inCells.count <= limit else { break }
            raster.forEachRow(of: border.edge) { row, columns, entry in
                for column in columns {
                    inCells.append(Placed(row: UInt16(row), column: UInt16(column), what: UInt32(number)))
                }
                // Layers move east: a corner on the edge lies west of it, and the next one is the first east of it.
                if let entry { passages.append(Placed(row: UInt16(row), column: UInt16(entry + 1), what: border.area)) }
            }
        }
        isTooLarge = inCells.count > limit
        guard !isTooLarge else { return }
        fillRows(inCells.sortedByCell(), passages.sortedByCell(), borders)
    }

    private mutating func fillRows(_ inCells: [Placed], _ passages: [Placed], _ borders: [Border]) {
        edges.reserveCapacity(inCells.count)
        firstRow = Int(inCells.first?.row ?? 0)
        var (rest, passed) = (inCells[...], passages[...])
        while let row = rest.first?.row, !isTooLarge {
            while rows.count <= Int(row) - firstRow { rows.append(UInt32(slots.count)) }
            fillRow(row, &rest, &passed, borders)
        }
        rows.append(UInt32(slots.count))
        slots.append(BorderGrid.Slot(column: 0, stepsEast: 0, stepsNorth: 0, padding: 0, set: 0, firstEdge: UInt32(edges.count)))
    }

    /// The cells of one row from west to east; the set is that of the corners.
    private mutating func fillRow(
        _ row: UInt16, _ rest: inout ArraySlice<Placed>, _ passed: inout ArraySlice<Placed>, _ borders: [Border]
    ) {
        var set: [UInt32] = []
        while let column = rest.first?.column, rest.first?.row == row {
            pass(row, column, &passed, &set)
            let first = edges.count
            while let placed = rest.first, placed.row == row, placed.column == column {
                edges.append(borders[Int(placed.what)])
                rest.removeFirst()
            }
            appendSlot(row, column, set, first)
            if rest.first?.row != row || rest.first?.column != column + 1 {
                pass(row, column + 1, &passed, &set)
                slots.append(
                    BorderGrid.Slot(
                        column: column + 1, stepsEast: 0, stepsNorth: 0, padding: 0, set: number(set), firstEdge: UInt32(edges.count)))
            }
        }
    }

    /// Brings the set to the corner of a cell.
    private mutating func pass(_ row: UInt16, _ column: UInt16, _ passed: inout ArraySlice<Placed>, _ set: inout [UInt32]) {
        while let passage = passed.first, passage.row == row, passage.column <= column {
            set.toggle(passage.what)
            passed.removeFirst()
        }
    }

    /// A cell with edges: from the first on they are its own.
    private mutating func appendSlot(_ row: UInt16, _ column: UInt16, _ cornerSet: [UInt32], _ first: Int) {
        let corner = raster.point(column: Int(column), row: Int(row))
        guard let (east, north) = freePlace(row, column, first) else {
            isTooLarge = true
            return
        }
        let known = raster.point(column: Int(column), row: Int(row), stepsEast: east, stepsNorth: north)
        var set = cornerSet
        if known != corner {
            let way = Edge(from: corner, to: known)
            for number in first..<edges.count {
                if case .crossing = Shift.stands.meeting(way, edges[number].edge) { set.toggle(edges[number].area) }
            }
        }
        slots.append(
            BorderGrid.Slot(
                column: column, stepsEast: east, stepsNorth: north, padding: 0, set: number(set), firstEdge: UInt32(first)))
    }

    /// A place in the cell through which none of its edges runs, tried in a fixed order from the middle on. The corner is tried
    /// last: in the one cell that holds everything no edge comes near it.
    private func freePlace(_ row: UInt16, _ column: UInt16, _ first: Int) -> (east: UInt16, north: UInt16)? {
        let middle = 1 << (Int(Raster.bits) - 1)
        for attempt in 0...64 {
            let east = attempt == 64 ? 0 : (middle + attempt * 8_101) % (2 * middle)
            let north = attempt == 64 ? 0 : (middle + attempt * 6_007) % (2 * middle)
            let point = raster.point(column: Int(column), row: Int(row), stepsEast: UInt16(east), stepsNorth: UInt16(north))
            if (first..<edges.count).allSatisfy({ !edges[$0].edge.holds(point) }) { return (UInt16(east), UInt16(north)) }
        }
        return nil
    }

    private mutating func number(_ set: [UInt32]) -> UInt32 {
        if let known = setNumbers[set] { return known }
        let number = UInt32(setNumbers.count)
        setNumbers[set] = number
        members += set
        setStarts.append(UInt32(members.count))
        if members.count > limit { isTooLarge = true }
        return number
    }
}

extension Array<BorderGridBuilder.Placed> {
    /// By row, then column, and else in the given order: counted out by column, then by row.
    fileprivate func sortedByCell() -> Self {
        countedOut(by: { Int($0.column) }).countedOut(by: { Int($0.row) })
    }

    private func countedOut(by key: (Element) -> Int) -> Self {
        guard let first else { return [] }
        var ends = [Int](repeating: 0, count: 1 << 16 + 1)
        for placed in self { ends[key(placed) + 1] += 1 }
        for place in 1..<ends.count { ends[place] += ends[place - 1] }
        var sorted = Self(repeating: first, count: count)
        for placed in self {
            let key = key(placed)
            sorted[ends[key]] = placed
            ends[key] += 1
        }
        return sorted
    }
}
