@testable import Spatial
import Testing

@Suite("Lines and borders")
struct LinesTests {
    private static let parcel = Sketch.ground("0 0, 100 0, 100 100, 0 100; 40 40, 60 40, 60 60, 40 60")

    private func length(_ points: (Int32, Int32)...) -> Double {
        lengthInside(of: [points.map { Point(x: $0.0, y: $0.1) }], of: Self.parcel)
    }

    @Test("A line counts where it runs inside or along the border, not where it touches at a point or crosses a hole")
    func stretches() {
        #expect(length((-50, 20), (150, 20)) == 100)
        #expect(length((-50, 0), (150, 0)) == 100)
        #expect(length((-50, 50), (150, 50)) == 80)
        #expect(length((-50, 40), (150, 40)) == 100)
        #expect(length((-50, 50), (50, -50)) == 0)
        #expect(length((45, 45), (55, 55)) == 0)
        #expect(length((0, 0), (0, 100), (0, 200)) == 100)
        #expect(length((10, 10)) == 0)
        #expect(length() == 0)
    }

    @Test("Only border that runs on one line over the other's counts as shared")
    func borders() {
        #expect(sharedBorder(Self.parcel, Sketch.ground([Sketch.square(100, 30, 40)])) == 40)
        #expect(sharedBorder(Self.parcel, Sketch.ground([Sketch.square(100, 80, 40)])) == 20)
        #expect(sharedBorder(Self.parcel, Sketch.ground([Sketch.square(101, 30, 40)])) == 0)
        #expect(sharedBorder(Self.parcel, Sketch.ground([Sketch.square(100, 100, 40)])) == 0)
        #expect(sharedBorder(Self.parcel, Sketch.ground([Sketch.square(40, 40, 20)])) == 80)
        #expect(sharedBorder(Self.parcel, Self.parcel) == 480)
    }

    @Test("An edge runs within a distance when its nearest point does, the limit included")
    func near() {
        let beside = Sketch.ground([Sketch.square(103, 104, 40)])
        #expect(Self.parcel.edgeRuns(within: 5, ofBorderOf: beside))
        #expect(!Self.parcel.edgeRuns(within: 4, ofBorderOf: beside))
        #expect(Self.parcel.edgeRuns(within: 0, ofBorderOf: Sketch.ground([Sketch.square(100, 100, 4)])))
        #expect(Self.parcel.edgeRuns(within: 0, ofBorderOf: Sketch.ground([Sketch.square(90, 90, 40)])))
        #expect(!Self.parcel.edgeRuns(within: 14, ofBorderOf: Sketch.ground([Sketch.square(15, 15, 10)])))
        #expect(!Self.parcel.edgeRuns(within: -1, ofBorderOf: Self.parcel))
        #expect(Self.parcel.edgeRuns(within: .max, ofBorderOf: beside))
        #expect(!Self.parcel.edgeRuns(within: .max, ofBorderOf: MultiPolygon([])))
    }

    @Test("Lengths inside, shared borders and distances between borders are what GEOS finds")
    func random() {
        let oracle = Oracle()
        var chance = Chance(seed: 80)
        for _ in 0..<pairs / 20 {
            let size = [4, 8][chance.number(0...1)]
            let placing = Placing(scale: 1_000, x: 5_000_000, y: -900_000_000, quarters: chance.number(0...3))
            let grounds = (0..<2).map { _ in
                Random.ground(&chance, size: size, corners: 8, placing) { $0.flaw() == nil }
            }
            let shapes = grounds.map(oracle.shape)
            let points = (0..<chance.number(2...4)).map { _ in
                placing.point(chance.number(-size...size), chance.number(-size...size))
            }
            // A line over itself counts each time for us and once for GEOS: one stretch at a time.
            for (from, to) in zip(points, points.dropFirst()) where from != to {
                let inside = oracle.length(oracle.intersection(oracle.line([from, to]), shapes[0]))
                #expect((lengthInside(of: [[from, to]], of: grounds[0]) - inside).magnitude < 0.02)
            }
            let parts = zip(points, points.dropFirst()).map { lengthInside(of: [[$0, $1]], of: grounds[0]) }
            #expect((lengthInside(of: [points], of: grounds[0]) - parts.reduce(0, +)).magnitude < 1e-6)
            let borders = shapes.map(oracle.boundary)
            let shared = oracle.length(oracle.intersection(borders[0], borders[1]))
            #expect((sharedBorder(grounds[0], grounds[1]) - shared).magnitude < 0.02, "\(grounds)")
            let apart = oracle.distance(borders[0], borders[1])
            #expect(grounds[0].edgeRuns(within: Int64(apart.rounded(.up)), ofBorderOf: grounds[1]))
            #expect(apart < 1 || !grounds[0].edgeRuns(within: Int64((apart - 1e-6).rounded(.down)), ofBorderOf: grounds[1]))
        }
    }
}
