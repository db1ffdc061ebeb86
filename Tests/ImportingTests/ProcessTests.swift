import Foundation
import Importing
import Testing

@Suite("The importing process")
struct ProcessTests {
    private func outcome(
        _ script: String, limits: ImporterProcess.Limits = .init(), stopAtHead: Bool = false
    ) throws -> ImporterProcessError? {
        try Workshop.folder { folder in
            let program = folder.appending(path: "importer")
            try program.write("#!/bin/sh\n" + script + "\n")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
            let request = ImportRequest(file: "x", role: .parcels, city: Town.city)
            do {
                _ = try ImporterProcess.run(executable: program.path, request: request, limits: limits) { _ in
                    !stopAtHead
                } onRow: { _ in
                    true
                }
                return nil
            } catch let error as ImporterProcessError { return error }
        }
    }

    private static let head =
        #"{"columns":[],"count":0,"crs":null,"driver":"CSV","encoding":"UTF-8","faults":[],"layer":"","#
        + #""layers":[],"map":{},"operation":null,"origin":null}"#

    @Test("A crash, a hang, a flood, an early end and rubbish come out as errors of their own")
    func endings() throws {
        #expect(try outcome("kill -SEGV $$") == .crashed(signal: 11))
        #expect(try outcome("kill -XCPU $$") == .timedOut(seconds: 600, ofProcessor: true))
        #expect(try outcome("sleep 60", limits: .init(wall: 1)) == .timedOut(seconds: 1, ofProcessor: false))
        #expect(try outcome("exec >&-; exec 2>&-; sleep 60", limits: .init(wall: 1)) == .timedOut(seconds: 1, ofProcessor: false))
        #expect(try outcome("echo noise >&2; echo 'a.shp: broken' >&2; exit 2") == .refused("a.shp: broken"))
        #expect(try outcome("echo no room >&2; exit 3") == .failed("no room"))
        #expect(try outcome("echo 'terminate called: std::bad_alloc' >&2; kill -ABRT $$") == .outOfMemory(limit: 4 << 30))
        #expect(try outcome("exit 0") == .endedEarly(rows: 0))
        #expect(try outcome("echo '\(Self.head)'") == .endedEarly(rows: 0))
        #expect(try outcome("echo '\(Self.head)'; echo '{\"end\":true,\"rows\":0}'") == nil)
        #expect(try outcome("echo '\(Self.head)'; sleep 60", stopAtHead: true) == .stopped)
        if case .garbled = try outcome("echo hello; sleep 60") {} else { Issue.record("rubbish was not noticed") }
        #expect(try outcome("yes x 2>/dev/null | head -c 1000000 >&2; exit 2") == .refused("x"))
    }

    @Test("A program that is not there is said to be missing")
    func missing() {
        let request = ImportRequest(file: "x", role: .parcels, city: Town.city)
        #expect(throws: ImporterProcessError.notStarted(executable: "/nowhere/x", reason: "No such file or directory")) {
            _ = try ImporterProcess.run(executable: "/nowhere/x", request: request) { _ in
                true
            } onRow: { _ in
                true
            }
        }
    }

    @Test("Too little memory and a GeoJSON of a million nested arrays end in a sentence")
    func hostile() throws {
        try Workshop.folder { folder in
            let nested = folder.appending(path: "nested.geojson")
            try nested.write(#"{"type":"Polygon","coordinates":"# + String(repeating: "[", count: 1_000_000))
            #expect(Staged.refusal(nested, .parcels).hasPrefix("nested.geojson: cannot be read as GeoJSON"))
            let large = folder.appending(path: "large.geojson")
            try large.write(#"{"type":"FeatureCollection","features":["# + String(repeating: "[0],", count: 20_000_000))
            #expect(throws: ImporterProcessError.self) {
                _ = try Staged.run(large, .parcels, limits: .init(memory: 600 << 20, processor: 20, wall: 30))
            }
        }
    }
}
