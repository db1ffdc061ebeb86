import CGDAL
import Importing

/// A feature's geometry as well-known binary.
enum Ground {
    /// Puts the geometry into the feature: as it came, and with its arcs drawn as lines where it has any.
    static func read(_ geometry: OGRGeometryH?, into feature: inout SourceFeature) {
        guard let geometry = unsafe geometry else { return }
        feature.original = unsafe bytes(of: geometry)
        guard unsafe OGR_G_IsEmpty(geometry) == 0 else {
            feature.ground = .empty
            return
        }
        guard unsafe OGR_G_HasCurveGeometry(geometry, 0) != 0 else {
            feature.ground = feature.original.map { .wkb($0) } ?? .unreadable("the geometry is too large to be written out")
            return
        }
        guard let lines = unsafe OGR_G_GetLinearGeometry(geometry, GDAL.arcStep, nil) else {
            feature.ground = .unreadable("its arcs cannot be drawn as lines")
            return
        }
        defer { unsafe OGR_G_DestroyGeometry(lines) }
        feature.ground = unsafe bytes(of: lines).map { .wkb($0) } ?? .unreadable("its arcs cannot be drawn as lines")
        feature.remarks.append(
            .init(.curve, .warning, "arcs drawn as lines, a point every \(GDAL.arcStep)° (within 0.00001 of their radius)"))
    }

    private static func bytes(of geometry: OGRGeometryH) -> [UInt8]? {
        let size = Int(unsafe OGR_G_WkbSize(geometry))
        guard size > 0, size < 1 << 30 else { return nil }
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = unsafe OGR_G_ExportToIsoWkb(geometry, wkbNDR, buffer.baseAddress) == OGRERR_NONE ? size : 0
        }
        return bytes.isEmpty ? nil : bytes
    }
}
