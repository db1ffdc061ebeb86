/// A whole number of any size, for the third reading: plain schoolbook arithmetic, base 2³².
struct Whole: Comparable {
    private var digits: [UInt32]
    private var isNegative: Bool

    init(_ value: some BinaryInteger) {
        var rest = UInt64(value.magnitude)
        digits = []
        while rest > 0 {
            digits.append(UInt32(truncatingIfNeeded: rest))
            rest >>= 32
        }
        isNegative = value < 0
    }

    private init(_ digits: [UInt32], _ isNegative: Bool) {
        var digits = digits
        while digits.last == 0 { digits.removeLast() }
        self.digits = digits
        self.isNegative = isNegative && !digits.isEmpty
    }

    var signum: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

    /// The nearest double, or about that.
    var double: Double {
        digits.reversed().reduce(0) { $0 * 4_294_967_296 + Double($1) } * (isNegative ? -1 : 1)
    }

    static func == (a: Whole, b: Whole) -> Bool { a.digits == b.digits && a.isNegative == b.isNegative }

    static func < (a: Whole, b: Whole) -> Bool { (a - b).signum < 0 }

    static prefix func - (a: Whole) -> Whole { Whole(a.digits, !a.isNegative) }

    static func - (a: Whole, b: Whole) -> Whole { a + -b }

    static func + (a: Whole, b: Whole) -> Whole {
        if a.isNegative == b.isNegative { return Whole(sum(a.digits, b.digits), a.isNegative) }
        return isLess(a.digits, b.digits)
            ? Whole(difference(b.digits, a.digits), b.isNegative) : Whole(difference(a.digits, b.digits), a.isNegative)
    }

    static func * (a: Whole, b: Whole) -> Whole {
        guard !a.digits.isEmpty, !b.digits.isEmpty else { return Whole(0) }
        var product = [UInt32](repeating: 0, count: a.digits.count + b.digits.count)
        for (i, x) in a.digits.enumerated() {
            var carry: UInt64 = 0
            for (j, y) in b.digits.enumerated() {
                carry += UInt64(x) * UInt64(y) + UInt64(product[i + j])
                product[i + j] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            product[i + b.digits.count] = UInt32(carry)
        }
        return Whole(product, a.isNegative != b.isNegative)
    }

    /// The quotient cut towards zero: one binary digit after the other, from the top.
    static func / (a: Whole, b: Whole) -> Whole {
        var quotient = [UInt32](repeating: 0, count: a.digits.count)
        var rest: [UInt32] = []
        for place in a.digits.indices.reversed() {
            for bit in (0..<32).reversed() {
                var carry = (a.digits[place] >> UInt32(bit)) & 1
                for digit in rest.indices { (rest[digit], carry) = (rest[digit] << 1 | carry, rest[digit] >> 31) }
                if carry > 0 { rest.append(carry) }
                if !isLess(rest, b.digits) {
                    rest = Whole(difference(rest, b.digits), false).digits
                    quotient[place] |= 1 << UInt32(bit)
                }
            }
        }
        return Whole(quotient, a.isNegative != b.isNegative)
    }

    /// This times 2³² to a power.
    func shifted(byDigits count: Int) -> Whole {
        Whole([UInt32](repeating: 0, count: count) + digits, isNegative)
    }

    private static func isLess(_ a: [UInt32], _ b: [UInt32]) -> Bool {
        a.count != b.count ? a.count < b.count : a.reversed().lexicographicallyPrecedes(b.reversed())
    }

    private static func sum(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
        var carry: UInt64 = 0
        var sum = (0..<max(a.count, b.count)).map { place in
            carry += UInt64(place < a.count ? a[place] : 0) + UInt64(place < b.count ? b[place] : 0)
            defer { carry >>= 32 }
            return UInt32(truncatingIfNeeded: carry)
        }
        if carry > 0 { sum.append(UInt32(carry)) }
        return sum
    }

    private static func difference(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
        var borrow: Int64 = 0
        return a.indices.map { place in
            borrow += Int64(a[place]) - Int64(place < b.count ? b[place] : 0)
            defer { borrow >>= 32 }
            return UInt32(truncatingIfNeeded: borrow)
        }
    }
}
