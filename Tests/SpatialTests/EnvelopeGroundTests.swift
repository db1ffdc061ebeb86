import Glibc
@testable import Spatial
import Testing

/// What is left of a parcel beside its streets; areas are worked out by hand, in m².
@Suite("Ground left of a parcel")
struct EnvelopeGroundTests {
    private let geos: GEOS

    init() throws { geos = try GEOS() }

    /// Ground drawn in metres.
    private func metres(_ text: String) -> MultiPolygon { Sketch.ground(text, Placing(scale: 1_000)) }

    /// What a setback from some streets leaves.
    private func left(_ parcel: MultiPolygon, _ streets: [MultiPolygon], metres: Double) throws -> Double {
        let lines = parcel.borderStretches(facing: streets).filter { !$0.faces.isEmpty }.map(\.points)
        let left = try geos.remainder(of: parcel, without: [Taking(near: Taking.Near(lines, millimetres: metres * 1_000))])
        return Double(left.area) / 1e6
    }

    @Test("A street on two sides is one stretch over the corner, and both sides are set back")
    func corner() throws {
        let parcel = metres("0 0, 10 0, 10 20, 0 20")
        let (around, south, west) = (
            metres("-6 -6, 30 -6, 30 0, 0 0, 0 40, -6 40"), metres("-6 -6, 30 -6, 30 0, -6 0"), metres("-6 0, 0 0, 0 40, -6 40")
        )
        let stretches = parcel.borderStretches(facing: [around])
        #expect(stretches.map(\.faces) == [[0], [], []])
        #expect(stretches[0].points.map { [$0.x, $0.y] } == [[0, 20_000], [0, 0], [10_000, 0]] && stretches[0].length == 30_000)
        #expect(parcel.borderStretches(facing: [south, west]).map(\.faces) == [[0], [], [], [1]])
        #expect(try left(parcel, [around], metres: 2) == 8 * 18)
        #expect(try left(parcel, [south, west], metres: 2) == 8 * 18)
        #expect(sharedBorder(parcel, around) == 30_000)
    }

    @Test("Part of a side faces a street: it is cut there, and beyond its end the setback is round")
    func part() throws {
        let parcel = metres("0 0, 20 0, 20 20, 0 20")
        let street = metres("-5 -5, 10 -5, 10 0, -5 0")
        #expect(
            parcel.borderStretches(facing: [street]).map { $0.points.map(\.x) } == [
                [0, 10_000], [10_000, 20_000], [20_000, 20_000], [20_000, 0], [0, 0],
            ])
        let expected = 400 - (10 * 4 + Double.pi * 16 / 4)
        #expect(try abs(left(parcel, [street], metres: 4) - expected) < 0.0006)
    }

    @Test("A street that touches a corner, or lies a millimetre off, is faced by nothing")
    func touch() {
        let parcel = metres("0 0, 20 0, 20 20, 0 20")
        let off = Sketch.ground("-5000 -5000, 25000 -5000, 25000 -1, -5000 -1")
        #expect(parcel.borderStretches(facing: [metres("20 20, 40 20, 40 40, 20 40"), off]).allSatisfy { $0.faces.isEmpty })
        #expect(off.longestRun(of: [Point(x: 0, y: 0), Point(x: 20_000, y: 0)], within: 1) == 20_000)
        #expect(
            metres("20 20, 40 20, 40 40, 20 40").longestRun(of: [Point(x: 20_000, y: 0), Point(x: 20_000, y: 20_000)], within: 100) < 101)
    }

    @Test("A setback that is larger than the parcel leaves nothing")
    func nothing() throws {
        let parcel = metres("0 0, 8 0, 8 8, 0 8")
        let line = [Point(x: 0, y: 0), Point(x: 8_000, y: 0)]
        let left = try geos.remainder(of: parcel, without: [Taking(near: Taking.Near([line], millimetres: 10_000))])
        #expect(left.polygons.isEmpty && left.area == 0)
        #expect(try geos.remainder(of: parcel, without: []).area == parcel.area)
    }

    @Test("A street in a parcel's hole is set back from all around, in one stretch")
    func hole() throws {
        let parcel = metres("0 0, 20 0, 20 20, 0 20; 8 8, 12 8, 12 12, 8 12")
        let yard = metres("8 8, 12 8, 12 12, 8 12")
        #expect(parcel.borderStretches(facing: [yard]).map(\.length) == [20_000, 20_000, 20_000, 20_000, 16_000])
        let expected = 400 - (16 + 4 * 4 * 2 + Double.pi * 4)
        #expect(try abs(left(parcel, [yard], metres: 2) - expected) < 0.0021)
    }

    @Test("Where a street's corner juts into the parcel the setback goes round it")
    func jutting() throws {
        let expected = 300 - (10 * 4 + 10 * 4 + Double.pi * 16 / 4)
        let parcel = metres("10 0, 20 0, 20 20, 0 20, 0 10, 10 10")
        #expect(try abs(left(parcel, [metres("0 0, 10 0, 10 10, 0 10")], metres: 4) - expected) < 0.0006)
    }

    @Test(
        "A curved street, on its hollow side and on the other, each of its hundred corners counting",
        arguments: [false, true])
    func curve(isOuter: Bool) throws {
        func arc(_ radius: Double) -> [Point] {
            (0...100).map { step in
                let angle = Double(step) * Double.pi / 200
                return Point(x: Int32((radius * 1_000 * cos(angle)).rounded()), y: Int32((radius * 1_000 * sin(angle)).rounded()))
            }
        }
        func between(_ inner: Double, _ outer: Double) -> MultiPolygon {
            MultiPolygon([Polygon(shell: Ring(arc(outer) + arc(inner).reversed()))])
        }
        let parcel = between(20, 30)
        let street = isOuter ? between(30, 40) : between(10, 20)
        // A hundred chords of the angle φ: inside them their parallels meet on rays from the middle, outside arcs fill the corners.
        let angle = Double.pi / 200
        let offset = 30 * cos(angle / 2) - 5
        let expected =
            isOuter
            ? 100 * (offset * offset * tan(angle / 2) - 200 * sin(angle))
            : 100 * (250 * sin(angle) - 5 * 40 * sin(angle / 2)) - Double.pi / 4 * 25
        #expect(try abs(left(parcel, [street], metres: 5) - expected) < 0.01)
    }

    @Test("What is taken only in a part of the parcel ends exactly at that part's edge; an overlay is taken whole")
    func parts() throws {
        let parcel = metres("0 0, 20 0, 20 20, 0 20")
        let west = metres("-50 -50, 10 -50, 10 50, -50 50")
        let line = [Point(x: 0, y: 0), Point(x: 20_000, y: 0)]
        let near = Taking.Near([line], millimetres: 2_000)
        func area(_ takings: Taking...) throws -> Double { Double(try geos.remainder(of: parcel, without: takings).area) / 1e6 }
        #expect(try area(Taking(near: near, inside: [west])) == 380)
        #expect(try area(Taking(near: near, outside: [west])) == 380)
        #expect(try area(Taking(near: near, inside: [west]), Taking(near: near, outside: [west])) == 360)
        let river = metres("-5 12, 25 12, 25 15, -5 15")
        let cut = try geos.remainder(of: parcel, without: [Taking(near: near), Taking(near: nil, inside: [river])])
        #expect(cut.area == 300_000_000 && cut.polygons.count == 2)
        #expect(try area(Taking(near: nil)) == 0)
    }
}
