package import Formats
package import Spatial

/// What a city is, apart from its records: its name, its CRS, and where its grid lies.
package struct CityFacts: Hashable, Sendable {
    /// A projected CRS in metres.
    package struct CRS: Hashable, Sendable {
        /// Authority and number: `EPSG:32640`.
        package var code: String
        /// The number by which the GeoPackage's tables name it: the authority's own.
        package var srsID: Int32
        package var name: String
        /// Its definition as OGC 01-009 well-known text, which GeoPackage asks for.
        package var wkt: String

        package init(code: String, srsID: Int32, name: String, wkt: String) {
            self.code = code
            self.srsID = srsID
            self.name = name
            self.wkt = wkt
        }
    }

    package var name: String
    package var crs: CRS
    /// Nil until there is a boundary, or a first delivery, to be the middle of.
    package var grid: Grid?
    /// The city's stated height above the ellipsoid in metres; nil where nobody has stated it.
    package var height: Decimal?
    /// Coefficients of the scale factor of the projection over the grid, as `Spatial` works them out.
    package var scale: [Double]

    package init(name: String, crs: CRS, grid: Grid? = nil, height: Decimal? = nil, scale: [Double] = []) {
        self.name = name
        self.crs = crs
        self.grid = grid
        self.height = height
        self.scale = scale
    }
}
