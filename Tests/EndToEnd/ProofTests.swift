import Foundation
import Glibc
import Service
import Store
import Testing

/// A city of its own with a key, and answers that it signed.
struct SigningTown {
    let city: URL
    let scratch: Scratch

    init() async throws {
        scratch = try Scratch()
        city = scratch.url.appending(path: "city.gpkg")
        // Without its head, as a copy comes: the first who writes makes one.
        try FileManager.default.copyItem(at: try await SampleTown.city(), to: city)
        try must(["key", "--by", "test"])
    }

    @discardableResult
    func must(_ words: [String], code: Int32 = 0, input: Data? = nil) throws -> Program.Ended {
        let ended = try Program.run(words, city: city, input: input)
        guard ended.code == code else { throw Standing.Unsound(city: city.path, why: "\(words): \(ended.code) \(ended.text)\(ended.err)") }
        return ended
    }

    func file(_ name: String, _ bytes: Data) throws -> String {
        let url = scratch.url.appending(path: name)
        try bytes.write(to: url)
        return url.path
    }

    /// The answer to a question as JSON, in a file.
    func answer(_ words: [String], _ name: String = "answer.json") throws -> String {
        try file(name, try must(words + ["--json", "--on", SampleTown.day]).out)
    }

    static let parcel = ["parcel", "1-1-1-1-0-0-0"]
}

@Suite("Certificates") struct CertificateTests {
    @Test("A signed answer verifies by the city and, without any city, by the public keys; a plain one keeps its bytes")
    func signed() async throws {
        let town = try await SigningTown()
        let plain = try town.answer(SigningTown.parcel, "plain.json")
        let signed = try town.answer(SigningTown.parcel + ["--sign"], "signed.json")
        let keys = town.scratch.url.appending(path: "keys.json").path
        try town.must(["key", "--public", keys])
        try town.must(["verify", signed])
        #expect(try Program.run(["verify", signed, "--key", keys], city: town.scratch.url.appending(path: "none.gpkg")).code == 0)
        #expect(try Program.run(["verify", plain], city: town.city).err.contains("not signed"))
        let elsewhere = try Program.run(SigningTown.parcel + ["--json", "--on", SampleTown.day], city: try await SampleTown.city())
        #expect(try Data(contentsOf: URL(filePath: plain)) == elsewhere.out)
        // Signing adds to the certificate, and changes nothing else.
        var content: [[String: Any]] = []
        for path in [plain, signed] {
            var json = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path))) as? [String: Any])
            let certificate = try #require(json.removeValue(forKey: "certificate") as? [String: Any])
            #expect(certificate["revision"] as? Int == 16)
            #expect((certificate["signature"] as? String)?.count == (path == signed ? 128 : nil))
            content.append(json)
        }
        #expect(NSDictionary(dictionary: content[0]) == NSDictionary(dictionary: content[1]))
    }

    @Test("The same question gives the same bytes after a restart, signed or not")
    func again() async throws {
        let town = try await SigningTown()
        for words in [SigningTown.parcel, SigningTown.parcel + ["--sign"]] {
            let first = try town.must(words + ["--json", "--on", SampleTown.day]).out
            for _ in 0..<3 { #expect(try town.must(words + ["--json", "--on", SampleTown.day]).out == first) }
            try FileManager.default.removeItem(at: URL(filePath: town.city.path + ".atlas"))
            #expect(try town.must(words + ["--json", "--on", SampleTown.day]).out == first)
        }
    }

    @Test("10,000 changes of one byte of a certificate are all refused")
    func mutated() async throws {
        let town = try await SigningTown()
        let path = try town.answer(SigningTown.parcel + ["--sign", "--issue", "--by", "clerk"])
        let keys = KeyRing(try CityFile.open(town.city.path, for: .reading).keys())
        let sound = [UInt8](try Data(contentsOf: URL(filePath: path)))
        #expect(try StoredAnswer(sound).fault(by: keys) == nil)
        var missed: [String] = []
        func isRefused(_ bytes: [UInt8]) -> Bool {
            do { return try StoredAnswer(bytes).fault(by: keys) != nil } catch { return true }
        }
        for _ in 0..<10_000 {
            var bytes = sound
            let place = Int.random(in: 0..<bytes.count)
            let value = UInt8.random(in: 0...255)
            guard bytes[place] != value else { continue }
            bytes[place] = value
            if !isRefused(bytes) { missed.append("byte \(place): \(value)") }
        }
        // The other case of a letter is the nearest to the same.
        for place in sound.indices where sound[place] & 0x40 != 0 {
            var bytes = sound
            bytes[place] ^= 0x20
            if !isRefused(bytes) { missed.append("byte \(place): other case") }
        }
        for bytes in [sound + [10], Array(sound.dropLast()), [32] + sound, Array(sound.dropLast()) + [13, 10]] where !isRefused(bytes) {
            missed.append("white space")
        }
        #expect(missed.isEmpty, "\(missed.prefix(10))")
    }

    @Test("The program says in which way a certificate does not hold")
    func words() async throws {
        let town = try await SigningTown()
        let path = try town.answer(SigningTown.parcel + ["--sign"])
        let text = try String(contentsOfFile: path, encoding: .utf8)
        func said(_ changed: String, _ options: [String] = []) throws -> (Int32, String) {
            let ended = try Program.run(["verify", try town.file("changed.json", Data(changed.utf8))] + options, city: town.city)
            return (ended.code, ended.err)
        }
        func expect(_ changed: String, _ words: String, code: Int32 = 1) throws {
            let (found, err) = try said(changed)
            #expect(found == code && err.contains(words), "\(found) \(err)")
        }
        try expect(text.replacing(#""known":16"#, with: #""known":15"#), "its content was changed")
        try expect(text + "\n", "not the bytes that were printed")
        try expect(text.replacing(#""revision":16"#, with: #""revision":15"#), "wrong signature")
        let id = try #require(text.firstMatch(of: /"keyId":"([0-9a-f]{16})"/)).output.1
        try expect(text.replacing("\"keyId\":\"\(id)\"", with: "\"keyId\":\"0123456789abcdef\""), "not among these: \(id)")
        try expect("{", "expected", code: 2)
        try expect("[]", "no answer", code: 2)
        #expect(try Program.run(["verify", town.scratch.url.path + "/none"], city: town.city).code == 2)
        #expect(try said(text, ["--key", path]).0 == 2)
    }

    @Test("After a rotation an old certificate verifies by the old keys, and is refused by the new one alone, in words")
    func rotated() async throws {
        let town = try await SigningTown()
        let signed = try town.answer(SigningTown.parcel + ["--sign"])
        let (old, new) = (town.scratch.url.appending(path: "old.json").path, town.scratch.url.appending(path: "new.json").path)
        try town.must(["key", "--public", old])
        #expect(try Program.run(["key", "--rotate"], city: town.city).code == 2)
        let rotated = try town.must(["key", "--rotate", "--by", "مدیر", "--reason", "yearly", "--json"])
        var keys = try #require(try JSONSerialization.jsonObject(with: rotated.out) as? [String: Any])
        let list = try #require(keys["keys"] as? [[String: Any]])
        #expect(list.count == 2 && list[0]["until"] as? String == list[1]["since"] as? String && list[1]["until"] is NSNull)
        keys["keys"] = [list[1]]
        try JSONSerialization.data(withJSONObject: keys).write(to: URL(filePath: new))
        try town.must(["verify", signed])
        try town.must(["verify", signed, "--key", old])
        let refused = try Program.run(["verify", signed, "--key", new], city: town.city)
        let ids = list.compactMap { $0["id"] as? String }
        #expect(
            refused.code == 1 && refused.err.contains("signed with the key \(ids[0]), which is not among these: \(ids[1])"),
            "\(refused.err)")
        let again = try town.answer(SigningTown.parcel + ["--sign"], "again.json")
        try town.must(["verify", again, "--key", new])
        #expect(try Program.run(["verify", again, "--key", old], city: town.city).code == 1)
        try town.must(["log", "verify"])
    }

    @Test("The secret is kept from others: its mode, its place, and what is printed")
    func secret() async throws {
        let town = try await SigningTown()
        let path = town.city.path + ".key"
        let seed = try Data(contentsOf: URL(filePath: path)).suffix(32)
        #expect(try Data(contentsOf: town.city).range(of: seed) == nil)
        let printed = try town.must(["key", "--json"])
        #expect(printed.out.range(of: seed) == nil && !printed.text.contains(seed.map { String(format: "%02x", $0) }.joined()))
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        let refused = try Program.run(SigningTown.parcel + ["--sign", "--json"], city: town.city)
        #expect(refused.code == 2 && refused.err.contains("chmod 600") && refused.out.isEmpty)
        try FileManager.default.removeItem(atPath: path)
        let missing = try Program.run(SigningTown.parcel + ["--sign", "--json"], city: town.city)
        #expect(missing.code == 2 && missing.err.contains("shahrsaz key"))
        // Another key than the city's does not sign for it.
        let other = try await SigningTown()
        let foreign = try Program.run(SigningTown.parcel + ["--sign", "--json", "--key", other.city.path + ".key"], city: town.city)
        #expect(foreign.code == 2 && foreign.err.contains("not the one that signs"))
        // Without a secret the public keys are still shown; a rotation makes a new one.
        let shown = try town.must(["key", "--json"])
        #expect(shown.out == printed.out && shown.err.contains("not here"))
        let entries = try town.must(["log", "--json"]).out
        _ = try town.must(["key", "--key", other.city.path + ".key"])
        #expect(try town.must(["log", "--json"]).out == entries)
        try town.must(["key", "--rotate", "--by", "t", "--reason", "the secret was lost"])
        try town.must(["verify", try town.answer(SigningTown.parcel + ["--sign"])])
    }

    @Test("Issued certificates are numbered without gaps and stand in the log")
    func issued() async throws {
        let town = try await SigningTown()
        #expect(try Program.run(SigningTown.parcel + ["--issue", "--by", "x"], city: town.city).code == 2)
        #expect(try Program.run(SigningTown.parcel + ["--sign", "--issue"], city: town.city).code == 2)
        #expect(try Program.run(["parcel", "none", "--sign", "--issue", "--by", "x"], city: town.city).code == 1)
        var paths: [String] = []
        for number in 1...3 {
            let path = try town.answer(
                SigningTown.parcel + ["--sign", "--issue", "--by", "clerk", "--fact", "frontage=\(number)"], "\(number).json")
            #expect(try String(contentsOfFile: path, encoding: .utf8).contains("\"number\":\(number),"))
            try town.must(["verify", path])
            try town.must(["replay", path])
            paths.append(path)
        }
        let log = try #require(try JSONSerialization.jsonObject(with: town.must(["log", "--json"]).out) as? [[String: Any]])
        #expect(log.suffix(3).map { $0["subject"] as? Int } == [1, 2, 3])
        #expect(log.suffix(3).allSatisfy { $0["kind"] as? String == "issue" && $0["by"] as? String == "clerk" })
        try town.must(["log", "verify"])
        // A city restored from before it was issued does not have the number.
        let backup = town.scratch.url.appending(path: "backup.gpkg").path
        try town.must(["backup", backup])
        let late = try town.answer(SigningTown.parcel + ["--sign", "--issue", "--by", "clerk"], "late.json")
        try town.must(["restore", backup, "--by", "t", "--reason", "drill"])
        let refused = try Program.run(["verify", late], city: town.city)
        #expect(refused.code == 1 && refused.err.contains("number 4"), "\(refused.err)")
        try town.must(["verify", paths[2]])
    }

    @Test("Every line of a signed batch holds")
    func batch() async throws {
        let town = try await SigningTown()
        let codes = try SampleTown.parcels().prefix(40).compactMap { ($0["properties"] as? [String: Any])?["code"] as? String }
        let input = Data(("id,parcel\n" + codes.map { "\($0),\($0)\n" }.joined()).utf8)
        let lines = try town.must(["batch", "--parcels", "--sign", "--on", SampleTown.day], input: input).text.split(separator: "\n")
        #expect(lines.count == 40)
        let keys = KeyRing(try CityFile.open(town.city.path, for: .reading).keys())
        for (line, code) in zip(lines, codes) {
            let end = try #require(line.range(of: ",\"id\":\"\(code)\"}"))
            let answer = line[..<end.lowerBound].dropFirst("{\"answer\":".count)
            #expect(try StoredAnswer(Array(answer.utf8) + [10]).fault(by: keys) == nil)
        }
    }
}

/// `$SHAHRSAZ_REPLAYS` says how many answers are asked again; 1,000 is what the program must hold, and takes a minute.
@Suite("Replays") struct ReplayTests {
    @Test("TRAP 30: stored answers, of every kind of question, come out the same to the byte after the atlases are made anew")
    func rebuilt() async throws {
        let count = ProcessInfo.processInfo.environment["SHAHRSAZ_REPLAYS"].flatMap { Int($0) } ?? 60
        let town = try await SigningTown()
        let parcels = try SampleTown.parcels()
        var paths: [String] = []
        for number in 0..<count {
            let parcel = parcels[number * 7 % parcels.count]
            let properties = parcel["properties"] as? [String: Any] ?? [:]
            let code = properties["code"] as? String ?? ""
            let corner = try #require(SampleTown.corners(parcel).first?.first)
            let asked: [String] =
                switch number % 5 {
                case 0: ["parcel", code]
                case 1: ["at", "\(corner.x)", "\(corner.y)"]
                case 2: ["at", "\(59.35 + Double(number) * 1e-5)", "36.31", "--crs", "EPSG:4326"]
                case 3: ["parcel", code, "--fact", "frontage=12.5", "--fact", "use=R1", "--fact", "corner=true"]
                default: ["parcel", code, "--known", "\(8 + number % 9)"]
                }
            paths.append(try town.answer(asked + (number % 3 == 0 ? ["--sign"] : []), "\(number).json"))
        }
        paths.append(try town.answer(["address", "خ شهید بهشتی، ک شهید بهشتی ۲۱، پ 3"], "address.json"))
        try FileManager.default.removeItem(at: URL(filePath: town.city.path + ".atlas"))
        var wrong: [String] = []
        for path in paths {
            let replay = try Program.run(["replay", path], city: town.city)
            if replay.code != 0 { wrong.append("\(path): \(replay.text)\(replay.err)") }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(3))")
        print("replays: \(paths.count) stored answers asked again, \(wrong.count) differ")
        try town.must(["replay", paths[0], "--plainly"])
    }

    @Test("What does not hold is said by its place, with the old and the new value and the cause")
    func differs() async throws {
        let town = try await SigningTown()
        let path = try town.answer(SigningTown.parcel)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        func replayed(_ changed: String) throws -> Program.Ended {
            try Program.run(["replay", try town.file("changed.json", Data(changed.utf8))], city: town.city)
        }
        let area = try #require(text.firstMatch(of: /"parcelArea":([0-9.]+)/))
        let changed = try replayed(text.replacing(area.output.0, with: "\"parcelArea\":1"))
        #expect(changed.code == 1 && changed.text.contains("reconciliation[0].parcelArea: 1 → \(area.output.1)"), "\(changed.text)")
        let engine = try replayed(text.replacing("shahrsaz \(Version.text);", with: "shahrsaz 0.0.9;"))
        #expect(engine.code == 1 && engine.text.contains("another engine answered") && engine.text.contains("certificate.engine"))
        let root = try #require(text.firstMatch(of: /"root":"([0-9a-f]{4})/))
        let foreign = try replayed(text.replacing(root.output.0, with: "\"root\":\"0000"))
        #expect(foreign.code == 1 && foreign.text.contains("root of revision 16"))
        let revision = try replayed(text.replacing(#""known":16"#, with: #""known":99"#))
        #expect(revision.code == 1 && revision.text.contains("no revision 99"), "\(revision.text)\(revision.err)")
        let parcel = try replayed(text.replacing(#""parcel":"1-1-1-1-0-0-0""#, with: #""parcel":"9-9""#))
        #expect(parcel.code == 1 && parcel.text.contains("no parcel"))
        #expect(try replayed(" " + text).code == 1)
        #expect(try replayed("{}").code == 2)
        let signed = try town.answer(SigningTown.parcel + ["--sign"], "signed.json")
        let sealed = try String(contentsOfFile: signed, encoding: .utf8)
        let libraries = try replayed(
            sealed.replacing(#""proj":"9"#, with: #""proj":"8"#).replacing(area.output.0, with: "\"parcelArea\":1"))
        #expect(libraries.code == 1 && libraries.text.contains("other libraries"), "\(libraries.text)")
    }
}

@Suite("Drill") struct DrillTests {
    @Test("A city is backed up, damaged, restored, verified and asked; a copy put in its place is noticed")
    func drill() async throws {
        let town = try await SigningTown()
        let asked = SigningTown.parcel + ["--json", "--on", SampleTown.day]
        let before = try town.must(asked).out
        let backup = town.scratch.url.appending(path: "backup.gpkg").path
        let made = try town.must(["backup", backup])
        #expect(made.text.contains("secret key is not in it"))
        #expect(try Program.run(["backup", backup], city: town.city).code == 2)
        #expect(
            try Data(contentsOf: URL(filePath: backup)).range(of: Data(contentsOf: URL(filePath: town.city.path + ".key")).suffix(32))
                == nil)
        // A restored copy by hand, without the program: noticed, read, not written.
        let saved = try Data(contentsOf: town.city)
        let parameters = Program.root.appending(path: "GeoData/parameters.csv").path
        try town.must(["import", parameters, "--as", "parameters", "--accept", "--by", "t"])
        let newer = try Data(contentsOf: town.city)
        try Shell.run(#"rm -f "$1-wal" "$1-shm""#, [town.city.path])
        try saved.write(to: town.city)
        let read = try Program.run(asked, city: town.city)
        #expect(read.code == 0 && read.out == before && read.err.contains("old copy"), "\(read.code) \(read.err)")
        let written = try Program.run(["import", parameters, "--as", "parameters"], city: town.city)
        #expect(written.code == 1 && written.err.contains("restore FILE"), "\(written.code) \(written.err)")
        #expect(try Program.run(["log", "verify"], city: town.city).code == 1)
        try Shell.run(#"rm -f "$1-wal" "$1-shm""#, [town.city.path])
        try newer.write(to: town.city)
        try town.must(["log", "verify"])
        // Damage.
        var bytes = newer
        bytes.replaceSubrange(0..<4_096, with: Data(repeating: 0, count: 4_096))
        try bytes.write(to: town.city)
        #expect(try Program.run(["log", "verify"], city: town.city).code >= 2)
        #expect(try Program.run(["restore", backup], city: town.city).code == 2)
        let restored = try town.must(["restore", backup, "--by", "مدیر", "--reason", "damaged disk"])
        #expect(restored.text.contains(".before-1"))
        #expect(try Data(contentsOf: URL(filePath: town.city.path + ".before-1")) == bytes)
        try town.must(["log", "verify"])
        #expect(try town.must(["log"]).text.contains("damaged disk"))
        #expect(try town.must(asked).out == before)
        try town.must(["import", parameters, "--as", "parameters", "--accept", "--by", "t"])
        try town.must(["verify", try town.answer(SigningTown.parcel + ["--sign"])])
        try town.must(["log", "verify"])
    }

    @Test("Killed at any moment of a backup, a restore or an acceptance, the city's log holds and takes the next entry")
    func killed() async throws {
        let kills = ProcessInfo.processInfo.environment["SHAHRSAZ_KILLS"].flatMap { Int($0) } ?? 18
        let town = try await SigningTown()
        let backup = town.scratch.url.appending(path: "backup.gpkg").path
        try town.must(["backup", backup])
        let parameters = Program.root.appending(path: "GeoData/parameters.csv").path
        for round in 0..<kills {
            let words = [
                ["backup", town.scratch.url.appending(path: "b\(round).gpkg").path],
                ["restore", backup, "--by", "t", "--reason", "r\(round)"],
                ["import", parameters, "--as", "parameters", "--accept", "--by", "t"],
            ][round % 3]
            let process = Process()
            process.executableURL = Program.folder.appending(path: "shahrsaz")
            process.arguments = ["--city", town.city.path] + words
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            process.standardInput = FileHandle.nullDevice
            try Program.start(process)
            usleep(UInt32.random(in: 0..<90_000))
            Glibc.kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let verified = try Program.run(["log", "verify"], city: town.city)
            #expect(verified.code == 0 && verified.err.isEmpty, "\(words): \(verified.text)\(verified.err)")
            let made = town.scratch.url.appending(path: "b\(round).gpkg")
            if FileManager.default.fileExists(atPath: made.path) { #expect(try Program.run(["log", "verify"], city: made).code == 0) }
        }
        try town.must(["restore", backup, "--by", "t", "--reason", "last"])
        try town.must(["log", "verify"])
    }
}
