/// Writes a map's pieces as JSON straight into a buffer, which must be large enough.
@safe
struct JSONPen {
    /// `,[-123.1234567,-12.1234567]`, and what is stored with it and then over.
    static let mostForPlace = 32
    /// A ring's brackets, its first corner again, and a comma.
    static let mostForRing = 8 + mostForPlace
    /// The most digits of a number, and what is stored with them and then over.
    static let mostForNumber = 32

    /// What the last longitude and the last latitude began with.
    struct Heads {
        fileprivate var lon = Numerals.Head.none
        fileprivate var lat = Numerals.Head.none
    }

    private let start: UnsafeMutableRawPointer
    private let end: UnsafeMutableRawPointer
    private var next: UnsafeMutableRawPointer
    private let numerals = Numerals.tables

    /// Nil for a buffer of nothing.
    init?(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
        guard let base = UnsafeMutableRawPointer(buffer.baseAddress) else { return nil }
        unsafe (start, next, end) = (base, base, base + buffer.count)
    }

    /// How many bytes have been written.
    var count: Int { unsafe next - start }

    /// Stops the program where so many bytes can't be written any more.
    @inline(__always)
    private func want(_ bytes: Int) { precondition(unsafe bytes <= end - next) }

    /// Stores all the bytes of a number, the lowest first, of which some count.
    @inline(__always)
    private mutating func put<Bytes: FixedWidthInteger>(_ bytes: Bytes, _ count: Int = MemoryLayout<Bytes>.size) {
        unsafe next.storeBytes(of: bytes.littleEndian, as: Bytes.self)
        unsafe next += count
    }

    @inline(__always)
    mutating func write(_ text: StaticString) {
        want(text.utf8CodeUnitCount)
        unsafe next.copyMemory(from: text.utf8Start, byteCount: text.utf8CodeUnitCount)
        unsafe next += text.utf8CodeUnitCount
    }

    /// Ends a list each of whose members left a comma behind.
    @inline(__always)
    mutating func closeList() {
        if unsafe next > start && (next - 1).load(as: UInt8.self) == UInt8(ascii: ",") { unsafe next -= 1 }
        write("]")
    }

    /// A number that is not negative.
    @inline(__always)
    mutating func write(_ number: Int) {
        want(Self.mostForNumber)
        let (high, low) = number.quotientAndRemainder(dividingBy: 100_000_000)
        let eight = UInt32(low)
        let digits = UInt64(numerals.four(eight / 10_000)) | UInt64(numerals.four(eight % 10_000)) << 32
        guard high == 0 else {
            for digit in String(high).utf8 { put(digit) }
            return put(digits)
        }
        let zeros = min(7, (digits ^ 0x3030_3030_3030_3030).trailingZeroBitCount / 8)
        put(digits >> (8 * zeros), 8 - zeros)
    }

    /// A ring with its first corner again at its end.
    @inline(__always)
    mutating func write(ring corners: Span<LonLatE7>, _ heads: inout Heads) {
        want(Self.mostForRing + Self.mostForPlace * corners.count)
        guard !corners.isEmpty else { return write("[]") }
        let start = unsafe next
        write(corners[0], &heads)
        let length = unsafe next - start
        for corner in 1..<corners.count { write(corners[corner], &heads) }
        unsafe next.copyMemory(from: start, byteCount: Self.mostForPlace)
        unsafe next += length
        put(UInt8(ascii: "]"))
        // In the place of the comma before the first corner.
        unsafe start.storeBytes(of: UInt8(ascii: "["), as: UInt8.self)
    }

    /// A comma, and a place.
    @inline(__always)
    private mutating func write(_ place: LonLatE7, _ heads: inout Heads) {
        write(e7: place.lon, &heads.lon, after: ",[", then: ",")
        write(e7: place.lat, &heads.lat, after: "", then: "]")
    }

    /// A number of 10⁻⁷ with seven decimals, what stands before it, and a character after it.
    @inline(__always)
    private mutating func write(
        e7 number: Int32, _ head: inout Numerals.Head, after start: StaticString, then mark: Unicode.Scalar
    ) {
        // In a town the whole degree hardly ever changes.
        var decimals = head.decimals(of: number)
        if decimals >= head.size { decimals = head.become(that: number, after: start) }
        put(head.text, head.count)
        put(UInt64(numerals.four(decimals / 1_000)) | UInt64(numerals.three(decimals % 1_000, then: mark)) << 32)
    }
}
