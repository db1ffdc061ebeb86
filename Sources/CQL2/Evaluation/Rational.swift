import Formats
import Glibc

/// An exact quotient, its denominator positive: what sums and quotients of decimals come to before they are compared.
struct Rational {
    private let numerator: Int128
    private let denominator: Int128

    init(_ decimal: Decimal) {
        (numerator, denominator) = (Int128(decimal.millionths), 1_000_000)
    }

    /// Reduced. Nil for a denominator of nought, and where a part of the quotient is `Int128.min`, which has no opposite.
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

    /// Nil for a division by nought and beyond the range of 128 bits. All is exact but a power whose exponent is no whole number: that
    /// is worked out in doubles and rounded to the millionth.
    func combined(_ operation: Arithmetic, _ other: Rational) -> Rational? {
        guard let one = Rational(numerator, denominator), let other = Rational(other.numerator, other.denominator) else { return nil }
        func product(_ one: Int128, _ two: Int128) -> Int128? {
            let (value, isTooLarge) = one.multipliedReportingOverflow(by: two)
            return isTooLarge ? nil : value
        }
        switch operation {
        case .plus, .minus:
            guard let left = product(one.numerator, other.denominator), let right = product(other.numerator, one.denominator),
                let bottom = product(one.denominator, other.denominator)
            else { return nil }
            let (top, isTooLarge) =
                operation == .plus
                ? left.addingReportingOverflow(right) : left.subtractingReportingOverflow(right)
            return isTooLarge ? nil : Rational(top, bottom)
        case .times:
            guard let top = product(one.numerator, other.numerator), let bottom = product(one.denominator, other.denominator) else {
                return nil
            }
            return Rational(top, bottom)
        case .over:
            guard let top = product(one.numerator, other.denominator), let bottom = product(one.denominator, other.numerator) else {
                return nil
            }
            return Rational(top, bottom)
        case .quotient: return one.combined(.over, other).flatMap { Rational($0.numerator / $0.denominator, 1) }
        case .remainder:
            return one.combined(.quotient, other)?.combined(.times, other).flatMap { one.combined(.minus, $0) }
        case .power: return one.power(other)
        }
    }

    private func power(_ exponent: Rational) -> Rational? {
        guard exponent.denominator == 1 else {
            let value = pow(double, exponent.double)
            return Decimal(rounding: value).map { Rational($0) }
        }
        guard numerator != 0 || exponent.numerator > 0 else { return exponent.numerator == 0 ? Rational(1, 1) : nil }
        let isInverse = exponent.numerator < 0
        guard let base = isInverse ? Rational(denominator, numerator) : self else { return nil }
        // Of nought, one and minus one every power is as small; of any other the 127th is beyond the range.
        var rest = exponent.numerator.magnitude
        if base.denominator == 1, base.numerator.magnitude <= 1 { rest = rest == 0 ? 0 : 2 - rest % 2 }
        guard rest <= 127, var result = Rational(1, 1) else { return nil }
        for _ in 0..<Int(rest) {
            guard let next = result.combined(.times, base) else { return nil }
            result = next
        }
        return result
    }

    private var double: Double { Double(numerator) / Double(denominator) }
}

extension Rational: Comparable {
    static func == (one: Rational, other: Rational) -> Bool {
        // Decimals as they are read, which is most of what is compared.
        if one.denominator == other.denominator { return one.numerator == other.numerator }
        let left = one.numerator.multipliedFullWidth(by: other.denominator)
        let right = other.numerator.multipliedFullWidth(by: one.denominator)
        return (left.high, left.low) == (right.high, right.low)
    }

    static func < (one: Rational, other: Rational) -> Bool {
        if one.denominator == other.denominator { return one.numerator < other.numerator }
        let left = one.numerator.multipliedFullWidth(by: other.denominator)
        let right = other.numerator.multipliedFullWidth(by: one.denominator)
        return (left.high, left.low) < (right.high, right.low)
    }
}
