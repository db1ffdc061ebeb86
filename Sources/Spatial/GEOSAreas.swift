internal import CGEOS

extension GEOS {
    /// The width in millimetres of the grid that intersections are worked out on: 10⁻⁶ m.
    ///
    /// Overlay in plain floating point gives wrong areas on valid polygons; on a fixed grid it does not.
    static let precision = 1e-3

    /// Whether the interiors have area in common (DE-9IM, interior–interior of dimension 2). What only touches does not.
    package func interiorsMeet(_ a: MultiPolygon, _ b: MultiPolygon) throws(SpatialError) -> Bool {
        let corner = Corner(a.box)
        return try interiorsMeet(handle(a, from: corner), handle(b, from: corner))
    }

    /// The area in mm² that both have in common, worked out on a grid of 10⁻⁶ m: a second reading, not the answer.
    package func intersectionArea(_ a: MultiPolygon, _ b: MultiPolygon) throws(SpatialError) -> Double {
        let corner = Corner(a.box)
        return try area(of: intersection(handle(a, from: corner), handle(b, from: corner)))
    }

    /// What both have in common, for drawing: polygons, their rings (shell first, closing point not repeated) in millimetres
    /// of the grid. Where they only touch there is nothing.
    package func intersection(_ a: MultiPolygon, _ b: MultiPolygon) throws(SpatialError) -> [[[(x: Double, y: Double)]]] {
        let corner = Corner(a.box)
        let piece = try intersection(handle(a, from: corner), handle(b, from: corner))
        let (x, y) = (Double(corner.x), Double(corner.y))
        return try polygons(of: piece).map { $0.map { $0.map { (x: $0.x + x, y: $0.y + y) } } }
    }

    /// Reads the common area of `a` and `b` a second time and throws `disagreement` when the reading does not bear out `area`.
    ///
    /// They disagree when one finds interiors that meet and the other none, or when the areas differ by more than 10⁻⁶ m for
    /// every metre of perimeter + 10⁻⁶ m², beside the mm² that `area` is rounded to. The perimeter is that of the common
    /// piece, and no less than the shorter of the two outlines: a sliver narrower than the grid vanishes with its perimeter.
    /// An area of zero beside interiors that meet is borne out when the piece is as small as that.
    package func secondOpinion(on area: Int64, of a: MultiPolygon, and b: MultiPolygon) throws(SpatialError) {
        let corner = Corner(a.box)
        let first = try handle(a, from: corner)
        let second = try handle(b, from: corner)
        let relation = try relation(first, second)
        let meet = relation[0] == UInt8(ascii: "2")
        let outlines = try (length(of: first), length(of: second))
        let (found, perimeter): (Double, Double)
        if relation.isWithin(2, 5) {
            // Nothing of the first lies outside the second: what they share is the first itself, and needs no overlay.
            (found, perimeter) = (try self.area(of: first), outlines.0)
        } else if relation.isWithin(6, 7) {
            (found, perimeter) = (try self.area(of: second), outlines.1)
        } else {
            let piece = try intersection(first, second)
            (found, perimeter) = (try self.area(of: piece), max(try length(of: piece), min(outlines.0, outlines.1)))
        }
        let allowed = Self.precision * perimeter + 1 + 1
        let apart = (Double(area) - found).magnitude
        guard apart <= allowed, meet || area == 0 else {
            throw .disagreement(exact: area, geos: found, allowed: allowed, interiorsMeet: meet)
        }
    }

    /// The nine characters of DE-9IM: the first geometry's interior, boundary and exterior against the second's.
    private func relation(_ a: borrowing GEOSHandle, _ b: borrowing GEOSHandle) throws(SpatialError) -> [UInt8] {
        guard let text = unsafe GEOSRelate_r(context, a.pointer, b.pointer) else { throw failure(of: "relation") }
        defer { unsafe GEOSFree_r(context, text) }
        let relation = unsafe Array(String(cString: text).utf8)
        guard relation.count == 9 else { throw failure(of: "relation") }
        return relation
    }

    private func interiorsMeet(_ a: borrowing GEOSHandle, _ b: borrowing GEOSHandle) throws(SpatialError) -> Bool {
        switch unsafe GEOSRelatePattern_r(context, a.pointer, b.pointer, "2********") {
        case 0: return false
        case 1: return true
        default: throw failure(of: "relation")
        }
    }

    private func intersection(_ a: borrowing GEOSHandle, _ b: borrowing GEOSHandle) throws(SpatialError) -> GEOSHandle {
        unsafe try owned(GEOSIntersectionPrec_r(context, a.pointer, b.pointer, Self.precision), "intersection")
    }

    private func area(of geometry: borrowing GEOSHandle) throws(SpatialError) -> Double {
        var area = 0.0
        guard unsafe GEOSArea_r(context, geometry.pointer, &area) == 1, area.isFinite else { throw failure(of: "area") }
        return area
    }

    private func length(of geometry: borrowing GEOSHandle) throws(SpatialError) -> Double {
        var length = 0.0
        guard unsafe GEOSLength_r(context, geometry.pointer, &length) == 1, length.isFinite else {
            throw failure(of: "perimeter")
        }
        return length
    }
}

extension [UInt8] {
    /// Whether two places of a DE-9IM relation are empty.
    fileprivate func isWithin(_ interior: Int, _ boundary: Int) -> Bool {
        self[interior] == UInt8(ascii: "F") && self[boundary] == UInt8(ascii: "F")
    }
}
