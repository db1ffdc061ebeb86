import Formats
import Spatial
import Testing

@testable import Tiles

@Suite("Tile matrix sets")
struct MatrixSetTests {
    /// OGC 17-083r4, Annex D.1: scale denominators as printed, cut to fifteen digits; a pixel is 0.28 mm.
    @Test(
        "WebMercatorQuad has the published scales and origin",
        arguments: [
            (0, 559_082_264.028717), (1, 279_541_132.014358), (2, 139_770_566.007179), (10, 545_978.773465544), (17, 4265.45916769957),
            (22, 133.295598990611),
        ])
    func published(zoom: Int, denominator: Double) throws {
        let json = TileMatrixSet.webMercatorQuad.json
        let matrix = try #require(json["tileMatrices"]?.asArray?[zoom])
        let found = (try #require(matrix["scaleDenominator"]?.asNumber), try #require(matrix["cellSize"]?.asNumber))
        #expect(abs(found.0 / denominator - 1) < 1e-14 && abs(found.1 / (denominator * 0.000_28) - 1) < 1e-14)
        #expect(matrix["matrixWidth"]?.asInt == 1 << zoom && matrix["id"]?.asString == String(zoom))
        let corner = try #require(matrix["pointOfOrigin"]?.asArray).compactMap { $0.asNumber }
        #expect(abs(corner[0] + 20_037_508.3427892) < 1e-7 && abs(corner[1] - 20_037_508.3427892) < 1e-7)
    }

    @Test("The city's grid has cells of powers of two and its origin in the middle, on whole millimetres")
    func city() throws {
        let grid = Grid(originX: 713_000_123, originY: 4_021_500_456)
        let set = TileMatrixSet.cityGrid(grid, epsg: 32640)
        #expect(set.json["crs"]?.asString == "http://www.opengis.net/def/crs/EPSG/0/32640")
        #expect(set.cellSize(at: 0) == 8192 && set.cellSize(at: 13) == 1 && set.cellSize(at: 18) == 1.0 / 32)
        #expect(set.corner == Position(x: 713_000.123 - 1_048_576, y: 4_021_500.456 + 1_048_576))
        let mapping = TileMapping.cityGrid(grid, epsg: 32640)
        let city = Box(minX: -5_000_000, minY: -5_000_000, maxX: 5_000_000, maxY: 5_000_000)
        // A pixel is 1 m wide at zoom 13: the tile right and below of the middle is 256 m wide.
        let tile = try #require(try mapping.box(of: TileAddress(zoom: 13, row: 4096, col: 4096), margin: 0, within: city))
        #expect(tile == Box(minX: -1, minY: -256_001, maxX: 256_001, maxY: 1))
        #expect(try mapping.box(of: TileAddress(zoom: 13, row: 0, col: 0), margin: 0, within: city) == nil)
        let over = try mapping.tiles(over: Box(minX: 1, minY: -300_000, maxX: 256_001, maxY: -1), zoom: 13)
        #expect(over == TileLimits(zoom: 13, rows: 4096...4097, cols: 4096...4097))
    }

    @Test("Every corner of the town lies in the tiles said to meet it, and in the box of its tile; other tiles show nothing")
    func boxes() throws {
        let parcels = try SampleLayer("parcels")
        let projector = try SampleLayer.projector()
        for mapping in [
            TileMapping.cityGrid(SampleLayer.grid, epsg: 32640), .webMercatorQuad(SampleLayer.grid, projector),
        ] {
            let city = parcels.box
            let limits = try mapping.limits(of: city)
            #expect(limits.map(\.zoom) == Array(mapping.set.zooms))
            for zoom in stride(from: 0, through: 18, by: 3) {
                let count = Double(mapping.set.count(at: zoom))
                for feature in parcels.features.enumerated().filter({ $0.offset % 40 == 0 }).map(\.element) {
                    guard case .area(let area) = feature.geometry else { continue }
                    let points = area.polygons[0].shell.points
                    for (point, share) in zip(points, try mapping.shares(of: points)) {
                        let address = TileAddress(zoom: zoom, row: Int(share.y * count), col: Int(share.x * count))
                        #expect(limits[zoom].rows.contains(address.row) && limits[zoom].cols.contains(address.col))
                        #expect(try mapping.box(of: address, margin: 0, within: city)?.holds(point) == true)
                    }
                }
            }
            let last = mapping.set.count(at: 12) - 1
            #expect(try mapping.box(of: TileAddress(zoom: 12, row: last, col: last), margin: 0, within: city) == nil)
            // The whole set at zoom 0 is no more than the city.
            #expect(try mapping.box(of: TileAddress(zoom: 0, row: 0, col: 0), margin: 0, within: city) == city)
        }
    }

    @Test("A pixel's width on the ground is the cell's in the city's grid, and less than it by the latitude's cosine on the web's")
    func ground() throws {
        #expect(try TileMapping.cityGrid(SampleLayer.grid, epsg: 32640).metresPerPixel(at: 15) == 0.25)
        let web = TileMapping.webMercatorQuad(SampleLayer.grid, try SampleLayer.projector())
        // The grid's origin lies at 36.3137° north.
        #expect(abs(try web.metresPerPixel(at: 17) / (web.set.cellSize(at: 17) * 0.80579) - 1) < 1e-4)
    }

    @Test("Addresses outside a set are not of it")
    func addresses() {
        let set = TileMatrixSet.webMercatorQuad
        #expect(set.holds(TileAddress(zoom: 0, row: 0, col: 0)) && set.holds(TileAddress(zoom: 22, row: 4_194_303, col: 0)))
        for (zoom, row, col) in [(-1, 0, 0), (23, 0, 0), (0, 1, 0), (3, 0, 8), (3, -1, 0), (64, 0, 0), (Int.max, Int.max, Int.max)] {
            #expect(!set.holds(TileAddress(zoom: zoom, row: row, col: col)))
        }
    }
}
