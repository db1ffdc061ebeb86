import Persian

/// The folded cells of one row, read into values. A column that is missing reads as a blank cell.
package struct Cells {
    private let columns: [String]
    private let cells: [String]

    package init(_ cells: [String: String]) {
        columns = Array(cells.keys)
        self.cells = Array(cells.values)
    }

    /// Cells in the order of the columns' names.
    package init(_ cells: [String], of columns: [String]) {
        self.columns = columns
        self.cells = cells
    }

    /// The cell as it is, blanks around it and all.
    func whole(_ column: String) -> String { columns.firstIndex(of: column).map { cells[$0] } ?? "" }

    subscript(column: String) -> String {
        let cell = whole(column)
        // Mostly there is nothing to trim, which the ends' bytes tell: past the blank and below the first wide blank's lead byte.
        if let first = cell.utf8.first, let last = cell.utf8.last, (0x21...0x7E).contains(first), (0x21...0x7E).contains(last) {
            return cell
        }
        let trimmed = cell.drop(while: \.isWhitespace)
        guard let last = trimmed.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(trimmed[...last])
    }

    func required(_ column: String, expected: String) throws(RowFault) -> String {
        let cell = self[column]
        guard !cell.isEmpty else { throw RowFault(column: column, message: "blank; expected \(expected)") }
        return cell
    }

    func day(_ column: String) throws(RowFault) -> Day? {
        let cell = self[column]
        guard !cell.isEmpty else { return nil }
        do { return try Day(parsing: cell) } catch { throw RowFault(column: column, message: error.description) }
    }

    /// The columns `from` and `until`.
    func period() throws(RowFault) -> Period {
        let period = Period(from: try day("from"), until: try day("until"))
        if period.isEmpty {
            throw RowFault(column: "until", message: "'\(self["until"])' is not after '\(self["from"])'; expected a later day")
        }
        return period
    }

    /// One of a fixed set of words; nil for a blank cell.
    func word<Word: RawRepresentable<String> & CaseIterable>(_ column: String, of type: Word.Type) throws(RowFault) -> Word? {
        let cell = self[column]
        guard !cell.isEmpty else { return nil }
        if let word = Word(rawValue: cell) { return word }
        let words = Word.allCases.map(\.rawValue)
        throw RowFault(
            column: column, message: "'\(cell)' is unknown; expected \(words.joined(separator: ", "))" + meant(cell, among: words))
    }
}

/// "; did you mean 'far.max'?" where one word is at most two letters away, else nothing.
func meant(_ word: String, among words: some Sequence<String>) -> String {
    let typed = Array(word.lowercased().prefix(40))
    var nearest: (word: String, distance: Int)?
    for candidate in words.sorted() {
        let distance = editDistance(typed, Array(candidate.lowercased().prefix(40)))
        if distance < min(nearest?.distance ?? 3, 3) { nearest = (candidate, distance) }
    }
    return nearest.map { "; did you mean '\($0.word)'?" } ?? ""
}

/// How many letters must be put in, left out or changed (Levenshtein).
private func editDistance(_ one: [Character], _ other: [Character]) -> Int {
    var row = Array(0...other.count)
    for (line, letter) in one.enumerated() {
        var diagonal = row[0]
        row[0] = line + 1
        for (column, otherLetter) in other.enumerated() {
            (diagonal, row[column + 1]) = (
                row[column + 1], min(row[column + 1] + 1, row[column] + 1, diagonal + (letter == otherLetter ? 0 : 1))
            )
        }
    }
    return row[other.count]
}
