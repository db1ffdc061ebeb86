extension CSV {
    /// One line of RFC 4180, ended by CR LF, that the reader gives back cell by cell.
    ///
    /// A cell is quoted where it holds a quote, a separator of any kind or a line end, or has a blank at either end. A line of
    /// blank cells begins with a quoted one, lest it be taken for an empty line.
    package static func line(_ cells: [String]) -> String {
        var line = ""
        let isEmpty = cells.allSatisfy { $0.unicodeScalars.allSatisfy(isBlank) }
        for (index, cell) in cells.enumerated() {
            if index > 0 { line += "," }
            if (isEmpty && index == 0) || needsQuotes(cell) {
                line += "\""
                for scalar in cell.unicodeScalars {
                    if scalar == "\"" { line += "\"" }
                    line.unicodeScalars.append(scalar)
                }
                line += "\""
            } else {
                line += cell
            }
        }
        return line + "\r\n"
    }

    private static func needsQuotes(_ cell: String) -> Bool {
        let scalars = cell.unicodeScalars
        if let first = scalars.first, isBlank(first) { return true }
        if let last = scalars.last, isBlank(last) { return true }
        return cell.utf8.contains { byte in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), 0x0A, 0x0D: true
            default: false
            }
        }
    }
}
