import Foundation
import Glibc
import Synchronization
import Testing

/// `$SHAHRSAZ_KILLS` says how many kills there are; 200 is what the program must hold, and takes two minutes.
@Suite("Kill -9") struct KillTests {
    /// What is killed: the reading and the acceptance in one command, or the acceptance of what was read before.
    enum Work: String, CaseIterable {
        case whole, acceptance

        func words(_ file: URL) -> [String] {
            self == .whole ? ["import", file.path, "--as", "parcels", "--accept", "--by", "t"] : ["accept", "2", "--by", "t"]
        }
    }

    /// A city's state as its own commands and another program's reading of the file tell it.
    struct State: Equatable {
        var roots: [String]
        var answer: String
        /// How many parcels the GeoPackage shows, and the sum of their registered areas.
        var shown: String
    }

    struct Count {
        var kills = 0
        var old = 0
        var new = 0
        /// Held the old revision, with the delivery read and waiting.
        var staged = 0
        var wrong: [String] = []
    }

    @Test("Killed at random moments of an import and its acceptance, the city opens and holds the old or the new revision")
    func killed() throws {
        let kills = ProcessInfo.processInfo.environment["SHAHRSAZ_KILLS"].flatMap { Int($0) } ?? 30
        let town = try Town()
        let counts = Mutex(Count())
        DispatchQueue.concurrentPerform(iterations: 2) { lane in
            do { try town.kill(kills / 2, lane, counts) } catch { counts.withLock { $0.wrong.append("lane \(lane): \(error)") } }
        }
        let count = counts.withLock { $0 }
        print(
            """
            kill -9: \(count.kills) kills; \(count.old) left the old revision (\(count.staged) with the delivery staged), \
            \(count.new) the new one; \(count.wrong.count) wrong
            """)
        #expect(count.wrong.isEmpty, "\(count.wrong)")
        #expect(count.kills == kills / 2 * 2)
        #expect(count.old > 0)
        // The last moments of a command are few: of a handful of kills none may fall into them.
        #expect(count.kills < 100 || count.new > 0)
    }

    /// Two states of one small town, and cities that are on the way from the one to the other.
    final class Town: Sendable {
        let scratch: URL
        private let folder: Scratch
        let delivered: URL
        let prepared: [Work: URL]
        let old: State
        let new: State

        init() throws {
            folder = try Scratch()
            scratch = folder.url
            let parcels = Array(try SampleTown.parcels().prefix(300))
            let first = scratch.appending(path: "first.geojson")
            delivered = scratch.appending(path: "second.geojson")
            try SampleTown.write(Array(parcels.prefix(250)), to: first)
            try SampleTown.write(parcels.map(Self.changed), to: delivered)
            let before = scratch.appending(path: "before.gpkg")
            let staged = scratch.appending(path: "staged.gpkg")
            let after = scratch.appending(path: "after.gpkg")
            try Self.must(["init", "--name", "نمونه", "--crs", "EPSG:32640"], before)
            try Self.must(Work.whole.words(first), before)
            try FileManager.default.copyItem(at: before, to: staged)
            try Self.must(["import", delivered.path, "--as", "parcels"], staged)
            try FileManager.default.copyItem(at: before, to: after)
            try Self.must(Work.whole.words(delivered), after)
            prepared = [.whole: before, .acceptance: staged]
            old = try Self.state(of: before)
            new = try Self.state(of: after)
            try #require(old.roots.count == 1 && new.roots.count == 2 && new.roots[0] == old.roots[0])
            try #require(try Self.state(of: staged) == old)
            try #require(old.answer != new.answer && old.shown != new.shown)
        }

        /// Kills as often as asked. A command that was quicker than its killer does not count, and tells how long one takes now.
        func kill(_ kills: Int, _ lane: Int, _ counts: borrowing Mutex<Count>) throws {
            var longest: [Work: TimeInterval] = [.whole: 0.3, .acceptance: 0.1]
            var done = 0
            for round in 0..<(20 * kills) where done < kills {
                let work = Work.allCases[done % 2]
                let city = scratch.appending(path: "\(lane)-\(round).gpkg")
                try FileManager.default.copyItem(at: prepared[work] ?? city, to: city)
                let limit = longest[work] ?? 0.3
                let moment = Double.random(in: 0..<1.25 * limit)
                let (wasKilled, time) = try Self.start(work.words(delivered), city, killedAfter: moment)
                if !wasKilled { longest[work] = (limit + time) / 2 }
                if wasKilled && moment > limit { longest[work] = moment }
                let (wrong, state, isStaged) = try judge(city, work, again: round.isMultiple(of: 3))
                counts.withLock {
                    if let wrong { $0.wrong.append("\(work) killed after \(Int(moment * 1000)) ms: \(wrong)") }
                    guard wasKilled else { return }
                    $0.kills += 1
                    $0.old += state == old ? 1 : 0
                    $0.new += state == new ? 1 : 0
                    $0.staged += state == old && isStaged ? 1 : 0
                }
                if wasKilled { done += 1 }
                for end in ["", ".lock", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: city.path + end) }
            }
        }

        /// What is wrong with a city after a kill; nil where all is well.
        private func judge(_ city: URL, _ work: Work, again: Bool) throws -> (String?, State, isStaged: Bool) {
            let state = try Self.state(of: city)
            let staged = try Program.run(["deliveries", "--json"], city: city).text.contains(#""status":"staged""#)
            guard state == old || state == new else { return ("\(state)", state, staged) }
            // The command given again must come to the same, whatever the kill left.
            if again {
                if work == .acceptance, state == new {
                    guard try Program.run(work.words(delivered), city: city).code == 2 else { return ("accepted twice", state, staged) }
                } else {
                    let later = try Program.run(work.words(delivered), city: city)
                    let now = try Self.state(of: city)
                    guard later.code == 0, now.roots.last == new.roots.last, now.shown == new.shown else {
                        return ("given again: \(later.err) \(now)", state, staged)
                    }
                }
            }
            return (nil, state, staged)
        }

        static func state(of city: URL) throws -> State {
            let checked = try Program.run(["revisions", "--json", "--check"], city: city)
            guard checked.code == 0 else { throw Standing.Unsound(city: city.path, why: checked.err) }
            let rows = try JSONSerialization.jsonObject(with: checked.out) as? [[String: Any]] ?? []
            let answer = try Program.run(["parcel", "1-1-1-1-0-0-0", "--json", "--on", SampleTown.day], city: city)
            guard answer.code == 0 else { throw Standing.Unsound(city: city.path, why: answer.err) }
            let file = try Shell.run(
                """
                sqlite3 "$1" 'PRAGMA integrity_check; PRAGMA foreign_key_check;
                SELECT count(*), sum(deed_area) FROM parcel; SELECT count(*) FROM rtree_parcel_geom'
                """, [city.path])
            guard file.text.hasPrefix("ok\n") else { throw Standing.Unsound(city: city.path, why: file.text + file.err) }
            return State(roots: rows.compactMap { $0["root"] as? String }, answer: answer.text, shown: file.text)
        }

        private static func changed(_ parcel: [String: Any]) -> [String: Any] {
            var parcel = parcel
            var properties = parcel["properties"] as? [String: Any] ?? [:]
            properties["deedArea"] = 111.5
            parcel["properties"] = properties
            return parcel
        }

        private static func must(_ words: [String], _ city: URL) throws {
            let ended = try Program.run(words, city: city)
            guard ended.code == 0 else { throw Standing.Unsound(city: city.path, why: "\(words): \(ended.text)\(ended.err)") }
        }

        /// Starts the program and kills it. Whether it still ran, and how long it had.
        private static func start(_ words: [String], _ city: URL, killedAfter delay: TimeInterval) throws -> (Bool, TimeInterval) {
            let process = Process()
            process.executableURL = Program.folder.appending(path: "shahrsaz")
            process.arguments = ["--city", city.path] + words
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            process.standardInput = FileHandle.nullDevice
            let start = Date()
            try process.run()
            usleep(UInt32(delay * 1_000_000))
            // The importer has a group of its own, and dies with its parent.
            Glibc.kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            return (process.terminationReason == .uncaughtSignal, Date().timeIntervalSince(start))
        }
    }
}
