internal import CGEOS

extension GEOS {
    /// The ground that well-known text draws: one POLYGON or MULTIPOLYGON, in metres of the grid's CRS, each corner rounded to the
    /// millimetre once.
    package func area(wkt: String, on grid: Grid) throws(SpatialError) -> MultiPolygon {
        guard let reader = unsafe GEOSWKTReader_create_r(context) else { throw failure(of: "text") }
        defer { unsafe GEOSWKTReader_destroy_r(context, reader) }
        let geometry = unsafe try owned(GEOSWKTReader_read_r(context, reader, wkt), "text")
        let type = unsafe GEOSGeomTypeId_r(context, geometry.pointer)
        guard type == Int32(GEOS_POLYGON.rawValue) || type == Int32(GEOS_MULTIPOLYGON.rawValue) else {
            throw .geos(operation: "text", reason: "it is no POLYGON and no MULTIPOLYGON")
        }
        var parts: [Polygon] = []
        for rings in try polygons(of: geometry) {
            var drawn: [Ring] = []
            for ring in rings {
                var points: [Point] = []
                for (x, y) in ring {
                    guard let point = grid.point(x: x, y: y) else {
                        throw .geos(operation: "text", reason: "\(x) \(y) is not within 2,000 km of the city")
                    }
                    points.append(point)
                }
                drawn.append(Ring(points))
            }
            parts.append(Polygon(shell: drawn[0], holes: Array(drawn.dropFirst())))
        }
        return MultiPolygon(parts)
    }
}
