/// A table of text with a header, as RFC 4180 has it and as spreadsheets write it: UTF-8, with or without a byte-order mark,
/// lines ended by LF, CR LF or CR, cells parted by `,`, `;` or a tab, whichever stands most often in the header.
package struct CSV: Hashable, Sendable {
    /// The columns' names, trimmed of blanks and of invisible marks; nameless columns at the end are left out.
    package let header: [String]
    package let rows: [Row]

    package struct Row: Hashable, Sendable {
        /// The line of the file that the row begins on, from one: a quoted cell may hold line ends.
        package let line: Int
        /// As many cells as the header has columns, untrimmed; those that the file leaves out at the end of a line are blank.
        package let cells: [String]

        let columns: [String: Int]

        /// The cell of a column; nil where the table has no such column.
        package subscript(column: String) -> String? { columns[column].map { cells[$0] } }
    }
}

extension CSV {
    /// Why a text is no table, and where; lines and columns of text count from one.
    package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        package enum Reason: Hashable, Sendable {
            case empty
            case notUTF8
            case nul
            case unclosedQuote
            case strayQuote
            case textAfterQuote
            case namelessColumn
            case duplicateHeader(String)
            case tooManyCells(expected: Int, found: Int)
        }

        package let line: Int
        package let column: Int
        package let reason: Reason

        package init(line: Int, column: Int, reason: Reason) {
            self.line = line
            self.column = column
            self.reason = reason
        }

        package var description: String { "line \(line), column \(column): \(reason.description)" }
    }
}

extension CSV.Fault.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "the file is empty; expected a header line"
        case .notUTF8: "a byte that is not UTF-8; expected a table saved as CSV in UTF-8"
        case .nul: "a NUL byte; expected text"
        case .unclosedQuote: "this quoted cell does not end; expected a closing '\"'"
        case .strayQuote: "a quote inside an unquoted cell; expected the whole cell in quotes, with the quote in it doubled"
        case .textAfterQuote: "text after a quoted cell; expected a separator or the end of the line (a quote inside a cell is doubled)"
        case .namelessColumn: "a column without a name; expected a name above every column"
        case .duplicateHeader(let name): "the column \"\(name)\" stands twice in the header; expected every name once"
        case .tooManyCells(let expected, let found): "\(found) cells; expected at most \(expected), as the header has"
        }
    }
}
