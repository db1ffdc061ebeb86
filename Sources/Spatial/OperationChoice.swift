internal import CPROJ

extension Operation {
    /// How far in metres the operation read back from its definition may lie from itself: PROJ writes 15 digits of an angle.
    fileprivate static let faith = 1e-7

    /// Chooses the operation that PROJ ranks first around a place, of those that can be carried out and are no ballpark.
    ///
    /// One that is meant for the whole box comes before one that is meant for a part of it. The chosen one is written as a
    /// pipeline, read back, and compared with itself over the box. Reads PROJ's database: tens of milliseconds.
    package static func choose(
        from source: String, to target: String, around box: LonLatBox
    ) throws(SpatialError) -> Operation {
        let proj = try PROJ()
        let from = try proj.crs(source)
        let to = try proj.crs(target)
        var refused = Refused()
        for criterion in [PROJ_SPATIAL_CRITERION_STRICT_CONTAINMENT, PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION] {
            let list = try proj.operations(from, to, box, criterion)
            for index in 0..<list.count {
                let candidate = try list.operation(index, proj)
                if proj.isBallpark(candidate) {
                    refused.ballparks += 1
                } else if unsafe proj_coordoperation_is_instantiable(proj.context, candidate.pointer) == 0 {
                    refused.grids.formUnion(proj.missingGrids(of: candidate))
                } else {
                    return try proj.pin(candidate, source, target, samples: proj.samples(of: from, box))
                }
            }
        }
        throw refused.error(source, target, datum: proj.datumName(of: from))
    }

    /// What was passed over while choosing.
    private struct Refused {
        var ballparks = 0
        var grids: Set<String> = []

        func error(_ source: String, _ target: String, datum: String) -> SpatialError {
            if !grids.isEmpty { return .missingGrids(source: source, target: target, grids: grids.sorted()) }
            if ballparks == 0 { return .noOperation(source: source, target: target) }
            let old = ["European Datum 1950", "Final Datum 1958", "Nahrwan"].contains { datum.hasPrefix($0) }
            let iran =
                "maps of Iran older than WGS 84 are mostly in ED50(ED77): EPSG:4154 in degrees, "
                + "EPSG:2058 to 2061 in UTM zones 38N to 41N"
            return .ballpark(source: source, target: target, advice: old ? iran : "name the source's datum more exactly")
        }
    }
}

extension PROJ {
    fileprivate func operations(
        _ from: borrowing PROJHandle, _ to: borrowing PROJHandle, _ box: LonLatBox, _ criterion: PROJ_SPATIAL_CRITERION
    ) throws(SpatialError) -> PROJList {
        guard let factory = unsafe proj_create_operation_factory_context(context, nil) else { throw failure(of: "operations") }
        defer { unsafe proj_operation_factory_context_destroy(factory) }
        unsafe proj_operation_factory_context_set_area_of_interest(context, factory, box.west, box.south, box.east, box.north)
        unsafe proj_operation_factory_context_set_spatial_criterion(context, factory, criterion)
        unsafe proj_operation_factory_context_set_grid_availability_use(
            context, factory, PROJ_GRID_AVAILABILITY_USED_FOR_SORTING)
        guard let list = unsafe proj_create_operations(context, from.pointer, to.pointer, factory) else {
            throw failure(of: "operations")
        }
        return unsafe PROJList(list)
    }

    fileprivate func isBallpark(_ operation: borrowing PROJHandle) -> Bool {
        unsafe proj_coordoperation_has_ballpark_transformation(context, operation.pointer) != 0
            || operation.name.contains("Ballpark")
    }

    fileprivate func missingGrids(of operation: borrowing PROJHandle) -> [String] {
        (0..<max(0, unsafe proj_coordoperation_get_grid_used_count(context, operation.pointer))).compactMap { index in
            var name: UnsafePointer<CChar>?
            var isThere: Int32 = 0
            guard
                unsafe proj_coordoperation_get_grid_used(
                    context, operation.pointer, index, &name, nil, nil, nil, nil, nil, &isThere) != 0,
                isThere == 0, let name = unsafe name
            else { return nil }
            return unsafe String(cString: name)
        }
    }

    fileprivate func datumName(of crs: borrowing PROJHandle) -> String {
        guard let geodetic = unsafe try? owned(proj_crs_get_geodetic_crs(context, crs.pointer), "datum"),
            let datum = unsafe try? owned(proj_crs_get_datum_forced(context, geodetic.pointer), "datum")
        else { return "" }
        return datum.name
    }

    /// Nine places over the box in a CRS's own units, to compare operations at; those that it cannot show are left out.
    fileprivate func samples(of crs: borrowing PROJHandle, _ box: LonLatBox) throws(SpatialError) -> [Position] {
        let degrees = try fromDegrees(to: crs)
        let width = box.west <= box.east ? box.east - box.west : box.east + 360 - box.west
        return (0..<9).compactMap { index in
            let lon = box.west + width * Double(1 + index % 3 * 2) / 6
            let lat = box.south + (box.north - box.south) * Double(1 + index / 3 * 2) / 6
            return moved(Position(x: lon, y: lat), by: degrees, PJ_FWD)
        }
    }

    /// The conversion from a CRS's own longitudes and latitudes to it, in degrees and x first.
    func fromDegrees(to crs: borrowing PROJHandle) throws(SpatialError) -> PROJHandle {
        let base = unsafe try owned(proj_crs_get_geodetic_crs(context, crs.pointer), "geographic CRS")
        let made = unsafe proj_create_crs_to_crs_from_pj(context, base.pointer, crs.pointer, nil, nil)
        let plain = unsafe try owned(made, "projection")
        return unsafe try owned(proj_normalize_for_visualization(context, plain.pointer), "projection")
    }

    /// Writes an operation down as a pipeline and checks that the pipeline does the same.
    fileprivate func pin(
        _ operation: borrowing PROJHandle, _ source: String, _ target: String, samples: [Position]
    ) throws(SpatialError) -> Operation {
        let normal = unsafe try owned(proj_normalize_for_visualization(context, operation.pointer), "operation")
        guard let text = unsafe proj_as_proj_string(context, normal.pointer, PJ_PROJ_5, nil) else {
            throw failure(of: "definition of the operation")
        }
        let accuracy = unsafe proj_coordoperation_get_accuracy(context, operation.pointer)
        let isConversion = unsafe proj_get_type(operation.pointer) == PJ_TYPE_CONVERSION
        let pinned = Operation(
            source: source, target: target, definition: unsafe String(cString: text), name: operation.name,
            accuracy: isConversion ? 0 : accuracy < 0 ? nil : accuracy)
        let again = try Transformation(pinned)
        let unit = unsafe proj_degree_output(normal.pointer, PJ_FWD) != 0 ? 111_319.49 : 1
        var compared = 0
        for sample in samples {
            guard let first = moved(sample, by: normal, PJ_FWD) else { continue }
            let second = try again.forward(x: sample.x, y: sample.y)
            let apart = max((first.x - second.x).magnitude, (first.y - second.y).magnitude) * unit
            guard apart <= Operation.faith else { throw .unfaithful(definition: pinned.definition, apart: apart) }
            compared += 1
        }
        guard compared > 0 else { throw .noOperation(source: source, target: target) }
        return pinned
    }
}

/// The operations that PROJ found, best first: freed at the end of its scope.
@safe
private struct PROJList: ~Copyable {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe proj_list_destroy(pointer)
    }

    var count: Int32 { max(0, unsafe proj_list_get_count(pointer)) }

    func operation(_ index: Int32, _ proj: PROJ) throws(SpatialError) -> PROJHandle {
        unsafe try proj.owned(proj_list_get(proj.context, pointer, index), "operation")
    }
}
