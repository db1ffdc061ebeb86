import CGDAL
import Importing

/// Reads a layer's features, as often as asked, in the order of the file.
@safe
final class FeatureReader {
    let dataset: Dataset
    private let layer: OGRLayerH
    private let types: [OGRFieldType]
    let head: SourceHead

    init(_ dataset: Dataset, layer name: String?, encoding: TextEncoding?, faults: [ImportFault]) throws(ImportError) {
        let layer = unsafe try dataset.layer(named: name)
        let definition = unsafe OGR_L_GetLayerDefn(layer)
        var columns: [[UInt8]] = []
        var types: [OGRFieldType] = []
        let fieldCount = unsafe OGR_FD_GetFieldCount(definition)
        for index in 0..<fieldCount {
            let field = unsafe OGR_FD_GetFieldDefn(definition, index)
            columns.append(unsafe bytes(OGR_Fld_GetNameRef(field)) ?? [])
            types.append(unsafe OGR_Fld_GetType(field))
        }
        let reference = unsafe SpatialReference(of: layer)
        head = SourceHead(
            file: dataset.file, driver: dataset.driver, layer: unsafe text(OGR_L_GetName(layer)) ?? "",
            layers: dataset.layerNames, columns: columns, crs: reference.code, strangeCRS: reference.strangeName,
            encoding: unsafe encoding ?? Self.statedEncoding(layer, dataset.driver), faults: faults)
        unsafe self.layer = unsafe layer
        self.types = types
        self.dataset = dataset
    }

    /// Hands over every feature, counted from one; false stops.
    func each(_ body: (SourceFeature) throws(ImportError) -> Bool) throws(ImportError) {
        unsafe OGR_L_ResetReading(layer)
        var number = 0
        while true {
            GDAL.forget()
            guard let feature = unsafe OGR_L_GetNextFeature(layer) else { break }
            defer { unsafe OGR_F_Destroy(feature) }
            number += 1
            guard try body(unsafe self.feature(feature, number)) else { return }
        }
        if let complaint = dataset.complaint {
            throw .damaged(file: dataset.file, reason: "cannot be read after feature \(number) (\(complaint))")
        }
    }

    private func feature(_ feature: OGRFeatureH, _ number: Int) -> SourceFeature {
        let cells = types.indices.map { unsafe FieldText.bytes(feature, Int32($0), types[$0]) }
        var result = SourceFeature(line: "feature \(number)", cells: cells, ground: .missing)
        unsafe Ground.read(OGR_F_GetGeometryRef(feature), into: &result)
        if case .missing = result.ground, let complaint = dataset.complaint { result.ground = .unreadable(complaint) }
        return result
    }

    /// What a Shapefile says of its texts; all the other formats are UTF-8.
    private static func statedEncoding(_ layer: OGRLayerH, _ driver: String) -> TextEncoding? {
        guard driver == "ESRI Shapefile" else { return .utf8 }
        func said(_ item: String) -> TextEncoding? {
            guard let name = unsafe text(GDALGetMetadataItem(layer, item, "SHAPEFILE")), !name.isEmpty else { return nil }
            return TextEncoding(named: name)
        }
        if let code = said("CPG_VALUE") ?? said("ENCODING_FROM_CPG") { return code }
        // 87 means "whatever this machine uses", and programs write it whatever that is.
        switch unsafe text(GDALGetMetadataItem(layer, "LDID_VALUE", "SHAPEFILE")) {
        case "87": return nil
        // GDAL does not know this one.
        case "126": return .windows1256
        default: return said("ENCODING_FROM_LDID")
        }
    }
}
