import CGEOS
@testable import Spatial
import Testing

/// Turns WKT into WKB with GEOS, in either byte order and flavour.
private func wkb(_ wkt: String, bigEndian: Bool = false, extended: Bool = false, srid: Int32 = 0) -> [UInt8] {
    let context = GEOS_init_r()
    defer { GEOS_finish_r(context) }
    let geometry = GEOSGeomFromWKT_r(context, wkt)
    defer { GEOSGeom_destroy_r(context, geometry) }
    GEOSSetSRID_r(context, geometry, srid)
    let writer = GEOSWKBWriter_create_r(context)
    defer { GEOSWKBWriter_destroy_r(context, writer) }
    GEOSWKBWriter_setOutputDimension_r(context, writer, 3)
    GEOSWKBWriter_setByteOrder_r(context, writer, bigEndian ? 0 : 1)
    GEOSWKBWriter_setFlavor_r(context, writer, extended ? 1 : 2)
    GEOSWKBWriter_setIncludeSRID_r(context, writer, srid == 0 ? 0 : 1)
    var size = 0
    let bytes = GEOSWKBWriter_write_r(context, writer, geometry, &size)
    defer { GEOSFree_r(context, bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: size))
}

/// Bytes of a little-endian WKB head and a count.
private func head(_ type: UInt32, _ count: UInt32) -> [UInt8] {
    [1] + withUnsafeBytes(of: type.littleEndian, Array.init) + withUnsafeBytes(of: count.littleEndian, Array.init)
}

private let places = [
    "POINT (1 2)", "LINESTRING (1 2, 3 4, 5.5 -6)", "MULTIPOINT ((1 2), (3 4))", "MULTILINESTRING ((1 2, 3 4), (5 6, 7 8))",
    "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 2 1, 2 2, 1 1))", "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)), ((20 0, 29 0, 29 9, 20 0)))",
    "GEOMETRYCOLLECTION (POINT (1 2), GEOMETRYCOLLECTION (LINESTRING (1 2, 3 4)))", "GEOMETRYCOLLECTION EMPTY", "POLYGON EMPTY",
    "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)), EMPTY)", "LINESTRING EMPTY",
]

@Suite("Well-known binary")
struct WKBTests {
    @Test("Both byte orders, with and without heights, ISO and EWKB with an SRID give the same shape", arguments: places)
    func flavours(wkt: String) throws {
        let plain = try WKB.decode(wkb(wkt))
        #expect(!plain.droppedZ && !plain.droppedM)
        let high = wkt.replacing(/(-?[\d.]+ -?[\d.]+)/) { "\($0.output.0) 77" }.replacing(" (", with: " Z (", maxReplacements: 1)
        for bigEndian in [false, true] {
            for extended in [false, true] {
                #expect(try WKB.decode(wkb(wkt, bigEndian: bigEndian, extended: extended)) == plain)
                #expect(try WKB.decode(wkb(wkt, bigEndian: bigEndian, extended: true, srid: 32640)) == plain)
                guard wkt.contains("("), !wkt.contains("EMPTY"), !wkt.contains("GEOMETRYCOLLECTION") else { continue }
                let flat = try WKB.decode(wkb(high, bigEndian: bigEndian, extended: extended))
                #expect(flat.droppedZ)
                #expect(flat.points == plain.points && flat.lines == plain.lines && flat.polygons == plain.polygons)
            }
        }
    }

    @Test("What is read is what was written", arguments: places)
    func reading(wkt: String) throws {
        let shape = try WKB.decode(wkb(wkt))
        #expect(try WKB.decode(WKB.encode(shape)) == shape)
        #expect(try WKB.decode(WKB.encode(shape, bigEndian: true)) == shape)
    }

    @Test("Rings and places are where the text has them")
    func values() throws {
        let shape = try WKB.decode(wkb(places[4]))
        #expect(shape.polygons.count == 1 && shape.polygons[0].map(\.count) == [5, 4])
        #expect(shape.polygons[0][1][1] == Position(x: 2, y: 1))
        #expect(try WKB.decode(wkb(places[9])).polygons.count == 1)
        #expect(try WKB.decode(wkb(places[6])).lines == [[Position(x: 1, y: 2), Position(x: 3, y: 4)]])
    }

    @Test("Written bytes are GEOS's own, byte for byte", arguments: [places[0], places[2], places[3], places[5]])
    func writing(wkt: String) throws {
        let shape = try WKB.decode(wkb(wkt))
        #expect(WKB.encode(shape) == wkb(wkt))
        #expect(WKB.encode(shape, bigEndian: true) == wkb(wkt, bigEndian: true))
    }

    @Test(
        "Measures are stepped over: ISO 2001 and 3001, and the flag 0x40000000",
        arguments: [2001, 3001, 0x4000_0001, 0xC000_0001] as [UInt32])
    func measures(type: UInt32) throws {
        let extra = type == 2001 || type == 0x4000_0001 ? 1 : 2
        var bytes = Array(head(type, 0).prefix(5))
        for value in [3.0, 4.0] + Array(repeating: Double.nan, count: extra) {
            bytes += withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init)
        }
        let shape = try WKB.decode(bytes)
        #expect(shape.points == [Position(x: 3, y: 4)] && shape.droppedM && shape.droppedZ == (extra == 2))
    }

    @Test("Nesting of 16 is read; 17, 703 and 20,000 are refused before anyone else sees a byte", arguments: [16, 17, 703, 20_000])
    func nesting(depth: Int) throws {
        var bytes: [UInt8] = []
        for _ in 0..<depth { bytes += head(7, 1) }
        bytes += head(7, 0)
        if depth <= 16 {
            try WKB.scan(bytes)
        } else {
            #expect(throws: WKBFault.tooDeep(offset: 17 * 9)) { try WKB.scan(bytes) }
        }
    }

    @Test("Counts that the bytes left cannot hold are refused without allocating", arguments: [2, 3, 4, 5, 6, 7] as [UInt32])
    func counts(type: UInt32) {
        let bytes = head(type, 0x7FFF_FFFF) + [UInt8](repeating: 0, count: 64)
        #expect(throws: WKBFault.count(0x7FFF_FFFF, offset: 5)) { try WKB.scan(bytes) }
        #expect(throws: WKBFault.count(0xFFFF_FFFF, offset: 5)) { try WKB.scan(head(type, 0xFFFF_FFFF)) }
    }

    @Test(
        "Curves, surfaces, zero and rubbish are no types of ours",
        arguments: [0, 8, 9, 10, 12, 15, 16, 17, 1008, 4001, 0x1000_0001] as [UInt32])
    func types(type: UInt32) {
        #expect(throws: WKBFault.unknownType(type, offset: 0)) { try WKB.scan(head(type, 0)) }
    }

    @Test("A member of another type, a wrong byte order, trailing bytes and nothing at all are named")
    func malformed() {
        #expect(throws: WKBFault.wrongMember(2, offset: 9)) { try WKB.scan(head(6, 1) + head(2, 0)) }
        #expect(throws: WKBFault.byteOrder(2, offset: 0)) { try WKB.scan([2, 1, 0, 0, 0]) }
        #expect(throws: WKBFault.trailing(offset: 9)) { try WKB.scan(head(2, 0) + [0]) }
        #expect(throws: WKBFault.truncated(offset: 0)) { try WKB.scan([]) }
    }

    @Test("Every proper prefix of a geometry is an error", arguments: places)
    func prefixes(wkt: String) {
        let bytes = wkb(wkt, extended: true, srid: 32640)
        for length in bytes.indices { #expect(throws: WKBFault.self) { try WKB.scan(Array(bytes[..<length])) } }
    }

    @Test("NaN and infinity are refused, also the NaN that an empty point is written as", arguments: [Double.nan, .infinity, -.infinity])
    func notFinite(value: Double) {
        let shape = WKB.Shape(lines: [[Position(x: 1, y: 2), Position(x: 3, y: value)]])
        #expect(throws: WKBFault.notFinite(offset: 34)) { try WKB.scan(WKB.encode(shape)) }
        #expect(throws: WKBFault.notFinite(offset: 5)) { try WKB.scan(wkb("POINT EMPTY")) }
    }

    @Test("100,000 mutations never crash the scan, the decoder agrees with it, and GEOS survives what it lets through")
    func mutations() {
        let context = GEOS_init_r()
        let reader = GEOSWKBReader_create_r(context)
        defer {
            GEOSWKBReader_destroy_r(context, reader)
            GEOS_finish_r(context)
        }
        var random = Dice(seed: 7)
        let seeds = places.flatMap { [wkb($0), wkb($0, bigEndian: true), wkb($0, extended: true, srid: 4326)] }
        var passed = 0
        for turn in 0..<100_000 {
            var bytes = seeds[turn % seeds.count]
            for _ in 0...random.next(upTo: 3) {
                let at = Int(random.next(upTo: UInt64(bytes.count)))
                switch random.next(upTo: 4) {
                case 0: bytes[at] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes[at] ^= 1 << UInt8(random.next(upTo: 8))
                case 2 where bytes.count > 1: bytes.removeSubrange(at...)
                default: bytes.insert(contentsOf: seeds[Int(random.next(upTo: UInt64(seeds.count)))], at: at)
                }
                if bytes.isEmpty { bytes = [0] }
            }
            let scanned = (try? WKB.scan(bytes)) != nil
            let decoded = try? WKB.decode(bytes)
            if scanned != (decoded != nil) { Issue.record("scan and decode disagree on \(bytes)") }
            guard scanned else { continue }
            passed += 1
            let geometry = GEOSWKBReader_read_r(context, reader, bytes, bytes.count)
            if let geometry { GEOSGeom_destroy_r(context, geometry) }
        }
        #expect(passed > 1000)
    }
}

/// A small reproducible source of numbers (splitmix64).
private struct Dice {
    var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func next(upTo bound: UInt64) -> UInt64 { next() % bound }
}

@Suite("Geometries of a GeoPackage")
struct GeoPackageBlobTests {
    let grid = Grid(originX: 713_000_123, originY: 4_021_500_456)
    static let triangle = Ring([Point(x: 0, y: 0), Point(x: 1_001, y: 7), Point(x: 13, y: -999_999_999)])
    static let geometries: [Geometry] = [
        .point(Point(x: -1_000_000_000, y: 1_000_000_000)),
        .line([[Point(x: 1, y: 2), Point(x: 3, y: 4)], [Point(x: 5, y: 6), Point(x: 7, y: 8)]]),
        .area(MultiPolygon([Polygon(shell: triangle, holes: [triangle]), Polygon(shell: triangle)])),
        .line([]), .area(MultiPolygon([])),
    ]

    @Test("What was stored comes back, in any kind, at the ends of the grid and empty", arguments: geometries)
    func roundTrip(geometry: Geometry) throws {
        #expect(try GeoPackageBlob.decode(GeoPackageBlob.encode(geometry, grid: grid, srsID: 32640), grid: grid) == geometry)
    }

    @Test("The header is the standard's: GP, version 0, little-endian with an XY envelope, the SRS, min x, max x, min y, max y")
    func header() throws {
        let geometry = Geometry.line([[Point(x: -123, y: -456), Point(x: 877, y: 1544)]])
        let bytes = GeoPackageBlob.encode(geometry, grid: grid, srsID: 32640)
        #expect(Array(bytes[..<8]) == [0x47, 0x50, 0, 0b11, 0x80, 0x7F, 0, 0])
        let envelope = bytes.withUnsafeBytes { raw in
            (0..<4).map { raw.loadUnaligned(fromByteOffset: 8 + 8 * $0, as: Double.self) }
        }
        #expect(envelope == [713_000, 713_001, 4_021_500, 4_021_502])
        let shape = try WKB.decode(Array(bytes[40...]))
        #expect(shape.lines == [[Position(x: 713_000, y: 4_021_500), Position(x: 713_001, y: 4_021_502)]])
        let empty = GeoPackageBlob.encode(.area(MultiPolygon([])), grid: grid, srsID: -1)
        #expect(Array(empty[..<8]) == [0x47, 0x50, 0, 0b1_0001, 0xFF, 0xFF, 0xFF, 0xFF])
    }

    @Test("Coordinates are the doubles nearest to three decimals, all over the grid")
    func decimals() throws {
        var dice = Dice(seed: 3)
        for _ in 0..<2_000 {
            let offset = { Int32(dice.next(upTo: 2_000_000_001)) - 1_000_000_000 }
            let point = Point(x: offset(), y: offset())
            let bytes = GeoPackageBlob.encode(.point(point), grid: grid, srsID: 32640)
            let (x, _) = grid.millimetres(point)
            let written = try WKB.decode(Array(bytes[40...])).points[0]
            #expect(written.x == Double("\(x < 0 ? "-" : "")\(x.magnitude / 1000).\(String(x.magnitude % 1000 + 1000).dropFirst())"))
            #expect(try GeoPackageBlob.decode(bytes, grid: grid) == .point(point))
        }
    }

    @Test("A single polygon or line in another's file, big-endian, with another envelope or none, is read as well")
    func foreign() throws {
        let places = [(0.0, 0.0), (1, 0), (1, 1), (0, 0)].map { Position(x: 713_000 + $0.0, y: 4_021_500 + $0.1) }
        let wkb = WKB.encode(WKB.Shape(polygons: [[places]]), bigEndian: true)
        let ring = Ring([Point(x: -123, y: -456), Point(x: 877, y: -456), Point(x: 877, y: 544)])
        let expected = Geometry.area(MultiPolygon([Polygon(shell: ring)]))
        for (code, length) in [(0, 0), (1, 32), (2, 48), (3, 48), (4, 64)] {
            let header: [UInt8] = [0x47, 0x50, 0, UInt8(code << 1), 0, 0, 0, 0]
            #expect(try GeoPackageBlob.decode(header + [UInt8](repeating: 0, count: length) + wkb, grid: grid) == expected)
        }
    }

    @Test("Off the grid by 2 µm, too far, an open ring, a short ring, several points, an extended type: each is refused by name")
    func refused() {
        let header: [UInt8] = [0x47, 0x50, 0, 1, 0, 0, 0, 0]
        let place = Position(x: 713_000, y: 4_021_500)
        func decode(_ bytes: [UInt8]) throws { _ = try GeoPackageBlob.decode(bytes, grid: grid) }
        func decode(_ shape: WKB.Shape) throws { try decode(header + WKB.encode(shape)) }
        func ring(_ places: (Double, Double)...) -> WKB.Shape {
            WKB.Shape(polygons: [[places.map { Position(x: place.x + $0.0, y: place.y + $0.1) }]])
        }
        #expect(throws: WKBFault.offGrid(x: 713_000.000002, y: place.y)) {
            try decode(WKB.Shape(points: [Position(x: 713_000.000002, y: place.y)]))
        }
        #expect(throws: WKBFault.offGrid(x: 1e300, y: 0)) { try decode(WKB.Shape(points: [Position(x: 1e300, y: 0)])) }
        #expect(throws: WKBFault.ring) { try decode(ring((0, 0), (1, 0), (1, 1), (0, 1))) }
        #expect(throws: WKBFault.ring) { try decode(ring((0, 0), (1, 0), (0, 0))) }
        #expect(throws: WKBFault.kind(points: 2, lines: 0, polygons: 0)) { try decode(WKB.Shape(points: [place, place])) }
        #expect(throws: WKBFault.kind(points: 0, lines: 0, polygons: 0)) { try decode(WKB.Shape()) }
        #expect(throws: WKBFault.notGeoPackage) { try decode([0x47, 0x50, 0, 0b10_0001, 0, 0, 0, 0] + WKB.encode(WKB.Shape())) }
        #expect(throws: WKBFault.notGeoPackage) { try decode([0x47, 0x50, 0, 0b1010, 0, 0, 0, 0]) }
        #expect(throws: WKBFault.truncated(offset: 8)) { try decode([0x47, 0x50, 0, 0b11, 0, 0, 0, 0]) }
        #expect(throws: WKBFault.notGeoPackage) { try decode([UInt8]()) }
    }

    @Test("Mutations of a stored geometry never crash")
    func mutations() {
        var dice = Dice(seed: 11)
        let seeds = Self.geometries.map { GeoPackageBlob.encode($0, grid: grid, srsID: 32640) }
        for turn in 0..<30_000 {
            var bytes = seeds[turn % seeds.count]
            for _ in 0...dice.next(upTo: 2) {
                bytes[Int(dice.next(upTo: UInt64(bytes.count)))] = UInt8(truncatingIfNeeded: dice.next())
            }
            if dice.next(upTo: 4) == 0 { bytes.removeLast(Int(dice.next(upTo: UInt64(bytes.count)))) }
            _ = try? GeoPackageBlob.decode(bytes, grid: grid)
        }
    }
}

@Suite("Snapping to the grid")
struct SnappedTests {
    let grid = Grid(originX: 713_000_000, originY: 4_021_500_000)

    private func ring(_ places: (Double, Double)...) -> WKB.Shape {
        WKB.Shape(polygons: [[places.map { Position(x: 713_000 + $0.0, y: 4_021_500 + $0.1) }]])
    }

    @Test("A closed ring loses its closing point and is without fault; repeated points are merged and counted")
    func sound() {
        let snapped = grid.snapped(ring((0, 0), (1, 0), (1, 0), (1.0001, 0), (1, 1), (0, 0)))
        #expect(snapped.faults == [] && snapped.merged == 2)
        let corner = Ring([Point(x: 0, y: 0), Point(x: 1000, y: 0), Point(x: 1000, y: 1000)])
        #expect(snapped.geometry == .area(MultiPolygon([Polygon(shell: corner)])))
    }

    @Test("A ring that is not closed is named with its gap in metres and the place, and is still findable")
    func open() {
        let snapped = grid.snapped(ring((0, 0), (10, 0), (10, 10), (0, 0.03125)))
        #expect(snapped.faults == [.notClosed(gap: 0.03125, at: Position(x: 713_000, y: 4_021_500.03125))])
        #expect(snapped.geometry?.box == Box(minX: 0, minY: 0, maxX: 10_000, maxY: 10_000))
    }

    @Test("Too few points as they came, or different points that fall together on the grid, are different faults")
    func short() {
        let origin = Position(x: 713_000, y: 4_021_500)
        #expect(grid.snapped(ring((0, 0), (1, 0), (0, 0))).faults == [.tooFewPoints(2, at: origin)])
        #expect(grid.snapped(ring((0, 0), (0.0001, 0), (0, 0.0002), (0, 0))).faults == [.collapsed(at: origin)])
        #expect(grid.snapped(ring((0, 0), (5, 0.0001), (10, 0), (0, 0))).faults == [.collapsed(at: origin)])
        #expect(grid.snapped(WKB.Shape(lines: [[origin, origin]])).faults == [.tooFewPoints(1, at: origin)])
        #expect(grid.snapped(WKB.Shape(polygons: [[[]]])).faults == [.empty])
        #expect(grid.snapped(WKB.Shape()).faults == [.empty])
    }

    @Test(
        "Not a number, too far away, degrees among metres: named, never converted",
        arguments: [Double.nan, .infinity, 1e300, -1e18, 59.37])
    func wild(x: Double) {
        let place = Position(x: x, y: 4_021_500)
        let snapped = Grid(originX: 1_713_000_000, originY: 4_021_500_000).snapped(WKB.Shape(points: [place]))
        #expect(snapped.geometry == nil)
        #expect(snapped.faults == [x.isFinite ? .outOfRange(place) : .notFinite])
    }

    @Test("Several points and mixed kinds are faults; what can be drawn is kept to find them by")
    func mixed() {
        let place = Position(x: 713_000, y: 4_021_500)
        #expect(grid.snapped(WKB.Shape(points: [place, place])).faults == [.mixed(points: 2, lines: 0, polygons: 0)])
        var shape = ring((0, 0), (1, 0), (1, 1), (0, 0))
        shape.points = [place]
        shape.droppedZ = true
        let snapped = grid.snapped(shape)
        #expect(snapped.faults == [.mixed(points: 1, lines: 0, polygons: 1)] && snapped.droppedZ)
        #expect(snapped.geometry?.box?.maxX == 1000)
    }
}
