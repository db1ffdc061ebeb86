import Foundation
import Spatial
import Testing

@testable import Store

@Suite struct CityFileTests {
    @Test("A city's facts are read as they were written, and nothing is left beside the file but its lock")
    func factsRoundTrip() throws {
        let folder = Folder()
        let path = folder.file("city.gpkg")
        try CityFile.create(at: path, city: Sample.facts, made: Sample.time)
        #expect(folder.names == ["city.gpkg", "city.gpkg.lock"])
        #expect(try CityFile.open(path, for: .writing).city == Sample.facts)
        #expect(try CityFile.open(path, for: .reading).city == Sample.facts)
        #expect(try CityFile.open(path, for: .reading).currentRevision() == 0)
    }

    @Test("A city is never made in the place of another file")
    func neverReplaces() throws {
        let folder = Folder()
        let path = folder.write([1, 2, 3], to: "city.gpkg")
        #expect(throws: StoreError.exists(path: path)) { try CityFile.create(at: path, city: Sample.facts, made: Sample.time) }
        #expect(FileManager.default.contents(atPath: path) == Data([1, 2, 3]))
        #expect(folder.names == ["city.gpkg"])
    }

    @Test("A folder that is not there is an error of the machine, and nothing is made")
    func noFolder() throws {
        let folder = Folder()
        #expect(throws: StoreError.self) {
            try CityFile.create(at: folder.file("none/city.gpkg"), city: Sample.facts, made: Sample.time)
        }
        #expect(folder.names.isEmpty)
    }

    @Test("A second writer is told who writes, readers go on, and the lock goes with its holder")
    func oneWriter() throws {
        let folder = Folder()
        let path = folder.file("city.gpkg")
        do {
            let writer = try Sample.city(in: folder)
            #expect(throws: StoreError.locked(path: writer.path, by: getpid())) { try CityFile.open(path, for: .writing) }
            try FileManager.default.createSymbolicLink(atPath: folder.file("other.gpkg"), withDestinationPath: path)
            #expect(throws: StoreError.locked(path: writer.path, by: getpid())) {
                try CityFile.open(folder.file("other.gpkg"), for: .writing)
            }
            let reader = try CityFile.open(path, for: .reading)
            try writer.take(Sample.head(.parcels), [Sample.parcel(1)])
            #expect(try reader.currentRevision() == 1)
        }
        #expect(try CityFile.open(path, for: .writing).currentRevision() == 1)
    }

    @Test("A city open for reading cannot be written to")
    func readersDoNotWrite() throws {
        let folder = Folder()
        let path = folder.file("city.gpkg")
        try CityFile.create(at: path, city: Sample.facts, made: Sample.time)
        let reader = try CityFile.open(path, for: .reading)
        #expect(throws: StoreError.self) { try reader.stage(Sample.head(.parcels), records: [Sample.parcel(1)]) }
        #expect(try reader.deliveries().isEmpty)
    }

    @Test("A reader's snapshot does not see what is accepted meanwhile")
    func snapshots() throws {
        let folder = Folder()
        let writer = try Sample.city(in: folder)
        let reader = try CityFile.open(writer.path, for: .reading)
        try reader.snapshot { () throws(StoreError) in
            let before = try reader.currentRevision()
            _ = try writer.accept(try writer.stage(Sample.head(.parcels), records: [Sample.parcel(1)]), Sample.decision)
            let after = try reader.currentRevision()
            #expect(before == 0 && after == 0)
        }
        #expect(try reader.currentRevision() == 1)
    }

    @Test("A writer that goes does not wait for readers")
    func closing() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        try city.take(Sample.head(.parcels), [Sample.parcel(1)])
        let reader = try CityFile.open(city.path, for: .reading)
        try reader.snapshot { () throws(StoreError) in
            let before = try reader.currentRevision()
            let start = ContinuousClock.now
            try city.close()
            #expect(before == 1 && ContinuousClock.now - start < .seconds(4))
        }
    }

    @Test("An origin is set once")
    func origin() throws {
        let folder = Folder()
        var facts = Sample.facts
        facts.grid = nil
        facts.scale = []
        let city = try Sample.city(in: folder, facts)
        #expect(throws: StoreError.self) { try city.stage(Sample.head(.parcels), records: [Sample.parcel(1)]) }
        try city.setOrigin(Sample.grid, scale: Sample.facts.scale)
        try city.take(Sample.head(.parcels), [Sample.parcel(1)])
        #expect(throws: StoreError.constraint(reason: "the city has an origin already")) { try city.setOrigin(Sample.grid) }
        #expect(try CityFile.open(city.path, for: .reading).city == Sample.facts)
    }

    @Test("A time is one of a calendar's, and texts sort as times do")
    func moments() {
        for text in ["1969-12-31T23:59:59Z", "2024-02-29T00:00:00Z", "2026-11-23T08:30:00Z", "9999-12-31T23:59:59Z"] {
            #expect(Moment(text)?.text == text)
        }
        for text in [
            "2023-02-29T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23 08:30:00Z", "2026-11-23T08:30:00", "", "2026-11-23T08:3x:00Z",
        ] {
            #expect(Moment(text) == nil)
        }
        #expect(Moment("2026-11-23T08:30:00Z")?.seconds == 1_795_422_600)
        #expect(Moment(seconds: .max) == nil && Moment(seconds: .min) == nil)
    }

    @Test("A digest is SHA-256 as FIPS 180-4 has it")
    func digests() {
        #expect(Digest(of: Array("abc".utf8)).hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(Digest(of: []).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(Digest(bytes: Digest(of: [1]).bytes) == Digest(of: [1]))
        #expect(Digest(bytes: [1, 2]) == nil)
    }
}
