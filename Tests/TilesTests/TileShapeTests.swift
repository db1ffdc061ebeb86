import Foundation
import Spatial
import Testing

@testable import Tiles

@Suite("Geometry in tiles")
struct TileShapeTests {
    private let grid = SampleLayer.grid

    /// The tile of the city's grid right and below of the origin at zoom 13: a unit is 1/16 m.
    private func frame(buffer: Int = 64) throws -> TileFrame {
        try TileFrame(TileAddress(zoom: 13, row: 4096, col: 4096), .cityGrid(grid, epsg: 32640), buffer: buffer)
    }

    /// A ring from metres east and south of the origin.
    private func ring(_ places: [(Double, Double)]) -> Ring {
        Ring(places.map { Point(x: Int32($0.0 * 1000), y: Int32(-$0.1 * 1000)) })
    }

    @Test("A square with a hole, cut at the buffer; the outline is positive with y down, the hole negative")
    func square() throws {
        let area = MultiPolygon([
            Polygon(
                shell: ring([(-100, 10), (-100, 90), (80, 90), (80, 10)]), holes: [ring([(10, 20), (20, 20), (20, 30), (10, 30)])])
        ])
        guard case .polygons(let polygons)? = try frame().shape(.area(area)) else { throw Missing() }
        #expect(polygons.count == 1 && polygons[0].count == 2)
        #expect(
            Set(polygons[0][0]) == [
                TilePoint(x: -64, y: 160), TilePoint(x: 1280, y: 160), TilePoint(x: 1280, y: 1440), TilePoint(x: -64, y: 1440),
            ])
        #expect(Set(polygons[0][1]) == Set([(160, 320), (320, 320), (320, 480), (160, 480)].map { TilePoint(x: $0.0, y: $0.1) }))
        // The strict reader judges the directions.
        let tile = VectorTile([TileLayer(name: "a", features: [TileFeature(id: 1, shape: .polygons(polygons), properties: [])])])
        #expect(try VectorTile(reading: tile.bytes) == tile)
    }

    @Test("A U cut across its arms gives two polygons, without a bridge along the tile's border")
    func arms() throws {
        let u = MultiPolygon([
            Polygon(shell: ring([(-50, 10), (100, 10), (100, 20), (-20, 20), (-20, 60), (100, 60), (100, 70), (-50, 70)]))
        ])
        guard case .polygons(let polygons)? = try frame().shape(.area(u)) else { throw Missing() }
        #expect(polygons.count == 2 && polygons.allSatisfy { $0.count == 1 && $0[0].count == 4 })
    }

    @Test("Lines are parted where they leave the tile, points outside and ground too small are nil")
    func others() throws {
        let line: Geometry = .line([ring([(-10, 10), (10, 10), (10, -10), (20, -10), (20, 10)]).points])
        #expect(
            try frame().shape(line)
                == .lines([
                    [TilePoint(x: -64, y: 160), TilePoint(x: 160, y: 160), TilePoint(x: 160, y: -64)],
                    [TilePoint(x: 320, y: -64), TilePoint(x: 320, y: 160)],
                ]))
        #expect(try frame().shape(.point(Point(x: 31, y: -32))) == .points([TilePoint(x: 0, y: 1)]))
        #expect(try frame().shape(.point(Point(x: -5000, y: 0))) == nil)
        let small = MultiPolygon([Polygon(shell: ring([(10, 10), (10.02, 10), (10.02, 10.02)]))])
        #expect(try frame().shape(.area(small)) == nil)
        // A spike of a centimetre would run back over itself.
        let spike = MultiPolygon([Polygon(shell: ring([(10, 10), (20, 10), (20, 20), (15.01, 20), (15, 90), (14.99, 20), (10, 20)]))])
        guard case .polygons(let polygons)? = try frame().shape(.area(spike)) else { throw Missing() }
        #expect(polygons.joined().joined().allSatisfy { $0.y <= 320 })
    }

    @Test("Every layer of the town at every zoom gives valid tiles that the strict reader takes, the same bytes again")
    func town() throws {
        let projector = try SampleLayer.projector()
        for layer in [try SampleLayer("parcels"), try SampleLayer("land-use"), try SampleLayer("boundary")] {
            for mapping in [TileMapping.cityGrid(grid, epsg: 32640), .webMercatorQuad(grid, projector)] {
                for zoom in [8, 10, 12, 14, 16] {
                    let range = try mapping.tiles(over: layer.box, zoom: zoom)
                    for row in range.rows where row % 3 == range.rows.lowerBound % 3 {
                        for col in range.cols where col % 3 == range.cols.lowerBound % 3 {
                            try check(layer, mapping, TileAddress(zoom: zoom, row: row, col: col))
                        }
                    }
                }
            }
        }
    }

    private func check(_ layer: SampleLayer, _ mapping: TileMapping, _ address: TileAddress) throws {
        let frame = try TileFrame(address, mapping)
        guard let box = try mapping.box(of: address, margin: 64.0 / 4096, within: layer.box) else { return }
        var features: [TileFeature] = []
        for (number, feature) in layer.features.enumerated() {
            guard let own = feature.geometry.box else { continue }
            let shape = try frame.shape(feature.geometry)
            #expect(shape == nil || own.meets(box), "a feature outside the tile's box is in it")
            guard let shape else { continue }
            if case .polygons(let polygons) = shape {
                let ground = MultiPolygon(
                    polygons.map { rings in
                        let rings = rings.map { Ring($0.map { Point(x: Int32($0.x), y: Int32($0.y)) }) }
                        return Polygon(shell: rings[0], holes: Array(rings.dropFirst()))
                    })
                #expect(ground.flaw() == nil, "\(feature.code) at \(address)")
            }
            features.append(TileFeature(id: UInt64(number), shape: shape, properties: [.init("code", .text(feature.code))]))
        }
        let tile = VectorTile([TileLayer(name: "layer", features: features)])
        let read = try VectorTile(reading: tile.bytes)
        #expect(features.isEmpty ? read.layers.isEmpty : read == tile)
        #expect(VectorTile(tile.layers).bytes == tile.bytes)
    }

    private struct Missing: Error {}
}
