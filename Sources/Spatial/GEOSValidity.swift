internal import CGEOS

extension GEOS {
    /// Why the polygons do not bound ground as the simple feature standard asks, and where (millimetres of the grid); nil when
    /// they do. Empty ground is valid. A ring of fewer than three points is answered here and never handed to GEOS.
    package func invalidity(of area: MultiPolygon) throws(SpatialError) -> (reason: String, at: (x: Double, y: Double))? {
        let corner = Corner(area.box)
        for ring in area.rings where ring.points.count < 3 {
            let at = ring.points.first.map { (x: Double($0.x), y: Double($0.y)) }
            return ("Too few points in a ring", at ?? (Double(corner.x), Double(corner.y)))
        }
        let geometry = try handle(area, from: corner)
        var reason: UnsafeMutablePointer<CChar>?
        var place: OpaquePointer?
        let verdict = unsafe GEOSisValidDetail_r(context, geometry.pointer, 0, &reason, &place)
        let words = unsafe reason.map { unsafe String(cString: $0) }
        if let reason = unsafe reason { unsafe GEOSFree_r(context, reason) }
        let at = unsafe place == nil ? nil : try location(of: owned(place, "place of the fault"))
        switch verdict {
        case 1:
            return nil
        case 0:
            let (x, y) = at ?? (0, 0)
            return (words ?? "Invalid", (x + Double(corner.x), y + Double(corner.y)))
        default:
            throw failure(of: "validity")
        }
    }

    /// The coordinates of a point that GEOS made.
    func location(of point: borrowing GEOSHandle) throws(SpatialError) -> (x: Double, y: Double) {
        var (x, y) = (0.0, 0.0)
        guard unsafe GEOSGeomGetX_r(context, point.pointer, &x) == 1, unsafe GEOSGeomGetY_r(context, point.pointer, &y) == 1,
            x.isFinite, y.isFinite
        else { throw failure(of: "coordinates of a point") }
        return (x, y)
    }
}
