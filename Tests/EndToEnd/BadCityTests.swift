import Foundation
import Glibc
import Testing

@Suite("Bad city files") struct BadCityTests {
    @Test(
        "A file that is no city is refused by name and left as it was",
        arguments: [
            ("empty.gpkg", "", "the file is empty"), ("text.gpkg", "{}", "not a SQLite file"),
            ("short.gpkg", "SQLite format 3\0", "not a SQLite file"),
        ])
    func notACity(_ name: String, _ content: String, _ says: String) throws {
        let scratch = try Scratch()
        let city = scratch.url.appending(path: name)
        try Data(content.utf8).write(to: city)
        for words in [["at", "1", "2"], ["revisions"], ["accept", "1", "--by", "t"]] {
            let ended = try Program.run(words, city: city)
            #expect(ended.code == 2)
            #expect(ended.err.contains(name) && ended.err.contains(says), "\(ended.err)")
        }
        #expect(try Data(contentsOf: city) == Data(content.utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path) == [name])
    }

    @Test("Somebody else's GeoPackage is no city, and a city that is not there is not made by a question")
    func foreign() throws {
        let foreign = SampleTown.folder.appending(path: "heritage.gpkg")
        let ended = try Program.run(["revisions"], city: foreign)
        #expect(ended.code == 2)
        #expect(ended.err.contains("heritage.gpkg is not a city file: a GeoPackage, but not of this program"), "\(ended.err)")
        let scratch = try Scratch()
        for words in [["revisions"], ["import", foreign.path, "--as", "overlay"]] {
            let missing = try Program.run(words, city: scratch.url.appending(path: "none.gpkg"))
            #expect(missing.code == 2)
            #expect(missing.err.contains("none.gpkg"), "\(missing.err)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).isEmpty)
    }

    @Test("A city of a later schema is refused with both versions, and left as it was")
    func newer() async throws {
        let city = try await SampleTown.copy()
        try Shell.run("sqlite3 \"$1\" \"UPDATE meta SET value = '99' WHERE key = 'schema'; PRAGMA wal_checkpoint(TRUNCATE)\"", [city.path])
        let before = try Data(contentsOf: city)
        for words in [["at", "1", "2"], ["import", "x.geojson", "--as", "parcels"]] {
            let ended = try Program.run(words, city: city)
            #expect(ended.code == 2)
            #expect(ended.err.contains("\(city.path) is of schema 99; this program knows schemas up to"), "\(ended.err)")
        }
        #expect(try Data(contentsOf: city) == before)
    }

    @Test("A city cut short is damaged: the machine failed, not the one who asked")
    func truncated() async throws {
        let city = try await SampleTown.copy()
        let whole = try Data(contentsOf: city)
        try whole.prefix(whole.count / 2).write(to: city)
        for words in [["parcel", "1-1-1-1-0-0-0"], ["import", "x.geojson", "--as", "parcels"]] {
            let ended = try Program.run(words, city: city)
            #expect(ended.code == 3)
            #expect(ended.err.contains("the city file is damaged"), "\(ended.err)")
        }
    }

    @Test("A city that another process writes is locked for writers, named with that process, and read meanwhile")
    func locked() async throws {
        let city = try await SampleTown.copy()
        let before = try Standing(city)
        let holder = Process()
        holder.executableURL = URL(filePath: "/usr/bin/flock")
        // Without a fork, so that the one who is ended is the one who holds it.
        holder.arguments = ["--no-fork", city.path + ".lock", "sleep", "60"]
        try holder.run()
        defer {
            holder.terminate()
            holder.waitUntilExit()
        }
        for _ in 0..<200 {
            let taken = try Shell.run("flock -n \"$1\" true", [city.path + ".lock"])
            if taken.code != 0 { break }
            usleep(10_000)
        }
        let file = SampleTown.folder.appending(path: "river.geojson").path
        for words in [["import", file, "--as", "overlay"], ["accept", "1", "--by", "t"], ["reject", "1", "--by", "t", "--reason", "r"]] {
            let ended = try Program.run(words, city: city)
            #expect(ended.code == 3)
            #expect(ended.err.contains("\(city.lastPathComponent) is being written by"), "\(ended.err)")
        }
        #expect(try Program.run(["at", "713000", "4021500", "--json"], city: city).code == 0)
        #expect(try Standing(city) == before)
    }

    /// Whether a small disk may be mounted here. Where it may not, the limit on the size of files is what is left to meet.
    private static let mountsDisks: Bool = {
        guard getuid() == 0, let scratch = try? Scratch() else { return false }
        let trial = try? Shell.run("mount -t tmpfs -o size=1m none \"$1\" && umount \"$1\"", [scratch.url.path])
        return trial?.code == 0
    }()

    @Test("A disk that is full fails the machine, says so, and leaves the city as it was", .enabled(if: mountsDisks))
    func full() async throws {
        let scratch = try Scratch()
        let disk = scratch.url.appending(path: "disk")
        try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: true)
        try #require(try Shell.run("mount -t tmpfs -o size=12m none \"$1\"", [disk.path]).code == 0)
        defer { _ = try? Shell.run("umount -l \"$1\"", [disk.path]) }
        let city = disk.appending(path: "city.gpkg")
        try FileManager.default.copyItem(at: try await SampleTown.city(), to: city)
        let before = try Standing(city)
        try Shell.run("head -c 20000000 /dev/zero > \"$1/filler\" 2>/dev/null; truncate -s -300K \"$1/filler\"", [disk.path])
        try expectFull(try Program.run(Self.big(in: scratch), city: city), city, before)
        try FileManager.default.removeItem(at: disk.appending(path: "filler"))
        let later = try Program.run(["import", SampleTown.folder.appending(path: "river.geojson").path, "--as", "overlay"], city: city)
        #expect(later.code == 0, "\(later.err)")
    }

    @Test("A limit on the size of files is met as a full disk is")
    func limited() async throws {
        let city = try await SampleTown.copy()
        let before = try Standing(city)
        let scratch = try Scratch()
        let size = try FileManager.default.attributesOfItem(atPath: city.path)[.size] as? Int ?? 0
        let words = ["--city", city.path] + (try Self.big(in: scratch))
        let ended = try Shell.run(
            "ulimit -f \(size / 1024 / 8); exec \"$@\"",
            [Program.folder.appending(path: "shahrsaz").path] + words)
        try expectFull(ended, city, before)
    }

    /// An import that needs some megabytes: every parcel, each with another registered area.
    private static func big(in scratch: Scratch) throws -> [String] {
        let parcels = try SampleTown.parcels().map { parcel -> [String: Any] in
            var parcel = parcel
            var properties = parcel["properties"] as? [String: Any] ?? [:]
            properties["deedArea"] = 1
            parcel["properties"] = properties
            return parcel
        }
        let file = scratch.url.appending(path: "parcels.geojson")
        try SampleTown.write(parcels, to: file)
        return ["import", file.path, "--as", "parcels", "--layer", "parcels", "--accept", "--by", "t"]
    }

    private func expectFull(_ ended: Program.Ended, _ city: URL, _ before: Standing) throws {
        #expect(ended.code == 3, "\(ended.text)\(ended.err)")
        #expect(ended.err.contains("no room to write"), "\(ended.err)")
        let after = try Standing(city)
        #expect(after.revisions == before.revisions)
        #expect(try Program.run(["at", "713000", "4021500", "--json"], city: city).code == 0)
    }
}

@Suite("The importing process") struct ImporterEndTests {
    /// A folder with the program, and in the importer's place one that ends in its own way.
    private func folder(_ importer: String) throws -> Scratch {
        let scratch = try Scratch()
        let program = scratch.url.appending(path: "shahrsaz")
        try FileManager.default.copyItem(at: Program.folder.appending(path: "shahrsaz"), to: program)
        let other = scratch.url.appending(path: "shahrsaz-import")
        try Data("#!/bin/bash\n\(importer)\n".utf8).write(to: other)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: other.path)
        return scratch
    }

    @Test(
        "An importer that crashes, runs out or babbles is an error of a sentence, and the city stays as it was",
        arguments: [
            ("kill -9 $$", 2, "its reader crashed (signal 9)"), ("kill -SEGV $$", 2, "its reader crashed (signal 11)"),
            ("kill -XCPU $$", 2, "s of processor time"), ("echo 'std::bad_alloc' >&2; kill -ABRT $$", 2, "MiB of memory"),
            ("exit 0", 2, "ended after 0 rows"), ("echo '{}'", 2, "wrote what it should not"),
            ("head -c 70000000 /dev/zero", 2, "what it should not"),
            ("echo 'no room' >&2; exit 3", 3, "no room"),
        ] as [(String, Int32, String)])
    func ends(_ importer: String, _ code: Int32, _ says: String) async throws {
        let city = try await SampleTown.copy()
        let before = try Standing(city)
        let scratch = try folder(importer)
        let file = SampleTown.folder.appending(path: "river.geojson").path
        let ended = try Program.run(scratch.url.appending(path: "shahrsaz"), ["--city", city.path, "import", file, "--as", "overlay"])
        #expect(ended.code == code, "\(ended.err)")
        #expect(ended.err.contains(says), "\(ended.err)")
        #expect(try Standing(city) == before)
    }

    @Test("An importer that is not there is named")
    func missing() async throws {
        let scratch = try folder("")
        try FileManager.default.removeItem(at: scratch.url.appending(path: "shahrsaz-import"))
        let file = SampleTown.folder.appending(path: "river.geojson").path
        let ended = try Program.run(
            scratch.url.appending(path: "shahrsaz"), ["--city", try await SampleTown.copy().path, "import", file, "--as", "overlay"])
        #expect(ended.code == 3)
        #expect(ended.err.contains("shahrsaz-import could not be started"), "\(ended.err)")
    }

    @Test("An importer that hangs ends with the one who waits for it, and holds no lock")
    func hangs() async throws {
        let city = try await SampleTown.copy()
        let before = try Standing(city)
        let file = SampleTown.folder.appending(path: "river.geojson").path
        let scratch = try folder("echo $$ > \"$(dirname \"$0\")/pid\"; exec sleep 1000")
        let process = Process()
        process.executableURL = scratch.url.appending(path: "shahrsaz")
        process.arguments = ["--city", city.path, "import", file, "--as", "overlay"]
        process.standardError = FileHandle.nullDevice
        try Program.start(process)
        let note = scratch.url.appending(path: "pid")
        var sleeper: pid_t?
        for _ in 0..<500 where sleeper == nil {
            usleep(10_000)
            sleeper = (try? String(contentsOf: note, encoding: .utf8)).flatMap { pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        }
        let meanwhile = try Program.run(["import", file, "--as", "overlay"], city: city)
        #expect(meanwhile.code == 3)
        #expect(meanwhile.err.contains("is being written by process \(process.processIdentifier)"), "\(meanwhile.err)")
        #expect(process.isRunning)
        kill(process.processIdentifier, SIGKILL)
        // The false importer does not know that it should die with its parent, as the true one does.
        if let sleeper { kill(sleeper, SIGKILL) }
        process.waitUntilExit()
        let later = try Program.run(["import", file, "--as", "overlay"], city: city)
        #expect(later.code == 0, "\(later.err)")
        #expect(try Standing(city).revisions == before.revisions)
    }
}
