/// Digits ready to be stored at once, the first in the lowest byte.
@safe
struct Numerals: @unchecked Sendable {
    /// The only ones; never freed.
    static let tables = Numerals()

    /// `0000` to `9999`.
    private let fours: UnsafePointer<UInt32>
    /// `000` to `999`; the highest byte is empty.
    private let threes: UnsafePointer<UInt32>

    private init() {
        func table<Entry: FixedWidthInteger>(_ count: Int, _ entry: (Int) -> Entry) -> UnsafePointer<Entry> {
            let table = UnsafeMutablePointer<Entry>.allocate(capacity: count)
            for number in 0..<count { unsafe (table + number).initialize(to: entry(number)) }
            return unsafe UnsafePointer(table)
        }
        unsafe fours = table(10_000) { UInt32(Self.packed(String(String(10_000 + $0).dropFirst()))) }
        unsafe threes = table(1_000) { UInt32(Self.packed(String(String(1_000 + $0).dropFirst()))) }
    }

    fileprivate static func packed(_ text: String) -> UInt64 { text.utf8.reversed().reduce(0) { $0 << 8 | UInt64($1) } }

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
}

extension Numerals {
    /// What numbers of 10⁻⁷ begin with that share their sign and what stands before the point.
    struct Head {
        /// Their first characters, the point the last of them, and how many; at most eight.
        private(set) var text: UInt64 = 0
        private(set) var count = 0
        /// −1 for negative numbers, whose bits are turned over; else 0.
        private var flip: Int32 = 0
        /// The number whose decimals are nought, turned over as they are.
        private var from: Int32 = 0
        /// How many numbers begin so.
        private(set) var size: UInt32 = 0

        /// One that no number begins with.
        static let none = Head()
        /// The number's decimals as a number of seven digits; `size` or more where it begins with something else.
        @inline(__always)
        func decimals(of number: Int32) -> UInt32 { UInt32(bitPattern: (number ^ flip) &- from) }

        /// Becomes the head of a number; its decimals.
        ///
        /// - Parameter start: at most two characters that stand before it.
        @inline(never)
        mutating func become(that number: Int32, after start: StaticString) -> UInt32 {
            let (units, decimals) = number.magnitude.quotientAndRemainder(dividingBy: 10_000_000)
            let words = "\(start)\(number < 0 ? "-" : "")\(units)."
            text = Numerals.packed(words)
            count = words.utf8.count
            flip = number < 0 ? -1 : 0
            from = Int32(units) * 10_000_000 + flip
            // Nought would be taken for one that begins with "-0.", and beyond the Earth's degrees the difference may wrap around.
            size = (number < 0 && units == 0) || units > 180 ? 0 : 10_000_000
            return decimals
        }
    }
}
