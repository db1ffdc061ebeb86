import Glibc
import Service
import Store

/// A log of certificates gone through from its first entry to its last, as `log verify` does it, out of SQLite; beside libsodium's
/// SHA-256 alone over the same bytes, and the same walk over entries that are in memory already.
func log(_ bench: Bench) throws {
    let path = ".build/shahrsaz-log-\(getpid()).gpkg"
    defer { for end in ["", "-wal", "-shm", ".head", ".lock"] { unsafe unlink(path + end) } }
    let count = bench.count(300_000, quick: 30_000)
    let file = try filled(path, count)
    let entries = try file.logEntries()
    let bytes = entries.map(\.hashedBytes)
    let ledger = Ledger(revisions: try file.revisions(), deliveries: try file.deliveries(), keys: [])
    let contenders = [
        Contender("ours, out of SQLite", questions: entries.count) {
            guard try file.verifyLog().faults.isEmpty else { throw Trouble("the log does not hold") }
        },
        Contender("ours, in memory", questions: entries.count) {
            var walk = LogWalk(ledger: ledger, head: nil)
            for entry in entries { walk.take(entry) }
            guard walk.finish().isEmpty else { throw Trouble("the log does not hold") }
        },
        Contender("floor: SHA-256 of the same bytes", questions: entries.count) {
            for message in bytes { keep(Int(Digest(of: message).bytes[0])) }
        },
    ]
    let times = try Contest(title: "log, \(entries.count) entries", rounds: bench.rounds, contenders: contenders).run()
    print("  \(Int(1e9 / times[0])) entries a second out of SQLite, \(Int(1e9 / times[1])) in memory")
}

/// A city with one revision and as many certificates.
private func filled(_ path: String, _ count: Int) throws -> CityFile {
    guard let time = Moment("2026-11-23T08:30:00Z") else { throw Trouble("no moment") }
    try CityOrder(name: "log", crs: "EPSG:32640", height: nil).found(at: path, now: time)
    let file = try CityFile.open(path, for: .writing)
    let decision = Decision(by: "clerk of the counter", osUser: "clerk", reason: "asked for at the counter", at: time)
    let head = DeliveryHead(file: "parameters.csv", sha256: Digest(of: []), role: .parameters, stagedAt: time)
    let revision = try file.accept(try file.stage(head, records: [Record(line: "line 2", code: "height", fields: [:])]), decision)
    let question = #"{"facts":{},"known":1,"on":"2026-11-23","parcel":"1-10-84-1-0-0-0"}"#
    try file.transaction { () throws(StoreError) in
        for _ in 0..<count { _ = try file.issue(revision: revision.number, digest: revision.root, question: question, decision) }
    }
    return file
}
