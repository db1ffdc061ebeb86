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
    /// and are closed by their first corner. Fastest where many features follow each other in the table.
    package func bytes(of features: [Int]) throws(SpatialError) -> [UInt8] {
        let stretches = shapes.stretches(of: features)
        var points: [Point] = []
        points.reserveCapacity(stretches.reduce(0) { $0 + (unsafe $1.points.count) })
        for stretch in stretches { unsafe points += stretch.points }
        let corners = try projector.lonLatE7(of: points, on: grid)
        let capacity = stretches.reduce(64 + JSONPen.mostForPlace * points.count) { $0 + $1.mostBesideCorners }
        return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            guard var pen = unsafe JSONPen(buffer) else { return }
            pen.write("{\"type\":\"FeatureCollection\",\"features\":[")
            var next = 0
            for stretch in stretches { stretch.draw(corners.span, from: &next, with: &pen) }
            pen.closeList()
            pen.write("}\n")
            count = pen.count
        }
    }
}

extension ShapeTable {
    /// Those of some features that are areas, as they follow each other.
    fileprivate func stretches(of features: [Int]) -> [Stretch] {
        var stretches: [Stretch] = []
        var areas = 0..<0
        for feature in features where kind(feature) == .area {
            if feature == areas.upperBound {
                areas = areas.lowerBound..<feature + 1
            } else {
                if !areas.isEmpty { stretches.append(Stretch(areas, of: self)) }
                areas = feature..<feature + 1
            }
        }
        if !areas.isEmpty { stretches.append(Stretch(areas, of: self)) }
        return stretches
    }
}

/// Areas that follow each other in a table, as do their parts, rings and points there.
@safe
private struct Stretch {
    let areas: Range<Int>
    /// By area, and one more: its first part; by part its first ring, by ring its first point.
    private let parts: UnsafeBufferPointer<UInt32>
    private let rings: UnsafeBufferPointer<UInt32>
    private let starts: UnsafeBufferPointer<UInt32>
    /// Good as long as the table is.
    let points: UnsafeBufferPointer<Point>

    init(_ areas: Range<Int>, of shapes: ShapeTable) {
        func range(_ firsts: UnsafeBufferPointer<UInt32>) -> Range<Int> { unsafe Int(firsts[0])..<Int(firsts[firsts.count - 1]) }
        func withOneMore(_ range: Range<Int>) -> Range<Int> { range.lowerBound..<range.upperBound + 1 }
        self.areas = areas
        unsafe parts = shapes.parts.elements(withOneMore(areas))
        unsafe rings = shapes.rings.elements(withOneMore(range(parts)))
        unsafe starts = shapes.starts.elements(withOneMore(range(rings)))
        unsafe points = shapes.points.elements(range(starts))
    }

    /// The most bytes that drawing it takes beside each corner's: what stands around areas, parts and rings.
    var mostBesideCorners: Int { unsafe 160 * areas.count + 8 * rings.count + 64 * starts.count }

    /// Draws the areas, whose corners are the next.
    @inline(__always)
    func draw(_ corners: Span<LonLatE7>, from next: inout Int, with pen: inout JSONPen) {
        for area in 0..<areas.count {
            pen.write("\n{\"type\":\"Feature\",\"id\":")
            pen.write(areas.lowerBound + area)
            pen.write(",\"properties\":{},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[")
            for part in unsafe members(parts, area) {
                pen.write("[")
                for ring in unsafe members(rings, part) {
                    let end = unsafe next + Int(starts[ring + 1] - starts[ring])
                    pen.write(ring: corners.extracting(next..<end))
                    pen.write(",")
                    next = end
                }
                pen.closeList()
                pen.write(",")
            }
            pen.closeList()
            pen.write("}},")
        }
    }

    /// Which of the stretch's parts are an area's, or which of its rings a part's.
    @inline(__always)
    private func members(_ firsts: UnsafeBufferPointer<UInt32>, _ owner: Int) -> Range<Int> {
        unsafe Int(firsts[owner] - firsts[0])..<Int(firsts[owner + 1] - firsts[0])
    }
}
