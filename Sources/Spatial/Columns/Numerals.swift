/// Digits ready to be stored at once, the first in the lowest byte.
@safe
struct Numerals: @unchecked Sendable {
    /// The only ones; never freed.
    static let tables = Numerals()

    /// `0000` to `9999`.
    private let fours: UnsafePointer<UInt32>
    /// `000` to `999`; the highest byte is empty.
    private let threes: UnsafePointer<UInt32>
    /// `0.` to `255.`, then `-0.` to `-255.`; how many characters they are is in the highest byte.
    private let wholes: UnsafePointer<UInt64>

    private init() {
        func table<Entry: FixedWidthInteger>(_ count: Int, _ entry: (Int) -> Entry) -> UnsafePointer<Entry> {
            let table = UnsafeMutablePointer<Entry>.allocate(capacity: count)
            for number in 0..<count { unsafe (table + number).initialize(to: entry(number)) }
            return unsafe UnsafePointer(table)
        }
        func packed(_ text: String) -> UInt64 { text.utf8.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
        unsafe fours = table(10_000) { UInt32(packed(String(String(10_000 + $0).dropFirst()))) }
        unsafe threes = table(1_000) { UInt32(packed(String(String(1_000 + $0).dropFirst()))) }
        unsafe wholes = table(512) { number in
            let text = (number < 256 ? "" : "-") + "\(number & 255)."
            return packed(text) | UInt64(text.utf8.count) << 56
        }
    }

    /// The digits of a number below 10,000.
    @inline(__always)
    func four(_ number: UInt32) -> UInt32 {
        assert(number < 10_000)
        return unsafe fours[Int(number)]
    }

    /// The digits of a number below 1,000, and a character after them.
    @inline(__always)
    func three(_ number: UInt32, then mark: Unicode.Scalar) -> UInt32 {
        assert(number < 1_000)
        return unsafe threes[Int(number)] | mark.value << 24
    }

    /// What stands before the decimals of a number of less than 256, the point included, and how long it is.
    @inline(__always)
    func whole(_ number: UInt32, isNegative: Bool) -> (text: UInt64, count: Int) {
        assert(number < 256)
        let entry = unsafe wholes[Int(number) | (isNegative ? 256 : 0)]
        return (entry, Int(entry >> 56))
    }
}
