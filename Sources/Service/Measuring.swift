package import Formats
import Persian
package import Spatial

/// Places in the city's CRS, and how long a way along them is: on the city's grid, as its areas are, and not along the ellipsoid.
package struct Measured: Sendable {
    package let crs: String
    package let places: [StatedPlace]
    /// Metres.
    package let length: Decimal
    /// Square metres of the ground that they enclose; nil for fewer than three, and where the way around it meets itself.
    package let area: Decimal?
}

extension Answerer {
    /// Degrees brought over to the city's CRS by the operation pinned for it, and measured there.
    package func measured(_ degrees: [LonLat]) throws(ServiceError) -> Measured {
        var places: [StatedPlace] = []
        for one in degrees { places.append(try place(x: one.lon, y: one.lat, crs: Placement.degrees)) }
        var millimetres = 0.0
        for (from, to) in zip(places, places.dropFirst()) {
            let (x, y) = ((to.x - from.x) * 1000, (to.y - from.y) * 1000)
            millimetres += (x * x + y * y).squareRoot()
        }
        return Measured(crs: ground.city.crs, places: places, length: Measure.metres(millimetres), area: enclosed(places))
    }

    private func enclosed(_ places: [StatedPlace]) -> Decimal? {
        let points = places.compactMap { ground.grid.point(x: $0.x, y: $0.y) }
        guard points.count == places.count, points.count > 2 else { return nil }
        let enclosed = MultiPolygon([Polygon(shell: Ring(points))])
        return enclosed.flaw() == nil ? Measure.squareMetres(abs(enclosed.area)) : nil
    }
}
