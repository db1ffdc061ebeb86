/// The streets on the drawing board: columns and rows of blocks with streets between them.
struct Lattice {
    /// A block's extent along one axis, in metres.
    typealias Extent = ClosedRange<Double>

    let columns: [Extent]
    private(set) var rows: [Extent] = []
    /// Blocks in the last row, which may end early.
    private(set) var lastRow = 0
    /// The streets' centre lines, one more than there are columns or rows.
    let easts: [Double]
    private(set) var norths: [Double] = [0]
    private let seed: UInt64

    init(columns count: Int, seed: UInt64) {
        var columns: [Extent] = []
        var easts = [0.0]
        for column in 0..<count {
            var dice = Dice(seed, .columns, column)
            let (extent, next) = Self.extent(after: easts[column], number: column, length: dice.between(110, 190), dice: &dice)
            columns.append(extent)
            easts.append(next)
        }
        self.columns = columns
        self.easts = easts
        self.seed = seed
    }

    /// Adds a row; how many blocks of it there are is known at the end.
    mutating func addRow() {
        var dice = Dice(seed, .rows, rows.count)
        let (extent, next) = Self.extent(after: norths[rows.count], number: rows.count, length: dice.between(33, 59), dice: &dice)
        rows.append(extent)
        norths.append(next)
        lastRow = columns.count
    }

    mutating func endRow(after blocks: Int) { lastRow = blocks }

    /// Half of a street lies on either side of a block; each sixth street is an avenue.
    private static func extent(after line: Double, number: Int, length: Double, dice: inout Dice) -> (Extent, next: Double) {
        let before = halfStreet(number, &dice)
        let after = halfStreet(number + 1, &dice)
        return (line + before...line + before + length, line + before + length + after)
    }

    private static func halfStreet(_ number: Int, _ dice: inout Dice) -> Double {
        number % 6 == 0 ? dice.between(11, 14) : dice.between(4, 6.6)
    }

    var width: Double { easts[columns.count] }
    var height: Double { norths[rows.count] }
    var cells: Int { (rows.count - 1) * columns.count + lastRow }

    /// The number of a block; nil where there is none.
    func cell(_ column: Int, _ row: Int) -> Int? {
        guard columns.indices.contains(column), rows.indices.contains(row) else { return nil }
        guard row + 1 < rows.count || column < lastRow else { return nil }
        return row * columns.count + column
    }

    func place(of cell: Int) -> (column: Int, row: Int) { (cell % columns.count, cell / columns.count) }

    func block(_ cell: Int) -> Block {
        let (column, row) = place(of: cell)
        return Block(x: columns[column], y: rows[row], dice: Dice(seed, .block, cell))
    }
}
