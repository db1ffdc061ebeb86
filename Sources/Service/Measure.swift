import Formats

/// Rounding for answers, half to even, from exact integers; nothing that was rounded is rounded again.
enum Measure {
    /// Square metres to 0.01 from whole square millimetres.
    static func squareMetres(_ squareMillimetres: Int64) -> Decimal {
        Decimal(millionths: squareMillimetres).rounded(places: 2)
    }

    /// Metres to the millimetre.
    static func metres(_ millimetres: Double) -> Decimal {
        let whole = millimetres.rounded(.toNearestOrEven)
        guard whole.magnitude < 1e15 else { return Decimal(millionths: .max) }
        return Decimal(millionths: Int64(whole) * 1000)
    }

    /// A part of a whole to 10⁻⁶.
    static func share(_ part: Int64, of whole: Int64) -> Decimal {
        guard whole > 0 else { return Decimal(millionths: 0) }
        let scaled = Int128(part) * 1_000_000
        let (quotient, remainder) = scaled.quotientAndRemainder(dividingBy: Int128(whole))
        let twice = 2 * remainder
        let up = twice > Int128(whole) || (twice == Int128(whole) && quotient % 2 != 0)
        return Decimal(millionths: Int64(clamping: quotient + (up ? 1 : 0)))
    }
}
