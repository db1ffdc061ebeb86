extension CSV {
    /// Reads a whole table.
    ///
    /// Lines without any cell content are skipped; a line shorter than the header is filled with blanks, and one that is longer is
    /// a fault unless the surplus is blank. Quotes inside an unquoted cell are a fault, for readers differ on what they mean.
    package init(parsing bytes: [UInt8]) throws(CSV.Fault) {
        var reader = CSVReader(bytes)
        try reader.checkText()
        guard let first = try reader.line() else { throw reader.fault(.empty, at: 0) }
        let header = try reader.header(first)
        var columns: [String: Int] = [:]
        for (index, name) in header.enumerated() { columns[name] = index }
        var rows: [Row] = []
        while let line = try reader.line() {
            var cells = line.cells
            if cells.count > header.count {
                guard cells[header.count...].allSatisfy(\.isEmpty) else {
                    let reason = Fault.Reason.tooManyCells(expected: header.count, found: cells.count)
                    throw reader.fault(reason, at: line.offsets[header.count])
                }
                cells.removeSubrange(header.count...)
            }
            cells.append(contentsOf: repeatElement("", count: header.count - cells.count))
            rows.append(Row(line: line.number, cells: cells, columns: columns))
        }
        self.init(header: header, rows: rows)
    }
}

private struct CSVReader {
    struct Line {
        var number: Int
        var cells: [String] = []
        /// Where each cell begins in the bytes.
        var offsets: [Int] = []
    }

    private let bytes: [UInt8]
    private let separator: UInt8
    private var at: Int
    private var number = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        separator = Self.separator(in: bytes)
    }

    /// The separator that stands most often in the first line with text, outside quotes; of equals the comma, then `;`.
    private static func separator(in bytes: [UInt8]) -> UInt8 {
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        var counts = [0, 0, 0]
        var isQuoted = false
        var hasText = false
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == 0x0A || byte == 0x0D {
                if hasText { break }
                continue
            }
            if let index = candidates.firstIndex(of: byte) { counts[index] += 1 } else { hasText = true }
        }
        let most = counts.max() ?? 0
        return candidates[counts.firstIndex(of: most) ?? 0]
    }

    func checkText() throws(CSV.Fault) {
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw fault(.notUTF8, at: error.byteOffsets.lowerBound)
        }
        if let offset = bytes.firstIndex(of: 0) { throw fault(.nul, at: offset) }
    }

    func header(_ line: Line) throws(CSV.Fault) -> [String] {
        var names = line.cells.map(CSV.trimmed)
        while names.last == "" { names.removeLast() }
        guard !names.isEmpty else { throw fault(.namelessColumn, at: line.offsets[0]) }
        var seen: Set<String> = []
        for (index, name) in names.enumerated() {
            guard !name.isEmpty else { throw fault(.namelessColumn, at: line.offsets[index]) }
            guard seen.insert(name).inserted else { throw fault(.duplicateHeader(name), at: line.offsets[index]) }
        }
        return names
    }

    /// The next line that holds anything; nil at the end.
    mutating func line() throws(CSV.Fault) -> Line? {
        while at < bytes.count {
            var line = Line(number: number)
            var isBlank = true
            while true {
                line.offsets.append(at)
                let isQuoted = at < bytes.count && bytes[at] == UInt8(ascii: "\"")
                let cell = isQuoted ? try quotedCell() : try plainCell()
                if isBlank, isQuoted || !CSV.trimmed(cell).isEmpty { isBlank = false }
                line.cells.append(cell)
                guard at < bytes.count, bytes[at] == separator else { break }
                at += 1
            }
            passLineEnd()
            if !isBlank { return line }
        }
        return nil
    }

    private mutating func plainCell() throws(CSV.Fault) -> String {
        let start = at
        while at < bytes.count, bytes[at] != separator, bytes[at] != 0x0A, bytes[at] != 0x0D {
            guard bytes[at] != UInt8(ascii: "\"") else { throw fault(.strayQuote, at: at) }
            at += 1
        }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func quotedCell() throws(CSV.Fault) -> String {
        let opening = at
        at += 1
        var text: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") {
                at += 1
                guard at < bytes.count, bytes[at] == byte else {
                    let isEnd = at == bytes.count || bytes[at] == separator || bytes[at] == 0x0A || bytes[at] == 0x0D
                    guard isEnd else { throw fault(.textAfterQuote, at: at) }
                    return String(decoding: text, as: UTF8.self)
                }
            } else if byte == 0x0A || (byte == 0x0D && !(at + 1 < bytes.count && bytes[at + 1] == 0x0A)) {
                number += 1
            }
            text.append(byte)
            at += 1
        }
        throw fault(.unclosedQuote, at: opening)
    }

    private mutating func passLineEnd() {
        guard at < bytes.count else { return }
        let isCR = bytes[at] == 0x0D
        at += 1
        if isCR, at < bytes.count, bytes[at] == 0x0A { at += 1 }
        number += 1
    }

    func fault(_ reason: CSV.Fault.Reason, at offset: Int) -> CSV.Fault {
        let position = TextPosition(of: offset, in: bytes)
        return CSV.Fault(line: position.line, column: position.column, reason: reason)
    }
}

extension CSV {
    /// Without blanks and invisible marks (bidi marks, byte-order mark) at either end.
    fileprivate static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isBlank($0) }), let last = scalars.lastIndex(where: { !isBlank($0) }) else {
            return ""
        }
        return String(scalars[first...last])
    }

    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.properties.generalCategory == .format
    }
}
