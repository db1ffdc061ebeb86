/// Lays text, tables and figures out on pages, one under the other; nothing is drawn before all of it has its place.
struct PaperFlow {
    typealias Drawing = (borrowing Pages, _ x: Double, _ y: Double) throws(DocumentError) -> Void

    enum Placed {
        case text(TextBlock, x: Double, y: Double, tag: String)
        /// The number is that of the table: its rows on one page are tagged together.
        case row(SetRow, y: Double, table: Int)
        case figure(y: Double, Drawing)
    }

    let typesetter: Typesetter
    private(set) var pages: [[Placed]] = [[]]
    /// Whether text was cut anywhere.
    private(set) var isCut = false
    private var y = Self.top
    private var tables = 0

    static let left = 40.0
    static let width = Pages.width - 2 * left
    static let top = 52.0
    static let bottom = Pages.height - 48

    init(_ typesetter: Typesetter) {
        self.typesetter = typesetter
    }

    /// Room for something so high: on the next page where this one has it not.
    private mutating func place(_ height: Double, keeping after: Double = 0) -> Double {
        if y + height + after > Self.bottom, y > Self.top {
            pages.append([])
            y = Self.top
        }
        defer { y += height }
        return y
    }

    private mutating func put(_ placed: Placed) { pages[pages.count - 1].append(placed) }

    /// A blank between two things; none at the top of a page.
    mutating func gap(_ height: Double) { if y > Self.top { y += height } }

    /// - Parameter after: the height of what must stand on the same page under it.
    mutating func heading(_ text: String, level: Int = 2, keeping after: Double = 60) {
        gap(level == 1 ? 4 : 9)
        var style = TextBlock.Style()
        style.size = level == 1 ? 16 : 10.5
        style.isBold = true
        style.mostLines = 3
        style.colour = MapColour(24, 52, 92)
        set(text, style, tag: "H\(level)", keeping: after)
        gap(3)
    }

    mutating func paragraph(_ text: String, size: Double = 8.5, isBold: Bool = false) {
        var style = TextBlock.Style()
        style.size = size
        style.isBold = isBold
        set(text, style, tag: "P")
        gap(2)
    }

    private mutating func set(_ text: String, _ style: TextBlock.Style, tag: String, keeping after: Double = 0) {
        let block = TextBlock(text, style, width: Self.width, typesetter)
        isCut = isCut || block.isCut
        let y = place(block.height, keeping: after)
        put(.text(block, x: Self.left, y: y, tag: tag))
    }

    mutating func figure(height: Double, _ drawing: @escaping Drawing) {
        let y = place(height)
        put(.figure(y: y, drawing))
    }

    /// A table under its title. Rows stay whole; the heads stand again on each page, and a row of one title stays with the next.
    mutating func table(_ title: String, _ table: PaperTable) {
        guard !table.isEmpty else { return }
        tables += 1
        let number = tables
        let weights = table.columns.reduce(0) { $0 + $1.weight }
        let widths = table.columns.map { Self.width * $0.weight / weights }
        let most = Self.bottom - Self.top - 80
        let head = SetRow(table.columns.map(\.head), widths: widths, kind: .head, most: most, typesetter)
        let rows = table.rows.map { row in
            switch row {
            case .cells(let cells): SetRow(cells, widths: widths, kind: .body, most: most, typesetter)
            case .title(let text): SetRow([text], widths: [Self.width], kind: .title, most: most, typesetter)
            }
        }
        heading(title, keeping: head.height + rows.prefix(2).reduce(0) { $0 + $1.height })
        put(.row(head, y: place(head.height), table: number))
        for (index, row) in rows.enumerated() {
            isCut = isCut || row.isCut
            let next = row.kind == .title && index + 1 < rows.count ? rows[index + 1].height : 0
            let count = pages.count
            var y = place(row.height, keeping: next)
            if pages.count > count {
                put(.row(head, y: y, table: number))
                y += head.height
                self.y += head.height
            }
            put(.row(row, y: y, table: number))
        }
        gap(4)
    }

    /// Draws page after page, each with what stands on every one.
    func draw(
        on sheets: borrowing Pages, onEvery: (borrowing Pages, _ page: Int, _ of: Int) throws(DocumentError) -> Void
    ) throws(DocumentError) {
        for (index, page) in pages.enumerated() {
            try onEvery(sheets, index + 1, pages.count)
            var rest = page[...]
            while let placed = rest.popFirst() {
                switch placed {
                case .text(let block, let x, let y, let tag):
                    try sheets.tagged(tag) { block.draw(on: sheets, x: x, y: y) }
                case .figure(let y, let drawing): try drawing(sheets, Self.left, y)
                case .row(let row, let y, let table):
                    var rows = [(row, y)]
                    while case .row(let row, let y, table)? = rest.first {
                        rows.append((row, y))
                        rest.removeFirst()
                    }
                    try sheets.tagged("Table") { () throws(DocumentError) in
                        for (row, y) in rows { try row.draw(on: sheets, x: Self.left, y: y) }
                    }
                }
            }
            sheets.endPage()
        }
    }
}
