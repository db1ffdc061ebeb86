import Foundation
import Glibc
import Synchronization
import Testing

@Suite("Kill -9") struct KillTests {
    /// What was found after the kills.
    struct Count {
        var rounds = 0
        var old = 0
        var new = 0
        var staged = 0
        var ended = 0
        var wrong: [String] = []
    }

    @Test("Killed at 200 random moments of an import and its acceptance, the city opens and holds the old or the new revision")
    func killed() throws {
        let scratch = try Scratch()
        let rounds = ProcessInfo.processInfo.environment["SHAHRSAZ_KILLS"].flatMap { Int($0) } ?? 200
        let parcels = Array(try SampleTown.parcels().prefix(300))
        let (first, second) = (scratch.url.appending(path: "first.geojson"), scratch.url.appending(path: "second.geojson"))
        try SampleTown.write(Array(parcels.prefix(250)), to: first)
        try SampleTown.write(parcels.map(Self.changed), to: second)
        let prepared = scratch.url.appending(path: "prepared.gpkg")
        #expect(try Program.run(["init", "--name", "نمونه", "--crs", "EPSG:32640"], city: prepared).code == 0)
        #expect(try Program.run(Self.taking(first), city: prepared).code == 0)
        let old = try roots(of: prepared)
        var durations: [TimeInterval] = []
        var new: [String] = []
        for round in 0..<3 {
            let city = scratch.url.appending(path: "whole-\(round).gpkg")
            try FileManager.default.copyItem(at: prepared, to: city)
            let start = Date()
            #expect(try Program.run(Self.taking(second), city: city).code == 0)
            durations.append(Date().timeIntervalSince(start))
            new = try roots(of: city)
        }
        let longest = 1.3 * (durations.max() ?? 0.5)
        try #require(old.count == 1 && new.count == 2 && old[0] == new[0] && new[0] != new[1])

        let (wholeOld, wholeNew) = (old, new)
        let counts = Mutex(Count())
        let folder = scratch.url
        DispatchQueue.concurrentPerform(iterations: 2) { lane in
            for round in 0..<(rounds + 1 - lane) / 2 {
                let city = folder.appending(path: "\(lane)-\(round).gpkg")
                var wrong: String?
                var (found, ran, deliveries): ([String], Bool, Int) = ([], false, 0)
                do {
                    try FileManager.default.copyItem(at: prepared, to: city)
                    ran = try kill(Self.taking(second), city, after: Double.random(in: 0..<longest))
                    found = try roots(of: city)
                    deliveries = try Program.run(["deliveries", "--json"], city: city).text.split(separator: #""number""#).count - 1
                    if found != wholeOld && found != wholeNew { wrong = "\(found)" }
                    // What was taken in again must come to the same, whatever the kill left.
                    if round.isMultiple(of: 4) {
                        let later = try Program.run(Self.taking(second), city: city)
                        let roots = try roots(of: city)
                        if later.code != 0 || roots.last != wholeNew.last { wrong = "a later import: \(later.err) \(roots)" }
                        let sound = try Shell.run("sqlite3 \"$1\" 'PRAGMA integrity_check; PRAGMA foreign_key_check'", [city.path])
                        if sound.text != "ok\n" { wrong = sound.text }
                    }
                    for end in ["", ".lock", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: city.path + end) }
                } catch { wrong = "\(error)" }
                counts.withLock {
                    $0.rounds += 1
                    $0.old += found == wholeOld ? 1 : 0
                    $0.new += found == wholeNew ? 1 : 0
                    $0.staged += found == wholeOld && deliveries == 2 ? 1 : 0
                    $0.ended += ran ? 0 : 1
                    if let wrong { $0.wrong.append("round \(lane)-\(round): \(wrong)") }
                }
            }
        }
        let count = counts.withLock { $0 }
        print(
            """
            kill -9: \(count.rounds) rounds within \(Int(longest * 1000)) ms; \(count.old) held the old revision (\(count.staged) with the \
            delivery staged), \(count.new) the new one; \(count.ended) had ended before; \(count.wrong.count) wrong
            """)
        #expect(count.rounds == rounds)
        #expect(count.wrong.isEmpty, "\(count.wrong)")
        #expect(count.rounds < 50 || (count.old > 0 && count.new > 0))
    }

    private static func changed(_ parcel: [String: Any]) -> [String: Any] {
        var parcel = parcel
        var properties = parcel["properties"] as? [String: Any] ?? [:]
        properties["deedArea"] = 111.5
        parcel["properties"] = properties
        return parcel
    }

    private static func taking(_ file: URL) -> [String] { ["import", file.path, "--as", "parcels", "--accept", "--by", "t"] }

    /// The roots of a city's revisions, each worked out again.
    private func roots(of city: URL) throws -> [String] {
        let checked = try Program.run(["revisions", "--json", "--check"], city: city)
        guard checked.code == 0 else { throw Standing.Unsound(city: city.path, why: checked.err) }
        let rows = try JSONSerialization.jsonObject(with: checked.out) as? [[String: Any]] ?? []
        return rows.compactMap { $0["root"] as? String }
    }

    /// Starts the program, and kills it with its process group. Whether it still ran.
    private func kill(_ words: [String], _ city: URL, after delay: TimeInterval) throws -> Bool {
        let process = Process()
        process.executableURL = Program.folder.appending(path: "shahrsaz")
        process.arguments = ["--city", city.path] + words
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        usleep(UInt32(delay * 1_000_000))
        // The importer has a group of its own, and dies with its parent.
        Glibc.kill(-process.processIdentifier, SIGKILL)
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal
    }
}
