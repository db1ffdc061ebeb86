import CGEOS
@testable import Spatial

/// GEOS read directly, beside the program's own owner of it: nothing of ours stands between the test and the library.
final class Oracle {
    private let context = GEOS_init_r()!

    deinit { GEOS_finish_r(context) }

    /// A geometry of the library, freed with its last user.
    final class Shape {
        let pointer: OpaquePointer
        private let oracle: Oracle

        init(_ pointer: OpaquePointer, _ oracle: Oracle) {
            self.pointer = pointer
            self.oracle = oracle
        }

        deinit { GEOSGeom_destroy_r(oracle.context, pointer) }
    }

    func shape(_ ground: MultiPolygon) -> Shape {
        var polygons: [OpaquePointer?] = ground.polygons.map { polygon in
            var holes: [OpaquePointer?] = polygon.holes.map(ring)
            return GEOSGeom_createPolygon_r(context, ring(polygon.shell), &holes, UInt32(holes.count))
        }
        let kind = Int32(GEOS_MULTIPOLYGON.rawValue)
        return Shape(GEOSGeom_createCollection_r(context, kind, &polygons, UInt32(polygons.count))!, self)
    }

    func point(_ point: Point) -> Shape {
        Shape(GEOSGeom_createPointFromXY_r(context, Double(point.x), Double(point.y))!, self)
    }

    func line(_ points: [Point]) -> Shape {
        Shape(GEOSGeom_createLineString_r(context, sequence(points))!, self)
    }

    private func ring(_ ring: Ring) -> OpaquePointer? {
        GEOSGeom_createLinearRing_r(context, sequence(ring.points + ring.points.prefix(1)))
    }

    private func sequence(_ points: [Point]) -> OpaquePointer? {
        let buffer = points.flatMap { [Double($0.x), Double($0.y)] }
        return GEOSCoordSeq_copyFromBuffer_r(context, buffer, UInt32(points.count), 0, 0)
    }

    func isValid(_ shape: Shape) -> Bool { GEOSisValid_r(context, shape.pointer) == 1 }

    func reason(_ shape: Shape) -> String {
        let text = GEOSisValidReason_r(context, shape.pointer)!
        defer { GEOSFree_r(context, text) }
        return String(cString: text)
    }

    func area(_ shape: Shape) -> Double {
        var area = 0.0
        GEOSArea_r(context, shape.pointer, &area)
        return area
    }

    func length(_ shape: Shape) -> Double {
        var length = 0.0
        GEOSLength_r(context, shape.pointer, &length)
        return length
    }

    func distance(_ a: Shape, _ b: Shape) -> Double {
        var distance = 0.0
        GEOSDistance_r(context, a.pointer, b.pointer, &distance)
        return distance
    }

    func boundary(_ shape: Shape) -> Shape { Shape(GEOSBoundary_r(context, shape.pointer)!, self) }

    /// Overlay snapped to a grid of 10⁻³ mm, the one that is right on the cases known to be wrong.
    func intersection(_ a: Shape, _ b: Shape) -> Shape {
        Shape(GEOSIntersectionPrec_r(context, a.pointer, b.pointer, 1e-3)!, self)
    }

    /// The area both share, by overlay of the coordinates as they are.
    func sharedArea(_ a: Shape, _ b: Shape) -> Double { area(Shape(GEOSIntersection_r(context, a.pointer, b.pointer)!, self)) }

    func difference(_ a: Shape, _ b: Shape) -> Shape {
        Shape(GEOSDifferencePrec_r(context, a.pointer, b.pointer, 1e-3)!, self)
    }

    /// The polygons alone of a result that may hold lines and points as well.
    func polygons(_ shape: Shape) -> Shape {
        var parts: [OpaquePointer?] = []
        for number in 0..<GEOSGetNumGeometries_r(context, shape.pointer) {
            let part = GEOSGetGeometryN_r(context, shape.pointer, number)
            if GEOSGeomTypeId_r(context, part) == Int32(GEOS_POLYGON.rawValue) { parts.append(GEOSGeom_clone_r(context, part)) }
        }
        let kind = Int32(GEOS_MULTIPOLYGON.rawValue)
        return Shape(GEOSGeom_createCollection_r(context, kind, &parts, UInt32(parts.count))!, self)
    }

    /// DE-9IM in nine letters.
    func relation(_ a: Shape, _ b: Shape) -> String {
        let text = GEOSRelate_r(context, a.pointer, b.pointer)!
        defer { GEOSFree_r(context, text) }
        return String(cString: text)
    }

    func position(of point: Point, in shape: Shape) -> MultiPolygon.Position {
        switch relation(shape, self.point(point)).prefix(6) {
        case let cells where cells.first == "0": .inside
        case let cells where cells.dropFirst(3).first == "0": .boundary
        default: .outside
        }
    }
}
