@testable import Spatial
import Testing

@Suite("Shares as an atlas holds them")
struct ShareTableTests {
    @Test("A depth keeps its rounding and its comparison with every whole millimetre")
    func depth() {
        var chance = Chance(seed: 1)
        var count = 0
        func expectKept(_ area: Int64, _ perimeter: Double) {
            let (share, depth) = (Share(feature: 1, area: area, perimeter: perimeter), 2 * Double(area) / perimeter)
            let whole = Int64(depth.rounded(.toNearestOrEven))
            let compares = [0, whole - 1, whole, whole + 1].allSatisfy { share.isNoDeeper(than: $0) == (depth <= Double($0)) }
            if share.depth != whole || share.area != area || !compares { Issue.record("\(area) mm², \(perimeter) mm") }
            count += 1
        }
        // Whole, half and in between, 0 and the deepest ground of the grid.
        for (area, perimeter) in [(0, 3.0), (10, 20), (11, 20), (10, 8), (14, 8), (1, 1e9), (3, 1.5)] { expectKept(Int64(area), perimeter) }
        expectKept(4_000_000_000_000_000_000, 8e9)
        for _ in 0..<pairs {
            // No ground has more than a circle's area within its perimeter, nor the grid more than 8,000 km around.
            let perimeter = Double(chance.number(4_000...[100_000, 1_000_000_000, 8_000_000_000_000][chance.number(0...2)])) / 1_000
            expectKept(Int64(chance.number(0...Int(perimeter * perimeter / 12.6))), perimeter)
            expectKept(Int64(chance.number(0...1_000)), Double(chance.number(1...64)) / 2)
        }
        #expect(count > pairs)
        // What no ground has is held at the end.
        #expect(Share(feature: 1, area: .max, perimeter: 1e-9).depth == 0x7FFF_FFFF)
    }

    @Test("A share takes 16 bytes")
    func size() {
        #expect(MemoryLayout<Share>.stride == 16)
        #expect(MemoryLayout<BorderGrid.Border>.stride == 24)
        #expect(MemoryLayout<BorderGrid.Slot>.stride == 16)
    }

    private func bytes(_ sections: Sections) -> [[UInt8]] {
        sections.all.map { section in
            var bytes = [UInt8](repeating: 0, count: section.length)
            bytes.withUnsafeMutableBytes { section.write($0) }
            return bytes
        }
    }

    @Test("Any number of threads makes the same bytes, and the bytes read back are the same table and grid")
    func bytes() throws {
        var chance = Chance(seed: 2)
        let lots = Suburb.lots(100, &chance)
        let drawn = (0..<20).map { _ in
            Random.ground(&chance, size: 1_000_000, corners: 60, Placing(x: 1_000_000, y: 1_000_000)) { $0.flaw() == nil }
        }
        let suburb = Suburb(parcels: lots.parcels, areas: lots.areas + drawn)
        let grid = suburb.grid
        var expected: [[UInt8]]?
        for threads in [1, 2, 3, 8] {
            var sections = Sections()
            grid.add(to: &sections)
            ShareTable(of: suburb.parcelNumbers, in: suburb.shapes, grid, threads: threads).add(to: &sections)
            let made = bytes(sections)
            #expect((expected ?? made) == made)
            expected = made
            let read = try #require(BorderGrid(sections.table))
            let table = try #require(ShareTable(sections.table))
            var cutter = ParcelCutter(suburb.shapes, read)
            for parcel in stride(from: 0, to: suburb.parcels.count, by: 97) {
                var shares: [Share] = []
                cutter.addShares(of: parcel, to: &shares)
                #expect(shares == table.shares(of: parcel))
            }
        }
    }

    @Test("What is no area has no shares, and features between the parcels are passed over")
    func others() {
        let (square, zone) = (Sketch.ground([Sketch.square(0, 0, 100)]), Sketch.ground([Sketch.square(50, -50, 1_000)]))
        var writer = ShapeTableWriter()
        for geometry: Geometry? in [
            .point(Point(x: 60, y: 5)), .area(zone), .area(square), nil, .line([[Point(x: 0, y: 0), Point(x: 90, y: 9)]]),
        ] {
            writer.append(geometry)
        }
        let shapes = writer.table
        let grid = BorderGrid(shapes, areas: [0, 1, 3, 4])
        let table = ShareTable(of: [0, 2, 3, 4], in: shapes, grid, threads: 2)
        #expect((0..<5).map { table.shares(of: $0).map(\.area) } == [[], [], [5_000], [], []])
        #expect(table.shares(of: 2) == [Share(feature: 1, area: 5_000, perimeter: 300)])
        let none = ShareTable(of: [], in: shapes, BorderGrid(shapes, areas: []), threads: 2)
        #expect(none.count == 0 && none.shares(of: 4).isEmpty)
    }
}
