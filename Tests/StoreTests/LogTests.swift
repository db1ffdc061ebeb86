import Foundation
import Testing

@testable import Store

/// A log in memory, with the rows that it tells of and the head beside it.
struct LogInMemory {
    var entries: [LogEntry]
    var ledger: Ledger
    var head: LogHead?

    init(of city: CityFile) throws {
        entries = try city.logEntries()
        ledger = Ledger(revisions: try city.revisions(), deliveries: try city.deliveries(), keys: try city.keys())
        head = entries.last.map { LogHead(count: $0.number, hash: $0.hash) }
    }

    var faults: [LogFault] {
        var walk = LogWalk(ledger: ledger, head: head)
        for entry in entries { walk.take(entry) }
        return walk.finish()
    }

    /// What somebody does who knows how hashes are made and can't write the head.
    mutating func rehash(from place: Int) {
        for index in place..<entries.count {
            entries[index].previous = index == 0 ? LogEntry.beginning : entries[index - 1].hash
            entries[index].hash = entries[index].computedHash
        }
    }
}

extension Sample {
    /// A city that has accepted, rejected, made keys and issued certificates.
    static func busyCity(in folder: Folder, deliveries: Int32 = 12) throws -> CityFile {
        let city = try Sample.city(in: folder)
        for number in 0..<deliveries {
            let decision = Decision(
                by: "کارشناس \(number % 3)", osUser: "clerk", reason: number % 2 == 0 ? nil : "reason \(number)", at: later(Int64(number)))
            let delivery = try city.stage(head(.parcels), records: [parcel(1), parcel(number + 2)])
            if number % 5 == 4 {
                try city.reject(delivery, decision)
            } else {
                let revision = try city.accept(delivery, decision)
                for _ in 0..<3 { _ = try city.issue(revision: revision.number, digest: revision.root, question: "{}", decision) }
            }
            if number % 6 == 0, let key = PublicKey(bytes: (0..<32).map { _ in UInt8.random(in: 0...255) }) {
                try city.enter(key, decision)
            }
        }
        return city
    }
}

@Suite struct LogTests {
    @Test("Every decision, key and certificate enters the log, each entry with the hash of the one before")
    func entered() throws {
        let folder = Folder()
        let city = try Sample.busyCity(in: folder)
        let log = try LogInMemory(of: city)
        #expect(log.entries.map(\.number) == Array(1...log.entries.count))
        let counts = Dictionary(grouping: log.entries, by: \.kind).mapValues(\.count)
        #expect(counts == [.accept: 10, .reject: 2, .key: 2, .issue: 30])
        #expect(log.entries.first?.previous == LogEntry.beginning)
        for (one, next) in zip(log.entries, log.entries.dropFirst()) { #expect(next.previous == one.hash) }
        #expect(LogHead.beside(city.path) == log.head.map { .head($0) })
        #expect(try city.verifyLog().faults.isEmpty)
        #expect(log.faults.isEmpty)
    }

    @Test("A clock that was put back puts no entry before another")
    func clockBack() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        try city.take(Sample.head(.parcels), [Sample.parcel(1)], Decision(by: "a", osUser: "b", reason: nil, at: Sample.later(100)))
        try city.reject(try city.stage(Sample.head(.parcels), records: []), Sample.decision)
        #expect(try city.verifyLog().faults.isEmpty)
        #expect(try city.logEntries().map(\.at) == [Sample.later(100).text, Sample.later(100).text])
    }

    @Test("What fails leaves no entry, and the head as it was")
    func rolledBack() throws {
        let folder = Folder()
        let city = try Sample.busyCity(in: folder, deliveries: 2)
        let before = LogHead.beside(city.path)
        let good = try city.stage(Sample.head(.parcels), records: [Sample.parcel(9)])
        #expect(throws: StoreError.self) { try city.acceptAll([good, 99], Sample.decision) }
        #expect(LogHead.beside(city.path) == before)
        #expect(try city.verifyLog().faults.isEmpty)
        _ = try city.accept(good, Sample.decision)
        #expect(LogHead.beside(city.path) != before)
        #expect(try city.verifyLog().faults.isEmpty)
    }

    @Test("10,000 random changes of a log are all found")
    func mutated() throws {
        let folder = Folder()
        let sound = try LogInMemory(of: try Sample.busyCity(in: folder))
        #expect(sound.faults.isEmpty)
        var missed: [String] = []
        var kinds: Set<LogMutation> = []
        for _ in 0..<10_000 {
            var log = sound
            let mutation = LogMutation.allCases.randomElement() ?? .edit
            guard mutation.apply(to: &log) else { continue }
            kinds.insert(mutation)
            if log.faults.isEmpty { missed.append("\(mutation)") }
        }
        #expect(missed.isEmpty, "\(missed.prefix(10))")
        #expect(kinds.count == LogMutation.allCases.count)
    }

    @Test("Changes of the file itself, its triggers gone, are found")
    func mutatedFile() throws {
        let folder = Folder()
        let city = try Sample.busyCity(in: folder, deliveries: 8)
        try city.close()
        let path = city.path
        _ = consume city
        let sound = try Data(contentsOf: URL(filePath: path))
        let triggers = ["log_stands_changed", "log_stands_removed", "revision_stands_changed", "signing_key_stands_changed"]
        let changes = [
            "UPDATE log SET who = who || 'x' WHERE number = 3", "UPDATE log SET reason = 'other' WHERE number = 1",
            "UPDATE log SET reason = NULL WHERE reason IS NOT NULL", "UPDATE log SET at = '2020-01-01T00:00:00Z' WHERE number = 5",
            "UPDATE log SET kind = 'reject' WHERE number = 1", "UPDATE log SET subject = subject + 100 WHERE number = 2",
            "UPDATE log SET revision = 1 WHERE number = 9", "UPDATE log SET digest = zeroblob(32) WHERE number = 4",
            "UPDATE log SET digest = NULL WHERE number = 4", "UPDATE log SET about = '{\"a\":1}' WHERE kind = 'issue'",
            "UPDATE log SET os_user = '' WHERE number = 7", "UPDATE log SET previous = zeroblob(32) WHERE number = 2",
            "UPDATE log SET hash = zeroblob(32) WHERE number = 2", "DELETE FROM log WHERE number = 1", "DELETE FROM log WHERE number = 6",
            "DELETE FROM log WHERE number = (SELECT max(number) FROM log)", "DELETE FROM log WHERE number > 4", "DELETE FROM log",
            "UPDATE log SET number = number + 1000 WHERE number = 3",
            "UPDATE log SET number = 1000 WHERE number = (SELECT max(number) FROM log)",
            "UPDATE log SET number = -number; UPDATE log SET number = 1 - number",
            "INSERT INTO log SELECT number + 500, at, kind, NULL, revision, digest, about, who, os_user, reason, previous, hash FROM log WHERE number = 4",
            "UPDATE revision SET who = 'x' WHERE number = 2", "UPDATE revision SET reason = 'x' WHERE number = 2",
            "UPDATE revision SET root = zeroblob(32) WHERE number = 3",
            "UPDATE revision SET accepted_at = '2026-11-24T08:30:00Z' WHERE number = 1",
            "UPDATE revision SET os_user = 'root' WHERE number = 1", "UPDATE delivery SET reason = 'x' WHERE number = 5",
            "UPDATE delivery SET decided_by = 'x' WHERE number = 1", "UPDATE delivery SET sha256 = zeroblob(32) WHERE number = 5",
            "UPDATE delivery SET status = 'rejected', revision = NULL WHERE number = 3",
            "UPDATE signing_key SET since = '2026-11-23T08:30:09Z'",
            "INSERT INTO signing_key VALUES (9, '0123456789abcdef', zeroblob(32), '2026-11-23T08:30:09Z')",
            "UPDATE delivery SET status = 'staged', revision = NULL, decided_by = NULL, os_user = NULL, decided_at = NULL WHERE number = 5",
        ]
        for change in changes {
            try sound.write(to: URL(filePath: path))
            let database = try Database(path, .writing)
            try database.execute("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
            for trigger in triggers { try database.execute("DROP TRIGGER \(trigger)") }
            try database.execute(change)
            let found: Bool
            do { found = try !CityFile.verifyLog(of: database, beside: LogHead.beside(path)).faults.isEmpty } catch { found = true }
            #expect(found, "\(change)")
        }
    }

    @Test("A long log, gone through by two threads, is found changed in either half, and where they meet")
    func long() throws {
        let folder = Folder()
        let city = try Sample.busyCity(in: folder, deliveries: 2)
        let digest = try city.revision(1).root
        try city.transaction { () throws(StoreError) in
            for _ in 0..<10_100 { _ = try city.issue(revision: 1, digest: digest, question: "{}", Sample.decision) }
        }
        let count = try city.logEntries().count
        #expect(try city.verifyLog() == LogReport(end: LogTable.head(in: city.database), standing: .agrees, faults: []))
        try city.database.execute("DROP TRIGGER log_stands_changed")
        // All of these are certificates.
        for number in [count / 2 - 1, count / 2, count / 2 + 1, count] {
            try city.database.execute("UPDATE log SET about = '[]' WHERE number = \(number)")
            #expect(try city.verifyLog().faults == [.edited(number)])
            try city.database.execute("UPDATE log SET about = '{}' WHERE number = \(number)")
        }
        try city.database.execute("UPDATE log SET previous = zeroblob(32) WHERE number = \(count / 2 + 1)")
        #expect(try city.verifyLog().faults == [.unchained(count / 2 + 1), .edited(count / 2 + 1)])
    }

    @Test("A city of the schema before gets its decisions into the log as they stand, in their order")
    func migrated() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        for number in Int32(0)..<6 {
            let decision = Decision(by: "w\(number)", osUser: "u", reason: "r", at: Sample.later(Int64(number / 2)))
            let delivery = try city.stage(Sample.head(.parcels), records: [Sample.parcel(number)])
            if number == 3 { try city.reject(delivery, decision) } else { _ = try city.accept(delivery, decision) }
        }
        try city.close()
        let path = city.path
        _ = consume city
        try Sample.makeOld(path)
        do {
            // It can be asked for, and nothing more.
            let reader = try CityFile.open(path, for: .reading)
            #expect(try reader.currentRevision() == 5)
            #expect(failure { _ = try reader.logEntries() } == .older(path: path, version: 1, known: Migration.newest))
        }
        let migrated = try CityFile.open(path, for: .writing)
        #expect(migrated.headStanding == .behind)
        let entries = try migrated.logEntries()
        #expect(entries.map(\.kind) == [.accept, .accept, .accept, .reject, .accept, .accept])
        #expect(entries.map(\.by) == ["w0", "w1", "w2", "w3", "w4", "w5"])
        #expect(try migrated.verifyLog().faults.isEmpty)
        try migrated.take(Sample.head(.parcels), [Sample.parcel(90)])
        #expect(try migrated.verifyLog() == LogReport(end: LogTable.head(in: migrated.database), standing: .agrees, faults: []))
    }
}

extension Sample {
    /// Makes of a city one of schema 1, which had neither log nor keys.
    static func makeOld(_ path: String) throws {
        let database = try Database(path, .writing)
        try database.execute(
            "DROP TABLE log; DROP TABLE signing_key; DROP TABLE allowance; UPDATE meta SET value = '1' WHERE key = 'schema'")
        try database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try? FileManager.default.removeItem(atPath: LogHead.path(of: path))
    }
}

/// One way to change a log.
enum LogMutation: CaseIterable {
    case edit, editAndRehash, delete, deleteAndRehash, swap, swapAndRehash, truncate, duplicate, insertAndRehash
    case flipHash, flipPrevious, ledger, head

    /// False where it came to the same log.
    func apply(to log: inout LogInMemory) -> Bool {
        let before = log.entries
        let place = Int.random(in: 0..<log.entries.count)
        let other = Int.random(in: 0..<log.entries.count)
        switch self {
        case .edit: log.entries[place].edit()
        case .editAndRehash:
            log.entries[place].edit()
            log.rehash(from: place)
        case .delete: log.entries.remove(at: place)
        case .deleteAndRehash:
            log.entries.remove(at: place)
            for index in log.entries.indices { log.entries[index].number = index + 1 }
            log.rehash(from: 0)
        case .swap: log.entries.swapAt(place, other)
        case .swapAndRehash:
            log.entries.swapAt(place, other)
            for index in log.entries.indices { log.entries[index].number = index + 1 }
            log.rehash(from: 0)
        case .truncate: log.entries.removeLast(place + 1)
        case .duplicate: log.entries.insert(log.entries[place], at: other)
        case .insertAndRehash:
            log.entries.insert(log.entries[place], at: other)
            for index in log.entries.indices { log.entries[index].number = index + 1 }
            log.rehash(from: 0)
        case .flipHash: log.entries[place].hash = log.entries[place].hash.flipped()
        case .flipPrevious: log.entries[place].previous = log.entries[place].previous.flipped()
        case .ledger:
            guard let number = log.ledger.revisions.keys.randomElement(), let row = log.ledger.revisions[number] else { return false }
            log.ledger.revisions[number] = Revision(
                number: row.number, decision: row.decision, parent: row.parent, root: row.root.flipped(), delivery: row.delivery)
            return true
        case .head:
            guard let head = log.head else { return false }
            log.head =
                Bool.random() ? LogHead(count: head.count + 1, hash: head.hash) : LogHead(count: head.count, hash: head.hash.flipped())
            return true
        }
        return log.entries != before
    }
}

extension LogEntry {
    /// Changes one field to something else.
    fileprivate mutating func edit() {
        switch Int.random(in: 0..<10) {
        case 0: number += Int.random(in: 1...3)
        case 1: at = Sample.later(Int64.random(in: -5_000..<(-1))).text
        case 2: kind = Kind(rawValue: kind == .accept ? "reject" : "accept")
        case 3: subject = (subject ?? 0) + 1
        case 4: revision = revision == nil ? 1 : nil
        case 5: digest = digest?.flipped() ?? LogEntry.beginning
        case 6: about = about == nil ? "" : nil
        case 7: by += "\u{200C}"
        case 8: osUser = String(osUser.dropLast())
        default: reason = reason == nil ? "" : nil
        }
    }
}

extension Digest {
    fileprivate func flipped() -> Digest {
        var bytes = bytes
        bytes[Int.random(in: 0..<32)] ^= UInt8(1) << UInt8.random(in: 0..<8)
        return Digest(bytes: bytes) ?? self
    }
}
