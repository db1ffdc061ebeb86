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

    @Test("Where a cell is said to be clear no edge comes as near, and most of the ground is said to be", arguments: Town.Kind.allCases)
    func clear(kind: Town.Kind) {
        let town = Town.made(kind, size: 40, seed: 4)
        let (index, shapes) = (town.index, town.shapes)
        var chance = Chance(seed: 8)
        let anywhere = town.anywhere(2_000, &chance)
        var (clear, far) = (0, 0)
        for point in anywhere + town.alongEdges(2_000, &chance) {
            for reach in [0, 1, 300, 2_000] as [Int64] {
                let isFar = !town.features.indices.contains { shapes.comes($0, within: reach, of: point) }
                let isClear = index.isClearOfEdges(point, by: reach)
                #expect(!isClear || isFar, "\(point), \(reach) mm")
                if reach == 300 { (clear, far) = (clear + (isClear ? 1 : 0), far + (isFar ? 1 : 0)) }
            }
        }
        if kind != .dirty { #expect(clear > far / 2) }
    }

    @Test("Edges where they lie in the table are as far as those of the geometry, and as GEOS finds them")
    func distances() {
        let town = Town.made(.dirty, size: 12, seed: 6)
        let shapes = town.shapes
        let oracle = Oracle()
        var chance = Chance(seed: 9)
        for point in town.anywhere(300, &chance) + town.alongEdges(300, &chance) {
            for (number, feature) in town.features.enumerated() where number % 5 == 0 {
                let distance = shapes.distance(number, to: point)
                #expect(distance == Geometry.area(feature.ground).distance(to: point))
                let borders = feature.ground.rings.map { oracle.line($0.points + $0.points.prefix(1)) }
                let other = borders.map { oracle.distance(oracle.point(point), $0) }.min() ?? .infinity
                #expect((other - distance).magnitude < 1e-6 * max(1, distance))
                for reach in [0, 1, Int64(distance), Int64(distance) + 1] {
                    #expect(shapes.comes(number, within: reach, of: point) == Geometry.area(feature.ground).comes(within: reach, of: point))
                }
            }
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
}
