import Formats
import Foundation
import Persian
import Testing

@testable import Documents

/// A document of one table, without a city.
private func pdf(_ rows: [[String]], rightToLeft: Bool = true) throws -> [UInt8] {
    let typesetter = try Typesetter(isRightToLeft: rightToLeft)
    var flow = PaperFlow(typesetter)
    flow.heading("آزمون", level: 1)
    var table = PaperTable(("نام", 20), ("شرح", 60), ("عدد", 20))
    for row in rows { table.add(row[0], row[1], row[2]) }
    flow.table("جدول", table)
    let pages = try Pages(title: "آزمون", author: "", subject: "", made: "2026-11-23T08:30:00Z")
    try flow.draw(on: pages) { _, _, _ in }
    let properties = PaperProperties(
        title: "آزمون <&>", subject: "", language: "fa-IR", isRightToLeft: rightToLeft, made: "2026-11-23T08:30:00Z", figures: [],
        attachment: .init(name: "answer.json", description: "پیوست", bytes: Array("{}\n".utf8)), identifier: [UInt8](0..<16))
    return try properties.added(to: try pages.finished())
}

private func inFile<Result>(_ bytes: [UInt8], _ read: (String) throws -> Result) throws -> Result {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "paper.pdf")
    try Data(bytes).write(to: file)
    return try read(file.path)
}

private let hostile: [String] = [
    "\u{202E}txt.exe", "\u{2067}\u{2067}\u{2068}open", "closed\u{2069}\u{2069}\u{2069}", "<script>alert(1)</script>",
    "a\u{0}b\u{1}c\u{1B}[2J",
    "👩‍👩‍👧‍👦🇮🇷", String(repeating: "ب", count: 10_000), String(repeating: "x", count: 10_000), String(repeating: "سلام ", count: 2_000),
    "Z" + String(repeating: "\u{0301}\u{0489}", count: 5_000), String(repeating: "\u{200C}\u{200D}", count: 5_000),
    "\u{E000}\u{F8FF}\u{10FFFF}", "\u{FFFE}", "(پرانتز) \\ % PDF", "\r\n\t\u{85}\u{2028}\u{2029}", "ﷺﷲ", "一二三", "नमस्ते", "\u{1D173}\u{E0041}",
    "",
    "\u{FEFF}سرآغاز", "‮‮‮۱۲۳", "=cmd|'/c calc'!A1", "%s%n%p", "<b>&amp;</b>",
]

@Suite("Paper") struct PaperTests {
    @Test("Hostile names stay in their cells: qpdf finds no fault, and every word lies on the paper", arguments: [true, false])
    func inert(rightToLeft: Bool) throws {
        let rows = hostile.map { [$0, Isolates.firstStrong($0 + " " + $0), "\u{2066}12-34\u{2069}"] }
        try inFile(try pdf(rows, rightToLeft: rightToLeft)) { file in
            #expect(try run("/usr/bin/qpdf", ["--check", file]).contains("No syntax or stream encoding errors found"))
            let boxes = try run("/usr/bin/pdftotext", ["-bbox", file, "-"])
            let words = boxes.matches(of: /<word xMin="([-0-9.]+)" yMin="([-0-9.]+)" xMax="([-0-9.]+)" yMax="([-0-9.]+)">/)
            #expect(words.count > hostile.count)
            for word in words {
                let (left, right, bottom) = (try #require(Double(word.1)), try #require(Double(word.3)), try #require(Double(word.4)))
                #expect(left > 36 && right < 595.276 - 36 && bottom < 841.89 - 30, "\(word.0)")
            }
            // What follows a hostile cell is read as it stands, once for every row.
            let text = try run("/usr/bin/pdftotext", [file, "-"])
            #expect(text.components(separatedBy: "12-34").count - 1 == hostile.count)
            #expect(text.contains("<script>alert(1)</script>"))
        }
    }

    @Test("No isolate reaches beyond a text, and no mark of direction stays in it", arguments: hostile)
    func isolated(text: String) {
        let scalars = Inert.text(Isolates.firstStrong(text)).unicodeScalars
        #expect(scalars.first == "\u{2068}" && scalars.last == "\u{2069}")
        let inner = scalars.dropFirst().dropLast()
        #expect(!inner.contains { (0x2066...0x2069).contains($0.value) || (0x202A...0x202E).contains($0.value) })
        var depth = 0
        for scalar in Inert.text(text).unicodeScalars {
            #expect(scalar == "\n" || scalar.value >= 0x20 && !(0x202A...0x202E).contains(scalar.value))
            if (0x2066...0x2068).contains(scalar.value) { depth += 1 }
            if scalar.value == 0x2069 { depth -= 1 }
            #expect(depth >= 0)
        }
        #expect(depth == 0)
    }

    @Test("Rows stay whole: poppler sees no row on two pages, and the heads on each page")
    func rows() throws {
        let rows = (1...120).map { ["ردیف", "سطر نخست\nسطر دوم\nسطر سوم", "\u{2066}row\($0)a\nrow\($0)b\u{2069}"] }
        try inFile(try pdf(rows)) { file in
            let text = try run("/usr/bin/pdftotext", [file, "-"])
            let pages = text.split(separator: "\u{C}", omittingEmptySubsequences: true).filter { $0.contains("row") }
            #expect(pages.count > 3)
            for page in pages { #expect(page.contains("شرح")) }
            for row in 1...120 {
                let own = pages.filter { $0.contains("row\(row)a") }
                #expect(own.count == 1 && own[0].contains("row\(row)b"), "\(row)")
            }
        }
    }

    @Test("A QR code is read back by zbarimg, whatever its length", arguments: [1, 17, 100, 119, 500, 1200])
    func code(length: Int) throws {
        let text = String(String(repeating: "https://example.ir/verify?digest=0123456789abcdef&", count: 40).prefix(length))
        let pages = try Pages(title: "", author: "", subject: "", made: "2026-11-23T08:30:00Z")
        pages.draw(try QRCode(text), x: 100, y: 100, side: 300)
        pages.endPage()
        try inFile(try pages.finished()) { file in
            try run("/usr/bin/pdftoppm", ["-r", "150", "-singlefile", "-png", file, file])
            #expect(try run("/usr/bin/zbarimg", ["--raw", "-q", file + ".png"]) == text + "\n")
        }
    }

    @Test("A text that no QR code holds is refused")
    func tooLong() {
        #expect(throws: DocumentError.tooLong(bytes: 0, most: 2331)) { try QRCode("") }
        #expect(throws: DocumentError.tooLong(bytes: 2332, most: 2331)) { try QRCode(String(repeating: "x", count: 2332)) }
        #expect(throws: Never.self) { try QRCode(String(repeating: "x", count: 2331)) }
    }

    @Test(
        "What is no PDF of Cairo's is refused, and never trapped on",
        arguments: [
            "", "startxref\n", "startxref\n0\n", "xref\n0 9\nstartxref\n0\n%%EOF",
            "xref\n0 1\n0000000000 65535 f \ntrailer\n<< >>\nstartxref\n0\n",
        ])
    func strange(text: String) {
        #expect(throws: DocumentError.self) { try PDFFile(Array(text.utf8)) }
    }
}
