package import Spatial

/// How the coordinates of a filter come onto the city's grid.
package struct Frame {
    /// Whether the first coordinate is a longitude in degrees, so that a BBOX whose west is east of its east crosses the 180th meridian.
    /// A CRS with its longitude second has no such boxes here.
    let startsWithLongitude: Bool
    /// In the filter's CRS: no feature reaches beyond it. Boxes are cut to it, so that a box around the world is no fault.
    let extent: GeometryLiteral.Bounds?
    /// The place on the grid of a pair of coordinates in the filter's CRS and axis order. It throws for what is outside.
    let point: (_ first: Double, _ second: Double) throws(SpatialError) -> Point

    package init(
        startsWithLongitude: Bool, extent: (low: (Double, Double), high: (Double, Double))?,
        point: @escaping (_ first: Double, _ second: Double) throws(SpatialError) -> Point
    ) {
        self.startsWithLongitude = startsWithLongitude
        self.extent = extent.flatMap { GeometryLiteral.Bounds([$0.low.0, $0.low.1, $0.high.0, $0.high.1]) }
        self.point = point
    }
}
