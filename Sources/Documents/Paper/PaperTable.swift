/// A table of a document: heads, and rows of as many cells; or a title that runs over all columns.
struct PaperTable {
    struct Column {
        let head: String
        /// What it takes of the width, beside the other columns'.
        let weight: Double
    }

    enum Row {
        case cells([String])
        case title(String)
    }

    let columns: [Column]
    private(set) var rows: [Row] = []

    init(_ columns: (String, Double)...) {
        self.columns = columns.map { Column(head: $0.0, weight: $0.1) }
    }

    var isEmpty: Bool { rows.isEmpty }

    mutating func add(_ cells: String...) { rows.append(.cells(cells)) }

    mutating func add(title: String) { rows.append(.title(title)) }
}

/// A row as it will be drawn: its cells from the reading side on.
struct SetRow {
    struct Cell {
        let text: TextBlock
        /// Of the cell's own box, from the left edge of the table.
        let x: Double
        let width: Double
    }

    enum Kind { case head, title, body }

    let kind: Kind
    let cells: [Cell]
    let height: Double

    static let padding = 3.0

    /// - Parameters:
    ///   - widths: of the cells, from the reading side on.
    ///   - most: the greatest height that there is room for.
    init(_ texts: [String], widths: [Double], kind: Kind, most: Double, _ typesetter: Typesetter) {
        let total = widths.reduce(0, +)
        var style = TextBlock.Style()
        style.size = 8
        style.isBold = kind != .body
        style.mostLines = 34
        var cells: [Cell] = []
        var (gone, height) = (0.0, 0.0)
        for (text, width) in zip(texts, widths) {
            var block = TextBlock(text, style, width: width - 2 * Self.padding, typesetter)
            // Marks of some scripts make lines so high that fewer of them fit.
            while block.height + 2 * Self.padding > most, style.mostLines > 1 {
                style.mostLines /= 2
                block = TextBlock(text, style, width: width - 2 * Self.padding, typesetter)
            }
            cells.append(Cell(text: block, x: typesetter.isRightToLeft ? total - gone - width : gone, width: width))
            gone += width
            height = max(height, block.height)
        }
        self.kind = kind
        self.cells = cells
        self.height = height + 2 * Self.padding
    }

    var isCut: Bool { cells.contains { $0.text.isCut } }

    func draw(on pages: borrowing Pages, x: Double, y: Double) throws(DocumentError) {
        let width = cells.reduce(0) { $0 + $1.width }
        switch kind {
        case .head: pages.fill(x: x, y: y, width: width, height: height, MapColour(222, 228, 236))
        case .title: pages.fill(x: x, y: y, width: width, height: height, MapColour(242, 244, 247))
        case .body: break
        }
        pages.frame(cells.map { (x + $0.x, $0.width) }, y: y, height: height, MapColour(150, 158, 168), line: 0.4)
        try pages.tagged("TR") { () throws(DocumentError) in
            for cell in cells {
                try pages.tagged(kind == .body ? "TD" : "TH") {
                    cell.text.draw(on: pages, x: x + cell.x + Self.padding, y: y + Self.padding)
                }
            }
        }
    }
}
