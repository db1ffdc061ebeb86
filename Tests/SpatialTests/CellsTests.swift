@testable import Spatial
import Testing

@Suite("Cells")
struct CellsTests {
    private static let parcel = Sketch.ground([Sketch.square(0, 0, 100)])

    private func layers(_ chance: inout Chance, _ size: Int, _ placing: Placing) -> [MultiPolygon] {
        (0..<chance.number(1...5)).map { _ in Random.ground(&chance, size: size, corners: 8, placing) { $0.flaw() == nil } }
    }

    @Test("Layers that touch in a parcel cut it in two, and the cut belongs to both borders")
    func halves() {
        let (left, right) = (Sketch.ground("-50 -50, 50 -50, 50 150, -50 150"), Sketch.ground("50 -10, 200 -10, 200 300, 50 300"))
        #expect(
            cells(of: Self.parcel, cutBy: [left, right]) == [
                Cell(members: [0], area: 5_000, perimeter: 300), Cell(members: [1], area: 5_000, perimeter: 300),
            ])
    }

    @Test("Ground in no layer, in one and in two are three cells, also where all their edges coincide")
    func overlapping() {
        let strip = Sketch.ground("0 0, 100 0, 100 30, 0 30")
        #expect(
            cells(of: Self.parcel, cutBy: [strip, Self.parcel, strip]) == [
                Cell(members: [0, 1, 2], area: 3_000, perimeter: 260), Cell(members: [1], area: 7_000, perimeter: 340),
            ])
        #expect(cells(of: Self.parcel, cutBy: []) == [Cell(members: [], area: 10_000, perimeter: 400)])
        #expect(unionArea(of: Self.parcel, cutBy: [strip, strip]) == 3_000)
    }

    @Test("A layer in two pieces that touch within the parcel leaves no trace of the seam in its neighbour's cell")
    func seam() {
        let frame = Sketch.ground([Sketch.square(0, 0, 100), Sketch.square(20, 20, 60)])
        let plug = Sketch.ground([Sketch.square(20, 20, 60)])
        #expect(
            cells(of: Self.parcel, cutBy: [frame, plug]) == [
                Cell(members: [0], area: 6_400, perimeter: 640), Cell(members: [1], area: 3_600, perimeter: 240),
            ])
        let whole = cells(of: plug, cutBy: [Self.parcel])
        #expect(whole == [Cell(members: [0], area: 3_600, perimeter: 240)])
    }

    @Test("What only touches the parcel makes no cell; the thinnest sliver makes one, be its area 0")
    func slivers() {
        let beside = Sketch.ground([Sketch.square(100, 0, 100)])
        #expect(cells(of: Self.parcel, cutBy: [beside]) == [Cell(members: [], area: 10_000, perimeter: 400)])
        #expect(sharedArea(Self.parcel, beside) == (0, 0))
        let far = 1_000_000_000
        let (wedge, needle) = (
            Sketch.ground([[(-far, -far), (far, far), (far - 1, far)]]), Sketch.ground([[(-far, -far), (far - 1, far - 1), (-far, far)]])
        )
        let found = cells(of: Sketch.ground([Sketch.square(-far, -far, 1)]), cutBy: [wedge, needle])
        #expect(found.map(\.members) == [[], [0, 1], [1]])
        #expect(found.map(\.area).reduce(0, +) == 1)
        #expect(found[1].area == 0)
        #expect(found[1].perimeter > 2.8)
    }

    @Test("The cells' areas add up to the base's area to the mm², and a layer's cells to what it shares with the base")
    func sums() {
        var chance = Chance(seed: 21)
        for _ in 0..<pairs / 20 {
            let size = [6, 30, 50_000][chance.number(0...2)]
            let placing = Placing.any(reach: size, &chance)
            let base = Random.ground(&chance, size: size, corners: 8, placing) { $0.flaw() == nil }
            let layers = layers(&chance, size, placing)
            let found = cells(of: base, cutBy: layers)
            #expect(found.reduce(0) { $0 + $1.area } == base.area)
            #expect(found.map(\.members) == found.map(\.members).sorted { $0.lexicographicallyPrecedes($1) })
            for (number, layer) in layers.enumerated() {
                let parts = found.filter { $0.members.contains(number) }
                let apart = parts.reduce(0) { $0 + $1.area } - sharedArea(base, layer).area
                #expect(apart.magnitude <= parts.count)
            }
        }
    }

    @Test("Where rings begin, which way they run, their repeated points and the order of layers do not matter")
    func unchanged() {
        var chance = Chance(seed: 22)
        for _ in 0..<pairs / 50 {
            let size = [6, 30, 50_000][chance.number(0...2)]
            let placing = Placing.any(reach: size, &chance)
            let base = Random.ground(&chance, size: size, corners: 8, placing) { $0.flaw() == nil }
            let layers = layers(&chance, size, placing)
            let found = cells(of: base, cutBy: layers)
            func rerun(_ ground: MultiPolygon) -> MultiPolygon {
                MultiPolygon(
                    ground.polygons.reversed().map { polygon in
                        let rings = polygon.rings.map { ring in
                            let start = chance.number(0...(ring.points.count - 1))
                            let points = Array(ring.points[start...] + ring.points[..<start])
                            return Ring([points[0]] + (chance.number(0...1) == 0 ? points : points.reversed()))
                        }
                        return Polygon(shell: rings[0], holes: rings.dropFirst().reversed())
                    })
            }
            expectSame(cells(of: rerun(base), cutBy: layers.map(rerun)), found)
            let turned = cells(of: base, cutBy: layers.reversed()).map { cell in
                Cell(members: cell.members.map { layers.count - 1 - $0 }.sorted(), area: cell.area, perimeter: cell.perimeter)
            }
            expectSame(turned.sorted { $0.members.lexicographicallyPrecedes($1.members) }, found)
        }
    }

    @Test("A quarter turn, a mirror and a move across the grid change nothing")
    func moved() {
        var chance = Chance(seed: 23)
        for _ in 0..<pairs / 50 {
            let seed = chance.next()
            func drawn(_ placing: Placing) -> [Cell] {
                var same = Chance(seed: seed)
                let base = Random.ground(&same, size: 1_000, corners: 8, placing) { $0.flaw() == nil }
                return cells(of: base, cutBy: layers(&same, 1_000, placing))
            }
            let limit = Int64(Point.limit) - 1_000
            let plain = drawn(Placing())
            expectSame(drawn(Placing(x: limit, y: -limit, quarters: 3)), plain)
            expectSame(drawn(Placing(x: -limit, y: 12_345, quarters: 1)), plain)
        }
    }

    /// Equal up to the last places of the perimeter and, where a mm² is apportioned, its neighbour.
    private func expectSame(_ found: [Cell], _ expected: [Cell]) {
        #expect(found.map(\.members) == expected.map(\.members))
        for (cell, other) in zip(found, expected) {
            #expect((cell.area - other.area).magnitude <= 1)
            #expect((cell.perimeter - other.perimeter).magnitude <= 1e-9 * other.perimeter)
        }
    }

    @Test("Ground in two layers at once, and the length around it, is what GEOS finds")
    func threefold() {
        let oracle = Oracle()
        var chance = Chance(seed: 24)
        for _ in 0..<pairs / 50 {
            let size = [20, 1_000][chance.number(0...1)]
            let placing = Placing(scale: 1_000)
            let grounds = (0..<3).map { _ in
                Random.ground(&chance, size: size, corners: 8, placing) { $0.flaw() == nil }
            }
            let both = cells(of: grounds[0], cutBy: Array(grounds[1...])).first { $0.members == [0, 1] }
            let shapes = grounds.map(oracle.shape)
            let pair = oracle.polygons(oracle.intersection(shapes[0], shapes[1]))
            let shared = oracle.polygons(oracle.intersection(pair, shapes[2]))
            let (area, perimeter) = (both?.area ?? 0, both?.perimeter ?? 0)
            #expect((Double(area) - oracle.area(shared)).magnitude <= 2e-3 * perimeter + 2)
            #expect((perimeter - oracle.length(shared)).magnitude <= 0.1)
        }
    }

    @Test("Two rings of 50,000 points that cross each other at every step are cut in a moment")
    func large() {
        func comb(_ offset: Int) -> MultiPolygon {
            var ring = [(0, -10_000_000), (1_000_000_000, -10_000_000)]
            for tooth in (0..<50_000).reversed() { ring.append((tooth * 20_000, tooth % 2 == 0 ? offset : -offset)) }
            return Sketch.ground([ring])
        }
        let (a, b) = (comb(1_000), comb(-1_000))
        let clock = ContinuousClock()
        var found: [Cell] = []
        let time = clock.measure { found = cells(of: a, cutBy: [b]) }
        #expect(found.count == 2)
        #expect(found.reduce(0) { $0 + $1.area } == a.area)
        #expect(time < .seconds(20))
    }
}
