/// Rounding half to even to a decimal place, and which values lie so near a tie that a small error would turn them.
struct Rounding {
    /// Rounded units in one of the value's: a power of ten.
    private let units: Double
    /// The greatest distances from a whole unit, squared, at which a value counts as sure; negative where none does.
    private let limitX: Double
    private let limitY: Double

    /// What a fast value may lie off from PROJ's in metres, with room to spare.
    private static let margin = 1e-7

    /// Metres to the millimetre.
    static let millimetre = Rounding(units: 1e3, margins: (margin, margin))

    /// Degrees to 10⁻⁹, at the equator.
    static let degree = degrees(upTo: 0)

    /// Degrees to 10⁻⁹, as far from the equator as a latitude.
    static func degrees(upTo lat: Double) -> Rounding {
        Rounding(units: 1e9, margins: Earth.degrees(margin, at: lat))
    }

    /// Degrees to 10⁻⁷, at the equator.
    static let degreeE7 = degreesE7(upTo: 0)

    /// Degrees to 10⁻⁷, as far from the equator as a latitude.
    static func degreesE7(upTo lat: Double) -> Rounding {
        Rounding(units: 1e7, margins: Earth.degrees(margin, at: lat))
    }

    private init(units: Double, margins: (x: Double, y: Double)) {
        self.units = units
        func limit(_ margin: Double) -> Double {
            let greatest = 0.5 - units * margin
            return greatest > 0 ? greatest * greatest : -1
        }
        limitX = limit(margins.x)
        limitY = limit(margins.y)
    }

    /// One value in whole units.
    func whole(_ value: Double) -> Double { (value * units).rounded(.toNearestOrEven) }

    /// One value, whatever its size: what is not finite stays as it is.
    func rounded(_ value: Double) -> Double {
        let whole = whole(value)
        return whole.isFinite ? whole / units : value
    }

    /// Four places, to the bit as one by one, and which of them are sure; they must be under 2⁵¹ units.
    @inline(__always)
    func rounded(
        _ x: SIMD4<Double>, _ y: SIMD4<Double>
    ) -> (x: SIMD4<Double>, y: SIMD4<Double>, isSure: SIMDMask<SIMD4<Int64>>) {
        let found = whole(x, y)
        return (found.x / units, found.y / units, found.isSure)
    }

    /// As `rounded`, in whole units.
    @inline(__always)
    func whole(
        _ x: SIMD4<Double>, _ y: SIMD4<Double>
    ) -> (x: SIMD4<Double>, y: SIMD4<Double>, isSure: SIMDMask<SIMD4<Int64>>) {
        // Adding this leaves a double no bits for a fraction, and rounds half to even; the SSE2 of the release has no other way.
        let shift = 0x1.8p52
        let (scaledX, scaledY) = (x * units, y * units)
        let (wholeX, wholeY) = ((scaledX + shift) - shift, (scaledY + shift) - shift)
        let (offX, offY) = (scaledX - wholeX, scaledY - wholeY)
        return (wholeX, wholeY, (offX * offX .<= limitX) .& (offY * offY .<= limitY))
    }
}

/// A polynomial whose values are rounded for use.
struct RoundedPolynomial {
    let polynomial: PlanePolynomial
    private let rounding: Rounding

    init(_ polynomial: PlanePolynomial, _ rounding: Rounding) {
        self.polynomial = polynomial
        self.rounding = rounding
    }

    /// Four places, and which of the values are to be used.
    @inline(__always)
    func values(
        _ x: SIMD4<Double>, _ y: SIMD4<Double>
    ) -> (x: SIMD4<Double>, y: SIMD4<Double>, isSure: SIMDMask<SIMD4<Int64>>) {
        let found = polynomial.values(x, y)
        let rounded = rounding.rounded(found.x, found.y)
        return (rounded.x, rounded.y, found.holds .& rounded.isSure)
    }

    /// As `values`, in whole units.
    @inline(__always)
    func wholeValues(
        _ x: SIMD4<Double>, _ y: SIMD4<Double>
    ) -> (x: SIMD4<Double>, y: SIMD4<Double>, isSure: SIMDMask<SIMD4<Int64>>) {
        let found = polynomial.values(x, y)
        let whole = rounding.whole(found.x, found.y)
        return (whole.x, whole.y, found.holds .& whole.isSure)
    }

    /// One place; nil outside the box and near a tie.
    func value(at place: Position) -> Position? {
        let found = values(SIMD4(repeating: place.x), SIMD4(repeating: place.y))
        return found.isSure[0] ? Position(x: found.x[0], y: found.y[0]) : nil
    }
}
