/// Brings places over between a city's CRS and degrees and rounds them, each to the bit as PROJ's own value rounded.
///
/// Where a fit holds the place and what it gives is not within 10⁻⁷ m of a rounding tie, the fit decides. PROJ is asked
/// everywhere else, and with a fit not made before the first such place. Belongs to one thread at a time and is not `Sendable`.
package final class Projector {
    /// From the city's CRS to degrees.
    package let operation: Operation
    package let fit: LocalFit?
    private let fastDegrees: RoundedPolynomial?
    private let fastMetres: RoundedPolynomial?
    let fastE7: RoundedPolynomial?
    private var made: Transformation?

    /// The fit is one that was made of the operation. Without one PROJ is asked for every place, and made at once, so that a
    /// grid file that is missing is known at once.
    package init(_ operation: Operation, fit: LocalFit?) throws(SpatialError) {
        self.operation = operation
        self.fit = fit
        fastDegrees = fit.map { RoundedPolynomial($0.toDegrees, .degrees(upTo: $0.greatestLatitude)) }
        fastMetres = fit.map { RoundedPolynomial($0.toMetres, .millimetre) }
        fastE7 = fit.map { RoundedPolynomial($0.toDegrees, .degreesE7(upTo: $0.greatestLatitude)) }
        if fit == nil { made = try Transformation(operation) }
    }

    /// Whether PROJ is loaded, because a place wanted it or there is no fit.
    package var hasPROJ: Bool { made != nil }

    /// The place that degrees name. Its degrees are those of its metres before they were rounded, so that they may differ in
    /// the last digit from what was asked.
    package func place(_ degrees: LonLat) throws(SpatialError) -> StatedPlace {
        let asked = Position(x: degrees.lon, y: degrees.lat)
        if let fastMetres, let fastDegrees, fastMetres.value(at: asked) != nil {
            let metres = fastMetres.polynomial.value(at: asked)
            if let back = fastDegrees.value(at: metres) {
                return StatedPlace(x: metres.x, y: metres.y, lonLat: LonLat(lon: back.x, lat: back.y))
            }
        }
        let proj = try proj()
        let metres = try proj.inverse(asked)
        let back = try? proj.forward(metres)
        return StatedPlace(x: metres.x, y: metres.y, lonLat: back.map { LonLat(roundingLon: $0.x, lat: $0.y) })
    }

    /// Degrees of a place in metres of the city's CRS.
    package func lonLat(x: Double, y: Double) throws(SpatialError) -> LonLat {
        let place = Position(x: x, y: y)
        if let found = fastDegrees?.value(at: place) { return LonLat(lon: found.x, lat: found.y) }
        let found = try proj().forward(place)
        return LonLat(roundingLon: found.x, lat: found.y)
    }

    /// Brings places in metres over to degrees where they stand; the first that cannot be is the error's, and those before it
    /// are then already moved.
    package func toDegrees(_ places: inout MutableSpan<Position>) throws(SpatialError) {
        try places.move(by: fastDegrees) { (place) throws(SpatialError) in
            let found = try proj().forward(place)
            return Position(x: Rounding.degree.rounded(found.x), y: Rounding.degree.rounded(found.y))
        }
    }

    /// Brings places in degrees, x being the longitude, over to metres, as `toDegrees` does.
    package func toMetres(_ places: inout MutableSpan<Position>) throws(SpatialError) {
        try places.move(by: fastMetres) { (place) throws(SpatialError) in
            let found = try proj().inverse(place)
            return Position(x: Rounding.millimetre.rounded(found.x), y: Rounding.millimetre.rounded(found.y))
        }
    }

    /// PROJ's own degrees of a point.
    func askedE7(_ point: Point, _ grid: Grid) throws(SpatialError) -> LonLatE7 {
        let (x, y) = grid.metres(point)
        let found = try proj().forward(Position(x: x, y: y))
        guard let lon = Int32(exactly: Rounding.degreeE7.whole(found.x)), let lat = Int32(exactly: Rounding.degreeE7.whole(found.y)) else {
            throw .untransformable(x: x, y: y, reason: "its degrees are none of the Earth's")
        }
        return LonLatE7(lon: lon, lat: lat)
    }

    private func proj() throws(SpatialError) -> Transformation {
        if let made { return made }
        let transformation = try Transformation(operation)
        made = transformation
        return transformation
    }
}

extension MutableSpan<Position> {
    /// Moves all by the polynomial, asking where it is not sure.
    @inline(__always)
    fileprivate mutating func move(
        by polynomial: RoundedPolynomial?, asking ask: (Position) throws(SpatialError) -> Position
    ) throws(SpatialError) {
        guard let polynomial else {
            for index in indices { self[index] = try ask(self[index]) }
            return
        }
        let whole = count & ~3
        for start in stride(from: 0, to: whole, by: 4) {
            let (x, y) = four(from: start)
            let found = polynomial.values(x, y)
            if all(found.isSure) {
                put(found.x, found.y, from: start)
                continue
            }
            for lane in 0..<4 {
                self[start + lane] =
                    found.isSure[lane] ? Position(x: found.x[lane], y: found.y[lane]) : try ask(self[start + lane])
            }
        }
        for index in whole..<count {
            if let found = polynomial.value(at: self[index]) { self[index] = found } else { self[index] = try ask(self[index]) }
        }
    }

    /// Four places side by side.
    @inline(__always)
    private func four(from start: Int) -> (x: SIMD4<Double>, y: SIMD4<Double>) {
        precondition(start >= 0 && start <= count - 4)
        var (x, y) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
        for lane in 0..<4 {
            let place = unsafe self[unchecked: start &+ lane]
            x[lane] = place.x
            y[lane] = place.y
        }
        return (x, y)
    }

    @inline(__always)
    private mutating func put(_ x: SIMD4<Double>, _ y: SIMD4<Double>, from start: Int) {
        precondition(start >= 0 && start <= count - 4)
        for lane in 0..<4 { unsafe self[unchecked: start &+ lane] = Position(x: x[lane], y: y[lane]) }
    }
}
