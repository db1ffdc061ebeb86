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
}
