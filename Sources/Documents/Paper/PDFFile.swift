import Formats

/// A PDF as Cairo writes one: a plain cross-reference table, no object streams (ISO 32000-1, 7.5).
///
/// It is only added to (7.5.6): Cairo's bytes stay, and what is new or replaced stands after them with a table of its own.
struct PDFFile {
    private let original: [UInt8]
    private let offsets: [Int]
    let root: Int
    let info: Int?
    private let start: Int
    /// Objects that are new or replaced, by number.
    private var added: [Int: [UInt8]] = [:]
    private var next: Int

    /// - Throws: `.pdf` where it has another form.
    init(_ bytes: [UInt8]) throws(DocumentError) {
        original = bytes
        guard let at = Self.last("startxref\n", in: bytes), let start = Self.number(in: bytes, at: at + 10),
            Self.holds("xref\n0 ", in: bytes, at: start), let count = Self.number(in: bytes, at: start + 7), count > 0
        else { throw .pdf(expected: "startxref, xref 0 n") }
        let rows = start + 7 + String(count).utf8.count + 1
        var offsets: [Int] = []
        for row in 0..<count {
            guard rows + row * 20 + 20 <= bytes.count, let offset = Self.number(in: bytes, at: rows + row * 20) else {
                throw .pdf(expected: "\(count) rows of 20 bytes in xref")
            }
            offsets.append(offset)
        }
        guard rows + count * 20 <= at else { throw .pdf(expected: "startxref after xref") }
        self.offsets = offsets
        self.start = start
        let trailer = String(decoding: bytes[(rows + count * 20)..<at], as: UTF8.self)
        guard let root = Self.reference("/Root", in: trailer) else { throw .pdf(expected: "trailer /Root n 0 R") }
        self.root = root
        info = Self.reference("/Info", in: trailer)
        next = count
    }

    /// The text between `n 0 obj` and `endobj` of an object without a stream; nil where there is none such.
    func object(_ number: Int) -> String? { place(of: number).map { String(decoding: original[$0], as: UTF8.self) } }

    private func place(of number: Int) -> Range<Int>? {
        guard offsets.indices.contains(number), Self.holds("\(number) 0 obj", in: original, at: offsets[number]) else { return nil }
        let begin = offsets[number] + "\(number) 0 obj".utf8.count
        for place in begin..<original.count where original[place] == UInt8(ascii: "e") || original[place] == UInt8(ascii: "s") {
            if Self.holds("endobj", in: original, at: place) { return begin..<place }
            if Self.holds("stream\n", in: original, at: place) { return nil }
        }
        return nil
    }

    /// Objects that have all of some words in them, with their text, in order.
    func objects(with words: [String]) -> [(number: Int, text: String)] {
        let words = words.map { Array($0.utf8) }
        return offsets.indices.dropFirst().compactMap { number in
            guard let place = place(of: number), words.allSatisfy({ holds($0, within: place) }) else { return nil }
            return (number, String(decoding: original[place], as: UTF8.self))
        }
    }

    private func holds(_ word: [UInt8], within place: Range<Int>) -> Bool {
        guard let first = word.first, place.count >= word.count else { return false }
        return (place.lowerBound...place.upperBound - word.count).contains { start in
            original[start] == first && original[start..<start + word.count].elementsEqual(word)
        }
    }

    /// Adds an object and gives its number.
    mutating func add(_ text: String) -> Int {
        defer { next += 1 }
        added[next] = Array(text.utf8)
        return next
    }

    /// Adds a stream, not compressed: entries are what its dictionary has beside the length.
    mutating func add(stream: [UInt8], _ entries: String) -> Int {
        defer { next += 1 }
        added[next] = Array("<< \(entries) /Length \(stream.count) >>\nstream\n".utf8) + stream + Array("\nendstream".utf8)
        return next
    }

    /// The last stream of a type that `add(stream:)` wrote into a file; nil where there is none.
    static func stream(of type: String, in file: [UInt8]) -> [UInt8]? {
        guard var place = last("/Type \(type) ", in: file) else { return nil }
        let most = min(place + 1000, file.count)
        while place < most, !holds("/Length ", in: file, at: place) { place += 1 }
        let length = "/Length ".utf8.count
        guard let count = number(in: file, at: place + length) else { return nil }
        let head = " >>\nstream\n"
        place += length + String(count).utf8.count
        guard holds(head, in: file, at: place), count <= file.count - place - head.utf8.count else { return nil }
        return Array(file[(place + head.utf8.count)...].prefix(count))
    }

    /// Adds entries to the dictionary that is an object of Cairo's. None of them may be there already.
    mutating func extend(_ number: Int, with entries: String) throws(DocumentError) {
        let text = added[number].map { String(decoding: $0, as: UTF8.self) } ?? object(number)
        guard let text, let end = text.range(of: ">>", backwards: true) else { throw .pdf(expected: "object \(number), a dictionary") }
        added[number] = Array((text[..<end] + entries + " " + text[end...]).utf8)
    }

    mutating func replace(_ number: Int, with text: String) { added[number] = Array(text.utf8) }

    /// The whole file with what was added. The identifier makes up both halves of `/ID`.
    func bytes(identifier: [UInt8]) -> [UInt8] {
        var all = original
        var table: [(number: Int, offset: Int)] = []
        for (number, body) in added.sorted(by: { $0.key < $1.key }) {
            table.append((number, all.count))
            all += Array("\(number) 0 obj\n".utf8) + body + Array("\nendobj\n".utf8)
        }
        let xref = all.count
        var text = "xref\n"
        var rest = table[...]
        while let first = rest.first {
            let run = rest.enumerated().prefix { $0.element.number == first.number + $0.offset }.count
            text += "\(first.number) \(run)\n"
            for row in rest.prefix(run) {
                let digits = String(row.offset)
                text += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
            }
            rest = rest.dropFirst(run)
        }
        let id = Hex.text(identifier)
        text += "trailer\n<< /Size \(next) /Root \(root) 0 R" + (info.map { " /Info \($0) 0 R" } ?? "")
        text += " /Prev \(start) /ID [<\(id)> <\(id)>] >>\nstartxref\n\(xref)\n%%EOF\n"
        return all + Array(text.utf8)
    }

    /// A text string of PDF (7.9.2.2): UTF-16 in hexadecimal.
    static func string(_ text: String) -> String {
        "<FEFF" + text.utf16.map { unit in Hex.text([UInt8(unit >> 8), UInt8(unit & 255)]) }.joined() + ">"
    }

    static func reference(_ key: String, in text: String) -> Int? {
        guard let place = text.range(of: key + " ", backwards: false) else { return nil }
        return Int(text[place...].dropFirst(key.count + 1).prefix { $0.isASCII && $0.isNumber })
    }

    private static func holds(_ text: String, in bytes: [UInt8], at place: Int) -> Bool {
        let wanted = text.utf8
        return place >= 0 && place + wanted.count <= bytes.count && bytes[place..<(place + wanted.count)].elementsEqual(wanted)
    }

    private static func last(_ text: String, in bytes: [UInt8]) -> Int? {
        var place = bytes.count - text.utf8.count
        while place >= 0 {
            if holds(text, in: bytes, at: place) { return place }
            place -= 1
        }
        return nil
    }

    private static func number(in bytes: [UInt8], at place: Int) -> Int? {
        guard place >= 0, place < bytes.count else { return nil }
        return Int(String(decoding: bytes[place...].prefix { (48...57).contains($0) }.prefix(18), as: UTF8.self))
    }
}

extension String {
    /// Where a text begins in this one: its first place, or its last.
    fileprivate func range(of text: String, backwards: Bool) -> Index? {
        var place = backwards ? endIndex : startIndex
        while true {
            if self[place...].hasPrefix(text) { return place }
            if backwards {
                guard place > startIndex else { return nil }
                place = index(before: place)
            } else {
                guard place < endIndex else { return nil }
                place = index(after: place)
            }
        }
    }
}
