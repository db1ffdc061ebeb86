/// Square cells over the whole grid of points, 2¹⁵ mm (32.8 m) wide or that doubled some times.
///
/// Measured on a clean city cells of twice that width do as well, in one whose zones are unions of parcels these are faster by 15 %.
///
/// A cell holds its western and southern border. Columns run east, rows north, both from −2³⁰ mm.
package struct Raster: Hashable, Sendable {
    /// How often the cells' width is doubled; at 16 one cell holds everything.
    package let doublings: Int

    package static let mostDoublings = 16
    /// The width as a power of two.
    static let bits: Int64 = 15
    private static let start: Int64 = -1 << 30

    package init(doublings: Int) {
        self.doublings = doublings
    }

    func place(_ coordinate: Int64) -> Int { Int((coordinate - Self.start) >> (Self.bits + Int64(doublings))) }

    func column(of point: Point) -> Int { place(Int64(point.x)) }

    func row(of point: Point) -> Int { place(Int64(point.y)) }

    func coordinate(_ place: Int) -> Int64 { Self.start + Int64(place) << (Self.bits + Int64(doublings)) }

    /// A point of a cell, given by its steps from the south-western corner: 2¹⁵ of them to the cell's width.
    func point(column: Int, row: Int, stepsEast: UInt16 = 0, stepsNorth: UInt16 = 0) -> Point {
        Point(
            x: Int32(coordinate(column) + Int64(stepsEast) << Int64(doublings)),
            y: Int32(coordinate(row) + Int64(stepsNorth) << Int64(doublings)))
    }

    /// Visits, from south to north, the rows that an edge runs through: the columns of the cells that it meets, perhaps one more to
    /// the east, and the column where it enters the row from the south, nil in the first.
    @inline(__always)
    func forEachRow(of edge: Edge, _ visit: (_ row: Int, _ columns: ClosedRange<Int>, _ entry: Int?) -> Void) {
        let (low, high) = edge.from.y <= edge.to.y ? (edge.from, edge.to) : (edge.to, edge.from)
        let along = low.vector(to: high)
        let (first, last) = (row(of: low), row(of: high))
        let mostEastern = Int64(max(low.x, high.x))
        // The edge's east on the row's southern border, cut down to whole millimetres.
        var entry = Int64(low.x)
        for row in first...last {
            var exit = Int64(high.x)
            if row < last {
                // At most 2.1e9 × 2e9.
                let (quotient, rest) = ((coordinate(row + 1) - Int64(low.y)) * along.x).quotientAndRemainder(dividingBy: along.y)
                exit = Int64(low.x) + quotient - (rest < 0 ? 1 : 0)
            }
            visit(row, place(min(entry, exit))...place(min(max(entry, exit) + 1, mostEastern)), row > first ? place(entry) : nil)
            entry = exit
        }
    }
}
