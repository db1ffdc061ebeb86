import Formats

/// Reads what the importing process writes, line by line: one head, rows, an end that counts them, and nothing else.
package struct StagedReader: Sendable {
    /// No line may be longer: a feature of two million points fits.
    package static let lineLimit = 64 << 20

    /// What has been read up to now.
    package enum State: Hashable, Sendable {
        case beforeHead
        case rows(Int)
        case ended(Int)
    }

    package private(set) var state = State.beforeHead
    /// The beginning of a line whose end has not come yet.
    private var pending: [UInt8] = []

    package init() {}

    /// Whether the last line has come, with nothing after it.
    package var isComplete: Bool { if case .ended = state { pending.isEmpty } else { false } }

    /// The rows read up to now.
    package var rows: Int {
        switch state {
        case .beforeHead: 0
        case .rows(let count), .ended(let count): count
        }
    }

    /// Takes in bytes as they come, and hands over every line that is now whole.
    ///
    /// - Returns: false where `take` answered false; what follows is then not read.
    package mutating func feed(_ bytes: [UInt8], take: (StagedLine) -> Bool) throws(StagedFault) -> Bool {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            try extend(by: rest[..<end])
            let line = try read(pending)
            pending.removeAll(keepingCapacity: true)
            guard take(line) else { return false }
            rest = rest[(end + 1)...]
        }
        try extend(by: rest)
        return true
    }

    private mutating func extend(by bytes: ArraySlice<UInt8>) throws(StagedFault) {
        pending.append(contentsOf: bytes)
        if pending.count > Self.lineLimit { throw .tooLong(bytes: pending.count) }
    }

    /// Reads one line, without its end, that must be of the kind that stands here.
    package mutating func read(_ line: [UInt8]) throws(StagedFault) -> StagedLine {
        let json: JSON
        do { json = try JSON(parsing: line, depth: 16) } catch { throw .notJSON(error) }
        switch state {
        case .beforeHead:
            let head = try StagedHead(json)
            state = .rows(0)
            return .head(head)
        case .rows(let count):
            guard json["end"] != nil else {
                let row = try StagedRow(json)
                state = .rows(count + 1)
                return .row(row)
            }
            let announced = try Members(json, of: "end").int("rows")
            guard announced == count else { throw .count(announced: announced, read: count) }
            state = .ended(count)
            return .end(rows: count)
        case .ended: throw .order(expected: "nothing after the end")
        }
    }
}
