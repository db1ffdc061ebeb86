@testable import Spatial
import Testing

/// Ground that no town has, and that data has all the same.
@Suite("The location index on contrived ground")
struct LocationContrivedTests {
    private func compare(_ town: Town, anywhere: Int = 1_500, along: Int = 1_500, at points: [Point] = [], mostInCells: Int? = nil)
        -> Comparison
    {
        var chance = Chance(seed: 3)
        var sections = Sections()
        LocationIndex.sections(for: town.shapes, groups: town.groups, mostInCells: mostInCells, threads: 2, into: &sections)
        let index = LocationIndex(sections.table)!
        let oracle = LocationOracle(town)
        var comparison = Comparison()
        comparison.compare(
            town.anywhere(anywhere, &chance) + town.alongEdges(along, &chance) + points, index, oracle, town.groups)
        return comparison
    }

    private func square(_ x: Int, _ y: Int, _ side: Int) -> [Point] { Sketch.square(x, y, side).map { Placing().point($0.0, $0.1) } }

    @Test("Fifty parcels that are one and the same are all named")
    func same() {
        var town = Town()
        for _ in 0..<50 { town.add([square(1_000, 1_000, 20_000)], 0) }
        for _ in 0..<9 { town.add([square(1_000, 1_000, 20_000)], 1) }
        #expect(compare(town).differences == [])
        var holders: [Holder] = []
        town.index.holders(of: Point(x: 1_000, y: 1_000), into: &holders)
        #expect(holders == (0..<59).map { Holder(feature: $0, onBoundary: true) })
        town.index.holders(of: Point(x: 9_000, y: 9_000), into: &holders)
        #expect(holders == (0..<59).map { Holder(feature: $0, onBoundary: false) })
    }

    @Test("Ten thousand polygons over one point are all named, and take a bounded memory", arguments: [0, 1] as [UInt8])
    func pile(group: UInt8) {
        var town = Town()
        var chance = Chance(seed: 9)
        for _ in 0..<10_000 {
            let reach = chance.number(1...30_000)
            town.add([square(-reach, -reach, 2 * reach + chance.number(0...1_000))], group)
        }
        #expect(town.sections().table.memory.count < 100 << 20)
        #expect(compare(town, anywhere: 60, along: 60, at: [Point(x: 0, y: 0)]).differences == [])
    }

    @Test("Rings of a hundred thousand corners, round and jagged, with lots in them")
    func rings() {
        for (reach, jag) in [(100_000.0, 0), (30_000_000.0, 900), (2_000.0, 0)] {
            var town = Town.made(.clean, size: 8, seed: 3)
            var chance = Chance(seed: 4)
            // A walk around a circle, by turning a vector a little at a time.
            var (x, y) = (reach, 0.0)
            let turn = 2 * 3.141592653589793 / 100_000
            var ring: [Point] = []
            for number in 0..<100_000 {
                let out = 1 + Double(number % 2 == 0 ? 0 : chance.number(0...jag)) / 1_000
                ring.append(Point(x: Int32((x * out).rounded()), y: Int32((y * out).rounded())))
                (x, y) = (x - y * turn, y + x * turn)
            }
            var kept: [Point] = []
            for point in ring where point != kept.last { kept.append(point) }
            town.add([kept], 1)
            #expect(compare(town).differences == [], "\(reach)")
        }
    }

    @Test("Holes that touch each other and their shell, parts that touch")
    func touching() {
        var town = Town()
        let shell = square(0, 0, 60_000)
        let holes = [
            [(0, 30_000), (20_000, 20_000), (20_000, 40_000)], [(20_000, 20_000), (40_000, 10_000), (30_000, 25_000)],
            [(60_000, 60_000), (50_000, 40_000), (40_000, 50_000)],
        ]
        for group in [0, 1] as [UInt8] {
            town.add([shell] + holes.map { $0.map { Placing().point($0.0, $0.1) } }, group)
            for hole in holes { town.add([hole.map { Placing().point($0.0, $0.1) }], group) }
            town.add(
                MultiPolygon([Polygon(shell: Ring(square(60_000, 0, 9_000))), Polygon(shell: Ring(square(69_000, 9_000, 9_000)))]), group)
        }
        #expect(compare(town, along: 8_000).differences == [])
    }

    @Test("Edges that run along the borders of cells, blocks and tiles")
    func borders() {
        var town = Town()
        // The first square lays the index's origin at −1.
        for row in 0..<12 {
            for column in 0..<12 {
                let cell = 1 << 13
                let (x, y) = (max(0, column * cell - 1), max(0, row * cell - 1))
                town.add([corners(x, y, (column + 1) * cell - 1, (row + 1) * cell - 1)], 0)
            }
        }
        town.add([corners(0, 0, 1 << 16 - 1, 1 << 16 - 1)], 1)
        town.add([corners(1 << 16 - 1, 0, 1 << 20 - 1, 1 << 20 - 1)], 1)
        town.add([corners(1 << 20 - 1, 1 << 20 - 1, 1 << 21 - 1, 1 << 21 - 1)], 1)
        #expect(compare(town, anywhere: 3_000, along: 9_000).differences == [])
    }

    private func corners(_ left: Int, _ low: Int, _ right: Int, _ high: Int) -> [Point] {
        [(left, low), (right, low), (right, high), (left, high)].map { Placing().point($0.0, $0.1) }
    }

    @Test("A city 400 km wide with few features, and one as wide as the grid, take little memory")
    func wide() {
        var town = Town()
        var chance = Chance(seed: 6)
        for _ in 0..<500 {
            let net = Net(
                seed: chance.next(), step: 20_000,
                middle: (Double(chance.number(-200_000_000...200_000_000)), Double(chance.number(-200_000_000...200_000_000))))
            town.add([net.ring(0..<2, 0..<2)], 0)
        }
        let across = Net(seed: 1, step: 100_000_000, turn: 0.1)
        town.add([across.ring(-1..<1, -1..<1)], 1)
        town.add([across.ring(-1..<1, 0..<1)], 1)
        #expect(town.sections().table.memory.count < 64 << 20)
        #expect(compare(town).differences == [])
        let far = Int(Point.limit)
        town.add([square(-far, -far, 2 * far)], 1)
        town.add([[(-far, -far), (far, far - 1), (far, far)].map { Placing().point($0.0, $0.1) }], 1)
        #expect(compare(town, mostInCells: 100_000).differences == [])
    }

    @Test("Where the cells would be too many they are wider, and the answers the same", arguments: [12_000, 6_000, 1_000])
    func scaled(mostInCells: Int) {
        for kind in Town.Kind.allCases {
            var town = Town.made(kind, size: 16, seed: 8)
            for number in 0..<40 {
                let ends = [(-900_000, 100 * number), (900_000, 37 * number), (900_000, 37 * number + 30)]
                town.add([ends.map { Placing().point($0.0, $0.1) }], UInt8(number % 2))
            }
            var sections = Sections()
            LocationIndex.sections(for: town.shapes, groups: town.groups, mostInCells: mostInCells, threads: 2, into: &sections)
            let index = LocationIndex(sections.table)!
            #expect(index.grid.scale > 0)
            var chance = Chance(seed: 2)
            var comparison = Comparison()
            let points = town.anywhere(800, &chance) + town.alongEdges(1_600, &chance)
            comparison.compare(points, index, LocationOracle(town), town.groups)
            #expect(comparison.differences == [], "\(kind), scale \(index.grid.scale)")
        }
    }

    @Test("Random drawings on a small lattice, at any size and place, several over each other")
    func drawings() {
        var chance = Chance(seed: 12)
        for _ in 0..<60 {
            var town = Town()
            for _ in 0..<3 {
                let (first, second) = Random.contrived(&chance) { $0.flaw() == nil }
                town.add(first, UInt8(chance.number(0...1)))
                town.add(second, UInt8(chance.number(0...1)))
            }
            #expect(compare(town, anywhere: 40, along: 120).differences == [])
        }
    }

    @Test("Points outside everything are held by nothing")
    func outside() {
        let town = Town.made(.clean, size: 8, seed: 1)
        let index = town.index
        var holders: [Holder] = []
        for x in [Int32.min, -Point.limit, 0, Point.limit, .max] {
            for y in [Int32.min, -Point.limit, Point.limit, .max] {
                #expect(index.place(of: Point(x: x, y: y)) == .nowhere)
                index.holders(of: Point(x: x, y: y), into: &holders)
                #expect(holders == [])
            }
        }
    }

    @Test("What is not to be indexed, lines and points, and nothing at all")
    func leftOut() {
        var writer = ShapeTableWriter()
        let ground = Sketch.ground([Sketch.square(0, 0, 10)])
        for shape in [.area(ground), .area(ground), .line([[Point(x: 0, y: 0), Point(x: 9, y: 9)]]), .point(Point(x: 5, y: 5)), nil]
            as [Geometry?]
        {
            writer.append(shape)
        }
        for (groups, held) in [([0, 255, 1, 1, 1], [0]), ([255, 1, 0, 0, 0], [1]), ([255, 255, 1, 1, 1], [])] as [([UInt8], [Int])] {
            var sections = Sections()
            LocationIndex.sections(for: writer.table, groups: groups, threads: 2, into: &sections)
            let index = LocationIndex(sections.table)!
            var holders: [Holder] = []
            index.holders(of: Point(x: 5, y: 5), into: &holders)
            #expect(holders.map(\.feature) == held)
            #expect(index.place(of: Point(x: 5, y: 5)).isSimple)
        }
    }

    @Test("Sections that do not go together are refused")
    func refused() {
        let table = Town.made(.clean, size: 8, seed: 1).sections().table
        #expect(LocationIndex(table) != nil)
        for name in table.places.keys {
            var places = table.places
            places[name] = nil
            #expect(LocationIndex(SectionTable(memory: table.memory, places: places)) == nil, "\(name)")
        }
        var places = table.places
        let tiles = places["location.tiles"]!
        places["location.tiles"] = tiles.lowerBound..<tiles.upperBound - 8
        #expect(LocationIndex(SectionTable(memory: table.memory, places: places)) == nil)
    }
}
