import CGEOS
import Testing

@testable import Spatial

@Suite("Relations of geometries are those of their DE-9IM matrix") struct PreparedGeometryTests {
    /// Small shapes on a small grid, so that they touch, cross and cover one another all the time.
    private func shape(_ random: inout Chance) -> Geometry {
        func point() -> Point { Point(x: .random(in: -4...4, using: &random), y: .random(in: -4...4, using: &random)) }
        while true {
            switch Int.random(in: 0...3, using: &random) {
            case 0: return .point(point())
            case 1:
                let line = (0..<Int.random(in: 2...4, using: &random)).map { _ in point() }
                if line.contains(where: { $0 != line[0] }) { return .line([line]) }
            default:
                let area = MultiPolygon([Polygon(shell: Ring((0..<Int.random(in: 3...6, using: &random)).map { _ in point() }))])
                if area.flaw() == nil { return .area(area) }
            }
        }
    }

    private func matrix(_ one: Geometry, _ other: Geometry, _ geos: GEOS) throws -> [Character] {
        let corner = GEOS.Corner(one.box)
        let left = try geos.handle(one, from: corner)
        let right = try geos.handle(other, from: corner)
        let text = try #require(GEOSRelate_r(geos.context, left.pointer, right.pointer))
        defer { GEOSFree_r(geos.context, text) }
        return Array(String(cString: text))
    }

    private func dimension(_ geometry: Geometry) -> Int {
        switch geometry {
        case .point: 0
        case .line: 1
        case .area: 2
        }
    }

    @Test("Every relation of random shapes, by OGC 06-103r4, 6.1.15.3")
    func relations() throws {
        var random = Chance(seed: 5)
        let geos = try GEOS()
        var held = Array(repeating: 0, count: 7)
        for _ in 0..<20_000 {
            let (one, other) = (shape(&random), shape(&random))
            let m = try matrix(one, other, geos)
            let cells = (
                inner: m[0], innerBorder: m[1], innerOut: m[2], border: m[3], borders: m[4], borderOut: m[5], out: m[6], outBorder: m[7]
            )
            let meets = [cells.inner, cells.innerBorder, cells.border, cells.borders].contains { $0 != "F" }
            let (a, b) = (dimension(one), dimension(other))
            let crosses =
                a < b
                ? cells.inner != "F" && cells.innerOut != "F"
                : a > b ? cells.inner != "F" && cells.out != "F" : a == 1 && cells.inner == "0"
            let overlaps = a == b && cells.innerOut != "F" && cells.out != "F" && (a == 1 ? cells.inner == "1" : cells.inner != "F")
            let expected = [
                meets, cells.inner != "F" && cells.out == "F" && cells.outBorder == "F",
                cells.inner != "F" && cells.innerOut == "F" && cells.borderOut == "F",
                cells.inner != "F" && cells.innerOut == "F" && cells.borderOut == "F" && cells.out == "F" && cells.outBorder == "F",
                meets && cells.inner == "F" && (a > 0 || b > 0), crosses, overlaps,
            ]
            let prepared = try geos.prepared(one)
            let found = [
                try prepared.intersects(other), try prepared.contains(other), try prepared.isWithin(other), try prepared.equals(other),
                try prepared.touches(other), try prepared.crosses(other), try prepared.overlaps(other),
            ]
            #expect(found == expected, "\(one) \(other) \(String(m))")
            for (index, holds) in found.enumerated() where holds { held[index] += 1 }
        }
        #expect(held.allSatisfy { $0 > 20 }, "\(held)")
    }
}
