import Foundation
@testable import Spatial
import Testing

@Suite("Validity")
struct ValidityTests {
    private struct Case: Sendable {
        let kind: Flaw.Kind
        let at: Point
        let rings: String

        init(_ kind: Flaw.Kind, _ x: Int32, _ y: Int32, _ rings: String) {
            self.kind = kind
            self.at = Point(x: x, y: y)
            self.rings = rings
        }
    }

    private static let flawed: [Case] = [
        Case(.tooFewPoints, 0, 0, "0 0, 1 0, 0 0"),
        Case(.zeroArea, 0, 0, "0 0, 2 2, 4 4, 1 1"),
        Case(.selfCrossing, 2, 2, "0 0, 4 4, 4 0, 0 4"),
        Case(.selfCrossing, 4, 4, "0 0, 4 0, 4 4, 4 2, 0 2"),
        Case(.selfTouching, 2, 2, "0 0, 4 0, 2 2, 4 4, 0 4, 2 2"),
        Case(.holeOutside, 5, 5, "0 0, 4 0, 4 4, 0 4; 5 5, 6 5, 6 6"),
        Case(.nestedHoles, 2, 2, "0 0, 9 0, 9 9, 0 9; 1 1, 8 1, 1 8; 2 2, 4 2, 2 4"),
        Case(.holesCross, 4, 2, "0 0, 4 0, 4 4, 0 4; 2 2, 6 2, 6 3"),
        Case(.holesCross, 0, 1, "0 0, 4 0, 4 4, 0 4; 0 1, 1 2, 0 3"),
        Case(.disconnectedInterior, 0, 2, "0 0, 4 0, 4 4, 0 4; 0 2, 2 1, 4 2, 2 3"),
    ]

    @Test("Each flaw has its name and its place", arguments: flawed)
    private func named(flawed: Case) {
        #expect(Sketch.ground(flawed.rings).flaw() == Flaw(kind: flawed.kind, at: flawed.at))
    }

    @Test("Of two polygons one may lie in the other's hole, not in its ground, and they may touch at points alone")
    func parts() {
        func both(_ first: [[(Int, Int)]], _ second: [[(Int, Int)]]) -> Flaw.Kind? {
            MultiPolygon(Sketch.ground(first).polygons + Sketch.ground(second).polygons).flaw()?.kind
        }
        let frame = [Sketch.square(0, 0, 8), Sketch.square(2, 2, 4)]
        #expect(both(frame, [[(4, 2), (6, 4), (4, 6), (2, 4)]]) == nil)
        #expect(both(frame, [Sketch.square(3, 3, 1)]) == nil)
        #expect(both(frame, [Sketch.square(8, 8, 2)]) == nil)
        #expect(both(frame, [Sketch.square(2, 2, 4)]) == .overlappingParts)
        #expect(both(frame, [Sketch.square(8, 2, 4)]) == .overlappingParts)
        #expect(both(frame, [Sketch.square(7, 7, 2)]) == .overlappingParts)
        #expect(both([Sketch.square(0, 0, 8)], [[(4, 0), (8, 4), (4, 8), (0, 4)]]) == .nestedShells)
    }

    @Test("A hole that touches its shell, and points repeated in a row, are no flaw")
    func tolerated() {
        #expect(Sketch.ground([Sketch.square(0, 0, 8), [(0, 4), (2, 2), (2, 6)]]).flaw() == nil)
        #expect(Sketch.ground([[(0, 0), (0, 0), (8, 0), (8, 0), (8, 0), (0, 8), (0, 0)]]).flaw() == nil)
        #expect(MultiPolygon([]).flaw() == nil)
    }

    @Test("Random linework is valid exactly when GEOS finds it so", arguments: 0..<2)
    func random(part: Int) {
        let oracle = Oracle()
        var chance = Chance(seed: 1_000 + UInt64(part))
        var (valid, kinds) = (0, [Flaw.Kind: Int]())
        for _ in 0..<pairs / 4 {
            let size = [3, 4, 6, 12, 1_000][chance.number(0...4)]
            let ground = Random.linework(&chance, size: size, Placing.any(reach: size, &chance))
            let flaw = ground.flaw()
            if let flaw { kinds[flaw.kind, default: 0] += 1 } else { valid += 1 }
            let shape = oracle.shape(ground)
            if (flaw == nil) != oracle.isValid(shape) {
                Issue.record("\(String(describing: flaw)), GEOS \(oracle.reason(shape))\n\(ground)")
            }
        }
        #expect(valid > pairs / 40)
        #expect(pairs < 10_000 || kinds.count == Flaw.Kind.allCases.count, "\(kinds)")
    }

    @Test("A ring of 100,000 points is judged in a moment")
    func large() {
        let count = 100_000
        let ring = (0..<count).map { number -> (Int, Int) in
            let angle = Double(number) / Double(count) * 2 * .pi
            let radius = number.isMultiple(of: 2) ? 9e8 : 8.9999e8
            return (Int(radius * cos(angle)), Int(radius * sin(angle)))
        }
        var ground = Sketch.ground([ring])
        let clock = ContinuousClock()
        let time = clock.measure { #expect(ground.flaw() == nil) }
        #expect(time < .seconds(20))
        ground.polygons[0].shell.points.swapAt(500, 90_000)
        #expect(ground.flaw()?.kind == .selfCrossing)
    }
}
