import Foundation
import Testing

/// The sample town without its amendment's zones, which wait as a delivery.
private struct Amended {
    let scratch: Scratch
    let city: URL
    let delivery: Int
    static let map = SampleTown.folder.appending(path: "amendment.geojson")

    init() throws {
        scratch = try Scratch()
        city = scratch.url.appending(path: "city.gpkg")
        let file = SampleTown.folder.appending(path: "manifest.json")
        var manifest = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
        let deliveries = (manifest["deliveries"] as? [[String: Any]] ?? []).filter { $0["plan"] as? String != "A1" }
        manifest["deliveries"] = deliveries.map { order in
            var order = order
            order["file"] = SampleTown.folder.appending(path: order["file"] as? String ?? "").path
            return order
        }
        var place = manifest["city"] as? [String: Any] ?? [:]
        place["boundary"] = SampleTown.folder.appending(path: "boundary.geojson").path
        manifest["city"] = place
        let own = scratch.url.appending(path: "manifest.json")
        try JSONSerialization.data(withJSONObject: manifest).write(to: own)
        let made = try Program.run(["import", own.path, "--accept", "--by", "test"], city: city)
        try #require(made.code <= 1, "\(made.err)")
        let taken = try Program.run(
            ["import", Self.map.path, "--as", "zones", "--layer", "landUse", "--plan", "A1", "--accuracy", "0.3", "--covers", "city"],
            city: city)
        try #require(taken.code == 0, "\(taken.err)")
        delivery = deliveries.count + 2
    }

    func diff(_ words: [String]) throws -> [String: Any] {
        let ended = try Program.run(["diff"] + words + ["--json"], city: city)
        try #require(ended.code == 0, "\(ended.err)")
        return try JSONSerialization.jsonObject(with: ended.out) as? [String: Any] ?? [:]
    }

    var delivered: [String] { ["--delivery", "\(delivery)", "--on", SampleTown.day] }
}

@Suite("Before and after") struct DiffTests {
    @Test("An amendment changes exactly the parcels that SpatiaLite finds under it, by the area that it finds") func amendment() throws {
        let town = try Amended()
        // Of the files as they were delivered: nothing of this program takes part.
        let found = try RealData.shell(
            """
            ogr2ogr -f CSV /vsistdout/ parcels.geojson -dialect sqlite -sql \
            "SELECT p.code AS code, SUM(ST_Area(ST_Intersection(p.geometry, a.geometry))) AS m2 FROM parcels p, 'amendment.geojson'.amendment a \
            WHERE ST_Intersects(p.geometry, a.geometry) GROUP BY p.code HAVING m2 > 0.000001"
            """, in: SampleTown.folder)
        let under = found.split(separator: "\n").dropFirst().reduce(into: [String: Double]()) { areas, line in
            let cells = line.split(separator: ",").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\"\r")) }
            areas[cells[0]] = Double(cells[1])
        }
        try #require(under.count > 20)
        let changes = try town.diff(town.delivered)["parcels"] as? [[String: Any]] ?? []
        #expect(Set(changes.compactMap { $0["parcel"] as? String }) == Set(under.keys))
        for change in changes {
            let code = change["parcel"] as? String ?? ""
            let drawn = (change["ground"] as? [[String: Any]] ?? []).filter { $0["plan"] as? String == "A1" }
            let area = drawn.reduce(0.0) { $0 + ($1["after"] as? Double ?? 0) }
            #expect(abs(area - (under[code] ?? 0)) < 0.02, "\(code): \(area), SpatiaLite \(under[code] ?? 0)")
            #expect(change["kind"] as? String == "changed" && change["reshaped"] as? Bool == false)
        }
        print("diff: \(changes.count) parcels under the amendment, \(under.count) by SpatiaLite")
    }

    @Test("A delivery not accepted, its revision, and the amendment's day give the same findings") func sameThreeWays() throws {
        let town = try Amended()
        let before = try Standing(town.city)
        let supposed = try town.diff(town.delivered)
        #expect(try Standing(town.city) == before)
        try town.allowAll()
        let accepted = try Program.run(
            ["accept", "\(town.delivery)", "--by", "t", "--on", SampleTown.day, "--allow", town.allowed.path], city: town.city)
        try #require(accepted.code == 0, "\(accepted.err)")
        let revised = try town.diff(["--from", "\(town.delivery - 1)", "--to", "\(town.delivery)", "--on", SampleTown.day])
        #expect((revised["to"] as? [String: Any])?["root"] as? String == (supposed["to"] as? [String: Any])?["root"] as? String)
        #expect(NSDictionary(dictionary: revised) == NSDictionary(dictionary: supposed))
        // By days the amendment's other provisions take effect too, and what is drawn is the same on both.
        let days = try town.diff(["--from", "1404-06-31", "--to", "1404-07-01"])
        let drawn = (days["parcels"] as? [[String: Any]] ?? []).filter { !($0["ground"] as? [Any] ?? []).isEmpty }
        #expect(drawn.count == (revised["parcels"] as? [Any])?.count)
        let same = try town.diff(["--from", "\(town.delivery)", "--to", "\(town.delivery)", "--on", SampleTown.day])
        #expect((same["parcels"] as? [Any])?.isEmpty == true)
    }

    @Test("Each change is what the two answers say") func answers() async throws {
        let city = try await SampleTown.city()
        let ended = try Program.run(["diff", "--from", "1404-06-31", "--to", "1404-07-01", "--json"], city: city)
        let json = try JSONSerialization.jsonObject(with: ended.out) as? [String: Any]
        let changes = json?["parcels"] as? [[String: Any]] ?? []
        let codes = try SampleTown.parcels().compactMap { ($0["properties"] as? [String: Any])?["code"] as? String }
        let csv = "id,parcel\n" + codes.map { "\($0),\($0)\n" }.joined()
        let before = try RealData.batch("--parcels", csv, city: city, ["--on", "1404-06-31"])
        let after = try RealData.batch("--parcels", csv, city: city, ["--on", "1404-07-01"])
        /// What is decided, by parameter, value and clause, perhaps with where.
        func decided(_ answer: [String: Any]?, where isTold: Bool = false) -> Set<[String]> {
            Set(
                (answer?["findings"] as? [[String: Any]] ?? []).map { finding in
                    let provision = finding["provision"] as? [String: Any]
                    let open = (finding["open"] as? [[String: Any]] ?? []).map { contender in
                        let provision = contender["provision"] as? [String: Any]
                        return "\(provision?["plan"] ?? "") \(provision?["clause"] ?? "")"
                    }
                    return [
                        finding["parameter"] as? String ?? "", "\(finding["relation"] ?? "")", "\(finding["value"] ?? "")",
                        finding["status"] as? String ?? "", provision?["plan"] as? String ?? "", provision?["clause"] as? String ?? "",
                        open.sorted().joined(),
                        isTold ? (finding["zones"] as? [String] ?? []).joined(separator: " ") : "",
                        isTold ? "\(finding["share"] ?? "")" : "",
                    ]
                })
        }
        let named = Set(changes.filter { !($0["findings"] as? [Any] ?? []).isEmpty }.compactMap { $0["parcel"] as? String })
        // What is said otherwise changes; what is said of other ground may, or may hold on all of it before and after.
        let otherwise = Set(codes.filter { decided(before[$0]) != decided(after[$0]) }).subtracting(named)
        #expect(otherwise.isEmpty, "\(otherwise.first.map { decided(before[$0]).symmetricDifference(decided(after[$0])) } ?? [])")
        #expect(named.isSubset(of: codes.filter { decided(before[$0], where: true) != decided(after[$0], where: true) }))
        for change in changes {
            let code = change["parcel"] as? String ?? ""
            for finding in change["findings"] as? [[String: Any]] ?? [] {
                for (side, answer) in [("before", before[code]), ("after", after[code])] {
                    guard let said = finding[side] as? [String: Any] else { continue }
                    let isThere = decided(answer).contains {
                        $0[0] == finding["parameter"] as? String && $0[2] == "\(said["value"] ?? "")" && $0[3] == said["status"] as? String
                    }
                    #expect(isThere, "\(code) \(side): \(said)")
                }
            }
        }
    }

    @Test("Parcels that appear, vanish or change their shape or deed area are named") func parcels() async throws {
        let city = try await SampleTown.copy()
        var features = try SampleTown.parcels()
        func code(_ feature: [String: Any]) -> String { (feature["properties"] as? [String: Any])?["code"] as? String ?? "" }
        let (gone, deed) = (code(features[0]), code(features[1]))
        var properties = features[0]["properties"] as? [String: Any] ?? [:]
        properties["code"] = "1-1-1-999-0-0-0"
        features[0]["properties"] = properties
        properties = features[1]["properties"] as? [String: Any] ?? [:]
        properties["deedArea"] = 77
        features[1]["properties"] = properties
        let file = city.deletingLastPathComponent().appending(path: "\(UUID().uuidString).geojson")
        try SampleTown.write(features, to: file)
        let taken = try Program.run(
            [
                "import", file.path, "--as", "parcels", "--layer", "parcels", "--accuracy", "0.05", "--date", "1404-02-01", "--covers",
                "city",
            ]
                + ["--map", "slope=slope", "--map", "effectiveArea=effectiveArea", "--json"], city: city)
        let number = (try JSONSerialization.jsonObject(with: taken.out) as? [String: Any])?["number"] as? Int ?? 0
        let ended = try Program.run(["diff", "--delivery", "\(number)", "--on", SampleTown.day, "--json"], city: city)
        let json = try JSONSerialization.jsonObject(with: ended.out) as? [String: Any]
        let changes = json?["parcels"] as? [[String: Any]] ?? []
        #expect(
            changes.map { [$0["parcel"] as? String ?? "", $0["kind"] as? String ?? ""] }
                == [[gone, "vanished"], [deed, "changed"], ["1-1-1-999-0-0-0", "appeared"]], "\(ended.err)")
        #expect((changes.dropFirst().first?["after"] as? [String: Any])?["deed"] as? Double == 77)
    }

    @Test("The map of the changes opens in another program, and a list past its limit says so") func forms() async throws {
        let city = try await SampleTown.city()
        let command = ["diff", "--from", "1404-06-31", "--to", "1404-07-01"]
        let scratch = try Scratch()
        let map = scratch.url.appending(path: "diff.geojson")
        try Program.run(command + ["--format", "geojson"], city: city).out.write(to: map)
        let json = try JSONSerialization.jsonObject(with: Program.run(command + ["--json"], city: city).out) as? [String: Any]
        let listed = try OtherPrograms.layers(of: map)["diff"]
        #expect(listed?.count == (json?["parcels"] as? [Any])?.count)
        let (short, all) = (try Program.run(command, city: city), try Program.run(command + ["--all"], city: city))
        #expect(short.text.contains("more lines (all with --all or --json)") && !all.text.contains("more lines"))
        #expect(try Program.run(command + ["--lang", "fa"], city: city).text.contains("قطعه‌های دگرگون"))
    }

    @Test("What can't be compared is refused with what was expected") func refused() async throws {
        let city = try await SampleTown.city()
        let table: [([String], Int32, String)] = [
            ([], 2, "--from"), (["--from", "x"], 2, "a revision's number or a day"), (["--from", "99"], 2, "revision 99"),
            (["--delivery", "1"], 2, "delivery 1 is accepted"), (["--delivery", "99"], 2, "no delivery 99"),
            (["--delivery", "1", "--from", "2"], 2, "without --from"),
            (["--from", "1404-01-01", "--to", "1404-02-01", "--on", "1404-01-01"], 2, "each side has its own"),
            (["--from", "1", "--format", "pdf"], 2, "text, json or geojson"),
        ]
        for (words, code, says) in table {
            let ended = try Program.run(["diff"] + words, city: city)
            #expect(ended.code == code && ended.err.contains(says), "\(words): \(ended.code) \(ended.err)")
        }
    }

    @Test("Killed while it supposes a delivery accepted, it leaves nothing behind") func killed() throws {
        let town = try Amended()
        let before = try Standing(town.city)
        for step in 1...8 {
            let process = Process()
            process.executableURL = Program.folder.appending(path: "shahrsaz")
            process.arguments = ["--city", town.city.path, "diff"] + town.delivered
            process.standardOutput = FileHandle.nullDevice
            try Program.start(process)
            usleep(UInt32(step * 25_000))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            #expect(try Standing(town.city) == before)
        }
        #expect(try town.diff(town.delivered)["parcels"] != nil)
    }
}

extension Amended {
    fileprivate var allowed: URL { scratch.url.appending(path: "allow.csv") }

    /// Has the losses written by the program, and gives each a reason.
    fileprivate func allowAll() throws {
        _ = try diff(delivered + ["--losses", allowed.path])
        let table = try String(contentsOf: allowed, encoding: .utf8)
        let rows = table.split(whereSeparator: \.isNewline)
        let filled = [String(rows[0])] + rows.dropFirst().map { $0 + "جابه‌جایی پهنه" }
        try (filled.joined(separator: "\n") + "\n").write(to: allowed, atomically: true, encoding: .utf8)
    }
}

@Suite("Accepting what takes from parcels") struct LossTests {
    @Test("An amendment that takes rules away is refused, and taken once each loss has a reason, which is kept") func amendment() throws {
        let town = try Amended()
        let before = try Standing(town.city)
        let accept = ["accept", "\(town.delivery)", "--by", "t", "--on", SampleTown.day]
        let refused = try Program.run(accept, city: town.city)
        #expect(refused.code == 1 && refused.err.contains("nothing changed") && refused.err.contains("loses its rule on"))
        #expect(refused.text.contains("changed 36"), "the summary is shown first: \(refused.text)")
        #expect(try Standing(town.city) == before)
        let machine = try Program.run(accept + ["--json"], city: town.city)
        let json = try JSONSerialization.jsonObject(with: machine.out) as? [String: Any]
        let losses = json?["losses"] as? [[String: Any]] ?? []
        #expect(machine.code == 1 && !losses.isEmpty)

        try town.allowAll()
        let taken = try Program.run(accept + ["--allow", town.allowed.path], city: town.city)
        #expect(taken.code == 0, "\(taken.err)")
        let kept = try Program.run(["delivery", "\(town.delivery)", "--json"], city: town.city)
        let allowed = (try JSONSerialization.jsonObject(with: kept.out) as? [String: Any])?["allowed"] as? [[String: Any]] ?? []
        #expect(allowed.count == losses.count && allowed.allSatisfy { $0["reason"] as? String == "جابه‌جایی پهنه" })
        #expect(try Program.run(["delivery", "\(town.delivery)"], city: town.city).text.contains("accepted allowing"))
        #expect(try Standing(town.city) != before)
    }

    @Test("The file of what is allowed is refused row by row, also where it allows what does not happen") func allowFile() throws {
        let town = try Amended()
        let before = try Standing(town.city)
        try town.allowAll()
        let whole = try String(contentsOf: town.allowed, encoding: .utf8)
        let table: [(String, [String])] = [
            ("parcel,what\n", ["no column parameter, reason"]),
            (whole + "1-1-1-1-0-0-0,lostZone,,r\n", ["the change does no such thing"]),
            (whole + "*,lostZone,,r\n", ["every parcel must be named"]),
            (whole + "x,lost,,\n", ["«lost» is unknown", "expected a reason"]),
            (whole + whole.split(separator: "\n")[1] + "\n", ["the same as line 2"]),
            ("parcel,what,parameter,reason\n", ["nobody has allowed"]),
        ]
        for (text, says) in table {
            try text.write(to: town.allowed, atomically: true, encoding: .utf8)
            let ended = try Program.run(
                ["accept", "\(town.delivery)", "--by", "t", "--on", SampleTown.day, "--allow", town.allowed.path], city: town.city)
            #expect(ended.code == (says == ["nobody has allowed"] ? 1 : 2))
            for word in says { #expect(ended.err.contains(word), "\(ended.err.prefix(300))") }
        }
        #expect(try Standing(town.city) == before)
    }

    @Test("A parcel that loses its zone, or gains a conflict, is named; a star allows every parameter") func zonesAndConflicts()
        async throws
    {
        let city = try await SampleTown.copy()
        let scratch = try Scratch()
        // Height zones of which one is left out.
        let heights = try JSONSerialization.jsonObject(with: Data(contentsOf: SampleTown.folder.appending(path: "height.geojson")))
        let features = (heights as? [String: Any])?["features"] as? [[String: Any]] ?? []
        let fewer = scratch.url.appending(path: "height.geojson")
        try SampleTown.write(features.filter { ($0["properties"] as? [String: Any])?["code"] as? String != "H1" }, to: fewer)
        let zones = try Program.run(
            ["import", fewer.path, "--as", "zones", "--layer", "height", "--plan", "D", "--accuracy", "0.3", "--accept", "--by", "t"]
                + ["--on", SampleTown.day], city: city)
        #expect(zones.code == 1 && zones.err.contains("loses its zone in layer"), "\(zones.err.prefix(400))")

        let table = try String(contentsOf: SampleTown.folder.appending(path: "provisions.csv"), encoding: .utf8)
        let provisions = scratch.url.appending(path: "provisions.csv")
        try
            (table
            + "D,9-1,parcel:1-1-1-1-0-0-0,parcel.area.min,exactly,1,m2,,,,,\nD,9-2,parcel:1-1-1-1-0-0-0,parcel.area.min,exactly,2,m2,,,,,\n")
            .write(to: provisions, atomically: true, encoding: .utf8)
        let command = ["import", provisions.path, "--as", "provisions", "--accept", "--by", "t", "--on", SampleTown.day]
        let refused = try Program.run(command, city: city)
        #expect(refused.code == 1 && refused.err.contains("gains a conflict on"), "\(refused.err.prefix(400))")
        let allow = scratch.url.appending(path: "allow.csv")
        try "parcel,what,parameter,reason\n1-1-1-1-0-0-0,gainedConflict,*,در دست بررسی\n".write(
            to: allow, atomically: true, encoding: .utf8)
        #expect(try Program.run(command + ["--allow", allow.path], city: city).code == 0)
    }

    @Test("A manifest over a town that stands is judged at its end, as one change, and leaves nothing where it is refused") func manifest()
        async throws
    {
        let city = try await SampleTown.copy()
        let scratch = try Scratch()
        let losses = scratch.url.appending(path: "losses.csv")
        let before = try Standing(city)
        let table = try String(contentsOf: SampleTown.folder.appending(path: "provisions.csv"), encoding: .utf8)
        let fewer = table.split(separator: "\n").filter { !$0.contains("zone:landUse/R2,open.min") }.joined(separator: "\n")
        try fewer.write(to: scratch.url.appending(path: "fewer.csv"), atomically: true, encoding: .utf8)
        try table.write(to: scratch.url.appending(path: "whole.csv"), atomically: true, encoding: .utf8)
        func manifest(_ files: [String]) throws -> Program.Ended {
            let json: [String: Any] = [
                "city": ["name": "x", "crs": "EPSG:32640"], "deliveries": files.map { ["file": $0, "as": "provisions"] },
            ]
            let file = scratch.url.appending(path: "manifest.json")
            try JSONSerialization.data(withJSONObject: json).write(to: file)
            return try Program.run(
                ["import", file.path, "--accept", "--by", "t", "--on", SampleTown.day, "--losses", losses.path], city: city)
        }
        let refused = try manifest(["whole.csv", "fewer.csv"])
        #expect(refused.code == 1 && refused.err.contains("loses its rule on"), "\(refused.err.prefix(300))")
        #expect(try Standing(city) == before)
        let written = try String(contentsOf: losses, encoding: .utf8).split(whereSeparator: \.isNewline)
        #expect(written.first == "parcel,what,parameter,reason" && written.count > 100)
        #expect(written.dropFirst().allSatisfy { $0.hasSuffix(",lostParameter,open.min,") })
        // What the first takes the second gives back.
        let taken = try manifest(["fewer.csv", "whole.csv"])
        #expect(taken.code == 0, "\(taken.err.prefix(300))")
    }
}
