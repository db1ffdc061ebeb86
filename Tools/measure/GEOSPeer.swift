internal import CGEOS
import Spatial

/// GEOS through its C API: an STR-tree over all areas and a prepared geometry for each.
@safe
final class GEOSPeer {
    private let context: GEOSContextHandle_t
    private let tree: OpaquePointer
    private var geometries: [OpaquePointer?] = unsafe []
    private var prepared: [OpaquePointer?] = unsafe []
    /// What a query in progress found.
    fileprivate var hits: [Int] = []
    fileprivate var candidates: [Int] = []

    init(_ ground: Ground) throws {
        guard let context = unsafe GEOS_init_r(), let tree = unsafe GEOSSTRtree_create_r(context, 10) else { throw Trouble("GEOS") }
        unsafe self.context = context
        unsafe self.tree = tree
        for feature in 0..<ground.shapes.count {
            let geometry = unsafe area(feature, of: ground.shapes)
            unsafe geometries.append(geometry)
            unsafe prepared.append(GEOSPrepare_r(context, geometry))
            unsafe GEOSSTRtree_insert_r(context, tree, geometry, UnsafeMutableRawPointer(bitPattern: feature + 1))
        }
    }

    static var version: String { unsafe String(cString: GEOSversion()) }

    private func area(_ feature: Int, of shapes: ShapeTable) -> OpaquePointer? {
        var polygons: [OpaquePointer?] = unsafe []
        for part in shapes.parts(of: feature) {
            var rings: [OpaquePointer?] = unsafe []
            for ring in shapes.rings(of: part) {
                let points = shapes.corners(of: ring).map { shapes.points[$0] }
                var numbers = (points + points.prefix(1)).flatMap { [Double($0.x), Double($0.y)] }
                let sequence = unsafe GEOSCoordSeq_copyFromBuffer_r(context, &numbers, UInt32(points.count + 1), 0, 0)
                unsafe rings.append(GEOSGeom_createLinearRing_r(context, sequence))
            }
            let shell = unsafe rings.removeFirst()
            unsafe polygons.append(GEOSGeom_createPolygon_r(context, shell, &rings, UInt32(rings.count)))
        }
        if unsafe polygons.count == 1 { return unsafe polygons[0] }
        return unsafe GEOSGeom_createCollection_r(context, Int32(GEOS_MULTIPOLYGON.rawValue), &polygons, UInt32(polygons.count))
    }

    /// The features that hold a point or have it on their boundary, in the tree's order.
    func holders(of point: Point) -> [Int] {
        let place = unsafe GEOSGeom_createPointFromXY_r(context, Double(point.x), Double(point.y))
        defer { unsafe GEOSGeom_destroy_r(context, place) }
        candidates.removeAll(keepingCapacity: true)
        hits.removeAll(keepingCapacity: true)
        let me = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe GEOSSTRtree_query_r(context, tree, place, { unsafe note($0, $1) }, me)
        for candidate in candidates where unsafe GEOSPreparedIntersects_r(context, prepared[candidate], place) == 1 {
            hits.append(candidate)
        }
        return hits
    }

    /// The areas in mm² that a parcel has in common with others, by the quickest way that GEOS has: prepared covers decides
    /// most, and what is left is clipped to the parcel's box before it is cut.
    func shares(of parcel: Int, isParcel: (Int) -> Bool) -> [(feature: Int, area: Double)] {
        let base = unsafe geometries[parcel]
        candidates.removeAll(keepingCapacity: true)
        let me = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe GEOSSTRtree_query_r(context, tree, base, { unsafe note($0, $1) }, me)
        var whole = 0.0
        unsafe GEOSArea_r(context, base, &whole)
        var shares: [(feature: Int, area: Double)] = []
        for candidate in candidates where !isParcel(candidate) {
            if unsafe GEOSPreparedCovers_r(context, prepared[candidate], base) == 1 {
                shares.append((candidate, whole))
            } else if unsafe GEOSPreparedIntersects_r(context, prepared[candidate], base) == 1 {
                let area = unsafe cut(base, geometries[candidate])
                if area > 0 { shares.append((candidate, area)) }
            }
        }
        return shares
    }

    private func cut(_ base: OpaquePointer?, _ other: OpaquePointer?) -> Double {
        var (west, south, east, north, area) = (0.0, 0.0, 0.0, 0.0, 0.0)
        unsafe GEOSGeom_getXMin_r(context, base, &west)
        unsafe GEOSGeom_getYMin_r(context, base, &south)
        unsafe GEOSGeom_getXMax_r(context, base, &east)
        unsafe GEOSGeom_getYMax_r(context, base, &north)
        let clipped = unsafe GEOSClipByRect_r(context, other, west - 1, south - 1, east + 1, north + 1)
        defer { unsafe GEOSGeom_destroy_r(context, clipped) }
        let piece = unsafe GEOSIntersection_r(context, base, clipped)
        defer { unsafe GEOSGeom_destroy_r(context, piece) }
        unsafe GEOSArea_r(context, piece, &area)
        return area
    }
}

private func note(_ item: UnsafeMutableRawPointer?, _ owner: UnsafeMutableRawPointer?) {
    guard let owner = unsafe owner, let item = unsafe item else { return }
    unsafe Unmanaged<GEOSPeer>.fromOpaque(owner).takeUnretainedValue().candidates.append(Int(bitPattern: item) - 1)
}
