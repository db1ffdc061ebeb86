import Glibc

/// Whether the parts of a head lie in the library's buffer as they came, with nothing between them that it skipped.
///
/// It parses in place: a NUL takes the place of each blank, colon, CR and LF, so that where a part lies says what stood before it. A part
/// that was cut at a NUL, a line that ended in LF alone or was folded, and further blanks in the request line all leave a gap, and
/// another program might have read something else there.
struct Seams {
    private let start: UInt
    private var place: UInt
    private var isWhole = true

    init(_ method: UnsafePointer<CChar>) {
        start = UInt(bitPattern: method)
        place = unsafe start + UInt(strlen(method))
    }

    /// The next part begins so many bytes behind the last.
    mutating func next(_ part: UInt, _ count: Int, behind gap: UInt) {
        if part != place + gap { isWhole = false }
        place = part + UInt(count)
    }

    /// A value, before which any blanks may stand.
    mutating func skip(to part: UInt, _ count: Int) { place = part + UInt(count) }

    /// Behind the last line come its CR LF and the empty line's.
    func end(after size: Int) -> Bool { isWhole && place + 4 == start + UInt(size) }
}
