package import Spatial

/// What the importing process is asked: which file, taken for what, and what it must know of the city to judge it.
package struct ImportRequest: Hashable, Sendable {
    package var file: String
    package var role: Role
    /// The layer of the file to read; where the file has only one it need not be named.
    package var sourceLayer: String?
    /// Field → the column it is read from.
    package var map: [String: String]
    /// The CRS of the file's coordinates, such as `EPSG:32640`; it overrules what the file says.
    package var crs: String?
    /// The encoding of the file's text, such as `windows-1256`; it overrules what the file says.
    package var encoding: String?
    package var city: City

    /// What the city already has; nil where its first delivery decides it.
    package struct City: Hashable, Sendable {
        package var crs: String
        /// Where the grid lies; without one the head of the answer proposes it.
        package var origin: Grid?
        package var boundary: MultiPolygon?
        /// Operations that the city has pinned: each is used again for its pair of CRS, never chosen anew.
        package var operations: [Operation]
        /// CRS worth trying when a delivery does not fit the city, beside those that `Suspects` knows.
        package var suspects: [String]

        package init(
            crs: String, origin: Grid? = nil, boundary: MultiPolygon? = nil, operations: [Operation] = [], suspects: [String] = []
        ) {
            self.crs = crs
            self.origin = origin
            self.boundary = boundary
            self.operations = operations
            self.suspects = suspects
        }
    }

    package init(
        file: String, role: Role, sourceLayer: String? = nil, map: [String: String] = [:], crs: String? = nil,
        encoding: String? = nil, city: City
    ) {
        self.file = file
        self.role = role
        self.sourceLayer = sourceLayer
        self.map = map
        self.crs = crs
        self.encoding = encoding
        self.city = city
    }
}
