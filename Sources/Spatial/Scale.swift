internal import CPROJ
internal import Glibc

extension PROJ {
    /// A projected CRS with its axes in the order that `scale` needs: PROJ 9.1 gives nonsense factors where the northing is
    /// first (EPSG:3035, EPSG:31467).
    func eastFirst(_ crs: borrowing PROJHandle) throws(SpatialError) -> PROJHandle {
        unsafe try owned(proj_normalize_for_visualization(context, crs.pointer), "CRS with its easting first")
    }

    /// The square root of the areal scale at a place of a projected CRS, from PROJ's own factors.
    func scale(
        of crs: borrowing PROJHandle, at place: Position, _ degrees: borrowing PROJHandle
    ) throws(SpatialError) -> Double {
        let geographic = try self.geographic(place, degrees)
        _ = unsafe proj_errno_reset(crs.pointer)
        let radians = PJ_COORD(lp: PJ_LP(lam: geographic.x * .pi / 180, phi: geographic.y * .pi / 180))
        let areal = unsafe proj_factors(crs.pointer, radians).areal_scale
        guard unsafe proj_errno(crs.pointer) == 0, areal.isFinite, areal > 0 else { throw failure(of: "scale") }
        return areal.squareRoot()
    }

    /// √(M·N) at a place, in metres: a·√(1 − e²) ÷ (1 − e² sin² φ).
    func meanRadius(
        of crs: borrowing PROJHandle, at place: Position, _ degrees: borrowing PROJHandle
    ) throws(SpatialError) -> Double {
        let ellipsoid = unsafe try owned(proj_get_ellipsoid(context, crs.pointer), "ellipsoid")
        var (a, b) = (0.0, 0.0)
        guard unsafe proj_ellipsoid_get_parameters(context, ellipsoid.pointer, &a, &b, nil, nil) != 0, a > 0, b > 0 else {
            throw failure(of: "ellipsoid")
        }
        let sine = try sin(geographic(place, degrees).y * .pi / 180)
        return b / (1 - (1 - b * b / (a * a)) * sine * sine)
    }

    private func geographic(_ place: Position, _ degrees: borrowing PROJHandle) throws(SpatialError) -> Position {
        guard unsafe proj_degree_input(degrees.pointer, PJ_FWD) != 0 else {
            throw .proj(operation: "scale", reason: "the CRS's longitudes and latitudes are not in degrees")
        }
        guard let geographic = moved(place, by: degrees, PJ_INV) else {
            throw .untransformable(x: place.x, y: place.y, reason: reason)
        }
        return geographic
    }
}
