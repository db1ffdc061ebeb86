@testable import Spatial
import Testing

@Suite("The grid of zones' edges")
struct BorderGridTests {
    private func areas(_ chance: inout Chance, _ count: Int, size: Int, _ placing: Placing) -> [MultiPolygon] {
        (0..<count).map { _ in Random.ground(&chance, size: size, corners: 10, placing) { $0.flaw() == nil } }
    }

    @Test("A search finds every edge that meets the box, once, in the order of features, rings and edges")
    func search() {
        var chance = Chance(seed: 11)
        for _ in 0..<pairs / 250 {
            let size = [6, 300, 50_000][chance.number(0...2)]
            let placing = Placing.any(reach: size, &chance)
            let suburb = Suburb(parcels: [], areas: areas(&chance, 6, size: size, placing))
            let (grid, all) = (
                suburb.grid,
                suburb.areas.enumerated().flatMap { number, area in
                    var edges: [(UInt32, Edge)] = []
                    area.forEachEdge { edges.append((UInt32(number), $0)) }
                    return edges
                }
            )
            var found: [BorderGrid.Border] = []
            for _ in 0..<10 {
                let ends = (0..<2).map { _ in placing.point(chance.number(-size...size), chance.number(-size...size)) }
                let box = Box(around: ends)!
                grid.find(box, &found)
                let expected = all.filter { meets($0.1, box) }
                #expect(found.map(\.area) == expected.map(\.0))
                #expect(found.map(\.edge) == expected.map(\.1))
            }
        }
    }

    /// Another way of telling: an end lies in the box, or the edge meets one of its sides.
    private func meets(_ edge: Edge, _ box: Box) -> Bool {
        let corners = [
            Point(x: box.minX, y: box.minY), Point(x: box.maxX, y: box.minY), Point(x: box.maxX, y: box.maxY),
            Point(x: box.minX, y: box.maxY),
        ]
        return box.holds(edge.from) || box.holds(edge.to)
            || zip(corners, corners.dropFirst() + corners.prefix(1)).contains { from, to in
                if from == to { return edge.holds(from) }
                return edge.holds(from) || edge.holds(to)
                    || orientation(edge.from, edge.to, from) * orientation(edge.from, edge.to, to) < 0
                        && orientation(from, to, edge.from) * orientation(from, to, edge.to) < 0
            }
    }

    @Test("Who holds a point is what rays through all edges say, on corners, on edges and elsewhere, moved or not")
    func holders() {
        var chance = Chance(seed: 12)
        for _ in 0..<pairs / 250 {
            let size = [6, 300, 50_000][chance.number(0...2)]
            let placing = Placing.any(reach: size, &chance)
            let suburb = Suburb(parcels: [], areas: areas(&chance, 6, size: size, placing))
            let grid = suburb.grid
            var linework = suburb.areas.map(Linework.init)
            let corners = suburb.areas.flatMap { $0.rings.flatMap(\.points) }
            var points = (0..<10).map { _ in placing.point(chance.number(-size...size), chance.number(-size...size)) } + corners.prefix(20)
            for (a, b) in zip(corners, corners.dropFirst()).prefix(10) {
                points.append(Point(x: Int32((Int64(a.x) + Int64(b.x)) / 2), y: Int32((Int64(a.y) + Int64(b.y)) / 2)))
            }
            var found: [UInt32] = []
            for point in points {
                for shift in [Shift.moved, .stands] {
                    let expected = linework.indices.filter { linework[$0].holds(point, shift) }
                    grid.findHolders(of: point, shift, &found)
                    #expect(found.map { Int($0) } == expected, "\(point)")
                    #expect(linework.indices.filter { grid.holds(point, UInt32($0), shift) } == expected, "\(point)")
                }
            }
        }
    }

    @Test("A city 400 km wide with edges right across it, rings of 100,000 points and 10,000 areas over one point stay small and right")
    func extremes() {
        var chance = Chance(seed: 13)
        let far = 200_000_000
        let across = (0..<400).map {
            Sketch.ground("\(-far) \(-far + $0 * 1_000_000), \(far) \(-far + $0 * 999_999), \(far) \(-far + $0 * 999_999 + 7)")
        }
        let nested = (1...10_000).map { Sketch.ground([Sketch.square(-$0 * 1_000, -$0 * 1_000, 2_000 * $0)]) }
        let round = Sketch.ground([Random.star(&chance, middle: (0, 0), radius: far, corners: 100_000)])
        for areas in [across, nested, [round]] {
            let parcels = (0..<5).map { _ in
                Sketch.ground([Sketch.square(chance.number(-9_000_000...9_000_000), chance.number(-9_000_000...9_000_000), 20_000)])
            }
            let suburb = Suburb(parcels: parcels, areas: areas)
            let grid = suburb.grid
            var sections = Sections()
            grid.add(to: &sections)
            #expect(sections.all.reduce(0) { $0 + $1.length } < 48 << 20)
            var cutter = ParcelCutter(suburb.shapes, grid)
            for parcel in parcels.indices {
                var shares: [Share] = []
                cutter.addShares(of: parcel, to: &shares)
                #expect(shares == suburb.plainShares(of: parcel))
                let few = areas.indices.suffix(3)
                let cells = cutter.cells(of: parcel, cutBy: few.map { suburb.areaNumbers[$0] })
                #expect(cells == Spatial.cells(of: parcels[parcel], cutBy: Array(areas[few])))
            }
        }
    }
}
