import CGDAL

/// The CRS that a layer states, as one of EPSG's.
struct SpatialReference {
    /// `EPSG:32640`; nil where there is none or it is none of EPSG's.
    private(set) var code: String?
    /// What the file calls a CRS that is none of EPSG's.
    private(set) var strangeName: String?

    init(of layer: OGRLayerH) {
        guard let reference = unsafe OGR_L_GetSpatialRef(layer) else { return }
        if let stated = unsafe Self.code(reference) ?? Self.match(reference) {
            code = stated
            return
        }
        let name = unsafe text(OSRGetName(reference)) ?? "unnamed"
        // GeoPackage's words for "not known" are not a CRS.
        if !name.lowercased().hasPrefix("undefined") { strangeName = name }
    }

    private static func code(_ reference: OGRSpatialReferenceH) -> String? {
        guard let authority = unsafe text(OSRGetAuthorityName(reference, nil)), authority == "EPSG",
            let code = unsafe text(OSRGetAuthorityCode(reference, nil))
        else { return nil }
        return "EPSG:\(code)"
    }

    /// The one of EPSG's that this CRS is under another name, as an ESRI .prj writes it; nil where several are as near.
    private static func match(_ reference: OGRSpatialReferenceH) -> String? {
        var count: Int32 = 0
        var confidences: UnsafeMutablePointer<Int32>?
        guard let matches = unsafe OSRFindMatches(reference, nil, &count, &confidences) else { return nil }
        defer { unsafe OSRFreeSRSArray(matches) }
        guard let confidences = unsafe confidences else { return nil }
        defer { unsafe VSIFree(confidences) }
        var found: [(code: String, confidence: Int32)] = []
        for index in 0..<Int(count) {
            guard let match = unsafe matches[index], let code = unsafe code(match) else { continue }
            found.append((code, unsafe confidences[index]))
        }
        guard let best = found.map(\.confidence).max(), best >= 70 else { return nil }
        let nearest = found.filter { $0.confidence == best }
        return nearest.count == 1 ? nearest[0].code : nil
    }
}
