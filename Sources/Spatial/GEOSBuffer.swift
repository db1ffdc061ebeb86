internal import CGEOS

extension GEOS {
    /// How many chords stand for a quarter of a circle. With 32 a round corner lies at most 0.03 % of the distance inside the
    /// true one: 2.4 mm at 8 m.
    private static let chords: Int32 = 32

    /// The ground within a distance in millimetres of a geometry, with round ends and corners; a negative distance shrinks an
    /// area. The result is valid on the millimetre grid: it is snapped by GEOS, not point by point.
    package func buffer(_ geometry: Geometry, by millimetres: Double) throws(SpatialError) -> MultiPolygon {
        guard millimetres.isFinite, millimetres.magnitude <= Double(Point.limit) else { throw .outOfGrid(operation: "buffer") }
        let corner = Corner(geometry.box)
        let source = try handle(geometry, from: corner)
        let round = unsafe try owned(GEOSBuffer_r(context, source.pointer, millimetres, Self.chords), "buffer")
        let snapped = unsafe try owned(GEOSGeom_setPrecision_r(context, round.pointer, 1, 0), "buffer")
        var result = MultiPolygon([])
        for rings in try polygons(of: snapped) {
            var onGrid: [Ring] = []
            for ring in rings { onGrid.append(try self.ring(ring, from: corner, "buffer")) }
            result.polygons.append(Polygon(shell: onGrid[0], holes: Array(onGrid.dropFirst())))
        }
        return result
    }

    private func ring(_ points: [(x: Double, y: Double)], from corner: Corner, _ operation: String) throws(SpatialError) -> Ring {
        var ring = Ring([])
        ring.points.reserveCapacity(points.count)
        for point in points { ring.points.append(try gridPoint(point, from: corner, operation)) }
        return ring
    }

    /// The grid point nearest to a result of GEOS, ties to even.
    func gridPoint(
        _ place: (x: Double, y: Double), from corner: Corner, _ operation: String
    ) throws(SpatialError) -> Point {
        let x = place.x.rounded(.toNearestOrEven) + Double(corner.x)
        let y = place.y.rounded(.toNearestOrEven) + Double(corner.y)
        guard x.magnitude <= Double(Point.limit), y.magnitude <= Double(Point.limit) else { throw .outOfGrid(operation: operation) }
        return Point(x: Int32(x), y: Int32(y))
    }
}
