@testable import Spatial
import Testing

@Suite("Stored geometries read straight into columns")
struct StoredAreaTests {
    let grid = Grid(originX: 713_000_123, originY: 4_021_500_456)

    /// What the columns have of one stored geometry, or what is wrong with it.
    private func read(_ bytes: [UInt8]) -> Result<Geometry?, WKBFault> {
        Result { () throws(WKBFault) in
            var writer = ShapeTableWriter()
            try bytes.withUnsafeBufferPointer { (blob) throws(WKBFault) in try writer.append(blob: blob, grid: grid) }
            let table = writer.table
            let geometry = table.geometry(0)
            #expect(table.count == 1 && table.boxes[0] == geometry?.box ?? .nowhere)
            return geometry
        }
    }

    private func decoded(_ bytes: [UInt8]) -> Result<Geometry?, WKBFault> {
        Result { () throws(WKBFault) in try GeoPackageBlob.decode(bytes, grid: grid) }
    }

    private func area(_ chance: inout Chance) -> Geometry {
        func ring() -> Ring {
            let reach = chance.number(0...1) == 0 ? 1_000_000_000 : 5_000
            return Ring(
                (0..<chance.number(3...7)).map { _ in
                    Point(x: Int32(chance.number(-reach...reach)), y: Int32(chance.number(-reach...reach)))
                })
        }
        return .area(
            MultiPolygon(
                (0..<chance.number(1...3)).map { _ in Polygon(shell: ring(), holes: (0..<chance.number(0...2)).map { _ in ring() }) }))
    }

    @Test("Whatever is stored, whole, cut short, longer or with bytes changed, reads as the decoder of all forms reads it")
    func same() {
        var chance = Chance(seed: 27)
        var (whole, refused) = (0, 0)
        for round in 0..<20_000 {
            var bytes = GeoPackageBlob.encode(area(&chance), grid: grid, srsID: 32640)
            switch round % 5 {
            case 1: bytes.removeLast(chance.number(1...bytes.count))
            case 2: bytes.append(0)
            case 3: for _ in 0..<chance.number(1...3) { bytes[chance.number(0...bytes.count - 1)] ^= UInt8(1 << chance.number(0...7)) }
            // Counts, types and byte orders lie near the start.
            case 4: bytes[chance.number(0...min(70, bytes.count - 1))] = UInt8(chance.number(0...7))
            default: break
            }
            let expected = decoded(bytes)
            #expect(read(bytes) == expected)
            if case .success = expected { whole += 1 } else { refused += 1 }
        }
        #expect(whole > 4_000 && refused > 4_000)
    }

    @Test("A refused geometry leaves nothing behind: the next one is read as if it were the first")
    func nothingLeft() throws {
        var chance = Chance(seed: 4)
        let (one, other) = (area(&chance), area(&chance))
        var broken = GeoPackageBlob.encode(one, grid: grid, srsID: 32640)
        broken[broken.count - 9] ^= 1
        var writer = ShapeTableWriter()
        #expect(throws: WKBFault.self) {
            try broken.withUnsafeBufferPointer { (blob) throws(WKBFault) in try writer.append(blob: blob, grid: grid) }
        }
        for geometry in [one, other] {
            try GeoPackageBlob.encode(geometry, grid: grid, srsID: 1).withUnsafeBufferPointer { (blob) throws(WKBFault) in
                try writer.append(blob: blob, grid: grid)
            }
        }
        #expect(writer.table.geometry(0) == one && writer.table.geometry(1) == other)
    }

    @Test("Pieces joined are the same features as one piece")
    func joined() {
        var chance = Chance(seed: 9)
        let geometries = (0..<50).map { number in
            number % 9 == 0 ? nil : number % 7 == 0 ? .line([[Point(x: 1, y: 2), Point(x: 3, y: 4)]]) : area(&chance)
        }
        var pieces = [ShapeTableWriter(), ShapeTableWriter(), ShapeTableWriter(), ShapeTableWriter()]
        for (number, geometry) in geometries.enumerated() { pieces[number < 20 ? 0 : number < 21 ? 2 : 3].append(geometry) }
        let table = ShapeTable(joining: pieces)
        #expect((0..<table.count).map(table.geometry) == geometries)
    }
}
