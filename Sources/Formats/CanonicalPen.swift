/// Writes RFC 8785's bytes straight, where the form of a document is fixed and a tree of values would only be taken apart again.
///
/// Whoever writes keeps the keys in their order; tests read the bytes back and compare them with the tree's.
package struct CanonicalPen: Sendable {
    package private(set) var bytes: [UInt8] = []

    private let marksGaps: Bool
    private var gaps: [Range<Int>] = []

    /// - Parameter marksGaps: whether `pieces` are wanted.
    package init(capacity: Int = 0, marksGaps: Bool = false) {
        self.marksGaps = marksGaps
        bytes.reserveCapacity(capacity)
    }

    /// - Parameter room: an array that is wanted no more, in whose place is written where nobody else holds it.
    package init(in room: consuming [UInt8], capacity: Int) {
        marksGaps = false
        bytes = room
        bytes.removeAll(keepingCapacity: true)
        bytes.reserveCapacity(capacity)
    }

    /// Writes what may be another time another: a gap between pieces.
    package mutating func gap(_ write: (inout CanonicalPen) -> Void) {
        let start = bytes.count
        write(&self)
        if marksGaps { gaps.append(start..<bytes.count) }
    }

    /// What stands before, between and after the gaps.
    package var pieces: [[UInt8]] {
        let ends = gaps.map(\.lowerBound) + [bytes.count]
        return zip([0] + gaps.map(\.upperBound), ends).map { Array(bytes[$0..<$1]) }
    }

    /// Punctuation and keys, which need no escaping.
    package mutating func raw(_ text: StaticString) {
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Bytes that are canonical already.
    package mutating func raw(_ written: [UInt8]) { bytes.append(contentsOf: written) }

    /// Bytes that are canonical already.
    package mutating func raw(_ written: ArraySlice<UInt8>) { bytes.append(contentsOf: written) }

    package mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        let span = text.utf8Span.span
        if span.indices.contains(where: { span[$0] < 0x20 || span[$0] == UInt8(ascii: "\"") || span[$0] == UInt8(ascii: "\\") }) {
            bytes.removeLast()
            JSON.string(text).append(to: &bytes)
            return
        }
        unsafe span.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
    }

    package mutating func write(_ text: String?) {
        if let text { write(text) } else { raw("null") }
    }

    /// A text that may be blank, which is as none.
    package mutating func write(stated text: String) {
        if text.isEmpty { raw("null") } else { write(text) }
    }

    package mutating func write(_ number: Int) {
        guard number.magnitude < 1 << 53 else { return JSON(number).append(to: &bytes) }
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        DecimalDigits.append(UInt64(number.magnitude), places: 0, to: &bytes)
    }

    package mutating func write(_ number: Double?) {
        if let number { JSON.number(number).append(to: &bytes) } else { raw("null") }
    }

    /// With its own digits, as its double has them for up to fifteen.
    package mutating func write(_ decimal: Decimal) {
        let millionths = decimal.millionths
        guard millionths.magnitude < 1_000_000_000_000_000 else { return JSON(decimal).append(to: &bytes) }
        if millionths < 0 { bytes.append(UInt8(ascii: "-")) }
        DecimalDigits.append(UInt64(millionths.magnitude), places: 6, to: &bytes)
    }

    package mutating func write(_ decimal: Decimal?) {
        if let decimal { write(decimal) } else { raw("null") }
    }

    package mutating func write(_ claim: Bool?) {
        switch claim {
        case nil: raw("null")
        case true?: raw("true")
        case false?: raw("false")
        }
    }

    package mutating func write(_ json: JSON) { json.append(to: &bytes) }

    package mutating func write(_ texts: [String]) {
        raw("[")
        for (place, text) in texts.enumerated() {
            if place > 0 { raw(",") }
            write(text)
        }
        raw("]")
    }

    @inlinable
    package mutating func write<Item: CanonicalJSON>(_ items: some Sequence<Item>) {
        raw("[")
        var isFirst = true
        for item in items {
            if !isFirst { raw(",") }
            isFirst = false
            item.write(to: &self)
        }
        raw("]")
    }
}

/// What has one form as canonical JSON.
package protocol CanonicalJSON {
    func write(to pen: inout CanonicalPen)
}

extension CanonicalJSON {
    package var canonical: [UInt8] {
        var pen = CanonicalPen()
        write(to: &pen)
        return pen.bytes
    }

    /// As a value, for what is built of it.
    package var json: JSON {
        guard let json = try? JSON(parsing: canonical) else { preconditionFailure("what was written as JSON is none") }
        return json
    }
}
