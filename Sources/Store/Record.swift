package import Formats
package import Spatial

/// One row of a delivery, to be staged.
package struct Record: Hashable, Sendable {
    /// Where in the file, as a person finds it.
    package var line: String
    package var code: String?
    /// The plan that the row itself names; else it is the delivery's.
    package var plan: String?
    package var fields: [String: JSON]
    /// On the city's grid.
    package var geometry: Geometry?
    /// The geometry as it came, in whatever form the importer keeps it.
    package var original: [UInt8]?
    /// Why the row does not count: it is kept and named, and answers near it say so.
    package var quarantine: String?

    package init(
        line: String, code: String? = nil, plan: String? = nil, fields: [String: JSON] = [:], geometry: Geometry? = nil,
        original: [UInt8]? = nil, quarantine: String? = nil
    ) {
        self.line = line
        self.code = code
        self.plan = plan
        self.fields = fields
        self.geometry = geometry
        self.original = original
        self.quarantine = quarantine
    }
}

/// One row as the city keeps it. It never changes; revisions say from when and until when it holds.
package struct Stored: Sendable {
    package let id: Int64
    /// The delivery that brought it, and where in its file.
    package let delivery: Int
    package let line: String
    package let role: Role
    package let layer: String?
    package let plan: String?
    package let code: String?
    package let fields: [String: JSON]
    package let quarantine: String?
    /// A GeoPackage geometry in metres of the city's CRS.
    package let blob: [UInt8]?
    let grid: Grid?

    /// The geometry on the city's grid, decoded anew at each call; nil where the row has none.
    package func geometry() throws(StoreError) -> Geometry? {
        guard let blob, let grid else { return nil }
        do {
            return try GeoPackageBlob.decode(blob, grid: grid)
        } catch {
            throw .corrupt(reason: "record \(id): \(error)")
        }
    }
}
