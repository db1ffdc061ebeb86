internal import CPROJ
internal import Glibc

extension PROJ {
    /// What to ask for the scale of a projected CRS: the projection by itself where the CRS is no more than one and both say
    /// the same in the middle, else the CRS.
    ///
    /// PROJ 9.1 takes 20 ms for each answer of a CRS, and answers nonsense unless its easting is first (EPSG:3035).
    func scaled(
        _ crs: borrowing PROJHandle, middle: Position, _ degrees: borrowing PROJHandle
    ) throws(SpatialError) -> PROJHandle {
        let whole = unsafe try owned(proj_normalize_for_visualization(context, crs.pointer), "CRS with its easting first")
        guard let text = unsafe proj_as_proj_string(context, degrees.pointer, PJ_PROJ_5, nil) else { return whole }
        let steps = unsafe String(cString: text).split(separator: "+step ").filter { step in
            !["+proj=pipeline", "+proj=unitconvert", "+proj=axisswap"].contains { step.hasPrefix($0) }
        }
        guard steps.count == 1, let made = unsafe proj_create(context, String(steps[0])) else { return whole }
        let single = unsafe try owned(made, "projection")
        let apart = try scale(of: single, at: middle, degrees) - scale(of: whole, at: middle, degrees)
        return apart.magnitude <= 1e-11 ? single : whole
    }

    /// The square root of the areal scale at a place, from PROJ's own factors.
    func scale(
        of projection: borrowing PROJHandle, at place: Position, _ degrees: borrowing PROJHandle
    ) throws(SpatialError) -> Double {
        let geographic = try self.geographic(place, degrees)
        _ = unsafe proj_errno_reset(projection.pointer)
        let radians = PJ_COORD(lp: PJ_LP(lam: geographic.x * .pi / 180, phi: geographic.y * .pi / 180))
        let areal = unsafe proj_factors(projection.pointer, radians).areal_scale
        guard unsafe proj_errno(projection.pointer) == 0, areal.isFinite, areal > 0 else { throw failure(of: "scale") }
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
