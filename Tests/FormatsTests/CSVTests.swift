import Formats
import Testing
import Trials

@Suite("CSV tables")
struct CSVTests {
    func table(_ text: String) throws -> CSV { try CSV(parsing: Array(text.utf8)) }

    @Test("A spreadsheet's export with mark, CR LF and quoted line ends keeps its line numbers")
    func spreadsheet() throws {
        let table = try table("\u{FEFF}id, title ,note\r\n1,\"طرح \"\"جامع\"\"\",\"two\r\nlines\"\r\n\r\n,,\r\n2,b\r\n")
        #expect(table.header == ["id", "title", "note"])
        #expect(table.rows.map(\.line) == [2, 6])
        #expect(table.rows[0].cells == ["1", "طرح \"جامع\"", "two\r\nlines"])
        #expect(table.rows[1].cells == ["2", "b", ""])
        #expect(table.rows[1]["title"] == "b")
        #expect(table.rows[1]["absent"] == nil)
    }

    @Test(
        "The separator is told by the header alone",
        arguments: [
            ("a;b;c\n1,5;2;3\n", ["1,5", "2", "3"]), ("a\tb\n1;2\t3,4", ["1;2", "3,4"]), ("a,b\r1;2,3", ["1;2", "3"]), ("a\n1;2", ["1;2"]),
            ("\"x;y;z\",b\n1,2", ["1", "2"]), ("\n\na;b\n1;2", ["1", "2"]),
        ])
    func separators(text: String, cells: [String]) throws {
        let table = try table(text)
        #expect(table.rows.count == 1)
        #expect(table.rows.first?.cells == cells)
    }

    @Test(
        "Faults name the line, the column and the reason",
        arguments: [
            ("", 1, 1, .empty), ("\n \r\n", 1, 1, .empty), ("a,b\n1,\"x", 2, 3, .unclosedQuote), ("a,b\n1,x\"y", 2, 4, .strayQuote),
            ("a,b\n\"1\"x,2", 2, 4, .textAfterQuote), ("a,b\n1,2,3", 2, 5, .tooManyCells(expected: 2, found: 3)),
            ("a,b, a", 1, 5, .duplicateHeader("a")), ("a,,b", 1, 3, .namelessColumn), ("\"\"\n1", 1, 1, .namelessColumn),
            ("a\n\"ش\nه\",\"\n", 3, 4, .unclosedQuote), ("a\n1\u{0}", 2, 2, .nul),
        ] as [(String, Int, Int, CSV.Fault.Reason)])
    func faults(text: String, line: Int, column: Int, reason: CSV.Fault.Reason) {
        #expect(throws: CSV.Fault(line: line, column: column, reason: reason)) { try table(text) }
    }

    @Test("A table in Windows-1256 or UTF-16 is refused, not misread")
    func notUTF8() {
        #expect(throws: CSV.Fault(line: 2, column: 3, reason: .notUTF8)) { try CSV(parsing: Array("a,b\n1,".utf8) + [0xED, 0x0A]) }
        #expect(throws: CSV.Fault(line: 1, column: 1, reason: .notUTF8)) { try CSV(parsing: [0xFF, 0xFE, 0x61, 0x00]) }
    }

    @Test("Blank cells and nameless columns past the header do no harm")
    func surplus() throws {
        let table = try table("a,b,,\n1,2,,,\n")
        #expect(table.header == ["a", "b"])
        #expect(table.rows[0].cells == ["1", "2"])
    }

    @Test("Names are trimmed of blanks and invisible marks, cells are not trimmed")
    func trims() throws {
        let table = try table("\u{200F}plan\u{A0},b\n x ,\u{200F}y")
        #expect(table.header == ["plan", "b"])
        #expect(table.rows[0].cells == [" x ", "\u{200F}y"])
    }

    @Test("Any table that is written is read back cell by cell", arguments: 0..<2)
    func roundTrip(seed: Int) throws {
        var random = Seeded(300 + UInt64(seed))
        let scalars: [Unicode.Scalar] = ["a", "1", " ", ",", ";", "\t", "\"", "\n", "\r", "ش", "\u{200C}", "\u{200F}", "=", "-"]
        func cell() -> String {
            var cell = ""
            for _ in 0..<Int.random(in: 0..<5, using: &random) { cell.unicodeScalars.append(scalars.randomElement(using: &random) ?? "a") }
            return cell
        }
        for _ in 0..<fuzzCount(5_000) {
            let header = (0..<Int.random(in: 1...4, using: &random)).map { "column \($0)" }
            let rows = (0..<Int.random(in: 0..<4, using: &random)).map { _ in header.map { _ in cell() } }
            let text = CSV.line(header) + rows.map { CSV.line($0) }.joined()
            let table = try table(text)
            #expect(table.header == header)
            #expect(
                table.rows.map { $0.cells.map { Array($0.utf8) } } == rows.map { $0.map { Array($0.utf8) } }, "\(text.debugDescription)")
            var line = 2
            for (row, cells) in zip(table.rows, rows) {
                #expect(row.line == line)
                line += 1
                for cell in cells {
                    let units = Array(cell.utf8)
                    for (index, unit) in units.enumerated() where unit == 10 || (unit == 13 && units.dropFirst(index + 1).first != 10) {
                        line += 1
                    }
                }
            }
        }
    }

    @Test("Random bytes are refused or read to a table that is written and read the same")
    func randomBytes() throws {
        var random = Seeded(400)
        let pieces: [[UInt8]] =
            ["a", "b", ",", ",", ";", "\"", "\"", "\n", "\r\n", "\r", " ", "ش"].map { Array($0.utf8) } + [[0xFF], [0], [0xEF, 0xBB, 0xBF]]
        var accepted = 0
        for _ in 0..<fuzzCount(30_000) {
            let input = (0..<Int.random(in: 0..<16, using: &random)).flatMap { _ in pieces.randomElement(using: &random) ?? [] }
            guard let table = try? CSV(parsing: input) else { continue }
            accepted += 1
            let text = CSV.line(table.header) + table.rows.map { CSV.line($0.cells) }.joined()
            let again = try CSV(parsing: Array(text.utf8))
            #expect(again.header == table.header)
            #expect(again.rows.map(\.cells) == table.rows.map(\.cells))
        }
        #expect(accepted > 1000)
    }
}

@Suite("Hexadecimal")
struct HexTests {
    @Test("Bytes go to text and back")
    func roundTrip() {
        let bytes = (0...255).map { UInt8($0) }
        #expect(Hex.bytes(Hex.text(bytes)) == bytes)
        #expect(Hex.text([0x0F, 0xA0]) == "0fa0")
        #expect(Hex.bytes("0FaB") == [0x0F, 0xAB])
    }

    @Test("Half a byte and what is no digit are refused", arguments: ["0", "0g", "zz", "۱۲", "0x", " 00", "é"])
    func refused(text: String) {
        #expect(Hex.bytes(text) == nil)
    }
}
