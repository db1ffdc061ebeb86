@testable import Spatial
import Testing

/// Ground bounded by rings of (x, y) in millimetres, the shell first.
private func ground(_ rings: [(Int32, Int32)]...) -> MultiPolygon {
    let rings = rings.map { Ring($0.map { Point(x: $0.0, y: $0.1) }) }
    return MultiPolygon([Polygon(shell: rings[0], holes: Array(rings.dropFirst()))])
}

private func square(_ x: Int32, _ y: Int32, _ side: Int32) -> MultiPolygon {
    ground([(x, y), (x + side, y), (x + side, y + side), (x, y + side)])
}

@Suite("GEOS, the second opinion")
struct GEOSTests {
    let geos: GEOS

    init() throws {
        geos = try GEOS()
    }

    @Test("A bow-tie is invalid, and the crossing is named in grid millimetres, far from the origin too")
    func bowTie() throws {
        let fault = try geos.invalidity(of: ground([(900_000_000, 7), (900_010_000, 10_007), (900_010_000, 7), (900_000_000, 10_007)]))
        #expect(fault?.reason == "Self-intersection")
        #expect(fault?.at.x == 900_005_000)
        #expect(fault?.at.y == 5_007)
    }

    @Test("Rings of fewer than three points are answered without GEOS", arguments: 0...2)
    func shortRing(count: Int) throws {
        let points = (0..<count).map { Point(x: Int32($0), y: 5) }
        let fault = try geos.invalidity(of: MultiPolygon([Polygon(shell: Ring(points))]))
        #expect(fault?.reason == "Too few points in a ring")
    }

    @Test("What is valid: a square, a hole that touches its shell in a point, two parts that touch in a corner, nothing at all")
    func valid() throws {
        let touching = ground([(0, 0), (9000, 0), (9000, 9000), (0, 9000)], [(0, 4000), (3000, 3000), (3000, 5000)])
        let corner = MultiPolygon(square(0, 0, 5000).polygons + square(5000, 5000, 5000).polygons)
        for area in [square(0, 0, 1), touching, corner, MultiPolygon([])] {
            let fault = try geos.invalidity(of: area)
            #expect(fault == nil)
        }
    }

    @Test("What is invalid: parts that share an edge, a hole outside, a spike, a repeated ring")
    func invalid() throws {
        let sharing = MultiPolygon(square(0, 0, 5000).polygons + square(5000, 0, 5000).polygons)
        let outside = ground([(0, 0), (9000, 0), (9000, 9000), (0, 9000)], [(20_000, 0), (23_000, 0), (23_000, 5000)])
        let spike = ground([(0, 0), (9000, 0), (15_000, 0), (9000, 0), (9000, 9000), (0, 9000)])
        let twice = MultiPolygon(square(0, 0, 5000).polygons + square(0, 0, 5000).polygons)
        for area in [sharing, outside, spike, twice] {
            let fault = try geos.invalidity(of: area)
            #expect(fault != nil)
        }
    }

    @Test("A shared edge or corner is no common ground; a millimetre of overlap is")
    func interiors() throws {
        let parcel = square(0, 0, 10_000)
        #expect(try !geos.interiorsMeet(parcel, square(10_000, 0, 10_000)))
        #expect(try !geos.interiorsMeet(parcel, square(10_000, 10_000, 10_000)))
        #expect(try geos.interiorsMeet(parcel, square(9_999, 9_999, 10_000)))
        #expect(try geos.intersectionArea(parcel, square(9_999, 0, 10_000)) == 10_000)
        #expect(try geos.intersectionArea(parcel, square(10_000, 0, 10_000)) == 0)
    }

    @Test("The second opinion bears out the right area, and names both numbers of a wrong one")
    func opinion() throws {
        let (a, b) = (square(0, 0, 10_000), square(4_000, 5_000, 10_000))
        try geos.secondOpinion(on: 30_000_000, of: a, and: b)
        try geos.secondOpinion(on: 30_000_001, of: a, and: b)
        let expected = SpatialError.disagreement(exact: 30_000_100, geos: 30_000_000, allowed: 42, interiorsMeet: true)
        #expect(throws: expected) { try geos.secondOpinion(on: 30_000_100, of: a, and: b) }
        #expect(expected.description.contains("30000100") && expected.description.contains("30000000"))
        #expect(throws: SpatialError.self) { try geos.secondOpinion(on: 1, of: a, and: square(10_000, 0, 5_000)) }
        #expect(throws: SpatialError.self) { try geos.secondOpinion(on: 0, of: a, and: b) }
        try geos.secondOpinion(on: 0, of: a, and: square(10_000, 0, 5_000))
    }

    @Test("The interior point lies strictly inside: a hole in the middle, a thin L, a part of two")
    func interiorPoint() throws {
        let ring = ground([(0, 0), (9, 0), (9, 9), (0, 9)], [(1, 1), (8, 1), (8, 8), (1, 8)])
        #expect(throws: SpatialError.noInteriorPoint) { try geos.interiorPoint(of: ring) }
        let holed = ground([(0, 0), (9, 0), (9, 9), (0, 9)], [(2, 2), (8, 2), (8, 8), (2, 8)])
        let inHoled = try geos.interiorPoint(of: holed)
        #expect(inHoled.x == 1 || inHoled.y == 1)
        let thin = ground([(0, 0), (2, 0), (2, 50_000), (50_000, 50_000), (50_000, 50_002), (0, 50_002)])
        let inThin = try geos.interiorPoint(of: thin)
        #expect(inThin.x == 1 || inThin.y == 50_001)
        #expect(try geos.interiorPoint(of: square(-1_000_000_000, -1_000_000_000, 2)) == Point(x: -999_999_999, y: -999_999_999))
        #expect(throws: SpatialError.noInteriorPoint) { try geos.interiorPoint(of: MultiPolygon([])) }
    }

    @Test("A buffer of a line, a point and an area lies on the grid and is valid")
    func buffer() throws {
        let line = try geos.buffer(.line([[Point(x: 0, y: 0), Point(x: 10_000, y: 0)]]), by: 8_000)
        #expect(line.box == Box(minX: -8_000, minY: -8_000, maxX: 18_000, maxY: 8_000))
        let fault = try geos.invalidity(of: line)
        #expect(fault == nil)
        let disc = try geos.buffer(.point(Point(x: 5, y: 5)), by: 1_000)
        #expect(disc.polygons.count == 1)
        let shrunk = try geos.buffer(.area(square(0, 0, 10_000)), by: -1_000)
        #expect(try geos.intersectionArea(shrunk, square(1_000, 1_000, 8_000)) == 64_000_000)
        #expect(try geos.buffer(.area(square(0, 0, 10_000)), by: -6_000).polygons.isEmpty)
        #expect(throws: SpatialError.self) { try geos.buffer(.point(Point(x: 1_000_000_000, y: 0)), by: 1_000) }
        #expect(throws: SpatialError.self) { try geos.buffer(.point(Point(x: 0, y: 0)), by: .nan) }
    }

    @Test("The drawing of an intersection has its rings, shell first and not closed, and nothing for a touch")
    func drawing() throws {
        let holed = ground([(0, 0), (9000, 0), (9000, 9000), (0, 9000)], [(1000, 1000), (2000, 1000), (2000, 2000), (1000, 2000)])
        let pieces = try geos.intersection(holed, square(0, 0, 5000))
        #expect(pieces.count == 1 && pieces[0].count == 2)
        #expect(pieces[0][0].count == 4 && pieces[0][1].count == 4)
        #expect(pieces[0][0].map(\.x).max() == 5000)
        #expect(try geos.intersection(holed, square(9000, 0, 5000)).isEmpty)
    }

    /// Neighbours that touch along an edge, whose overlay in plain floating point gave the whole of one of them: shapely 1871
    /// (15,851 for 0) and libgeos 1344 (127.9 for 0).
    static let touching: [([(Double, Double)], [(Double, Double)])] = [
        (
            [(446, -207), (315, -75.99999999999999), (557, -76)],
            [(184, -207), (315, -76), (446, -207), (315, -338)]
        ),
        (
            [
                (-295.25030351249666, 4.236074061427525), (-295.08711234218333, -2.301948231163383),
                (-314.64218025800653, -2.7900491087570383), (-314.80537142831986, 3.7479731838338695),
            ],
            [
                (-275.69523559667346, 4.7241749390211805), (-275.53204442636013, -1.8138473535697273),
                (-295.08711234218333, -2.3019482311633825), (-295.25030351249666, 4.236074061427525),
            ]
        ),
    ]

    @Test("Overlays known to be wrong in floating point are right here, at every scale from 10⁻³ to 10⁻⁶", arguments: 0...1)
    func knownWrong(pair: Int) throws {
        for scale in [1e3, 1e4, 1e5, 1e6] {
            func onGrid(_ places: [(Double, Double)]) -> MultiPolygon {
                let points = places.map { Point(x: Int32(($0.0 * scale).rounded()), y: Int32(($0.1 * scale).rounded())) }
                return MultiPolygon([Polygon(shell: Ring(points))])
            }
            let (a, b) = (onGrid(Self.touching[pair].0), onGrid(Self.touching[pair].1))
            #expect(try geos.intersectionArea(a, b) == 0)
            #expect(try !geos.interiorsMeet(a, b))
            try geos.secondOpinion(on: 0, of: a, and: b)
            #expect(throws: SpatialError.self) { try geos.secondOpinion(on: 15_851_000_000, of: a, and: b) }
        }
    }

    @Test("A failure of GEOS is an error with its own message, and leaves the owner usable")
    func failure() throws {
        let short = MultiPolygon([Polygon(shell: Ring([Point(x: 0, y: 0)]), holes: [Ring([Point(x: 3, y: 0)])])])
        for _ in 0..<100 {
            #expect {
                try geos.intersectionArea(short, square(0, 0, 5))
            } throws: { error in
                guard case SpatialError.geos(_, let reason) = error else { return false }
                return reason.contains("LinearRing")
            }
        }
        #expect(try geos.intersectionArea(square(0, 0, 5), square(0, 0, 5)) == 25)
    }
}
