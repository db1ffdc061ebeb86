/// An exact fraction in lowest terms: what hundredths of shares of areas come to before they are rounded, once.
package struct Fraction: Hashable, Sendable {
    private let numerator: Int128
    /// Positive.
    private let denominator: Int128

    package static let zero = Fraction(lowest: 0, 1)

    package init(_ decimal: Decimal) {
        let (numerator, denominator) = Self.reduced(Int128(decimal.millionths), 1_000_000)
        self.init(lowest: numerator, denominator)
    }

    /// A part of a whole; nil where the whole is not positive.
    package init?(_ part: Int64, of whole: Int64) {
        guard whole > 0 else { return nil }
        let (numerator, denominator) = Self.reduced(Int128(part), Int128(whole))
        self.init(lowest: numerator, denominator)
    }

    private init(lowest numerator: Int128, _ denominator: Int128) {
        self.numerator = numerator
        self.denominator = denominator
    }

    private static func reduced(_ numerator: Int128, _ denominator: Int128) -> (Int128, Int128) {
        var (one, other) = (numerator.magnitude, denominator.magnitude)
        while other > 0 { (one, other) = (other, one % other) }
        return (numerator / Int128(one), denominator / Int128(one))
    }
}

extension Fraction: Comparable {
    package static func < (one: Fraction, other: Fraction) -> Bool {
        let left = one.numerator.multipliedFullWidth(by: other.denominator)
        let right = other.numerator.multipliedFullWidth(by: one.denominator)
        return (left.high, left.low) < (right.high, right.low)
    }
}

// Each is nil where the numbers leave 128 bits: nothing that a plan means comes near.
extension Fraction {
    package func times(_ other: Fraction) -> Fraction? {
        let (one, under) = Self.reduced(numerator, other.denominator)
        let (two, below) = Self.reduced(other.numerator, denominator)
        let (product, isWide) = one.multipliedReportingOverflow(by: two)
        let (whole, isDeep) = under.multipliedReportingOverflow(by: below)
        return isWide || isDeep ? nil : Fraction(lowest: product, whole)
    }

    package func plus(_ other: Fraction) -> Fraction? {
        let (one, isWide) = numerator.multipliedReportingOverflow(by: other.denominator)
        let (two, isWider) = other.numerator.multipliedReportingOverflow(by: denominator)
        let (sum, isWidest) = one.addingReportingOverflow(two)
        let (whole, isDeep) = denominator.multipliedReportingOverflow(by: other.denominator)
        guard !isWide, !isWider, !isWidest, !isDeep else { return nil }
        let (numerator, denominator) = Self.reduced(sum, whole)
        return Fraction(lowest: numerator, denominator)
    }

    package func minus(_ other: Fraction) -> Fraction? { plus(Fraction(lowest: -other.numerator, other.denominator)) }

    /// Rounded to 0…6 places, ties to even; nil beyond what a decimal holds.
    package func rounded(places: Int) -> Decimal? {
        var unit: Int128 = 1
        for _ in 0..<min(max(places, 0), 6) { unit *= 10 }
        let (whole, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
        guard whole.magnitude < UInt128(Decimal.limit) else { return nil }
        let (scaled, isWide) = rest.multipliedReportingOverflow(by: unit)
        guard !isWide else { return nil }
        var (digits, left) = scaled.quotientAndRemainder(dividingBy: denominator)
        left = left < 0 ? -left : left
        // Half of the denominator is told from its difference to the rest: twice the rest might be too wide.
        if left > denominator - left || (left == denominator - left && !(whole * unit + digits).isMultiple(of: 2)) {
            digits += numerator < 0 ? -1 : 1
        }
        return Decimal(millionths: Int64((whole * unit + digits) * (1_000_000 / unit)))
    }
}
