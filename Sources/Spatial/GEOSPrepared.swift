internal import CGEOS

/// A geometry that many others are held against: how they lie to each other in the sense of OGC 06-103r4, 6.1.15. It belongs to the
/// thread of its `GEOS`.
///
/// Boxes decide first, the prepared geometry next; only what meets its border is related at length. An area without polygons is disjoint
/// from all there is.
@safe
package final class PreparedGeometry {
    private let geos: GEOS
    private let geometry: GEOSHandle
    private let prepared: OpaquePointer
    private let corner: GEOS.Corner
    private let box: Box?
    private let isArea: Bool

    fileprivate init(
        _ geometry: consuming GEOSHandle, from corner: GEOS.Corner, box: Box?, isArea: Bool, in geos: GEOS
    ) throws(SpatialError) {
        guard let prepared = unsafe GEOSPrepare_r(geos.context, geometry.pointer) else { throw geos.failure(of: "preparation") }
        self.geos = geos
        self.geometry = geometry
        unsafe self.prepared = prepared
        self.corner = corner
        self.box = box
        self.isArea = isArea
    }

    deinit {
        unsafe GEOSPreparedGeom_destroy_r(geos.context, prepared)
    }

    package func intersects(_ other: Geometry) throws(SpatialError) -> Bool {
        guard mayMeet(other) else { return false }
        return try meets(try handle(other))
    }

    /// No point of the other lies outside, and some of its interior lies in the interior.
    package func contains(_ other: Geometry) throws(SpatialError) -> Bool {
        guard let box, let otherBox = other.box, box.holds(otherBox) else { return false }
        let other = try handle(other)
        return try judged(unsafe GEOSPreparedContains_r(geos.context, prepared, other.pointer))
    }

    /// `contains` the other way round.
    package func isWithin(_ other: Geometry) throws(SpatialError) -> Bool {
        guard let box, let otherBox = other.box, otherBox.holds(box) else { return false }
        let other = try handle(other)
        guard try meets(other) else { return false }
        return try judged(unsafe GEOSContains_r(geos.context, other.pointer, geometry.pointer))
    }

    /// The same points, however drawn.
    package func equals(_ other: Geometry) throws(SpatialError) -> Bool {
        guard let box, box == other.box else { return false }
        let other = try handle(other)
        return try judged(unsafe GEOSEquals_r(geos.context, geometry.pointer, other.pointer))
    }

    /// They meet, but not in their interiors.
    package func touches(_ other: Geometry) throws(SpatialError) -> Bool {
        guard mayMeet(other) else { return false }
        let other = try handle(other)
        guard try crossesBorder(other) else { return false }
        return try judged(unsafe GEOSTouches_r(geos.context, geometry.pointer, other.pointer))
    }

    /// Their interiors meet in less than the larger of their dimensions, and neither holds the other.
    package func crosses(_ other: Geometry) throws(SpatialError) -> Bool {
        guard mayMeet(other) else { return false }
        let other = try handle(other)
        guard try crossesBorder(other) else { return false }
        return try judged(unsafe GEOSCrosses_r(geos.context, geometry.pointer, other.pointer))
    }

    /// Of one dimension, their interiors meet in that dimension, and neither holds the other.
    package func overlaps(_ other: Geometry) throws(SpatialError) -> Bool {
        guard mayMeet(other) else { return false }
        let other = try handle(other)
        guard try crossesBorder(other) else { return false }
        return try judged(unsafe GEOSOverlaps_r(geos.context, geometry.pointer, other.pointer))
    }

    private func mayMeet(_ other: Geometry) -> Bool {
        guard let box, let otherBox = other.box else { return false }
        return box.meets(otherBox)
    }

    private func handle(_ other: Geometry) throws(SpatialError) -> GEOSHandle { try geos.handle(other, from: corner) }

    private func meets(_ other: borrowing GEOSHandle) throws(SpatialError) -> Bool {
        try judged(unsafe GEOSPreparedIntersects_r(geos.context, prepared, other.pointer))
    }

    /// Whether it meets the other without having all of it in its interior.
    private func crossesBorder(_ other: borrowing GEOSHandle) throws(SpatialError) -> Bool {
        guard try meets(other) else { return false }
        guard isArea else { return true }
        return try !judged(unsafe GEOSPreparedContainsProperly_r(geos.context, prepared, other.pointer))
    }

    private func judged(_ verdict: CChar) throws(SpatialError) -> Bool {
        switch verdict {
        case 0: false
        case 1: true
        default: throw geos.failure(of: "relation of two geometries")
        }
    }
}

extension GEOS {
    /// An area must be valid; a line must have two different points.
    package func prepared(_ geometry: Geometry) throws(SpatialError) -> PreparedGeometry {
        let corner = Corner(geometry.box)
        let isArea = if case .area = geometry { true } else { false }
        return try PreparedGeometry(try handle(geometry, from: corner), from: corner, box: geometry.box, isArea: isArea, in: self)
    }

    /// Several points as one geometry.
    package func prepared(points: [Point]) throws(SpatialError) -> PreparedGeometry {
        let box = Box(around: points)
        let corner = Corner(box)
        return try PreparedGeometry(try handle(points: points, from: corner), from: corner, box: box, isArea: false, in: self)
    }
}
