/// The city's millimetre grid: where its origin lies in the city's CRS.
package struct Grid: Hashable, Sendable {
    /// The origin's easting and northing in whole millimetres.
    package let originX: Int64
    package let originY: Int64

    package init(originX: Int64, originY: Int64) {
        self.originX = originX
        self.originY = originY
    }

    /// The grid point nearest to a place given in metres of the city's CRS, ties to even.
    ///
    /// Nil when a coordinate is not finite or lies more than 1,000 km from the origin: such a place is outside, and no
    /// conversion is tried.
    package func point(x: Double, y: Double) -> Point? {
        guard let east = offset(x, from: originX), let north = offset(y, from: originY) else { return nil }
        return Point(x: east, y: north)
    }

    /// A point's easting and northing in whole millimetres.
    package func millimetres(_ point: Point) -> (x: Int64, y: Int64) {
        (originX + Int64(point.x), originY + Int64(point.y))
    }

    /// A point's easting and northing in metres: the doubles nearest to the three-decimal values.
    package func metres(_ point: Point) -> (x: Double, y: Double) {
        let (x, y) = millimetres(point)
        return (Double(x) / 1000, Double(y) / 1000)
    }

    private func offset(_ metres: Double, from origin: Int64) -> Int32? {
        let millimetres = (metres * 1000).rounded(.toNearestOrEven)
        guard millimetres.magnitude < 1e15 else { return nil }
        let offset = Int64(millimetres) - origin
        guard offset.magnitude <= Int64(Point.limit).magnitude else { return nil }
        return Int32(offset)
    }
}
