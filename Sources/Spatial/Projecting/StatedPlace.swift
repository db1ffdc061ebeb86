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

extension LonLat {
    /// Degrees as answers give them.
    package init(roundingLon lon: Double, lat: Double) {
        self.init(lon: Rounding.degree.rounded(lon), lat: Rounding.degree.rounded(lat))
    }
}
