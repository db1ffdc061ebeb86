import Foundation
import Testing

@Suite("Killed in mid-write", .serialized) struct KillTests {
    @Test("Killed at 200 random moments of an import and its acceptance, the city holds the old or the new revision, its root right")
    func kills() async throws {
        let town = Program.root.appending(path: "GeoData/sample-town")
        let made = try await Cities.shared.city(manifest: town.appending(path: "manifest.json"))
        let scratch = try Scratch()
        // The amendment's zones, redrawn: a small delivery, so that the kills fall on every step of it.
        let delivery = [
            "import", town.appending(path: "height.geojson").path, "--as", "zones", "--layer", "landUse", "--plan", "A1", "--accept",
            "--by", "t",
        ]
        let before = try revisions(made)
        let city = scratch.url.appending(path: "city.gpkg")
        try FileManager.default.copyItem(at: made, to: city)
        let start = ContinuousClock.now
        #expect(try Program.run(delivery, city: city).code <= 1)
        let whole = (ContinuousClock.now - start) / .milliseconds(1)
        let after = try revisions(city)
        #expect(after == before + 1)

        var (old, new) = (0, 0)
        var state: UInt64 = 9
        for round in 0..<200 {
            for file in ["city.gpkg", "city.gpkg-wal", "city.gpkg-shm", "city.gpkg.lock"] {
                try? FileManager.default.removeItem(at: scratch.url.appending(path: file))
            }
            try FileManager.default.copyItem(at: made, to: city)
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            try killed(delivery, city, after: whole * 1.15 * Double(state >> 33) / Double(1 << 31))
            let check = try Program.run(["revisions", "--check", "--json"], city: city)
            #expect(check.code == 0, "round \(round): \(check.err)")
            let found = try revisions(city)
            #expect(found == before || found == after, "round \(round): \(found) revisions")
            if found == before { old += 1 } else { new += 1 }
        }
        #expect(try Program.run(delivery, city: city).code <= 1, "the city goes on")
        #expect(old > 0 && new > 0, "the kills fell on both sides of the commit: \(old) old, \(new) new")
        print("kill -9: 200 rounds, \(old) at the old revision, \(new) at the new one")
    }

    /// Starts the program and kills it; the importing process, its pipes gone, ends with it.
    private func killed(_ arguments: [String], _ city: URL, after milliseconds: Double) throws {
        let process = Process()
        process.executableURL = Program.folder.appending(path: "shahrsaz")
        process.arguments = ["--city", city.path] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        usleep(UInt32(milliseconds * 1000))
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    private func revisions(_ city: URL) throws -> Int {
        let ended = try Program.run(["revisions", "--json"], city: city)
        return try #require(try JSONSerialization.jsonObject(with: ended.out) as? [Any]).count
    }
}
