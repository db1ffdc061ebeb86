internal import CGEOS

extension GEOS {
    /// Polygons in some drawing's units, cut to a rectangle where one is given and snapped to whole units: valid, whatever becomes of narrow
    /// parts, and empty where nothing is left. The shell of a polygon comes first; no ring repeats its first place.
    ///
    /// Here a `Point` counts the drawing's units. Valid polygons are expected; where ones that are not make GEOS fail, it mends them and
    /// is asked again.
    package func snapped(
        _ polygons: [[[Position]]], cutTo rectangle: (minX: Double, minY: Double, maxX: Double, maxY: Double)?
    ) throws(SpatialError) -> MultiPolygon {
        var parts = GEOSParts(of: self)
        for rings in polygons { parts.append(try polygon(rings)) }
        let type = Int32(GEOS_MULTIPOLYGON.rawValue)
        let whole = unsafe try owned(parts.release { unsafe GEOSGeom_createCollection_r(context, type, $0, $1) }, "collection")
        do throws(SpatialError) {
            return try snapped(whole, cutTo: rectangle)
        } catch {
            let mended = unsafe try owned(GEOSMakeValid_r(context, whole.pointer), "mending")
            return try snapped(mended, cutTo: rectangle)
        }
    }

    private func snapped(
        _ ground: borrowing GEOSHandle, cutTo rectangle: (minX: Double, minY: Double, maxX: Double, maxY: Double)?
    ) throws(SpatialError) -> MultiPolygon {
        guard let rectangle else { return try onWholeUnits(ground) }
        let (low, high) = ((rectangle.minX, rectangle.minY), (rectangle.maxX, rectangle.maxY))
        let cut = unsafe try owned(GEOSClipByRect_r(context, ground.pointer, low.0, low.1, high.0, high.1), "cut")
        return try onWholeUnits(cut)
    }

    private func onWholeUnits(_ ground: borrowing GEOSHandle) throws(SpatialError) -> MultiPolygon {
        let snapped = unsafe try owned(GEOSGeom_setPrecision_r(context, ground.pointer, 1, 0), "snapping")
        let corner = Corner(nil)
        var result = MultiPolygon([])
        for rings in try polygons(of: snapped) {
            var onGrid: [Ring] = []
            for ring in rings {
                var points: [Point] = []
                for place in ring { points.append(try gridPoint(place, from: corner, "snapping")) }
                onGrid.append(Ring(points))
            }
            result.polygons.append(Polygon(shell: onGrid[0], holes: Array(onGrid.dropFirst())))
        }
        return result
    }

    private func polygon(_ rings: [[Position]]) throws(SpatialError) -> GEOSHandle {
        guard let shell = rings.first else { throw .geos(operation: "polygon", reason: "no ring") }
        var holes = GEOSParts(of: self)
        for hole in rings.dropFirst() { holes.append(try ring(hole)) }
        let outline = unsafe try ring(shell).released()
        return unsafe try owned(holes.release { unsafe GEOSGeom_createPolygon_r(context, outline, $0, $1) }, "polygon")
    }

    private func ring(_ places: [Position]) throws(SpatialError) -> GEOSHandle {
        var values: [Double] = []
        values.reserveCapacity(2 * places.count + 2)
        for place in places + places.prefix(1) {
            values.append(place.x)
            values.append(place.y)
        }
        guard let count = UInt32(exactly: values.count / 2) else { throw .geos(operation: "ring", reason: "too many points") }
        let sequence = unsafe try pointer(GEOSCoordSeq_copyFromBuffer_r(context, values, count, 0, 0), "ring")
        return unsafe try owned(GEOSGeom_createLinearRing_r(context, sequence), "ring")
    }

    private func pointer(_ made: OpaquePointer?, _ operation: String) throws(SpatialError) -> OpaquePointer {
        guard let made = unsafe made else { throw failure(of: operation) }
        return unsafe made
    }
}
