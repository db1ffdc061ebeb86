import CGDAL
import Importing
import Spatial

/// A DXF drawing: the lines of one layer as rings, with the text inside each as its code.
@safe
final class Drawing {
    let head: SourceHead
    /// The request without what only a drawing understands.
    let request: ImportRequest
    private let dataset: Dataset
    private let entities: OGRLayerH
    private let layer: String
    private let labels: Labels
    private let arcs: [String: Double]
    private let isGround: Bool

    /// The columns of a drawing's features.
    private static let columns = ["code", "layer", "handle"]

    init(_ file: LocalFile, _ asked: ImportRequest) throws(ImportError) {
        let scan = DXFScan(try file.contents())
        var faults: [ImportFault] = []
        let encoding = try DrawingEncoding.choose(scan, asked, file.name, &faults)
        unsafe CPLSetConfigOption("DXF_ENCODING", encoding.name)
        let dataset = try Dataset(path: file.path, file: file.name, kind: .dxf)
        let entities = unsafe try dataset.layer(named: "entities")
        let content = unsafe try DrawingContent(entities, of: dataset)
        layer = try content.layer(asked.sourceLayer, file.name)
        var request = asked
        let labelLayer = asked.map["code"].flatMap { Self.columns.contains($0) ? nil : $0 }
        if labelLayer != nil { request.map["code"] = "code" }
        labels = try content.labels(for: layer, asked: labelLayer, file.name)
        // What GDAL hands over is UTF-8 by now, whatever the drawing was written in.
        request.encoding = nil
        faults += content.faults(layer, scan, file.name)
        var head = SourceHead(
            file: file.name, driver: "DXF", layer: layer, layers: content.layers, columns: Self.columns.map { Array($0.utf8) },
            encoding: .utf8, faults: faults)
        head.tableEncoding = encoding
        self.head = head
        self.request = request
        self.dataset = dataset
        unsafe self.entities = unsafe entities
        arcs = scan.arcs
        isGround = asked.role != .streets && asked.role != .addresses
    }

    func each(_ body: (SourceFeature) throws(ImportError) -> Bool) throws(ImportError) {
        unsafe OGR_L_ResetReading(entities)
        GDAL.forget()
        while let feature = unsafe OGR_L_GetNextFeature(entities) {
            defer { unsafe OGR_F_Destroy(feature) }
            let entity = unsafe DrawingEntity(feature)
            guard entity.isOnMap, entity.layer == layer, entity.label == nil, !entity.isPoint || !isGround else { continue }
            guard try body(unsafe source(entity, feature)) else { return }
        }
        if let complaint = dataset.complaint { throw .damaged(file: head.file, reason: "cannot be read to its end (\(complaint))") }
    }

    private func source(_ entity: DrawingEntity, _ feature: OGRFeatureH) -> SourceFeature {
        var result = SourceFeature(line: "entity \(entity.handle)", cells: [], ground: .missing)
        unsafe Ground.read(OGR_F_GetGeometryRef(feature), into: &result)
        var texts: [String] = []
        if case .wkb(let bytes) = result.ground, let shape = try? WKB.decode(bytes) {
            let ring = shape.lines.first ?? shape.polygons.first?.first ?? []
            texts = labels.inside(ring)
            // A closed polyline is a ring; one that is nearly closed is a ring with a gap, which the check then names.
            if isGround, shape.polygons.isEmpty, shape.points.isEmpty, shape.lines.allSatisfy({ $0.count > 2 }) {
                result.ground = .wkb(WKB.encode(WKB.Shape(polygons: shape.lines.map { [$0] })))
            }
        }
        if texts.count > 1, request.role.fields.contains(where: { $0.name == "code" && $0.isNeeded }) {
            result.remarks.append(.init(.codeAmbiguous, .error, "several texts inside: \(texts.joined(separator: " · "))"))
        }
        if let radius = arcs[entity.handle] {
            let within = radius * 0.00001
            result.remarks.append(
                .init(.curve, .warning, "arcs drawn as lines, a point every \(GDAL.arcStep)° (within \(within) m of the arc)"))
        }
        result.cells = [texts.count == 1 ? texts[0] : nil, entity.layer, entity.handle].map { $0.map { Array($0.utf8) } }
        return result
    }
}
