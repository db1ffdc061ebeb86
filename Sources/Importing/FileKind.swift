/// What a file is, by its first bytes and its name. Only what is listed here is ever handed to a file parser.
package enum FileKind: Hashable, Sendable {
    case geoJSON, geoPackage, shapefile, kml, dxf, csv
    /// Recognised, and not read; what to say of it.
    case refused(String)

    /// The name of GDAL's driver; nil for what GDAL does not read here.
    package var driver: String? {
        switch self {
        case .geoJSON: "GeoJSON"
        case .geoPackage: "GPKG"
        case .shapefile: "ESRI Shapefile"
        case .kml: "LIBKML"
        case .dxf: "DXF"
        case .csv, .refused: nil
        }
    }

    /// What a file of this kind holds, for the message about one that does not; else nothing.
    package var expectation: String {
        self == .geoJSON ? "; expected a FeatureCollection as of RFC 7946" : ""
    }

    /// - Parameter head: the file's first bytes, some thousands of them.
    package init(name: String, head: [UInt8]) {
        let suffix = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
        self = Self.byContent(head, suffix) ?? Self.byName(suffix)
    }

    private static func byContent(_ head: [UInt8], _ suffix: String) -> FileKind? {
        func begins(_ text: String) -> Bool { head.starts(with: Array(text.utf8)) }
        if head.isEmpty { return .refused("the file is empty") }
        if begins("SQLite format 3\0") {
            return suffix == "gpkg" ? .geoPackage : .refused("an SQLite database that is not named .gpkg")
        }
        if head.starts(with: [0, 0, 0x27, 0x0A]) {
            return suffix == "shx" ? .refused("the index of a Shapefile; name its .shp") : .shapefile
        }
        if begins("AutoCAD Binary DXF") { return .refused("a binary DXF; save it as an ASCII DXF") }
        if begins("AC10") { return .refused("a DWG drawing; save it as an ASCII DXF (R2010 or later)") }
        if begins("PK\u{3}\u{4}") { return .refused("a ZIP archive (KMZ, XLSX and the like); unpack it first") }
        if head.starts(with: [0x1F, 0x8B]) { return .refused("a gzip archive; unpack it first") }
        if begins("%PDF") { return .refused("a PDF") }
        let text = String(decoding: head.prefix(4096), as: UTF8.self).lowercased()
        if text.contains("<ogrvrt") { return .refused("a GDAL virtual file (VRT), which names other files") }
        if text.contains("<kml") || suffix == "kml" { return .kml }
        if text.contains("<gml") || text.contains("xmlns:gml") || text.contains("<wfs:") { return .refused("a GML file") }
        if text.drop(while: { $0.isWhitespace || $0 == "\u{FEFF}" }).hasPrefix("<") { return .refused("an XML file") }
        return nil
    }

    private static func byName(_ suffix: String) -> FileKind {
        switch suffix {
        case "geojson", "json": .geoJSON
        case "dxf": .dxf
        case "csv", "tsv", "txt": .csv
        case "shp": .refused("not a Shapefile: it does not begin as one")
        case "gpkg": .refused("not a GeoPackage: it does not begin as an SQLite database")
        case "dbf", "prj", "cpg", "sbn", "sbx", "qix": .refused("a part of a Shapefile; name its .shp")
        case "tab", "mif", "dat", "map": .refused("a MapInfo file")
        case "dgn": .refused("a MicroStation drawing")
        case "xls", "ods": .refused("a spreadsheet; save it as CSV in UTF-8")
        default: .refused("a file of an unknown kind")
        }
    }
}
