internal import CPROJ

/// What is known of a coordinate reference system.
package struct CRSDescription: Hashable, Sendable {
    /// As it was asked for.
    package let code: String
    package let name: String
    /// WKT 1 as `gpkg_spatial_ref_sys` and `.prj` files hold it; WKT 2 (2019) where WKT 1 cannot say it.
    package let wkt: String
    /// Eastings and northings in metres: what a city may be kept in.
    package let isProjectedInMetres: Bool
    /// Longitudes and latitudes.
    package let isGeographic: Bool
    /// Whether its authority states the northing or latitude first.
    package let isNorthFirst: Bool
    /// Where it is meant to be used, in degrees; nil where nobody has said.
    package let areaOfUse: LonLatBox?
    package let areaName: String
}

package enum Projection {
    /// Describes a CRS by authority and code (`EPSG:32640`) or WKT. Reads PROJ's database: milliseconds.
    package static func describe(_ code: String) throws(SpatialError) -> CRSDescription {
        let proj = try PROJ()
        let crs = try proj.crs(code)
        let horizontal = try proj.horizontal(of: crs)
        let kind = unsafe proj_get_type(horizontal.pointer)
        var (west, south, east, north) = (0.0, 0.0, 0.0, 0.0)
        var area: UnsafePointer<CChar>?
        let isKnown = unsafe proj_get_area_of_use(proj.context, crs.pointer, &west, &south, &east, &north, &area) != 0
        return CRSDescription(
            code: code, name: crs.name, wkt: try proj.wkt(of: crs),
            isProjectedInMetres: kind == PJ_TYPE_PROJECTED_CRS ? try proj.isInMetres(horizontal) : false,
            isGeographic: kind == PJ_TYPE_GEOGRAPHIC_2D_CRS || kind == PJ_TYPE_GEOGRAPHIC_3D_CRS,
            isNorthFirst: try proj.firstDirection(horizontal) == "north",
            areaOfUse: isKnown ? LonLatBox(west: west, south: south, east: east, north: north) : nil,
            areaName: isKnown ? unsafe area.map { unsafe String(cString: $0) } ?? "" : "")
    }
}

extension Projection {
    /// PROJ's version in its own words: `9.1.1`.
    package static func libraryVersion() throws(SpatialError) -> String {
        _ = try PROJ(findsFiles: false)
        return unsafe proj_info().version.map { unsafe String(cString: $0) } ?? ""
    }
}

extension PROJ {
    /// The part of a compound or bound CRS that says where on the map; another CRS itself.
    fileprivate func horizontal(of crs: borrowing PROJHandle) throws(SpatialError) -> PROJHandle {
        switch unsafe proj_get_type(crs.pointer) {
        case PJ_TYPE_COMPOUND_CRS: unsafe try owned(proj_crs_get_sub_crs(context, crs.pointer, 0), "horizontal CRS")
        case PJ_TYPE_BOUND_CRS: unsafe try owned(proj_get_source_crs(context, crs.pointer), "horizontal CRS")
        default: unsafe try owned(proj_clone(context, crs.pointer), "CRS")
        }
    }

    /// The WKT on one line.
    fileprivate func wkt(of crs: borrowing PROJHandle) throws(SpatialError) -> String {
        for kind in [PJ_WKT1_GDAL, PJ_WKT2_2019] {
            guard let wkt = unsafe proj_as_wkt(context, crs.pointer, kind, nil) else { continue }
            return unsafe String(cString: wkt).split(separator: "\n").map { $0.drop(while: { $0 == " " }) }.joined()
        }
        throw failure(of: "WKT of \(crs.name)")
    }

    /// Where the first axis points.
    fileprivate func firstDirection(_ crs: borrowing PROJHandle) throws(SpatialError) -> String {
        let axes = unsafe try owned(proj_crs_get_coordinate_system(context, crs.pointer), "axes")
        var direction: UnsafePointer<CChar>?
        guard unsafe proj_cs_get_axis_info(context, axes.pointer, 0, nil, nil, &direction, nil, nil, nil, nil) != 0 else { return "" }
        return unsafe direction.map { unsafe String(cString: $0).lowercased() } ?? ""
    }

    /// Whether the first two axes are an easting and a northing, in either order, in metres.
    fileprivate func isInMetres(_ crs: borrowing PROJHandle) throws(SpatialError) -> Bool {
        let axes = unsafe try owned(proj_crs_get_coordinate_system(context, crs.pointer), "axes")
        var directions: Set<String> = []
        for axis: Int32 in 0..<2 {
            var metres = 0.0
            var direction: UnsafePointer<CChar>?
            guard unsafe proj_cs_get_axis_info(context, axes.pointer, axis, nil, nil, &direction, &metres, nil, nil, nil) != 0,
                metres == 1, let direction = unsafe direction
            else { return false }
            directions.insert(unsafe String(cString: direction).lowercased())
        }
        return directions == ["east", "north"]
    }
}
