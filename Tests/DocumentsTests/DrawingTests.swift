import Foundation
import Spatial
import Testing
import Tiles

@testable import Documents

@Suite("The map drawing")
struct DrawingTests {
    private let mapping = TileMapping.cityGrid(SampleTown.grid, epsg: 32640)
    private let layers: Set<String> = ["boundary", "parcels", "streets", "landUse", "river", "fault", "powerLine", "heritage"]

    /// The tile of a zoom that holds a point, and where the point lies on it.
    private func tile(of point: Point, zoom: Int) throws -> (address: TileAddress, x: Int, y: Int) {
        let limits = try mapping.tiles(over: Box(point), zoom: zoom)
        let address = TileAddress(zoom: zoom, row: limits.rows.lowerBound, col: limits.cols.lowerBound)
        let place = try TileFrame(address, mapping, extent: 256).places([point])[0]
        return (address, Int(place.x), Int(place.y))
    }

    private let middle = Point(x: 0, y: 0)

    @Test("The middle of a zone has the zone's colour, in the sizes asked for", arguments: [1, 2])
    func colour(scale: Int) throws {
        let (town, sheet) = (try SampleTown.shared.get(), try sampleSheet())
        let zone = try #require(town.features.first { $0.layer == "landUse" && $0.code == "S4" })
        guard case .area(let area) = zone.geometry else { return }
        let place = try tile(of: try GEOS().interiorPoint(of: area), zoom: 14)
        let features = try town.features(on: place.address, mapping, sheet, layers: ["landUse"]).map {
            var style = $0.style
            style.label = nil
            return MapFeature(group: $0.group, number: $0.number, geometry: $0.geometry, style: style, label: nil)
        }
        let frame = try TileFrame(place.address, mapping, extent: 256)
        let drawing = MapDrawing(width: 256, height: 256, scale: scale, background: .white, metresPerPixel: 0.5)
        let picture = try Picture(
            png: try drawing.png(features, over: try #require(try town.ground(of: place.address, mapping))) { points throws(SpatialError) in
                try frame.places(points)
            })
        #expect(picture.width == 256 * scale && picture.height == 256 * scale && picture.bands == 3)
        // The sample's style has #a9a4dc at 208 of 255 for it.
        let expected = [0xa9, 0xa4, 0xdc].map { (channel: Int) in (channel * 208 + 255 * 47) / 255 }
        let found = picture[place.x * scale, place.y * scale]
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 2 }, "\(found) instead of \(expected)")
    }

    @Test("Without a background what is not drawn is transparent; outside the town nothing is drawn")
    func transparent() throws {
        let (town, sheet) = (try SampleTown.shared.get(), try sampleSheet())
        let far = Point(x: 20_000_000, y: 20_000_000)
        let empty = try town.png(tile(of: far, zoom: 13).address, mapping, sheet, layers: layers, background: nil)
        let picture = try Picture(png: empty)
        #expect(picture.bands == 4 && picture.values.allSatisfy { $0 == 0 })
    }

    @Test("The same features in any order give the same bytes, on any number of threads at once")
    func same() throws {
        let (town, sheet) = (try SampleTown.shared.get(), try sampleSheet())
        let address = try tile(of: middle, zoom: 14).address
        let features = try town.features(on: address, mapping, sheet, layers: layers)
        #expect(features.count > 100)
        let drawing = MapDrawing(width: 256, height: 256, background: .white, metresPerPixel: 0.5)
        let ground = try #require(try town.ground(of: address, mapping))
        let (mapping, grid) = (address, SampleTown.grid)
        let pictures = concurrently(8, threads: 4) { turn -> [UInt8]? in
            let turned = Array(features[(turn * 10)...] + features[..<(turn * 10)])
            guard let frame = try? TileFrame(mapping, .cityGrid(grid, epsg: 32640), extent: 256) else { return nil }
            return try? drawing.png(turned.reversed(), over: ground) { points throws(SpatialError) in
                try frame.places(points)
            }
        }
        #expect(pictures.count == 8 && pictures[0] != nil && Set(pictures).count == 1)
    }

    /// Two tiles and one picture of both, drawn by itself: where they meet nothing is cut, moved or missing. A sixteenth of a colour's range
    /// is left for Cairo, which cuts long edges at the picture's border.
    @Test("Neighbouring tiles fit together as if drawn in one", arguments: [11, 12, 13, 14, 15, 16])
    func neighbours(zoom: Int) throws {
        let (town, sheet) = (try SampleTown.shared.get(), try sampleSheet())
        let start = try tile(of: middle, zoom: zoom).address
        for isBelow in [false, true] {
            let next = TileAddress(zoom: zoom, row: start.row + (isBelow ? 1 : 0), col: start.col + (isBelow ? 0 : 1))
            let features = Array(
                Set(
                    try town.features(on: start, mapping, sheet, layers: layers) + town.features(on: next, mapping, sheet, layers: layers)))
            let frame = try TileFrame(start, mapping, extent: 256)
            let grounds = try [start, next].compactMap { try town.ground(of: $0, mapping) }
            let ground = grounds.dropFirst().reduce(grounds[0]) { $0.united(with: $1) }
            let drawing = MapDrawing(
                width: isBelow ? 256 : 512, height: isBelow ? 512 : 256, background: .white, metresPerPixel: mapping.set.cellSize(at: zoom))
            let whole = try Picture(
                png: try drawing.png(features, over: ground) { points throws(SpatialError) in
                    try frame.places(points)
                })
            for (number, address) in [start, next].enumerated() {
                let half = try Picture(png: try town.png(address, mapping, sheet, layers: layers))
                var apart = 0
                for y in 0..<256 {
                    for x in 0..<256 {
                        let (own, other) = (half[x, y], isBelow ? whole[x, y + 256 * number] : whole[x + 256 * number, y])
                        if zip(own, other).contains(where: { abs($0 - $1) > 16 }) { apart += 1 }
                    }
                }
                #expect(apart == 0, "zoom \(zoom), \(isBelow ? "below" : "beside"), \(number): \(apart) pixels")
            }
        }
    }

    @Test("A label is written in its colour where it fits, and left out where it does not")
    func labels() throws {
        func dark(_ width: Double) throws -> Int {
            let square = [(0, 0), (width, 0), (width, 40), (0, 40)].map { Point(x: Int32($0.0 * 1000), y: Int32($0.1 * 1000)) }
            let style = MapStyle(
                fill: MapColour(255, 255, 200), label: MapStyle.Label(size: 14, colour: MapColour(200, 0, 0), rank: 1))
            let feature = MapFeature(
                group: "zones", number: 1, geometry: .area(MultiPolygon([Polygon(shell: Ring(square))])), style: style,
                label: "خیابان گلستان")
            let png = try MapDrawing(width: 128, height: 40, background: .white, metresPerPixel: 1).png(
                [feature], over: Box(minX: 0, minY: 0, maxX: 128_000, maxY: 40_000)
            ) { points in
                points.map { Position(x: Double($0.x) / 1000, y: Double($0.y) / 1000) }
            }
            let picture = try Picture(png: png)
            return (0..<40).reduce(0) { sum, y in sum + (0..<128).count { picture[$0, y][0] > 150 && picture[$0, y][1] < 100 } }
        }
        #expect(try dark(120) > 60)
        #expect(try dark(60) == 0)
    }

    @Test("A long street has its name in every stretch of it, along it")
    func street() throws {
        // 4 km long and 20 m wide, rising to the east by a third; pictures of 512 m somewhere along it.
        let street = [(0, 0), (3_800, 1_270), (3_794, 1_290), (-6, 20)].map { Point(x: Int32($0.0 * 1000), y: Int32($0.1 * 1000)) }
        let style = MapStyle(
            fill: MapColour(255, 255, 255), label: MapStyle.Label(size: 12, colour: MapColour(200, 0, 0), runsAlong: true, rank: 1))
        let feature = MapFeature(
            group: "streets", number: 1, geometry: .area(MultiPolygon([Polygon(shell: Ring(street))])), style: style, label: "خیابان گلستان"
        )
        for west in [300, 1_100, 1_900, 2_700] {
            let south = west / 3 - 250
            func millimetres(_ metres: Int) -> Int32 { Int32(metres * 1000) }
            let ground = Box(
                minX: millimetres(west - 200), minY: millimetres(south - 200), maxX: millimetres(west + 712), maxY: millimetres(south + 712)
            )
            let png = try MapDrawing(width: 512, height: 512, background: .white, metresPerPixel: 1).png([feature], over: ground) {
                points in
                points.map { Position(x: Double($0.x) / 1000 - Double(west), y: 512 - (Double($0.y) / 1000 - Double(south))) }
            }
            let picture = try Picture(png: png)
            var red: [(x: Int, y: Int)] = []
            for y in 0..<512 { for x in 0..<512 where picture[x, y][0] > 150 && picture[x, y][1] < 100 { red.append((x, y)) } }
            #expect(red.count > 60, "from \(west): \(red.count)")
            // All within the street: 10 m on both sides of its middle line, which falls by a third on the picture.
            for (x, y) in red {
                let middle = Double(west + x) / 3 * 1.003 + 10
                #expect(abs(512 - Double(y) + Double(south) - middle) < 12)
            }
        }
    }

    @Test("Sizes that cannot be drawn are refused", arguments: [(0, 10, 1), (10, 9000, 1), (8000, 10, 2), (10, 10, 0)])
    func sizes(width: Int, height: Int, scale: Int) {
        #expect(throws: DocumentError.size(width: width, height: height)) {
            try MapDrawing(width: width, height: height, scale: scale, metresPerPixel: 1).png([], over: Box(middle)) { _ in [] }
        }
    }
}

@Suite("Letters")
struct LetteringTests {
    @Test("The font is there with all letters of Persian")
    func font() throws { try MapFont.check() }

    @Test("Letters are joined, which makes them narrower, and an unknown one is noticed")
    func joined() throws {
        let typesetter = try Typesetter(isRightToLeft: true)
        let joined = Lettering("سسسس", size: 20, typesetter)
        let apart = Lettering("س\u{200C}س\u{200C}س\u{200C}س", size: 20, typesetter)
        #expect(joined.width < apart.width * 0.8)
        #expect(joined.runs.map(\.hasUnknown) == [false])
        #expect(Lettering("\u{10FFFE}", size: 20, typesetter).runs.map(\.hasUnknown) == [true])
    }

    @Test("Boxes of labels meet or not, turned or level")
    func boxes() {
        let box = LabelBox(middle: Position(x: 0, y: 0), halfWidth: 10, halfHeight: 2, angle: 0)
        let upright = LabelBox(middle: Position(x: 11, y: 0), halfWidth: 10, halfHeight: 2, angle: -.pi / 2)
        let slanting = LabelBox(middle: Position(x: 10, y: 8), halfWidth: 10, halfHeight: 1, angle: .pi / 4)
        #expect(box.meets(upright) && upright.meets(box))
        #expect(!box.meets(slanting) || slanting.isCrossed(by: [box.corners]))
        #expect(!box.meets(LabelBox(middle: Position(x: 0, y: 4.1), halfWidth: 10, halfHeight: 2, angle: 0)))
        let room = [[Position(x: -11, y: -3), Position(x: 11, y: -3), Position(x: 11, y: 3), Position(x: -11, y: 3)]]
        #expect(!box.isCrossed(by: room) && box.isCrossed(by: [room[0].map { Position(x: $0.x / 2, y: $0.y) }]))
        let moved = LabelBox(middle: Position(x: 5, y: 2), halfWidth: 10, halfHeight: 2, angle: 0).centred(in: room)
        #expect(abs(moved.middle.x) < 1e-9 && abs(moved.middle.y) < 1e-9)
        #expect(readingAngle(from: Position(x: 5, y: 0), to: Position(x: 0, y: 0)) == 0)
    }
}
