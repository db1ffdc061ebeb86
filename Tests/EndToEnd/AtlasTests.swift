import Atlas
import Foundation
import Service
import Store
import Testing

@Suite("Atlases") struct AtlasTests {
    /// A city of its own with its atlas made, and the answer for a parcel.
    private struct Town {
        let city: URL
        let code: String
        let answer: Data

        var folder: URL { city.appendingPathExtension("atlas") }

        init() async throws {
            city = try await SampleTown.copy()
            code = try #require((SampleTown.parcels().first?["properties"] as? [String: Any])?["code"] as? String)
            answer = try Self.ask(city, code)
        }

        static func ask(_ city: URL, _ code: String) throws -> Data {
            let ended = try Program.run(["parcel", code, "--json", "--on", SampleTown.day], city: city)
            try #require(ended.code == 0, "\(ended.err)")
            return ended.out
        }

        func ask() throws -> Data { try Self.ask(city, code) }

        var atlas: URL {
            get throws {
                let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".atlas") }
                return folder.appending(path: try #require(names.first))
            }
        }
    }

    @Test("Answers through the atlas have the bytes of answers from the rows, on every parcel, within, on corners and a millimetre off")
    func equality() async throws {
        let city = try await SampleTown.city()
        let parcels = try SampleTown.parcels()
        let codes = parcels.compactMap { ($0["properties"] as? [String: Any])?["code"] as? String }
        let corners = parcels.flatMap { SampleTown.corners($0).flatMap(\.self) }
        let chosen = stride(from: 0, to: corners.count, by: max(1, corners.count / 700)).map { corners[$0] }
        let near = chosen.map { (x: $0.x + 0.001, y: $0.y) }
        let middles = zip(chosen, chosen.dropFirst()).map { (x: ($0.x + $1.x) / 2, y: ($0.y + $1.y) / 2) }
        let points = (chosen + near + middles).enumerated().map { "\($0),\($1.x),\($1.y)" }
        try RealData.sameFromRows("--parcels", "id,parcel\n" + codes.enumerated().map { "\($0),\($1)" }.joined(separator: "\n"), city: city)
        try RealData.sameFromRows("--points", "id,x,y\n" + points.joined(separator: "\n"), city: city)
    }

    @Test("The same revision gives the same atlas to the byte, on any number of threads and in any process") func sameness() async throws {
        let town = try await Town()
        let made = try Data(contentsOf: town.atlas)
        let scratch = try Scratch()
        let file = try CityFile.open(town.city.path, for: .reading)
        let revision = try file.currentRevision()
        for threads in [1, 2, 3, 8] {
            let again = scratch.url.appending(path: "\(threads).atlas")
            try file.compile(revision, threads: threads, to: again.path)
            #expect(try Data(contentsOf: again) == made, "\(threads) threads")
        }
    }

    @Test("A bit flipped anywhere in the atlas never changes an answer") func flips() async throws {
        let town = try await Town()
        let sound = try Data(contentsOf: town.atlas)
        let flips = ProcessInfo.processInfo.environment["SHAHRSAZ_FLIPS"].flatMap { Int($0) } ?? 60
        for _ in 0..<flips {
            let bit = Int.random(in: 0..<8 * sound.count)
            var damaged = sound
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            try damaged.write(to: town.atlas)
            #expect(try town.ask() == town.answer, "bit \(bit)")
            #expect(FileManager.default.fileExists(atPath: try town.atlas.path), "bit \(bit)")
        }
    }

    @Test("Damage in what the second opinions left, or what a process that died left half written, never changes an answer")
    func besides() async throws {
        let town = try await Town()
        let plans = SampleTown.folder.appending(path: "plans.csv").path
        let ended = try Program.run(["import", plans, "--as", "plans", "--accept", "--by", "test"], city: town.city)
        try #require(ended.code <= 1, "\(ended.err)")
        let answer = try town.ask()
        let names = try FileManager.default.contentsOfDirectory(atPath: town.folder.path)
        let opinions = town.folder.appending(path: try #require(names.first { $0.hasSuffix(".borne") }))
        let sound = try Data(contentsOf: opinions)
        for bit in stride(from: 5, to: 8 * sound.count, by: 8 * sound.count / 40) {
            var damaged = sound
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            try damaged.write(to: opinions)
            #expect(try town.ask() == answer, "bit \(bit)")
        }
        let left = town.folder.appending(path: "1-00.atlas.999999999.new")
        try Data("half".utf8).write(to: left)
        for name in names where name.hasSuffix(".atlas") { try FileManager.default.removeItem(at: town.folder.appending(path: name)) }
        #expect(try town.ask() == answer)
        #expect(!FileManager.default.fileExists(atPath: left.path))
    }

    @Test("An atlas cut short, of another city or of another version is made anew from the store") func foreign() async throws {
        let town = try await Town()
        let sound = try Data(contentsOf: town.atlas)
        let other = try await Cities.shared.copy(
            of: try await Cities.shared.city(manifest: Program.root.appending(path: "GeoData/cases/towns/slivers/manifest.json")))
        _ = try Program.run(["at", "1", "1"], city: other)
        let names = try FileManager.default.contentsOfDirectory(atPath: other.appendingPathExtension("atlas").path)
        let foreign = try Data(
            contentsOf: other.appendingPathExtension("atlas").appending(path: try #require(names.first { $0.hasSuffix(".atlas") })))
        var newer = sound
        newer[8] += 1
        for wrong in [sound.prefix(sound.count / 2), Data(), foreign, newer] {
            try wrong.write(to: town.atlas)
            #expect(try town.ask() == town.answer)
            #expect(try Data(contentsOf: town.atlas) == sound, "it was made anew, the same to the byte")
        }
    }

    @Test("Without a place to put an atlas the answer is the same") func readOnly() async throws {
        let town = try await Town()
        try FileManager.default.removeItem(at: town.folder)
        try Data("in the way".utf8).write(to: town.folder)
        #expect(try town.ask() == town.answer)
    }

    @Test("What is accepted is answered at once, and an older revision can still be had") func revisions() async throws {
        let town = try await Town()
        let log = try JSONSerialization.jsonObject(with: Program.run(["revisions", "--json"], city: town.city).out) as? [[String: Any]]
        let before = try #require(log?.count)
        let scratch = try Scratch()
        let table = scratch.url.appending(path: "plans.csv")
        let header = "id,title,kind,authority,number,approved,published,from,until,replaces,amends,rank,policy\n"
        try (header + "NEW,تازه,circular,شهرداری,1,2020-01-01,2020-01-01,2020-01-01,,,,,\n").write(
            to: table, atomically: true, encoding: .utf8)
        let ended = try Program.run(["import", table.path, "--as", "plans", "--accept", "--by", "test"], city: town.city)
        try #require(ended.code == 0, "\(ended.err)")
        let now = try JSONSerialization.jsonObject(with: town.ask()) as? [String: Any]
        #expect((now?["question"] as? [String: Any])?["known"] as? Int == before + 1)
        let then = try Program.run(["parcel", town.code, "--json", "--on", SampleTown.day, "--known", "\(before)"], city: town.city)
        #expect(then.out == town.answer)
    }
}
