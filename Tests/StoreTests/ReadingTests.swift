import Formats
import Persian
import Spatial
import Testing

@testable import Store

@Suite struct ReadingTests {
    @Test("A box finds what it touches, through single precision, and what is in quarantine")
    func boxes() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        var records = (0..<400).map { Sample.parcel($0) }
        records[205].quarantine = "crosses itself"
        records.append(Record(line: "feature 401", quarantine: "empty"))
        try city.take(Sample.head(.parcels), records)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let x = Int32.random(in: -5_000...1_005_000, using: &random)
            let y = Int32.random(in: -5_000...45_000, using: &random)
            let box = Box(minX: x, minY: y, maxX: x + Int32.random(in: 0...20_000, using: &random), maxY: y)
            let found = try city.stored(.parcels, within: box)
            let meeting = try found.filter { try $0.geometry()?.box?.meets(box) == true }.compactMap(\.code)
            let expected = records.filter { $0.geometry?.box?.meets(box) == true }.compactMap(\.code)
            #expect(meeting == expected)
            #expect(found.count <= expected.count + 30)
        }
        // The corner that four parcels share, to the millimetre.
        let corner = Box(Point(x: 50_000, y: 10_000))
        #expect(try city.stored(.parcels, within: corner).count == 4)
        #expect(try city.stored(.parcels, within: Box(Point(x: 55_000, y: 25_000))).map(\.quarantine) == ["crosses itself"])
        #expect(try city.stored(.zones, within: corner).isEmpty)
        #expect(try city.stored(.plans, within: corner).isEmpty)
    }

    @Test("An address is found by words in any order and by their beginnings, at any revision")
    func addresses() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        func address(_ text: String) -> Record {
            Record(line: text, fields: ["text": .string(text), "parcel": .string("1-2-3")], geometry: .point(Point(x: 0, y: 0)))
        }
        let parts = Record(
            line: "parts", fields: ["street": .string("بهشت"), "alley": .string("یاس"), "number": .string("7")],
            geometry: .point(Point(x: 1, y: 1)))
        let first = [address("خیابان امام خمینی، کوچه ۱۲، پلاک ۴"), address("بلوار امام رضا پلاک ۱۲"), parts]
        try city.take(Sample.head(.addresses), first)
        try city.take(Sample.head(.addresses), [address("خیابان امام خميني، كوچه ١٢، پلاک ۵")])
        func find(_ text: String, at revision: Int, limit: Int = 10) throws -> [String] {
            let tokens = Folding.key(text).split(separator: " ").map(String.init)
            return try city.addresses(matching: tokens, at: revision, limit: limit).map(\.line)
        }
        #expect(try find("۱۲ كوچه امام", at: 1) == ["خیابان امام خمینی، کوچه ۱۲، پلاک ۴"])
        #expect(try find("اما", at: 1).count == 2)
        #expect(try find("اما", at: 1, limit: 1).count == 1)
        #expect(try find("یاس بهشت", at: 1) == ["parts"])
        #expect(try find("12 امام", at: 2) == ["خیابان امام خميني، كوچه ١٢، پلاک ۵"])
        #expect(try find("مام", at: 2).isEmpty)
        #expect(try find("", at: 2).isEmpty)
        #expect(try find("%\"_' یاس", at: 1) == ["parts"])
        #expect(try find(String(repeating: "x ", count: 5_000), at: 2).isEmpty)
    }

    @Test("A layer's facts change with revisions, as its features do")
    func layers() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        guard case .area(let area) = Sample.square(0, 0, side: 500) else { return }
        try city.take(Sample.head(.overlay, layer: "river", accuracy: 500, covers: .city), [])
        try city.take(Sample.head(.overlay, layer: "river", accuracy: 300, covers: .area(area)), [])
        try city.take(Sample.head(.parcels), [])
        let first = try city.layers(at: 1)
        #expect(first.map(\.accuracy) == [500] && first.map(\.covers) == [.city] && first.first?.delivery == 1)
        let then = try city.layers(at: 3)
        #expect(then.map(\.role) == [.overlay, .parcels])
        #expect(then.map(\.accuracy) == [300, nil] && then.map(\.covers) == [.area(area), .unstated])
        #expect(then.first?.dataDay?.iso == "2026-01-01" && then.first?.staleAfter == nil && then.first?.file == "overlay.geojson")
    }

    @Test("A time gives the last revision accepted by then, and the log's times never go back")
    func knownAt() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        func accept(at time: Moment) throws -> Moment {
            try city.take(Sample.head(.parcels), [], Decision(by: "a", osUser: "b", reason: nil, at: time)).decision.at
        }
        #expect(try accept(at: Sample.later(100)) == Sample.later(100))
        #expect(try accept(at: Sample.later(50)) == Sample.later(100))
        #expect(try accept(at: Sample.later(200)) == Sample.later(200))
        #expect(try city.revision(knownAt: Sample.later(99)) == nil)
        #expect(try city.revision(knownAt: Sample.later(100)) == 2)
        #expect(try city.revision(knownAt: Sample.later(199)) == 2)
        #expect(try city.revision(knownAt: Sample.later(900)) == 3)
        #expect(try city.revisions().map(\.number) == [1, 2, 3])
        #expect(try city.revision(2).parent == 1)
    }
}
