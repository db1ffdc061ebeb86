import Foundation
import Testing

@testable import Store

/// What a head beside a city tells, and what it must not: a crash is not tampering.
@Suite struct LogHeadTests {
    private func closed(_ city: consuming CityFile) throws -> String {
        try city.close()
        return city.path
    }

    private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

    @Test("A head that stayed behind, as a kill leaves it, is mended by the next writer")
    func behind() throws {
        let folder = Folder()
        let path = try closed(try Sample.busyCity(in: folder, deliveries: 3))
        let old = try bytes(LogHead.path(of: path))
        do { try CityFile.open(path, for: .writing).take(Sample.head(.parcels), [Sample.parcel(50)]) }
        let new = try bytes(LogHead.path(of: path))
        #expect(old != new)
        try old.write(to: URL(filePath: LogHead.path(of: path)))
        #expect(try CityFile.open(path, for: .reading).headStanding == .behind)
        #expect(try bytes(LogHead.path(of: path)) == old)
        let writer = try CityFile.open(path, for: .writing)
        #expect(writer.headStanding == .behind)
        #expect(try bytes(LogHead.path(of: path)) == new)
        #expect(try writer.verifyLog().faults.isEmpty)
    }

    @Test("A city replaced by an old copy is noticed, read, and not written to")
    func oldCopy() throws {
        let folder = Folder()
        let path = try closed(try Sample.busyCity(in: folder, deliveries: 3))
        let old = try bytes(path)
        _ = try closed(
            {
                let city = try CityFile.open(path, for: .writing)
                try city.take(Sample.head(.parcels), [Sample.parcel(50)])
                return city
            }())
        try old.write(to: URL(filePath: path))
        for end in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
        let reader = try CityFile.open(path, for: .reading)
        guard case .contradicts(.ahead(let head, let entries)) = reader.headStanding else {
            Issue.record("\(reader.headStanding)")
            return
        }
        #expect(head == entries + 1)
        #expect(try reader.stored(.parcels, at: reader.currentRevision()).count == 2)
        #expect(try reader.verifyLog().faults == [.head(.ahead(head: head, entries: entries))])
        #expect(
            failure { _ = try CityFile.open(path, for: .writing) } == .headContradicts(path: path, .ahead(head: head, entries: entries)))
    }

    @Test("Another city's file, or a log written anew, is noticed")
    func elsewhere() throws {
        let (folder, other) = (Folder(), Folder())
        let path = try closed(try Sample.busyCity(in: folder, deliveries: 3))
        let foreign = try closed(try Sample.busyCity(in: other, deliveries: 5))
        try bytes(foreign).write(to: URL(filePath: path))
        for end in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
        guard case .headContradicts(_, .elsewhere) = failure({ _ = try CityFile.open(path, for: .writing) }) else {
            Issue.record("the other city is written to")
            return
        }
    }

    @Test("A head that is no head is not written over", arguments: ["", "{}", #"{"count":3,"hash":"00"}"#, #"{"count":0,"hash":null}"#])
    func unreadable(text: String) throws {
        let folder = Folder()
        let path = try closed(try Sample.busyCity(in: folder, deliveries: 2))
        try Data(text.utf8).write(to: URL(filePath: LogHead.path(of: path)))
        #expect(failure { _ = try CityFile.open(path, for: .writing) } == .headContradicts(path: path, .unreadable))
        #expect(try CityFile.open(path, for: .reading).verifyLog().faults == [.head(.unreadable)])
        #expect(try bytes(LogHead.path(of: path)) == Data(text.utf8))
    }

    @Test("A copy without its head is read, and gets one when it is written to; a new city has none")
    func absent() throws {
        let folder = Folder()
        let path = try closed(try Sample.busyCity(in: folder, deliveries: 2))
        try FileManager.default.removeItem(atPath: LogHead.path(of: path))
        #expect(try CityFile.open(path, for: .reading).headStanding == .absent)
        #expect(!folder.names.contains("city.gpkg.head"))
        #expect(try CityFile.open(path, for: .writing).headStanding == .absent)
        #expect(try CityFile.open(path, for: .reading).headStanding == .agrees)
        let fresh = folder.file("fresh.gpkg")
        try CityFile.create(at: fresh, city: Sample.facts, made: Sample.time)
        #expect(try CityFile.open(fresh, for: .reading).headStanding == .agrees)
        #expect(!folder.names.contains("fresh.gpkg.head"))
    }

    @Test("No new city is founded where a head says that one stood")
    func foundedAnew() throws {
        let folder = Folder()
        let path = try closed(try Sample.busyCity(in: folder, deliveries: 1))
        for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
        #expect(failure { try CityFile.create(at: path, city: Sample.facts, made: Sample.time) } == .exists(path: path + ".head"))
    }
}

@Suite struct BackupTests {
    private let decision = Decision(by: "مدیر", osUser: "root", reason: "disk failed", at: Sample.later(9_000))

    @Test("A backup made while a writer works is a city of one moment, with its head, and takes nobody's place")
    func whileWriting() throws {
        let folder = Folder()
        let city = try Sample.busyCity(in: folder)
        let reader = try CityFile.open(city.path, for: .reading)
        let out = folder.file("backup.gpkg")
        let end = try city.transaction { () throws(StoreError) in
            // What is not committed is not in it.
            _ = try city.accept(try city.stage(Sample.head(.parcels), records: [Sample.parcel(70)]), Sample.decision)
            return try reader.backup(to: out)
        }
        let copy = try CityFile.open(out, for: .reading)
        #expect(copy.headStanding == .agrees)
        #expect(try copy.verifyLog() == LogReport(end: end, standing: .agrees, faults: []))
        #expect(try copy.currentRevision() == city.currentRevision() - 1)
        for revision in try copy.revisions() { #expect(try copy.root(at: revision.number) == revision.root) }
        #expect(failure { _ = try reader.backup(to: out) } != nil)
        #expect(!folder.names.contains { $0.hasSuffix(".new") })
    }

    @Test("A restore enters the head that stood before, keeps what stood, and is no tampering, wherever it was killed")
    func restored() throws {
        let folder = Folder()
        let city = try Sample.busyCity(in: folder, deliveries: 3)
        let out = folder.file("backup.gpkg")
        let backed = try #require(try city.backup(to: out))
        try city.take(Sample.head(.parcels), [Sample.parcel(60)])
        let before = try #require(try LogTable.head(in: city.database))
        try city.close()
        let path = city.path
        _ = consume city
        let oldHead = try Data(contentsOf: URL(filePath: LogHead.path(of: path)))
        try Data(repeating: 7, count: 9_000).write(to: URL(filePath: path))
        let restore = try Restore.run(out, inPlaceOf: path, decision)
        #expect(restore.before == before && restore.end.count == backed.count + 1)
        #expect(restore.kept == path + ".before-1")
        #expect(try Data(contentsOf: URL(filePath: path + ".before-1")).count == 9_000)
        let entry = try #require(try CityFile.open(path, for: .reading).logEntries().last)
        #expect(entry.kind == .restore && entry.subject == before.count && entry.digest == before.hash && entry.by == "مدیر")
        #expect(entry.previous == backed.hash)
        // Killed before the head was written: the entry explains the one that is there.
        try oldHead.write(to: URL(filePath: LogHead.path(of: path)))
        #expect(try CityFile.open(path, for: .reading).headStanding == .beforeRestore)
        #expect(try CityFile.open(path, for: .reading).verifyLog().faults.isEmpty)
        try CityFile.open(path, for: .writing).take(Sample.head(.parcels), [Sample.parcel(61)])
        #expect(try CityFile.open(path, for: .reading).verifyLog().standing == .agrees)
        // Once more, over a sound city.
        #expect(try Restore.run(out, inPlaceOf: path, decision).kept == path + ".before-2")
        #expect(try CityFile.open(path + ".before-2", for: .reading).verifyLog().faults.isEmpty)
        #expect(try CityFile.open(path, for: .writing).verifyLog().faults.isEmpty)
    }

    @Test("A backup whose log does not hold, or that is no city, is not taken in, and the city stays")
    func refused() throws {
        let folder = Folder()
        let city = try Sample.busyCity(in: folder, deliveries: 3)
        let out = folder.file("backup.gpkg")
        _ = try city.backup(to: out)
        try city.close()
        let path = city.path
        _ = consume city
        try Database(out, .writing).execute("DROP TRIGGER log_stands_changed; UPDATE log SET who = 'x' WHERE number = 2")
        guard case .logFails(_, let faults) = failure({ _ = try Restore.run(out, inPlaceOf: path, decision) }) else {
            Issue.record("taken in")
            return
        }
        #expect(faults.contains(.edited(2)))
        let text = folder.write(Array("no city at all".utf8), to: "text")
        #expect(failure { _ = try Restore.run(text, inPlaceOf: path, decision) } != nil)
        #expect(failure { _ = try Restore.run(path, inPlaceOf: path, decision) } != nil)
        #expect(!folder.names.contains { $0.contains(".before-") || $0.hasSuffix(".new") })
        #expect(try CityFile.open(path, for: .writing).verifyLog().faults.isEmpty)
    }

    @Test("An older backup is taken in, and its decisions enter the log")
    func older() throws {
        let folder = Folder()
        let path = folder.file("old.gpkg")
        do {
            let city = try Sample.busyCity(in: folder, deliveries: 2)
            try city.close()
        }
        try FileManager.default.copyItem(atPath: folder.file("city.gpkg"), toPath: path)
        try Sample.makeOld(path)
        let restore = try Restore.run(path, inPlaceOf: folder.file("city.gpkg"), decision)
        #expect(restore.end.count == 3)
        #expect(try CityFile.open(folder.file("city.gpkg"), for: .writing).verifyLog().faults.isEmpty)
        // The backup is as it was.
        #expect(try CityFacts.schema(of: Database(path, .reading)) == 1)
    }
}
