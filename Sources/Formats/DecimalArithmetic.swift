extension Decimal {
    package static func + (one: Decimal, other: Decimal) -> Decimal { Decimal(millionths: one.millionths + other.millionths) }

    package static func - (one: Decimal, other: Decimal) -> Decimal { Decimal(millionths: one.millionths - other.millionths) }

    package static prefix func - (value: Decimal) -> Decimal { Decimal(millionths: -value.millionths) }

    /// The sum; nil where it is beyond ±`limit`. For sums of unknown length.
    package func adding(_ other: Decimal) -> Decimal? {
        Decimal(wide: Int128(millionths) + Int128(other.millionths))
    }

    /// The product to the nearest millionth, ties to even; nil beyond ±`limit`.
    package func times(_ other: Decimal) -> Decimal? {
        Decimal(wide: (Int128(millionths) * Int128(other.millionths)).dividedHalfEven(by: 1_000_000))
    }

    /// This many hundredths of the whole, to the nearest millionth, ties to even; nil beyond ±`limit`.
    package func percent(of whole: Decimal) -> Decimal? {
        Decimal(wide: (Int128(millionths) * Int128(whole.millionths)).dividedHalfEven(by: 100_000_000))
    }

    /// The quotient to the nearest millionth, ties to even; nil for a division by zero and beyond ±`limit`.
    package func divided(by divisor: Decimal) -> Decimal? {
        guard divisor.millionths != 0 else { return nil }
        return Decimal(wide: (Int128(millionths) * 1_000_000).dividedHalfEven(by: Int128(divisor.millionths)))
    }

    /// Rounded to 0…6 places, ties to even; more places leave it as it is.
    package func rounded(places: Int) -> Decimal {
        var unit: Int128 = 1
        for _ in 0..<(6 - min(max(places, 0), 6)) { unit *= 10 }
        // Half a unit is far inside the range of Int64 for whatever `limit` admits.
        return Decimal(millionths: Int64(clamping: Int128(millionths).dividedHalfEven(by: unit) * unit))
    }

    private init?(wide: Int128) {
        guard wide.magnitude <= UInt128(Self.limit) * 1_000_000 else { return nil }
        self.init(millionths: Int64(wide))
    }
}

extension Int128 {
    /// The quotient rounded to the nearest whole number, ties to the even one. The divisor is not zero.
    fileprivate func dividedHalfEven(by divisor: Int128) -> Int128 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        let twice = remainder.magnitude * 2
        guard twice > divisor.magnitude || (twice == divisor.magnitude && !quotient.isMultiple(of: 2)) else { return quotient }
        return (remainder < 0) == (divisor < 0) ? quotient + 1 : quotient - 1
    }
}
