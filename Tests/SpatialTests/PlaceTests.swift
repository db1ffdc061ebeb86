import Foundation
@testable import Spatial
import Testing

@Suite("Places")
struct PlaceTests {
    /// Points where mistakes are made: corners, places on edges and a step beside them, level with corners, anywhere.
    private func points(_ ground: MultiPolygon, _ size: Int, _ placing: Placing, _ chance: inout Chance) -> [Point] {
        let corners = ground.rings.flatMap(\.points)
        let (a, b) = (corners[chance.number(0...(corners.count - 1))], corners[chance.number(0...(corners.count - 1))])
        let middle = Point(x: Int32((Int64(a.x) + Int64(b.x)) / 2), y: Int32((Int64(a.y) + Int64(b.y)) / 2))
        let step = (Int64(chance.number(-1...1)), Int64(chance.number(-1...1)))
        let some = placing.point(chance.number(-size...size), chance.number(-size...size))
        return [a, middle, a.moved(step), middle.moved(step), Point(x: some.x, y: a.y), Point(x: a.x, y: some.y), some]
    }

    @Test("Where a point lies, how far from the border, and the area itself are what GEOS finds", arguments: 0..<2)
    func random(part: Int) {
        let oracle = Oracle()
        var chance = Chance(seed: 40 + UInt64(part))
        var count = 0
        while count < pairs / 2 {
            let size = [6, 30, 50_000][chance.number(0...2)]
            let placing = Placing.any(reach: size, &chance)
            let ground = Random.ground(&chance, size: size, corners: 10, placing) { $0.flaw() == nil }
            let shape = oracle.shape(ground)
            let boundary = oracle.boundary(shape)
            let scale = oracle.area(shape)
            #expect((Double(ground.area) - scale).magnitude <= 1 + 1e-9 * scale)
            #expect((ground.perimeter - oracle.length(shape)).magnitude <= 1e-9 * ground.perimeter)
            for point in points(ground, size, placing, &chance) {
                count += 1
                #expect(ground.position(of: point) == oracle.position(of: point, in: shape), "\(point) in \(ground)")
                let distance = Geometry.area(ground).distance(to: point)
                let other = oracle.distance(boundary, oracle.point(point))
                #expect((distance - other).magnitude <= 1e-6 + 1e-9 * other)
                // A double away from the limit; on it, see below.
                #expect(Geometry.area(ground).comes(within: Int64((distance * (1 + 1e-12)).rounded(.up)), of: point))
                let below = distance * (1 - 1e-12)
                if below != below.rounded(.down) {
                    #expect(!Geometry.area(ground).comes(within: Int64(below.rounded(.down)), of: point))
                }
            }
        }
    }

    @Test("A limit is met exactly: five millimetres are within five, and a third of one is not within none")
    func limits() {
        #expect(Geometry.point(Point(x: 3, y: 4)).comes(within: 5, of: Point(x: 0, y: 0)))
        #expect(!Geometry.point(Point(x: 3, y: 4)).comes(within: 4, of: Point(x: 0, y: 0)))
        let far: Int32 = 1_000_000_000
        let line = Geometry.line([[Point(x: -far, y: -far), Point(x: far, y: far - 1)]])
        // The line passes the origin at a quarter of √2 mm; a millimetre further south it is that much nearer.
        #expect(line.comes(within: 1, of: Point(x: 0, y: 0)))
        #expect(!line.comes(within: 0, of: Point(x: 0, y: 0)))
        #expect(line.comes(within: .max, of: Point(x: far, y: -far)))
        #expect(!line.comes(within: -1, of: Point(x: -far, y: -far)))
        #expect(line.comes(within: 0, of: Point(x: -far, y: -far)))
        #expect(!Geometry.line([]).comes(within: 5, of: Point(x: 0, y: 0)))
        #expect(Geometry.line([]).distance(to: Point(x: 0, y: 0)) == .infinity)
    }

    @Test("Areas are whole mm², half of one to even")
    func halves() {
        #expect(Sketch.ground("0 0, 1 0, 0 1").area == 0)
        #expect(Sketch.ground("0 0, 3 0, 0 1").area == 2)
        #expect(Sketch.ground("0 0, 0 1, 5 0").area == 2)
        #expect(Sketch.ground("0 0, 5 0, 0 1").twiceArea == 5)
        #expect(Ring(Sketch.ground("0 0, 0 1, 5 0").polygons[0].shell.points).twiceArea == -5)
        let far = 1_000_000_000
        #expect(Sketch.ground([Sketch.square(-far, -far, 2 * far)]).area == 4_000_000_000_000_000_000)
        #expect(Sketch.ground("0 0, 9 0, 9 9, 0 9; 1 1, 2 1, 2 2").oriented.rings.map(\.twiceArea) == [162, -1])
        #expect(Sketch.ground("0 0, 0 9, 9 9, 9 0; 1 1, 2 2, 2 1").oriented.rings.map(\.twiceArea) == [162, -1])
    }

    @Test("The side of a line is exact at the ends of the grid")
    func orientations() {
        let far: Int32 = 1_000_000_000
        let (a, b) = (Point(x: -far, y: -far), Point(x: far, y: far))
        #expect(orientation(a, b, Point(x: far - 1, y: far - 1)) == 0)
        #expect(orientation(a, b, Point(x: far - 1, y: far)) == 1)
        #expect(orientation(a, b, Point(x: far, y: far - 1)) == -1)
        #expect(orientation(a, Point(x: far, y: -far), Point(x: -far, y: far)) == 1)
    }

    @Test("On nearly straight triples the side is that of exact fractions")
    func nearlyStraight() {
        var chance = Chance(seed: 50)
        func far() -> Int { chance.number(-1_000_000_000...1_000_000_000) }
        for _ in 0..<2_000 {
            let placing = Placing()
            let (a, b) = (placing.point(far(), far()), placing.point(far(), far()))
            let share = Double(chance.number(0...1_000)) / 1_000
            let c = Point(
                x: Int32(Double(a.x) + share * (Double(b.x) - Double(a.x))),
                y: Int32(Double(a.y) + share * (Double(b.y) - Double(a.y))))
            func times(_ p: Int32, _ q: Int32) -> Whole { Whole(p) * Whole(q) }
            let twice = times(a.x, b.y) - times(a.y, b.x) + times(b.x, c.y) - times(b.y, c.x) + times(c.x, a.y) - times(c.y, a.x)
            #expect(orientation(a, b, c) == twice.signum)
            #expect(orientation(b, c, a) == twice.signum)
            #expect(orientation(b, a, c) == -twice.signum)
        }
    }

    @Test("Around a point on a shared edge or corner each neighbour is answered, never neither")
    func neighbours() {
        let (a, b) = (Sketch.ground([Sketch.square(0, 0, 10)]), Sketch.ground([Sketch.square(10, 0, 10)]))
        let zone = Sketch.ground([Sketch.square(-50, -50, 100)])
        #expect(surroundings(of: Point(x: 10, y: 5), in: [a, b]) == [[0], [1]])
        #expect(surroundings(of: Point(x: 10, y: 5), in: [a, b, zone]) == [[0, 2], [1, 2]])
        #expect(surroundings(of: Point(x: 10, y: 0), in: [a, b, zone]) == [[0, 2], [1, 2], [2]])
        #expect(surroundings(of: Point(x: 0, y: 5), in: [a, b]) == [[], [0]])
        #expect(surroundings(of: Point(x: 5, y: 5), in: [a, b, zone]) == [[0, 2]])
        #expect(surroundings(of: Point(x: 90, y: 5), in: [a, b, zone]) == [[]])
        let pierced = Sketch.ground([Sketch.square(0, 0, 10), [(0, 5), (5, 4), (5, 6)]])
        #expect(surroundings(of: Point(x: 0, y: 5), in: [pierced]) == [[], [0]])
        #expect(surroundings(of: Point(x: 5, y: 4), in: [pierced, a]) == [[0, 1], [1]])
    }

    @Test("The sets around a point are those that GEOS finds on a small circle around it")
    func circles() {
        let oracle = Oracle()
        var chance = Chance(seed: 60)
        for _ in 0..<max(20, pairs / 500) {
            let placing = Placing(scale: 20_000, quarters: chance.number(0...3))
            let layers = (0..<3).map { _ in
                Random.ground(&chance, size: 4, corners: 7, placing) { $0.flaw() == nil }
            }
            let corners = layers.flatMap(\.rings).flatMap(\.points)
            let point = corners[chance.number(0...(corners.count - 1))]
            let shapes = layers.map(oracle.shape)
            var seen: Set<[Int]> = []
            for step in 0..<360 {
                let angle = Double(step) / 180 * .pi
                let near = point.moved((Int64(1_500 * cos(angle)), Int64(1_500 * sin(angle))))
                let places = shapes.map { oracle.position(of: near, in: $0) }
                guard !places.contains(.boundary) else { continue }
                seen.insert(places.indices.filter { places[$0] == .inside })
            }
            #expect(surroundings(of: point, in: layers) == seen.sorted { $0.lexicographicallyPrecedes($1) })
        }
    }
}
