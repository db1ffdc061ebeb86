package import Spatial

/// A square of the map, cut into one tile at zoom 0 and into four times as many at every next one (OGC 17-083r4).
package struct TileMatrixSet: Hashable, Sendable {
    /// As it stands in addresses: `WebMercatorQuad`, `CityGrid`.
    package let id: String
    package let title: String
    /// The CRS as an OGC URI.
    package let crs: String
    package let orderedAxes: [String]
    package let uri: String?
    package let wellKnownScaleSet: String?
    /// The upper left corner, in metres of the CRS, east first.
    package let corner: Position
    /// The length of the square's side in metres of the CRS.
    package let side: Double
    package let zooms: ClosedRange<Int>

    /// The pixels along a tile's side that scales are stated for.
    package static let pixels = 256

    /// EPSG:3857 over the square that the web's maps share; its radius is that of WGS 84.
    package static let webMercatorQuad = {
        let half = Double.pi * 6_378_137
        return TileMatrixSet(
            id: "WebMercatorQuad", title: "Google Maps Compatible for the World", crs: crs(3857), orderedAxes: ["X", "Y"],
            uri: "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad",
            wellKnownScaleSet: "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
            corner: Position(x: -half, y: half), side: 2 * half, zooms: 0...22)
    }()

    /// Half the side of a city's square in millimetres: 256 pixels of 8,192 m, which hold all that a city's grid can.
    static let cityHalf: Int64 = 128 * 8_192_000

    /// A city's own square around its grid's origin, in its CRS: a pixel is 8,192 m wide at zoom 0, 1 m at 13, 1/32 m at 18. Nothing is
    /// projected, and the tiles' borders lie on whole millimetres.
    ///
    /// The CRS is the city's by its EPSG code; its axes are stated as easting and northing, in this order, as `Grid` has them.
    package static func cityGrid(_ grid: Grid, epsg: Int) -> TileMatrixSet {
        let corner = Position(x: Double(grid.originX - cityHalf) / 1000, y: Double(grid.originY + cityHalf) / 1000)
        return TileMatrixSet(
            id: "CityGrid", title: "شبکهٔ شهر (the city's own grid)", crs: crs(epsg), orderedAxes: ["E", "N"], uri: nil,
            wellKnownScaleSet: nil, corner: corner, side: Double(2 * cityHalf) / 1000, zooms: 0...18)
    }

    private static func crs(_ epsg: Int) -> String { "http://www.opengis.net/def/crs/EPSG/0/\(epsg)" }

    /// How many tiles stand in a row, and in a column, at a zoom.
    package func count(at zoom: Int) -> Int { 1 << zoom }

    /// A pixel's width in metres of the CRS.
    package func cellSize(at zoom: Int) -> Double { side / Double(Self.pixels) / Double(count(at: zoom)) }

    package func holds(_ address: TileAddress) -> Bool {
        guard zooms.contains(address.zoom) else { return false }
        let places = 0..<count(at: address.zoom)
        return places.contains(address.row) && places.contains(address.col)
    }
}

/// Which tile of a set: the row counts from the top, the column from the left, both from 0.
package struct TileAddress: Hashable, Sendable {
    package let zoom: Int
    package let row: Int
    package let col: Int

    package init(zoom: Int, row: Int, col: Int) {
        self.zoom = zoom
        self.row = row
        self.col = col
    }
}

/// The tiles of one zoom that some ground takes up.
package struct TileLimits: Hashable, Sendable {
    package let zoom: Int
    package let rows: ClosedRange<Int>
    package let cols: ClosedRange<Int>
}
