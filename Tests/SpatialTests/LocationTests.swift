@testable import Spatial
import Testing

@Suite("The location index")
struct LocationTests {
    private func compare(_ town: Town, anywhere: Int, along: Int, seed: UInt64 = 7) -> Comparison {
        var chance = Chance(seed: seed)
        let index = town.index
        let oracle = LocationOracle(town)
        var comparison = Comparison()
        comparison.compare(town.anywhere(anywhere, &chance), index, oracle, town.groups)
        comparison.compare(town.alongEdges(along, &chance), index, oracle, town.groups)
        return comparison
    }

    @Test("Every point's holders are those that GEOS finds", arguments: Town.Kind.allCases)
    func towns(kind: Town.Kind) {
        for (seed, middle) in [(1, (0.0, 0.0)), (2, (998_000_000, -998_000_000)), (3, (-4_321.5, 77_000_000))]
            as [(UInt64, (Double, Double))]
        {
            let town = Town.made(kind, size: 40, seed: seed, middle: middle)
            let comparison = compare(town, anywhere: 5_000, along: 5_000, seed: seed)
            #expect(comparison.differences == [])
            #expect(comparison.boundary > 1_000)
            if kind != .dirty { #expect(comparison.simple > 7_000) }
        }
    }

    @Test("Large lots, tiny lots and straight ones too", arguments: [(300.0, 0.2), (70_000.0, 0.1), (16_384.0, 0.0), (2_000_000.0, 0.2)])
    func sizes(step: Double, bend: Double) {
        for kind in Town.Kind.allCases {
            let town = Town.made(kind, size: 16, seed: 11, step: step, bend: bend)
            #expect(compare(town, anywhere: 1_500, along: 3_000).differences == [], "\(kind)")
        }
    }

    @Test("The same bytes for any number of threads")
    func threads() {
        for kind in Town.Kind.allCases {
            let town = Town.made(kind, size: 40, seed: 5)
            let one = town.sections(threads: 1).table
            for threads in [2, 3, 7] {
                let other = town.sections(threads: threads).table
                #expect(one.places == other.places)
                for name in one.places.keys {
                    let same = bytes(one, name) == bytes(other, name)
                    #expect(same, "\(name), \(threads) threads")
                }
            }
        }
    }

    private func bytes(_ table: SectionTable, _ name: String) -> [UInt8] {
        Array(table.column(name, of: UInt8.self)!.elements(0..<table.places[name]!.count))
    }

    @Test("Where no zone's edge is said to be near a box, none meets it and one set of areas holds all of it")
    func borders() {
        let oracle = Oracle()
        var chance = Chance(seed: 4)
        for kind in Town.Kind.allCases {
            let town = Town.made(kind, size: 24, seed: 6)
            let index = town.index
            let areas = town.features.filter { $0.group == 1 }.map { oracle.boundary(oracle.shape($0.ground)) }
            var free = 0
            for corner in town.anywhere(400, &chance) {
                let size = Int32(chance.number(0...30_000))
                let box = Box(minX: corner.x, minY: corner.y, maxX: corner.x + size, maxY: corner.y + size)
                guard !index.mayMeetAreaEdge(box) else { continue }
                free += 1
                let ring = [(0, 0), (size, 0), (size, size), (0, size), (0, 0)].map { Point(x: corner.x + $0.0, y: corner.y + $0.1) }
                let shape = size == 0 ? oracle.point(corner) : oracle.shape(MultiPolygon([Polygon(shell: Ring(ring.dropLast()))]))
                #expect(!areas.contains { oracle.distance($0, shape) == 0 }, "\(box)")
            }
            #expect(free > 100)
            #expect(!index.mayMeetAreaEdge(.nowhere))
            #expect(index.mayMeetAreaEdge(Box(minX: -Point.limit, minY: -Point.limit, maxX: Point.limit, maxY: Point.limit)))
        }
    }
}
