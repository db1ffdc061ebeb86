import Foundation
import Glibc
import Spatial
import Testing

@testable import Store

/// What happens to a whole process: it is killed, limited, or may not write. Each test starts this test program again, for
/// the one test named `child`, which does what the environment says.
@Suite struct CrashTests {
    @Test("A writer that is killed at any moment leaves a city with an old or a new revision, whole")
    func killed() throws {
        let folder = Folder()
        let path = folder.file("city.gpkg")
        try CityFile.create(at: path, city: Sample.facts, made: Sample.time)
        let rounds = ProcessInfo.processInfo.environment["SHAHRSAZ_KILLS"].flatMap { Int($0) } ?? 6
        var last = 0
        for round in 0..<rounds {
            let child = try Child(work: "deliver", path: path)
            // The child says when it has the city; after that any moment will do.
            child.waitUntilReady()
            usleep(UInt32.random(in: 0..<60_000))
            child.kill()
            let city = try CityFile.open(path, for: round.isMultiple(of: 2) ? .writing : .reading)
            let revisions = try city.revisions()
            #expect(revisions.count >= last)
            last = revisions.count
            for revision in revisions.suffix(2) { #expect(try city.root(at: revision.number) == revision.root) }
            #expect(try city.database.rows("PRAGMA quick_check", read: { $0.text(0) }) == ["ok"])
            let standing = try city.stored(.parcels, at: last).map(\.id)
            #expect(try city.database.rows("SELECT id FROM parcel ORDER BY id") { $0.integer(0) } == standing)
            for delivery in try city.deliveries() { #expect(try city.stored(of: delivery.number).count == delivery.features) }
        }
        let rules = try GeoPackageRules(try Database(path, .reading)).broken()
        #expect(rules.isEmpty)
    }

    @Test("A limit on the size of files is an error, not the end of the process, and the city stays as it was")
    func fileSizeLimit() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        let revision = try city.take(Sample.head(.parcels), [Sample.parcel(1)])
        try city.close()
        let path = city.path
        _ = consume city
        let child = try Child(work: "fill", path: path, shell: "ulimit -f 1024;")
        #expect(child.wait().contains("full"))
        let after = try CityFile.open(path, for: .writing)
        #expect(try after.currentRevision() == 1 && after.deliveries().count == 1)
        #expect(try after.root(at: 1) == revision.root)
        try after.take(Sample.head(.parcels), [Sample.parcel(2)])
    }

    @Test("A city in a folder that cannot be written to is read")
    func readOnlyFolder() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        try city.take(Sample.head(.parcels), [Sample.parcel(1)])
        try city.close()
        let path = city.path
        _ = consume city
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path) }
        // The superuser writes everywhere, so that it becomes somebody else.
        let shell = getuid() == 0 ? "exec setpriv --reuid 65534 --regid 65534 --clear-groups" : ""
        let text = try Child(work: "read", path: path, shell: shell).wait()
        #expect(text.contains("read 1 of revision 1"), "\(text)")
        #expect(text.contains("not written"), "\(text)")
        #expect(!folder.names.contains("city.gpkg-shm"))
    }

    @Test func child() throws {
        let environment = ProcessInfo.processInfo.environment
        guard let work = environment["SHAHRSAZ_STORE_CHILD"], let path = environment["SHAHRSAZ_STORE_PATH"] else { return }
        switch work {
        case "deliver":
            let city = try CityFile.open(path, for: .writing)
            say("ready")
            for number in Int32(0)... {
                let parcels = (number % 7..<number % 7 + 300).map { Sample.parcel($0, deed: Double(number / 3)) }
                try city.take(Sample.head(.parcels), parcels)
            }
        case "fill":
            let city = try CityFile.open(path, for: .writing)
            let failure = failure { _ = try city.stage(Sample.head(.parcels), records: (0..<20_000).map { Sample.parcel($0) }) }
            guard case .full = failure else { return say("\(String(describing: failure))") }
            say("full; \(try city.stored(.parcels, at: 1).count) is still read")
        default:
            let city = try CityFile.open(path, for: .reading)
            say("read \(try city.stored(.parcels, at: 1).count) of revision \(try city.currentRevision())")
            if case .io = failure({ _ = try CityFile.open(path, for: .writing) }) { say("not written") }
        }
    }

    private func say(_ text: String) {
        FileHandle.standardOutput.write(Data("child: \(text)\n".utf8))
    }
}

/// This test program once more, as a process of its own.
private final class Child {
    private let process = Process()
    private let pipe = Pipe()

    init(work: String, path: String, shell: String = "") throws {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        let command = (shell.hasPrefix("exec") ? shell : "\(shell) exec") + " \"$0\" \"$@\""
        process.arguments = ["-c", command, program, "--testing-library", "swift-testing", "--filter", "StoreTests.CrashTests/child"]
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["SHAHRSAZ_STORE_CHILD": work, "SHAHRSAZ_STORE_PATH": path, "SWIFT_BACKTRACE": "enable=no"]) { $1 }
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
    }

    func waitUntilReady() {
        var heard = ""
        while !heard.contains("child: ready") {
            let data = pipe.fileHandleForReading.availableData
            guard !data.isEmpty else { return }
            heard += String(decoding: data, as: UTF8.self)
        }
    }

    func kill() {
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    func wait() -> String {
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text
    }
}
