/// Writes areas of a table as a GeoJSON feature collection (RFC 7946), in degrees of seven decimals: about a centimetre.
///
/// Belongs to one thread at a time, as its projector does.
package struct FeatureCollection {
    private let shapes: ShapeTable
    private let grid: Grid
    private let projector: Projector

    package init(of shapes: ShapeTable, on grid: Grid, by projector: Projector) {
        self.shapes = shapes
        self.grid = grid
        self.projector = projector
    }

    /// The bytes for some features, each with its number as `id`; what is no area is left out. Rings run as they do in the table
    /// and are closed by their first corner.
    package func bytes(of features: [Int]) throws(SpatialError) -> [UInt8] {
        let areas = features.filter { shapes.kind($0) == .area }
        let (points, lists) = outlines(of: areas)
        let corners = try projector.lonLatE7(of: points, on: grid)
        let capacity = 64 + 160 * areas.count + 64 * lists + JSONPen.mostForPlace * points.count
        return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            guard var pen = unsafe JSONPen(buffer) else { return }
            pen.write("{\"type\":\"FeatureCollection\",\"features\":[")
            var next = 0
            for area in areas { draw(area, corners.span, from: &next, with: &pen) }
            pen.closeList()
            pen.write("}\n")
            count = pen.count
        }
    }

    /// The corners of areas one after the other, and how many lists their coordinates are, of rings and of places.
    private func outlines(of areas: [Int]) -> (points: [Point], lists: Int) {
        var points: [Point] = []
        points.reserveCapacity(16 * areas.count)
        var lists = 0
        for area in areas {
            let rings = shapes.allRings(of: area)
            lists += shapes.parts(of: area).count + rings.count
            unsafe points += shapes.points.elements(shapes.allPoints(of: area))
        }
        return (points, lists)
    }

    /// Draws an area, whose corners are the next.
    @inline(__always)
    private func draw(_ area: Int, _ corners: Span<LonLatE7>, from next: inout Int, with pen: inout JSONPen) {
        pen.write("\n{\"type\":\"Feature\",\"id\":")
        pen.write(area)
        pen.write(",\"properties\":{},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[")
        for part in shapes.parts(of: area) {
            pen.write("[")
            for ring in shapes.rings(of: part) {
                let places = next..<next + shapes.corners(of: ring).count
                pen.write(ring: corners.extracting(places))
                pen.write(",")
                next = places.upperBound
            }
            pen.closeList()
            pen.write(",")
        }
        pen.closeList()
        pen.write("}},")
    }
}
