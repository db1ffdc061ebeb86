/// A number of mm² with 60 binary places: |value| < 2⁶⁷, in 128 bits.
///
/// Sums wrap around: a partial sum may leave the range as long as the whole sum lies in it.
struct Fixed: Hashable, Comparable {
    static let places: Int128 = 60

    var scaled: Int128

    init(scaled: Int128) {
        self.scaled = scaled
    }

    init(whole: Int64) {
        scaled = Int128(whole) &<< Fixed.places
    }

    /// A whole number times a ratio, cut after the last binary place.
    ///
    /// |number| and the ratio's parts are under 2⁶³, so their product is under 2¹²⁶. The caller knows that |number × ratio| is
    /// under 2⁶³; the remainder is under 2⁶³ and shifted by 60 places under 2¹²³.
    init(_ number: Int64, times ratio: Ratio) {
        if ratio.denominator == 1 {
            scaled = (Int128(number) * Int128(ratio.numerator)) &<< Fixed.places
        } else {
            let denominator = Int128(ratio.denominator)
            let (whole, rest) = (Int128(number) * Int128(ratio.numerator)).quotientAndRemainder(dividingBy: denominator)
            scaled = (whole &<< Fixed.places) + (rest &<< Fixed.places) / denominator
        }
    }

    static let zero = Fixed(scaled: 0)

    static func < (left: Fixed, right: Fixed) -> Bool { left.scaled < right.scaled }

    static func += (left: inout Fixed, right: Fixed) { left.scaled &+= right.scaled }

    static func -= (left: inout Fixed, right: Fixed) { left.scaled &-= right.scaled }

    static func - (left: Fixed, right: Fixed) -> Fixed { Fixed(scaled: left.scaled &- right.scaled) }

    static prefix func - (value: Fixed) -> Fixed { Fixed(scaled: 0 &- value.scaled) }

    /// Half of it in whole mm²; what lies within 2⁻³² mm² of a half goes to the even neighbour.
    ///
    /// The cut places of a million edges add up to less than 2⁻³⁹, so that they cannot turn a tie.
    var halfRounded: Int64 {
        let kept = (scaled + (1 << 27)) >> 28  // 32 places, of twice the area
        let floor = kept >> 33
        let rest = kept - (floor << 33)
        let half: Int128 = 1 << 32
        let up = rest > half || (rest == half && floor & 1 == 1)
        return Int64(clamping: floor + (up ? 1 : 0))
    }
}

/// A fraction of two Int64 under 2⁶³ in size, the denominator positive; not reduced. Compared exactly.
struct Ratio: Comparable {
    let numerator: Int64
    let denominator: Int64

    static let zero = Ratio(numerator: 0, denominator: 1)
    static let one = Ratio(numerator: 1, denominator: 1)

    init(numerator: Int64, denominator: Int64) {
        self.numerator = denominator < 0 ? -numerator : numerator
        self.denominator = denominator < 0 ? -denominator : denominator
    }

    static func < (left: Ratio, right: Ratio) -> Bool {
        Int128(left.numerator) * Int128(right.denominator) < Int128(right.numerator) * Int128(left.denominator)
    }

    static func == (left: Ratio, right: Ratio) -> Bool {
        Int128(left.numerator) * Int128(right.denominator) == Int128(right.numerator) * Int128(left.denominator)
    }

    /// The difference as a double with full relative precision; each product is under 2¹²⁶.
    static func - (left: Ratio, right: Ratio) -> Double {
        let rise = Int128(left.numerator) * Int128(right.denominator) - Int128(right.numerator) * Int128(left.denominator)
        return rise.double / (Double(left.denominator) * Double(right.denominator))
    }
}

extension Int128 {
    /// The nearest double, or the one beside it. `Double(_:)` goes by way of generic code that costs more than all the rest here.
    fileprivate var double: Double {
        let (high, low) = (UInt64(truncatingIfNeeded: magnitude &>> 64), UInt64(truncatingIfNeeded: magnitude))
        let size = Double(high) * 0x1p64 + Double(low)
        return self < 0 ? -size : size
    }
}
