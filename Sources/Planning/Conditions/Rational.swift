import Formats

/// An exact quotient, reduced, its denominator positive: what sums and quotients of decimals come to before they are compared.
struct Rational: Hashable {
    private let numerator: Int128
    private let denominator: Int128

    init(_ decimal: Decimal) {
        (numerator, denominator) = Self.reduced(Int128(decimal.millionths), 1_000_000)
    }

    /// Nil for a denominator of nought, and where a part of the quotient is `Int128.min`, which has no opposite.
    private init?(_ numerator: Int128, _ denominator: Int128) {
        guard denominator != 0, numerator != .min, denominator != .min else { return nil }
        (self.numerator, self.denominator) =
            denominator < 0
            ? Self.reduced(-numerator, -denominator) : Self.reduced(numerator, denominator)
    }

    private static func reduced(_ numerator: Int128, _ denominator: Int128) -> (Int128, Int128) {
        var (divisor, rest) = (denominator, numerator % denominator)
        while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
        // Only the sign of the divisor may be off: both parts are above `Int128.min`.
        let common = divisor < 0 ? -divisor : divisor
        return (numerator / common, denominator / common)
    }

    var negated: Rational? { Rational(-numerator, denominator) }

    /// Nil for a division by nought and beyond the range of 128 bits.
    func combined(_ operation: Arithmetic, _ other: Rational) -> Rational? {
        func product(_ one: Int128, _ two: Int128) -> Int128? {
            let (value, isTooLarge) = one.multipliedReportingOverflow(by: two)
            return isTooLarge ? nil : value
        }
        switch operation {
        case .plus, .minus:
            guard let left = product(numerator, other.denominator), let right = product(other.numerator, denominator),
                let bottom = product(denominator, other.denominator)
            else { return nil }
            let (top, isTooLarge) =
                operation == .plus
                ? left.addingReportingOverflow(right) : left.subtractingReportingOverflow(right)
            return isTooLarge ? nil : Rational(top, bottom)
        case .times:
            guard let top = product(numerator, other.numerator), let bottom = product(denominator, other.denominator) else { return nil }
            return Rational(top, bottom)
        case .over:
            guard let top = product(numerator, other.denominator), let bottom = product(denominator, other.numerator) else { return nil }
            return Rational(top, bottom)
        }
    }
}

extension Rational: Comparable {
    static func < (one: Rational, other: Rational) -> Bool {
        let left = one.numerator.multipliedFullWidth(by: other.denominator)
        let right = other.numerator.multipliedFullWidth(by: one.denominator)
        return (left.high, left.low) < (right.high, right.low)
    }
}
