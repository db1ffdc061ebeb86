/// What a file parser found before any feature.
package struct SourceHead: Hashable, Sendable {
    /// How messages name the file: without its folder.
    package var file: String
    package var driver: String
    package var layer: String
    package var layers: [String]
    /// The columns' names as the file has them.
    package var columns: [[UInt8]]
    /// The file's CRS, where it is one of EPSG's.
    package var crs: String?
    /// What the file calls its CRS where it is none of EPSG's.
    package var strangeCRS: String?
    /// The encoding that the file states; nil where it states none, or where one cannot go by it.
    package var encoding: TextEncoding?
    package var faults: [ImportFault]

    package init(
        file: String, driver: String, layer: String, layers: [String], columns: [[UInt8]], crs: String? = nil,
        strangeCRS: String? = nil, encoding: TextEncoding? = nil, faults: [ImportFault] = []
    ) {
        self.file = file
        self.driver = driver
        self.layer = layer
        self.layers = layers
        self.columns = columns
        self.crs = crs
        self.strangeCRS = strangeCRS
        self.encoding = encoding
        self.faults = faults
    }
}

/// A feature or a table row as a file parser hands it over, not judged yet.
package struct SourceFeature: Hashable, Sendable {
    /// Where it stands: `feature 214`, `line 12`.
    package var line: String
    /// A cell for each column; nil where the file has nothing.
    package var cells: [[UInt8]?]
    package var ground: Ground
    /// Well-known binary in the file's own coordinates; nil where there is no geometry.
    package var original: [UInt8]?
    /// What the parser itself found; messages without file and row.
    package var remarks: [Remark]

    package enum Ground: Hashable, Sendable {
        case missing
        /// A geometry without a single point.
        case empty
        case wkb([UInt8])
        /// The parser's own words.
        case unreadable(String)
    }

    package struct Remark: Hashable, Sendable {
        package var code: ImportFault.Code
        package var severity: ImportFault.Severity
        package var text: String

        package init(_ code: ImportFault.Code, _ severity: ImportFault.Severity, _ text: String) {
            self.code = code
            self.severity = severity
            self.text = text
        }
    }

    package init(
        line: String, cells: [[UInt8]?], ground: Ground, original: [UInt8]? = nil, remarks: [Remark] = []
    ) {
        self.line = line
        self.cells = cells
        self.ground = ground
        self.original = original
        self.remarks = remarks
    }
}
