import CPrefetch

/// Writes areas of a table as a GeoJSON feature collection (RFC 7946), in degrees of seven decimals: about a centimetre.
package struct FeatureCollection: Sendable {
    private let shapes: ShapeTable
    /// The table's points in degrees.
    private let corners: Column<LonLatE7>

    /// - Parameter corners: every point of the table, brought over once (`Projector.lonLatE7`).
    package init(of shapes: ShapeTable, at corners: Column<LonLatE7>) {
        precondition(corners.count == shapes.points.count)
        self.shapes = shapes
        self.corners = corners
    }

    /// The bytes for some features, each with its number as `id`; what is no area is left out. Rings run as they do in the table
    /// and are closed by their first corner. Fastest where many features follow each other in the table.
    package func bytes(of features: [Int]) -> [UInt8] {
        let stretches = shapes.stretches(of: features, corners)
        return unsafe [UInt8](unsafeUninitializedCapacity: stretches.reduce(64) { $0 + $1.mostBytes }) { buffer, count in
            guard var pen = unsafe JSONPen(buffer) else { return }
            pen.write("{\"type\":\"FeatureCollection\",\"features\":[")
            var heads = JSONPen.Heads()
            for number in stretches.indices {
                if number + 1 < stretches.count { stretches[number + 1].fetch() }
                stretches[number].draw(with: &pen, &heads)
            }
            pen.closeList()
            pen.write("}\n")
            count = pen.count
        }
    }
}

extension ShapeTable {
    /// Those of some features that are areas, as they follow each other.
    fileprivate func stretches(of features: [Int], _ corners: Column<LonLatE7>) -> [Stretch] {
        var stretches: [Stretch] = []
        var areas = 0..<0
        for feature in features where kind(feature) == .area {
            if feature == areas.upperBound {
                areas = areas.lowerBound..<feature + 1
            } else {
                if !areas.isEmpty { stretches.append(Stretch(areas, of: self, corners)) }
                areas = feature..<feature + 1
            }
        }
        if !areas.isEmpty { stretches.append(Stretch(areas, of: self, corners)) }
        return stretches
    }
}

/// Areas that follow each other in a table, as do their parts, rings and corners there. Good as long as the table is.
@safe
private struct Stretch {
    private let areas: Range<Int>
    /// By area, and one more: its first part; by part its first ring, by ring its first corner.
    private let parts: UnsafeBufferPointer<UInt32>
    private let rings: UnsafeBufferPointer<UInt32>
    private let starts: UnsafeBufferPointer<UInt32>
    private let corners: UnsafeBufferPointer<LonLatE7>

    init(_ areas: Range<Int>, of shapes: ShapeTable, _ corners: Column<LonLatE7>) {
        func range(_ firsts: UnsafeBufferPointer<UInt32>) -> Range<Int> { unsafe Int(firsts[0])..<Int(firsts[firsts.count - 1]) }
        func withOneMore(_ range: Range<Int>) -> Range<Int> { range.lowerBound..<range.upperBound + 1 }
        self.areas = areas
        unsafe parts = shapes.parts.elements(withOneMore(areas))
        unsafe rings = shapes.rings.elements(withOneMore(range(parts)))
        unsafe starts = shapes.starts.elements(withOneMore(range(rings)))
        unsafe self.corners = corners.elements(range(starts))
    }

    /// The most bytes that drawing it takes.
    var mostBytes: Int {
        unsafe 160 * areas.count + 8 * rings.count + JSONPen.mostForRing * starts.count + JSONPen.mostForPlace * corners.count
    }

    /// Asks for the corners, which drawing will want first.
    @inline(__always)
    func fetch() {
        guard let start = unsafe UnsafeRawPointer(corners.baseAddress) else { return }
        for line in stride(from: 0, to: unsafe min(corners.count * MemoryLayout<LonLatE7>.stride, 2048), by: 64) {
            unsafe prefetch(start + line)
        }
    }

    @inline(__always)
    func draw(with pen: inout JSONPen, _ heads: inout JSONPen.Heads) {
        for area in 0..<areas.count {
            pen.write("\n{\"type\":\"Feature\",\"id\":")
            pen.write(areas.lowerBound + area)
            pen.write(",\"properties\":{},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[")
            for part in unsafe members(parts, area) {
                pen.write("[")
                for ring in unsafe members(rings, part) {
                    pen.write(ring: unsafe UnsafeBufferPointer(rebasing: corners[members(starts, ring)]).span, &heads)
                    pen.write(",")
                }
                pen.closeList()
                pen.write(",")
            }
            pen.closeList()
            pen.write("}},")
        }
    }

    /// Which of the stretch's parts are an area's, of its rings a part's, of its corners a ring's.
    @inline(__always)
    private func members(_ firsts: UnsafeBufferPointer<UInt32>, _ owner: Int) -> Range<Int> {
        unsafe Int(firsts[owner] - firsts[0])..<Int(firsts[owner + 1] - firsts[0])
    }
}
