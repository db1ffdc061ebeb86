@testable import Spatial
import Testing

@Suite("Parcels cut by what lies near")
struct ParcelCutterTests {
    /// What is wrong with the quick reading of one suburb beside the plain functions, to the last bit.
    private func expectPlain(_ suburb: Suburb, _ chance: inout Chance) {
        let (grid, areas) = (suburb.grid, suburb.areaNumbers)
        var cutter = ParcelCutter(suburb.shapes, grid)
        for (number, parcel) in suburb.parcels.enumerated() {
            var shares: [Share] = []
            cutter.addShares(of: number, to: &shares)
            let plain = suburb.plainShares(of: number)
            if shares != plain { Issue.record("\(shares) instead of \(plain)\n\(parcel)\n\(suburb.areas)") }
            for (area, ground) in zip(areas, suburb.areas) {
                let (quick, plain) = (cutter.sharedArea(number, area), sharedArea(parcel, ground))
                if quick != plain { Issue.record("\(quick) instead of \(plain)\n\(parcel)\n\(ground)") }
            }
            let cutters = areas.indices.shuffled(using: &chance).prefix(chance.number(0...areas.count))
            let quick = cutter.cells(of: number, cutBy: cutters.map { areas[$0] })
            let slow = cells(of: parcel, cutBy: cutters.map { suburb.areas[$0] })
            if quick != slow { Issue.record("\(quick) instead of \(slow)\n\(parcel)\n\(cutters.map { suburb.areas[$0] })") }
        }
    }

    @Test("Shares and cells of random ground are those of the plain functions, bit for bit", arguments: 0..<2)
    func random(part: Int) {
        var chance = Chance(seed: 300 + UInt64(part))
        for _ in 0..<pairs / 200 {
            let size = [6, 30, 50_000][chance.number(0...2)]
            let placing = Placing.any(reach: size, &chance)
            func grounds(_ count: Int) -> [MultiPolygon] {
                (0..<count).map { _ in Random.ground(&chance, size: size, corners: 8, placing) { $0.flaw() == nil } }
            }
            expectPlain(Suburb(parcels: grounds(3), areas: grounds(chance.number(0...5))), &chance)
        }
    }

    @Test("Shares and cells of contrived ground are those of the plain functions, bit for bit", arguments: 0..<2)
    func contrived(part: Int) {
        var chance = Chance(seed: 400 + UInt64(part))
        for _ in 0..<pairs / 200 {
            let drawn = (0..<3).map { _ in Random.contrived(&chance) { $0.flaw() == nil } }
            expectPlain(Suburb(parcels: drawn.map(\.0), areas: drawn.flatMap { [$0.1, $0.0] }), &chance)
        }
    }

    @Test("Lots under zones that cut them, touch them, nest and overlap are cut as the plain functions cut them")
    func lots() {
        var chance = Chance(seed: 5)
        for _ in 0..<3 {
            let corner = [0, 999_500_000, -999_900_000][chance.number(0...2)]
            let lots = Suburb.lots(20, &chance, at: (corner, -corner))
            let drawn = (0..<12).map { _ in
                Random.ground(&chance, size: 200_000, corners: 60, Placing(x: Int64(corner) + 200_000, y: Int64(200_000 - corner))) {
                    $0.flaw() == nil
                }
            }
            expectPlain(Suburb(parcels: lots.parcels, areas: lots.areas + drawn + lots.parcels.prefix(3)), &chance)
        }
    }

    @Test("Where zones are exact unions of lots, every lot has one share, which is all of it")
    func degenerate() {
        var chance = Chance(seed: 6)
        let suburb = Suburb.lots(40, &chance)
        let table = ShareTable(of: suburb.parcelNumbers, in: suburb.shapes, suburb.grid, threads: 2)
        #expect(table.count == suburb.parcels.count)
        for (number, parcel) in suburb.parcels.enumerated() {
            #expect(table.shares(of: number).map(\.area) == [parcel.area])
            let (row, column) = (number / 40, number % 40)
            #expect(table.shares(of: number).map { Int($0.feature) } == [1_600 + row / 5 * 8 + column / 5])
        }
    }

    @Test("Every lot's shares add up: covered + gap = area + overlap")
    func sums() {
        var chance = Chance(seed: 7)
        let lots = Suburb.lots(30, &chance)
        let drawn = (0..<10).map { _ in
            Random.ground(&chance, size: 300_000, corners: 50, Placing(x: 300_000, y: 300_000)) { $0.flaw() == nil }
        }
        let suburb = Suburb(parcels: lots.parcels, areas: drawn)
        let table = ShareTable(of: suburb.parcelNumbers, in: suburb.shapes, suburb.grid, threads: 2)
        var cutter = ParcelCutter(suburb.shapes, suburb.grid)
        var cut = 0
        for (number, parcel) in suburb.parcels.enumerated() {
            let cells = cutter.cells(of: number, cutBy: suburb.areaNumbers)
            #expect(cells.reduce(0) { $0 + $1.area } == parcel.area)
            let shares = table.shares(of: number)
            let covered = shares.reduce(0) { $0 + $1.area }
            let gap = cells.first { $0.members.isEmpty }?.area ?? 0
            let overlap = cells.reduce(0) { $0 + $1.area * Int64(max($1.members.count - 1, 0)) }
            #expect((covered + gap - parcel.area - overlap).magnitude <= UInt64(shares.count + cells.count))
            if cells.count > 1 { cut += 1 }
        }
        #expect(cut > 200)
    }

    @Test("Shares differ from GEOS's by less than a mm²")
    func oracle() {
        let oracle = Oracle()
        var chance = Chance(seed: 8)
        let lots = Suburb.lots(25, &chance)
        let drawn = (0..<10).map { _ in
            Random.ground(&chance, size: 250_000, corners: 50, Placing(x: 250_000, y: 250_000)) { $0.flaw() == nil }
        }
        let suburb = Suburb(parcels: lots.parcels, areas: lots.areas + drawn)
        let shapes = suburb.areas.map(oracle.shape)
        var cutter = ParcelCutter(suburb.shapes, suburb.grid)
        for (number, parcel) in suburb.parcels.enumerated() {
            let shape = oracle.shape(parcel)
            var shares: [Share] = []
            cutter.addShares(of: number, to: &shares)
            for (place, area) in suburb.areas.enumerated() where parcel.box?.meets(area.box ?? .nowhere) == true {
                let found = shares.first { $0.feature == suburb.areaNumbers[place] }?.area ?? 0
                let theirs = oracle.sharedArea(shape, shapes[place])
                #expect((Double(found) - theirs).magnitude < 1, "parcel \(number), area \(place): \(found), GEOS \(theirs)")
            }
        }
    }

    @Test("Fifty parcels that are one and the same, a parcel in pieces and one in a hole that touches its shell")
    func odd() {
        var chance = Chance(seed: 9)
        let ring = Sketch.ground("0 0, 90000 0, 90000 90000, 0 90000; 0 0, 10000 50000, 50000 10000")
        let pieces = MultiPolygon([
            Polygon(shell: Ring([Point(x: 5, y: 5), Point(x: 300_000, y: 7), Point(x: 9, y: 20)])),
            Polygon(shell: Ring([Point(x: 9_000, y: 90_000), Point(x: 80_000, y: 200_000), Point(x: 7_000, y: 99_999)])),
        ])
        let inHole = Sketch.ground("0 0, 10000 50000, 50000 10000")
        let cut = Sketch.ground("-5000 -5000, 40000 -7000, 60000 120000, -10000 95000")
        let parcels = Array(repeating: cut, count: 50) + [ring, pieces, inHole]
        let suburb = Suburb(parcels: parcels, areas: [ring, cut, inHole, pieces, cut, ring])
        expectPlain(suburb, &chance)
        let table = ShareTable(of: suburb.parcelNumbers, in: suburb.shapes, suburb.grid, threads: 3)
        for number in 1..<50 { #expect(table.shares(of: number) == table.shares(of: 0)) }
        // What lies in the hole touches the ring that has it, and no more.
        #expect(table.shares(of: 52).map(\.feature) == [54, 55, 56, 57])
    }
}
