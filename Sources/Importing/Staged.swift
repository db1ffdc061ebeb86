package import Spatial

/// What the importing process writes, a line each: a head, the rows, an end.
package enum StagedLine: Hashable, Sendable {
    case head(StagedHead)
    case row(StagedRow)
    case end(rows: Int)
}

/// What is known of a delivery before its rows.
package struct StagedHead: Hashable, Sendable {
    /// The format: `ESRI Shapefile`, `GeoJSON`, `CSV`…
    package var driver: String
    /// The layer that is read, and all that the file has.
    package var layer: String
    package var layers: [String]
    /// The CRS that the coordinates were read in; nil for a table.
    package var crs: String?
    /// How they were brought into the city's CRS; nil where they are in it already.
    package var operation: Operation?
    /// The encoding that texts were read in.
    package var encoding: String
    package var columns: [String]
    /// Field → the column that it is read from.
    package var map: [String: String]
    /// How many rows follow.
    package var count: Int
    /// The grid of the rows' geometry: the city's, or the one proposed for a city that has none.
    package var grid: Grid?
    /// Faults of the delivery as a whole.
    package var faults: [ImportFault]

    package init(
        driver: String, layer: String, layers: [String], crs: String?, operation: Operation?, encoding: String,
        columns: [String], map: [String: String], count: Int, grid: Grid?, faults: [ImportFault]
    ) {
        self.driver = driver
        self.layer = layer
        self.layers = layers
        self.crs = crs
        self.operation = operation
        self.encoding = encoding
        self.columns = columns
        self.map = map
        self.count = count
        self.grid = grid
        self.faults = faults
    }
}

/// One delivered feature or table row, checked.
package struct StagedRow: Hashable, Sendable {
    /// Where it stands in the file: `feature 214`, `line 12`.
    package var line: String
    package var code: String?
    /// The role's fields and the mapped ones, folded as stored text is. A blank cell has no entry.
    package var fields: [String: String]
    /// The other columns, likewise folded.
    package var unmapped: [String: String]
    package var geometry: Geometry?
    /// The geometry as it was delivered, as well-known binary in the file's own coordinates.
    package var original: [UInt8]?
    package var faults: [ImportFault]
    /// Why the row is kept without being answered from.
    package var quarantine: String?

    package init(
        line: String, code: String? = nil, fields: [String: String] = [:], unmapped: [String: String] = [:],
        geometry: Geometry? = nil, original: [UInt8]? = nil, faults: [ImportFault] = [], quarantine: String? = nil
    ) {
        self.line = line
        self.code = code
        self.fields = fields
        self.unmapped = unmapped
        self.geometry = geometry
        self.original = original
        self.faults = faults
        self.quarantine = quarantine
    }
}
