import Formats
import Persian
import Spatial

/// A CSV file as a source of rows, with a point for each where it has columns for one.
package struct TableSource {
    package private(set) var head: SourceHead
    private let table: CSV
    private let point: (x: Int, y: Int)?

    /// - Parameter file: its name in messages.
    package init(_ bytes: [UInt8], file: String, _ request: ImportRequest) throws(ImportError) {
        let encoding = try Self.encoding(bytes, file, request)
        guard let text = encoding.decode(bytes) else {
            throw .encoding(file: file, reason: "holds bytes that are not \(encoding.name); name its encoding by --encoding")
        }
        do { table = try CSV(parsing: Array(text.utf8)) } catch { throw .table(file: file, error) }
        head = SourceHead(
            file: file, driver: "CSV", layer: "", layers: [], columns: table.header.map { Array($0.utf8) }, encoding: .utf8)
        head.tableEncoding = encoding
        let degrees = Self.pair(["lon", "lat"], table.header, request)
        let metres = Self.pair(["x", "y"], table.header, request)
        point = request.role == .addresses ? degrees ?? metres : nil
        if request.role == .addresses, degrees != nil { head.crs = "EPSG:4326" }
    }

    package func each(_ body: (SourceFeature) throws(ImportError) -> Bool) throws(ImportError) {
        for row in table.rows {
            let cells = row.cells.map { $0.isEmpty ? nil : Array($0.utf8) }
            let ground = ground(row.cells)
            var feature = SourceFeature(line: "line \(row.line)", cells: cells, ground: ground)
            if case .wkb(let bytes) = ground { feature.original = bytes }
            guard try body(feature) else { return }
        }
    }

    private func ground(_ cells: [String]) -> SourceFeature.Ground {
        guard let point else { return .missing }
        let (x, y) = (Digits.latin(cells[point.x]), Digits.latin(cells[point.y]))
        if x.isEmpty, y.isEmpty { return .missing }
        guard let east = Double(x), let north = Double(y) else {
            return .unreadable("\(x) \(y) are not two numbers")
        }
        return .wkb(WKB.encode(WKB.Shape(points: [Position(x: east, y: north)])))
    }

    /// The columns of a point's two numbers: mapped ones, or those of the same names.
    private static func pair(_ names: [String], _ header: [String], _ request: ImportRequest) -> (x: Int, y: Int)? {
        let found = names.compactMap { name in
            header.firstIndex { $0.lowercased() == (request.map[name] ?? name).lowercased() }
        }
        return found.count == 2 ? (found[0], found[1]) : nil
    }

    private static func encoding(_ bytes: [UInt8], _ file: String, _ request: ImportRequest) throws(ImportError) -> TextEncoding {
        if let asked = request.encoding {
            if let encoding = TextEncoding(named: asked) { return encoding }
            throw .encoding(file: file, reason: "no encoding \(asked); expected one such as UTF-8 or windows-1256")
        }
        if String(validating: bytes, as: UTF8.self) != nil { return .utf8 }
        var evidence = EncodingEvidence()
        evidence.add(bytes)
        let looks = evidence.likely.map { "; it looks like \($0.name): give --encoding \($0.name.lowercased())" } ?? ""
        throw .encoding(file: file, reason: "is not UTF-8\(looks)")
    }
}
