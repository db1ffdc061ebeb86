import CGDAL
import Importing

/// What a drawing holds: its layers with lines, and its texts.
struct DrawingContent {
    /// The layers that hold anything but texts, in alphabetical order.
    let layers: [String]
    private let texts: [Labels.Label]
    /// Layer → points and placed blocks that write nothing.
    private let points: [String: Int]

    init(_ entities: OGRLayerH, of dataset: Dataset) throws(ImportError) {
        var layers: Set<String> = []
        var texts: [Labels.Label] = []
        var points: [String: Int] = [:]
        unsafe OGR_L_ResetReading(entities)
        GDAL.forget()
        while let feature = unsafe OGR_L_GetNextFeature(entities) {
            defer { unsafe OGR_F_Destroy(feature) }
            let entity = unsafe DrawingEntity(feature)
            guard entity.isOnMap else { continue }
            if let label = entity.label {
                if !label.text.isEmpty { texts.append(label) }
            } else {
                layers.insert(entity.layer)
                if entity.isPoint { points[entity.layer, default: 0] += 1 }
            }
        }
        if let complaint = dataset.complaint {
            throw .damaged(file: dataset.file, reason: "cannot be read to its end (\(complaint))")
        }
        self.layers = layers.sorted()
        self.texts = texts
        self.points = points
    }

    /// The layer asked for, or the only one.
    func layer(_ asked: String?, _ file: String) throws(ImportError) -> String {
        guard !layers.isEmpty else { throw .noLayer(file: file) }
        guard let asked else {
            if layers.count == 1 { return layers[0] }
            throw .layers(file: file, there: layers)
        }
        guard layers.contains(asked) else { throw .unknownLayer(file: file, asked: asked, there: layers) }
        return asked
    }

    /// The texts of the layer asked for; else those of the lines' own layer; where that has none, all.
    func labels(for layer: String, asked: String?, _ file: String) throws(ImportError) -> Labels {
        let own = texts.filter { $0.layer == asked ?? layer }
        guard own.isEmpty else { return Labels(own) }
        guard let asked else { return Labels(texts) }
        let there = Set(texts.map(\.layer)).sorted()
        throw .column(file: file, field: "code", asked: asked, there: ["layer", "handle"] + there)
    }

    /// What a person should know before the first entity.
    func faults(_ layer: String, _ scan: DXFScan, _ file: String) -> [ImportFault] {
        var faults: [ImportFault] = []
        if scan.unit != 0, scan.unit != 6 {
            let unit = Self.units[scan.unit] ?? "unit number \(scan.unit)"
            faults.append(
                ImportFault(
                    .units, .warning, "\(file): the drawing says that its unit is \(unit); it is read as metres of the CRS given"))
        }
        if let count = points[layer] {
            faults.append(
                ImportFault(
                    .geometryKind, .warning, "\(file): \(count) points and placed blocks in the layer \(layer) are not taken as ground"))
        }
        return faults
    }

    /// $INSUNITS by its numbers (DXF reference).
    private static let units = [
        1: "the inch", 2: "the foot", 3: "the mile", 4: "the millimetre", 5: "the centimetre", 7: "the kilometre",
        10: "the yard", 13: "the micron", 14: "the decimetre", 15: "the decametre", 16: "the hectometre",
    ]
}

/// The encoding of a drawing's texts.
enum DrawingEncoding {
    static func choose(
        _ scan: DXFScan, _ request: ImportRequest, _ file: String, _ faults: inout [ImportFault]
    ) throws(ImportError) -> TextEncoding {
        if let asked = request.encoding {
            if let encoding = TextEncoding(named: asked) { return encoding }
            throw .encoding(file: file, reason: "no encoding \(asked); expected one such as UTF-8 or windows-1256")
        }
        if let stated = scan.encoding { return stated }
        let likely = scan.evidence.likely ?? .utf8
        if scan.evidence.foreign > 0 {
            let says = scan.codePage.isEmpty ? "states no code page" : "states the code page \(scan.codePage)"
            faults.append(
                ImportFault(
                    .guessedEncoding, .warning,
                    "\(file): \(says), and its bytes look like \(likely.name), as which it is read; --encoding names another"))
        }
        return likely
    }
}
