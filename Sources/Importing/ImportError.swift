package import Formats

/// Why a file is not taken in at all. What is wrong with single rows is an `ImportFault`.
package enum ImportError: Error, Hashable, Sendable {
    case unreadable(file: String, reason: String)
    /// A format that is recognised and not read.
    case kind(file: String, found: String)
    case damaged(file: String, reason: String)
    case noLayer(file: String)
    /// Several layers, and none was chosen.
    case layers(file: String, there: [String])
    case unknownLayer(file: String, asked: String, there: [String])
    case column(file: String, field: String, asked: String?, there: [String])
    case table(file: String, CSV.Fault)
    case encoding(file: String, reason: String)
    /// No CRS in the file and none given; the suggestion is a whole sentence.
    case noCRS(file: String, suggestion: String)
    case unknownCRS(file: String, reason: String)
    case operation(file: String, reason: String)
    /// The coordinates are not those of this city; the message says where they lie and what would fit.
    case misplaced(file: String, reason: String)
    case request(StagedFault)
    /// The importing process could not write what it found.
    case output(reason: String)
}

extension ImportError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let file, let reason): "\(file): cannot be read (\(reason))"
        case .kind(let file, let found):
            "\(file): \(found); expected GeoJSON, GeoPackage, Shapefile (.shp), KML, DXF or, for tables, CSV"
        case .damaged(let file, let reason): "\(file): \(reason)"
        case .noLayer(let file): "\(file): holds no layer of features"
        case .layers(let file, let there): "\(file): has \(there.count) layers; name one by --source-layer: \(Names.list(there))"
        case .unknownLayer(let file, let asked, let there):
            "\(file): has no layer \(asked)\(Names.meant(asked, there)); there are: \(Names.list(there))"
        case .column(let file, let field, let asked, let there): Self.column(file, field, asked, there)
        case .table(let file, let fault): "\(file), \(fault)"
        case .encoding(let file, let reason): "\(file): \(reason)"
        case .noCRS(let file, let suggestion): "\(file): states no CRS; \(suggestion)"
        case .unknownCRS(let file, let reason): "\(file): \(reason)"
        case .operation(let file, let reason): "\(file): \(reason)"
        case .misplaced(let file, let reason): "\(file): \(reason)"
        case .request(let fault): "the request to the importing process: \(fault)"
        case .output(let reason): "the importing process could not write: \(reason)"
        }
    }

    /// The machine failed, rather than the file.
    package var isMachines: Bool {
        switch self {
        case .output, .request: true
        default: false
        }
    }

    private static func column(_ file: String, _ field: String, _ asked: String?, _ there: [String]) -> String {
        let wanted = asked.map { "no column \($0) for the field \(field)" } ?? "no column for the field \(field)"
        let hint = asked == nil ? "; name one by --map \(field)=COLUMN" : ""
        return "\(file): \(wanted)\(Names.meant(asked ?? field, there)); there are: \(Names.list(there))\(hint)"
    }
}
