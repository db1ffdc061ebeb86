@testable import Spatial
import Testing

@Suite("Borders that run along each other")
struct BorderRunsTests {
    private static let parcel = Sketch.ground([Sketch.square(0, 0, 10_000)])

    struct Case: CustomTestStringConvertible {
        let what: String
        let zone: String
        let runs: Bool
        var testDescription: String { what }
    }

    /// The distance is 350.
    static let cases = [
        Case(what: "across at right angles", zone: "-5000 -5000, 5000 -5000, 5000 15000, -5000 15000", runs: false),
        Case(what: "across at 60°", zone: "-9000 -5000, 1000 -5000, 12547 15000, -9000 15000", runs: false),
        Case(what: "around, far off", zone: "-351 -351, 10351 -351, 10351 10351, -351 10351", runs: false),
        Case(what: "around, at the distance", zone: "-351 -351, 10350 -351, 10350 10351, -351 10351", runs: true),
        Case(what: "on the border", zone: "-5000 -5000, 10000 -5000, 10000 15000, -5000 15000", runs: true),
        Case(what: "just within it", zone: "-5000 -5000, 9900 -5000, 9900 15000, -5000 15000", runs: true),
        Case(what: "itself", zone: "0 0, 10000 0, 10000 10000, 0 10000", runs: true),
        Case(what: "wholly inside, deep", zone: "400 400, 9600 400, 9600 9600, 400 9600", runs: false),
        Case(what: "a corner from outside", zone: "10200 5000, 12000 4000, 12000 6000", runs: true),
        Case(what: "a corner from outside, cut 3 mm deep", zone: "9997 5000, 12000 4000, 12000 6000", runs: true),
        Case(what: "a corner from outside, cut deep", zone: "5000 5000, 12000 1000, 12000 9000", runs: false),
        Case(what: "a corner from inside", zone: "9800 5000, 8000 4000, 8000 6000", runs: true),
        Case(what: "along and then across", zone: "-5000 10100, 5000 10100, 5000 -5000, 20000 -5000, 20000 20000, -5000 20000", runs: true),
        Case(
            what: "across in many short steps",
            zone: "-5000 -5000, 5000 -5000, " + (-20..<20).map { "\(5000 + ($0 & 1) * 5) \($0 * 30)" }.joined(separator: ", ")
                + ", 5000 15000, -5000 15000", runs: false),
        Case(what: "touching at a corner", zone: "-5000 -5000, 5000 -5000, 15000 5000, 15000 15000, 5000 15000", runs: true),
        Case(what: "across at two corners", zone: "15000 -5000, -5000 15000, -20000 -20000", runs: false),
        Case(
            what: "the parcel in a hole",
            zone: "-9000 -9000, 19000 -9000, 19000 19000, -9000 19000; -100 -100, 10100 -100, 10100 10100, -100 10100", runs: true),
        Case(what: "elsewhere", zone: "30000 0, 40000 0, 40000 9000", runs: false),
    ]

    @Test("A border runs along another where a shift by the distance would change its sides; one that crosses does not", arguments: cases)
    func along(_ example: Case) {
        for quarters in 0..<4 {
            let placing = Placing(x: 900_000_000, y: -400_000_000, quarters: quarters)
            let parcel = Sketch.ground([Sketch.square(0, 0, 10_000)], placing)
            #expect(Sketch.ground(example.zone, placing).runsAlong(borderOf: parcel, within: 350) == example.runs)
        }
    }

    @Test("Without a distance only what lies on the border runs along it")
    func exact() {
        let touching = Sketch.ground("10000 2000, 12000 2000, 12000 4000, 10000 4000")
        #expect(touching.runsAlong(borderOf: Self.parcel, within: 0))
        #expect(!Sketch.ground("10001 2000, 12000 2000, 12000 4000, 10001 4000").runsAlong(borderOf: Self.parcel, within: 0))
        #expect(!Sketch.ground("10000 3000, 12000 2000, 12000 4000").runsAlong(borderOf: Self.parcel, within: 0))
        #expect(!Sketch.ground("5000 -5000, 12000 -5000, 12000 12000, 5000 12000").runsAlong(borderOf: Self.parcel, within: 0))
    }

    @Test("What runs along comes within the distance, and a wider distance finds what the parcel's whole ground is near to")
    func random() {
        var chance = Chance(seed: 82)
        var along = 0
        for _ in 0..<pairs / 40 {
            let placing = Placing(scale: 1_000, x: 5_000_000, y: -900_000_000, quarters: chance.number(0...3))
            let (zone, parcel) = (
                Random.ground(&chance, size: 8, corners: 8, placing) { $0.flaw() == nil },
                Random.ground(&chance, size: 8, corners: 8, placing) { $0.flaw() == nil }
            )
            let runs = zone.runsAlong(borderOf: parcel, within: 350)
            if runs {
                along += 1
                #expect(zone.edgeRuns(within: 350, ofBorderOf: parcel))
            }
            if sharedBorder(zone, parcel) > 1_000 { #expect(runs, "\(zone) \(parcel)") }
            // Wider than the drawing, all of it is in the band.
            #expect(zone.runsAlong(borderOf: parcel, within: 40_000_000))
        }
        #expect(along > 50)
    }

    @Test("A line or point reaches into an area where it is deeper than the distance")
    func depth() {
        func line(_ points: (Int32, Int32)...) -> Geometry { .line([points.map { Point(x: $0.0, y: $0.1) }]) }
        #expect(!line((0, 0), (10_000, 0)).reaches(into: Self.parcel, beyond: 350))
        #expect(!line((-5_000, 350), (15_000, 350)).reaches(into: Self.parcel, beyond: 350))
        #expect(line((-5_000, 351), (15_000, 351)).reaches(into: Self.parcel, beyond: 350))
        #expect(line((-5_000, 5_000), (15_000, 5_000)).reaches(into: Self.parcel, beyond: 350))
        #expect(!line((-5_000, -351), (15_000, -351)).reaches(into: Self.parcel, beyond: 350))
        #expect(!line((-500, 200), (200, -500)).reaches(into: Self.parcel, beyond: 350))
        #expect(!line((-5_000, 0), (15_000, 0)).reaches(into: Self.parcel, beyond: 0))
        #expect(line((-5_000, 5), (15_000, 5)).reaches(into: Self.parcel, beyond: 0))
        #expect(Geometry.point(Point(x: 351, y: 5_000)).reaches(into: Self.parcel, beyond: 350))
        #expect(!Geometry.point(Point(x: 350, y: 5_000)).reaches(into: Self.parcel, beyond: 350))
        #expect(!Geometry.point(Point(x: -351, y: 5_000)).reaches(into: Self.parcel, beyond: 350))
    }

    @Test("Random lines reach as deep as points strewn on them")
    func strewn() {
        var chance = Chance(seed: 83)
        var seen: [Bool: Int] = [:]
        for _ in 0..<pairs / 40 {
            let placing = Placing(scale: 1_000, x: 5_000_000, y: -900_000_000, quarters: chance.number(0...3))
            let ground = Random.ground(&chance, size: 8, corners: 8, placing) { $0.flaw() == nil }
            let ends = (0..<2).map { _ in placing.point(chance.number(-8...8), chance.number(-8...8)) }
            let limit = Int64(chance.number(1...1_500))
            // 22.7 m at most in 2,000 steps: the deepest of them is at most 6 mm and a rounding less deep than the line.
            let depth =
                (0...2_000).map { step -> Double in
                    let part = Double(step) / 2_000
                    let x = Double(ends[0].x) + part * (Double(ends[1].x) - Double(ends[0].x))
                    let y = Double(ends[0].y) + part * (Double(ends[1].y) - Double(ends[0].y))
                    let point = Point(x: Int32(x.rounded()), y: Int32(y.rounded()))
                    return ground.position(of: point) == .outside ? 0 : Geometry.area(ground).distance(to: point)
                }.max() ?? 0
            let reaches = Geometry.line([ends]).reaches(into: ground, beyond: limit)
            if (depth - Double(limit)).magnitude > 8 {
                #expect(reaches == (depth > Double(limit)), "\(ground) \(ends) \(limit)")
                seen[reaches, default: 0] += 1
            }
        }
        #expect(seen[true, default: 0] > 20 && seen[false, default: 0] > 20, "\(seen)")
    }
}
