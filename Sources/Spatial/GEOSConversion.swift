internal import CGEOS

extension GEOS {
    /// The corner that coordinates are taken relative to.
    struct Corner {
        let x: Int64
        let y: Int64

        init(_ box: Box?) {
            x = Int64(box?.minX ?? 0)
            y = Int64(box?.minY ?? 0)
        }
    }

    /// A multipolygon of GEOS. Every ring must have at least three points.
    func handle(_ area: MultiPolygon, from corner: Corner) throws(SpatialError) -> GEOSHandle {
        var parts = GEOSParts(of: self)
        for polygon in area.polygons { parts.append(try polygonHandle(polygon, from: corner)) }
        return try collection(&parts, GEOS_MULTIPOLYGON)
    }

    /// A geometry of any kind. Lines must have at least two points each.
    func handle(_ geometry: Geometry, from corner: Corner) throws(SpatialError) -> GEOSHandle {
        switch geometry {
        case .area(let area):
            return try handle(area, from: corner)
        case .point(let point):
            let x = Double(Int64(point.x) - corner.x)
            let y = Double(Int64(point.y) - corner.y)
            return unsafe try owned(GEOSGeom_createPointFromXY_r(context, x, y), "point")
        case .line(let lines):
            var parts = GEOSParts(of: self)
            for line in lines {
                let sequence = unsafe try self.sequence(line, closed: false, from: corner)
                parts.append(unsafe try owned(GEOSGeom_createLineString_r(context, sequence), "line"))
            }
            return try collection(&parts, GEOS_MULTILINESTRING)
        }
    }

    /// A multipoint.
    func handle(points: [Point], from corner: Corner) throws(SpatialError) -> GEOSHandle {
        var parts = GEOSParts(of: self)
        for point in points { parts.append(try handle(.point(point), from: corner)) }
        return try collection(&parts, GEOS_MULTIPOINT)
    }

    private func polygonHandle(_ polygon: Polygon, from corner: Corner) throws(SpatialError) -> GEOSHandle {
        var holes = GEOSParts(of: self)
        for hole in polygon.holes { holes.append(try ringHandle(hole, from: corner)) }
        let shell = unsafe try ringHandle(polygon.shell, from: corner).released()
        return unsafe try owned(holes.release { unsafe GEOSGeom_createPolygon_r(context, shell, $0, $1) }, "polygon")
    }

    private func ringHandle(_ ring: Ring, from corner: Corner) throws(SpatialError) -> GEOSHandle {
        let sequence = unsafe try self.sequence(ring.points, closed: true, from: corner)
        return unsafe try owned(GEOSGeom_createLinearRing_r(context, sequence), "ring")
    }

    private func collection(_ parts: inout GEOSParts, _ kind: GEOSGeomTypes) throws(SpatialError) -> GEOSHandle {
        let type = Int32(kind.rawValue)
        return unsafe try owned(parts.release { unsafe GEOSGeom_createCollection_r(context, type, $0, $1) }, "collection")
    }

    private func sequence(_ points: [Point], closed: Bool, from corner: Corner) throws(SpatialError) -> OpaquePointer {
        var values: [Double] = []
        values.reserveCapacity(2 * points.count + 2)
        for point in points {
            values.append(Double(Int64(point.x) - corner.x))
            values.append(Double(Int64(point.y) - corner.y))
        }
        if closed, values.count >= 2 {
            values.append(values[0])
            values.append(values[1])
        }
        guard let count = UInt32(exactly: values.count / 2) else { throw .geos(operation: "ring", reason: "too many points") }
        guard let made = unsafe GEOSCoordSeq_copyFromBuffer_r(context, values, count, 0, 0) else { throw failure(of: "ring") }
        return unsafe made
    }
}

extension GEOS {
    /// Every polygon in a result: its rings, the shell first, the closing point not repeated. Points and lines are left out.
    func polygons(of geometry: borrowing GEOSHandle) throws(SpatialError) -> [[[(x: Double, y: Double)]]] {
        var pending = unsafe [geometry.pointer]
        var found: [[[(x: Double, y: Double)]]] = []
        while let next = unsafe pending.popLast() {
            switch unsafe GEOSGeomTypeId_r(context, next) {
            case Int32(GEOS_POLYGON.rawValue):
                if unsafe GEOSisEmpty_r(context, next) == 0 { found.append(unsafe try rings(of: next)) }
            case Int32(GEOS_MULTIPOLYGON.rawValue), Int32(GEOS_GEOMETRYCOLLECTION.rawValue):
                let count = unsafe GEOSGetNumGeometries_r(context, next)
                for index in stride(from: count - 1, through: 0, by: -1) {
                    guard let part = unsafe GEOSGetGeometryN_r(context, next, index) else { throw failure(of: "part") }
                    unsafe pending.append(part)
                }
            default:
                continue
            }
        }
        return found
    }

    private func rings(of polygon: OpaquePointer) throws(SpatialError) -> [[(x: Double, y: Double)]] {
        guard let shell = unsafe GEOSGetExteriorRing_r(context, polygon) else { throw failure(of: "outline") }
        var rings = [unsafe try points(of: shell)]
        for index in 0..<max(0, unsafe GEOSGetNumInteriorRings_r(context, polygon)) {
            guard let hole = unsafe GEOSGetInteriorRingN_r(context, polygon, index) else { throw failure(of: "hole") }
            rings.append(unsafe try points(of: hole))
        }
        return rings
    }

    private func points(of ring: OpaquePointer) throws(SpatialError) -> [(x: Double, y: Double)] {
        var count: UInt32 = 0
        guard let sequence = unsafe GEOSGeom_getCoordSeq_r(context, ring),
            unsafe GEOSCoordSeq_getSize_r(context, sequence, &count) != 0
        else { throw failure(of: "ring") }
        var values = [Double](repeating: 0, count: 2 * Int(count))
        guard unsafe GEOSCoordSeq_copyToBuffer_r(context, sequence, &values, 0, 0) != 0 else { throw failure(of: "ring") }
        return (0..<max(0, Int(count) - 1)).map { (x: values[2 * $0], y: values[2 * $0 + 1]) }
    }
}
