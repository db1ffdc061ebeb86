@testable import Spatial
import Testing

@Suite("What other areas leave of an area")
struct RemainderTests {
    private static let whole = Sketch.ground([Sketch.square(0, 0, 100)])

    private func left(_ others: String...) -> Remainder { Remainder(of: Self.whole, without: others.map { Sketch.ground($0) }) }

    private func root(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }

    @Test("A point in what was taken is outside, one on the taker's edge on the border, and no edge under the taker counts")
    func places() {
        let half = left("50 -20, 150 -20, 150 120, 50 120")
        #expect(half.position(of: Point(x: 70, y: 50)) == .outside)
        #expect(half.position(of: Point(x: 50, y: 50)) == .boundary)
        #expect(half.position(of: Point(x: 50, y: 110)) == .outside)
        #expect(half.position(of: Point(x: 30, y: 50)) == .inside)
        #expect(half.distances(to: Point(x: 70, y: 50)) == [root(50, 20), 20])
        // The whole's eastern side and the taker's western ends beyond it bound nothing that is left.
        #expect(half.distances(to: Point(x: 100, y: 50))[0] == root(50, 50))
        #expect(half.distances(to: Point(x: 50, y: 113)) == [13, 13])
    }

    @Test("Areas that share an edge with the whole, or take it all, leave what they do not cover")
    func edges() {
        let strip = left("0 0, 100 0, 100 40, 0 40")
        #expect(strip.distances(to: Point(x: 50, y: 0)) == [root(50, 40), 40])
        #expect(strip.position(of: Point(x: 50, y: 0)) == .outside)
        let beside = left("100 0, 200 0, 200 100, 100 100")
        #expect(beside.position(of: Point(x: 100, y: 50)) == .boundary)
        #expect(beside.distances(to: Point(x: 90, y: 50)) == [10, 10])
        let none = left("0 0, 100 0, 100 60, 0 60", "0 60, 100 60, 100 100, 0 100")
        #expect(none.position(of: Point(x: 50, y: 60)) == .outside)
        #expect(none.distances(to: Point(x: 50, y: 60)).allSatisfy { $0 == .infinity })
    }

    @Test("Places and distances are those of the difference that GEOS draws")
    func random() {
        let oracle = Oracle()
        var chance = Chance(seed: 81)
        var seen: [MultiPolygon.Position: Int] = [:]
        for _ in 0..<pairs / 10 {
            let size = [4, 8][chance.number(0...1)]
            let placing = Placing(scale: 1_000, x: 5_000_000, y: -900_000_000, quarters: chance.number(0...3))
            let grounds = (0..<3).map { _ in Random.ground(&chance, size: size, corners: 8, placing) { $0.flaw() == nil } }
            let remainder = Remainder(of: grounds[0], without: Array(grounds.dropFirst()))
            let shapes = grounds.map(oracle.shape)
            let drawn = oracle.polygons(oracle.difference(oracle.difference(shapes[0], shapes[1]), shapes[2]))
            for _ in 0..<4 {
                let point = placing.point(chance.number(-size...size), chance.number(-size...size))
                let found = remainder.distances(to: point).min() ?? .infinity
                guard oracle.area(drawn) > 0 else {
                    #expect(found == .infinity && remainder.position(of: point) == .outside)
                    continue
                }
                let distance = oracle.distance(oracle.point(point), oracle.boundary(drawn))
                #expect((found - distance).magnitude < 0.02, "\(grounds) \(point)")
                let position = remainder.position(of: point)
                seen[position, default: 0] += 1
                if distance > 0.02 {
                    #expect(position == oracle.position(of: point, in: drawn), "\(grounds) \(point)")
                } else {
                    #expect(position == .boundary, "\(grounds) \(point)")
                }
            }
        }
        #expect(seen.values.allSatisfy { $0 > 20 } && seen.count == 3, "\(seen)")
    }
}
