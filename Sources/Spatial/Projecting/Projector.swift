/// A place as answers give it: metres of the city's CRS to the millimetre, and degrees to 10⁻⁹, both rounded half to even.
package struct StatedPlace: Hashable, Sendable {
    package let x: Double
    package let y: Double
    /// Nil where PROJ gives none.
    package let lonLat: LonLat?

    /// Rounds the metres.
    package init(x: Double, y: Double, lonLat: LonLat?) {
        self.x = Rounding.millimetre.rounded(x)
        self.y = Rounding.millimetre.rounded(y)
        self.lonLat = lonLat
    }
}

/// Brings places over between a city's CRS and degrees and rounds them, each to the bit as PROJ's own value rounded.
///
/// Where a fit holds the place and what it gives is not within 10⁻⁷ m of a rounding tie, the fit decides. PROJ is asked
/// everywhere else, and not made before the first such place. Belongs to one thread at a time and is not `Sendable`.
package final class Projector {
    /// From the city's CRS to degrees.
    package let operation: Operation
    package let fit: LocalFit?
    private let degree: Rounding
    private var made: Transformation?

    /// The fit is one that was made of the operation; without one PROJ is asked for every place.
    package init(_ operation: Operation, fit: LocalFit?) {
        self.operation = operation
        self.fit = fit
        degree = .degrees(upTo: fit?.greatestLatitude ?? 0)
    }

    /// Whether PROJ had to be asked yet.
    package var hasAskedPROJ: Bool { made != nil }

    /// The place that degrees name. They come back from its metres, not yet rounded, so that they may differ in the last digit.
    package func place(_ degrees: LonLat) throws(SpatialError) -> StatedPlace {
        if let fit {
            let metres = fit.toMetres.values(SIMD4(repeating: degrees.lon), SIMD4(repeating: degrees.lat))
            let rounded = Rounding.millimetre.rounded(metres.x, metres.y)
            let back = fit.toDegrees.values(metres.x, metres.y)
            let lonLat = degree.rounded(back.x, back.y)
            if all(metres.holds .& rounded.isSure .& back.holds .& lonLat.isSure) {
                return StatedPlace(x: rounded.x[0], y: rounded.y[0], lonLat: LonLat(lon: lonLat.x[0], lat: lonLat.y[0]))
            }
        }
        let proj = try proj()
        let metres = try proj.inverse(x: degrees.lon, y: degrees.lat)
        let back = try? proj.forward(x: metres.x, y: metres.y)
        return StatedPlace(x: metres.x, y: metres.y, lonLat: back.map { LonLat(roundingLon: $0.x, lat: $0.y) })
    }

    /// Degrees of a place in metres of the city's CRS.
    package func lonLat(x: Double, y: Double) throws(SpatialError) -> LonLat {
        if let fit {
            let found = fit.toDegrees.values(SIMD4(repeating: x), SIMD4(repeating: y))
            let rounded = degree.rounded(found.x, found.y)
            if all(found.holds .& rounded.isSure) { return LonLat(lon: rounded.x[0], lat: rounded.y[0]) }
        }
        let place = try proj().forward(x: x, y: y)
        return LonLat(roundingLon: place.x, lat: place.y)
    }

    /// Brings places in metres over to degrees where they stand; the first that cannot be is the error's, and those before it
    /// are then already moved.
    package func toDegrees(_ places: inout MutableSpan<Position>) throws(SpatialError) {
        try move(&places, fit?.toDegrees, degree) { (proj, place) throws(SpatialError) in try proj.forward(place) }
    }

    /// Brings places in degrees, x being the longitude, over to metres, as `toDegrees` does.
    package func toMetres(_ places: inout MutableSpan<Position>) throws(SpatialError) {
        try move(&places, fit?.toMetres, .millimetre) { (proj, place) throws(SpatialError) in try proj.inverse(place) }
    }

    @inline(__always)
    private func move(
        _ places: inout MutableSpan<Position>, _ polynomial: PlanePolynomial?, _ rounding: Rounding,
        asking: (Transformation, Position) throws(SpatialError) -> Position
    ) throws(SpatialError) {
        func ask(_ index: Int) throws(SpatialError) {
            let value = try asking(proj(), places[index])
            places[index] = Position(x: rounding.rounded(value.x), y: rounding.rounded(value.y))
        }
        guard let polynomial else {
            for index in places.indices { try ask(index) }
            return
        }
        for start in stride(from: 0, to: places.count, by: 4) {
            let count = min(4, places.count - start)
            var (x, y) = (SIMD4<Double>(repeating: .nan), SIMD4<Double>(repeating: .nan))
            for lane in 0..<count {
                x[lane] = places[start + lane].x
                y[lane] = places[start + lane].y
            }
            let found = polynomial.values(x, y)
            let rounded = rounding.rounded(found.x, found.y)
            let isSure = found.holds .& rounded.isSure
            for lane in 0..<count {
                if isSure[lane] {
                    places[start + lane] = Position(x: rounded.x[lane], y: rounded.y[lane])
                } else {
                    try ask(start + lane)
                }
            }
        }
    }

    private func proj() throws(SpatialError) -> Transformation {
        if let made { return made }
        let transformation = try Transformation(operation)
        made = transformation
        return transformation
    }
}
