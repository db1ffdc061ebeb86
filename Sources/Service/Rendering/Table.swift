import Persian

/// Rows in aligned columns, as wide as their widest cell on a terminal.
struct Table {
    private let heads: [String]
    private var rows: [[String]] = []

    init(_ heads: String...) {
        self.heads = heads
    }

    var isEmpty: Bool { rows.isEmpty }

    mutating func add(_ cells: String...) { add(cells) }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The table's lines. Columns that are empty in every row are left out.
    func text() -> String {
        let used = heads.indices.filter { column in rows.contains { !$0[column].isEmpty } }
        let lines = [heads] + rows
        let widths = used.map { column in lines.map { Isolates.displayWidth($0[column]) }.max() ?? 0 }
        func line(_ cells: [String]) -> String {
            var text = "  "
            for (position, column) in used.enumerated() {
                text += cells[column]
                if position < used.count - 1 {
                    text += String(repeating: " ", count: widths[position] - Isolates.displayWidth(cells[column]) + 2)
                }
            }
            return text + "\n"
        }
        let rule = "  " + widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ") + "\n"
        return line(heads) + rule + rows.map(line).joined()
    }
}
