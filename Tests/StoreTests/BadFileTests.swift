import Foundation
import Spatial
import Testing

@testable import Store

@Suite struct BadFileTests {
    @Test("What is no city is refused by name and reason, and is left as it was", arguments: [CityFile.Purpose.reading, .writing])
    func notCities(_ purpose: CityFile.Purpose) throws {
        let folder = Folder()
        func reason(_ path: String) -> String? {
            let failure = failure { _ = try CityFile.open(path, for: purpose) }
            return if case .notACity(_, let reason) = failure { reason.rawValue } else { failure?.description }
        }
        #expect(reason(folder.write([], to: "empty")) == "the file is empty")
        #expect(reason(folder.write(Array("{}".utf8), to: "text")) == "not a SQLite file")
        #expect(reason(folder.write(Array("SQLite format 3\0".utf8), to: "short")) == "not a SQLite file")
        #expect(reason(folder.path) == "not a file")
        #expect(reason(folder.file("none")) == "there is no file \(folder.file("none"))")
        let plain = folder.file("plain.sqlite")
        try Database(plain, .making).execute("CREATE TABLE thing (name TEXT)")
        #expect(reason(plain) == "a SQLite file, but not a GeoPackage")
        let foreign = folder.file("foreign.gpkg")
        try GeoPackage.begin(in: try Database(foreign, .making), crs: Sample.utm40)
        let before = FileManager.default.contents(atPath: foreign)
        #expect(reason(foreign) == "a GeoPackage, but not of this program")
        #expect(FileManager.default.contents(atPath: foreign) == before)
        #expect(folder.names == ["empty", "foreign.gpkg", "plain.sqlite", "short", "text"])
    }

    @Test("A city of a later schema is refused", arguments: [CityFile.Purpose.reading, .writing])
    func newer(_ purpose: CityFile.Purpose) throws {
        let folder = Folder()
        let path = folder.file("city.gpkg")
        try CityFile.create(at: path, city: Sample.facts, made: Sample.time)
        try Database(path, .writing).execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
        #expect(throws: StoreError.newer(path: path, version: 99, known: Migration.newest)) { try CityFile.open(path, for: purpose) }
    }

    @Test("A city cut short is damaged, not empty", arguments: [0.3, 0.6, 0.95])
    func truncated(_ share: Double) throws {
        let folder = Folder()
        let path = folder.file("city.gpkg")
        do {
            let city = try Sample.city(in: folder)
            try city.take(Sample.head(.parcels), (0..<500).map { Sample.parcel($0) })
            try city.close()
        }
        let whole = try #require(FileManager.default.contents(atPath: path))
        try whole.prefix(Int(Double(whole.count) * share)).write(to: URL(fileURLWithPath: path))
        guard case .corrupt = failure({ _ = try CityFile.open(path, for: .reading) }) else {
            Issue.record("it was opened")
            return
        }
    }

    @Test("A disk that is full leaves the city as it was, and it goes on when there is room")
    func full() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        let first = try city.take(Sample.head(.parcels), [Sample.parcel(1)])
        let pages = try city.database.first("PRAGMA page_count") { $0.int(0) } ?? 0
        try city.database.execute("PRAGMA max_page_count = \(pages + 20)")
        let many = (0..<2_000).map { Sample.parcel($0) }
        guard case .full = failure({ _ = try city.stage(Sample.head(.parcels), records: many) }) else {
            Issue.record("it was staged")
            return
        }
        #expect(try city.deliveries().count == 1)
        #expect(try city.root(at: 1) == first.root)
        try city.database.execute("PRAGMA max_page_count = 1000000")
        try city.take(Sample.head(.parcels), many)
        #expect(try city.stored(.parcels, at: 2).count == 2_000)
    }

    @Test("A bit that rots in a row is found when the root is worked out again")
    func rot() throws {
        let folder = Folder()
        let path = folder.file("city.gpkg")
        do {
            let city = try Sample.city(in: folder)
            try city.take(Sample.head(.parcels), (0..<50).map { Sample.parcel($0) })
            try city.close()
        }
        var bytes = try #require(FileManager.default.contents(atPath: path))
        let place = try #require(bytes.range(of: Data("{\"address\":\"".utf8)))
        bytes[place.lowerBound + 14] ^= 1
        try bytes.write(to: URL(fileURLWithPath: path))
        let city = try CityFile.open(path, for: .reading)
        guard case .corrupt(let reason) = failure({ _ = try city.root(at: 1) }) else {
            Issue.record("it was not found")
            return
        }
        #expect(reason.contains("does not fit its hash"))
    }
}
