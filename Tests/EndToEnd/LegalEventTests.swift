import Foundation
import Testing

@Suite("Legal events") struct LegalEventTests {
    private static let header = "event,plan,clause,decided,from,document,number,sector\n"

    @Test("TRAP 13: of a tariff annulled from its adoption, that year's answer today and the one known then differ, and both can be had")
    func tariff() async throws {
        let city = try await SampleTown.copy()
        let scratch = try Scratch()
        let head = "id,title,kind,authority,number,approved,published,from,until,replaces,amends,rank,policy\n"
        try accept(
            head + "T1402,عوارض ۱۴۰۲ (نمونه),circular,شورا,1,1401-11-01,1401-12-01,1402-01-01,1403-01-01,,,1,\n", "plans", city, scratch)
        try accept(
            "plan,clause,target,parameter,relation,value,unit,condition,basis,from,until,text\n"
                + "T1402,1,*,parking.stall.width.min,min,2.7,m,,,,,ماده ۱ (نمونه)\n", "provisions", city, scratch)
        let before = try #require(Int(try lastRevision(city)))
        let question = ["at", "712860", "4021840", "--on", "1402-06-01", "--json"]
        let then = try Program.run(question, city: city)
        try accept(
            Self.header + "annulFromAdoption,T1402,,1404-02-01,,رأی هیئت عمومی دیوان (نمونه),140409970,\n", "events", city, scratch)
        let now = try Program.run(question, city: city)
        let known = try Program.run(question + ["--known", "\(before)"], city: city)
        #expect(then.code == 0 && now.code == 0 && known.out == then.out)
        #expect(try deciding("parking.stall.width.min", then.out) == ["T1402 1"])
        #expect(try deciding("parking.stall.width.min", now.out) == ["M 4-1"])
        // What did not decide is named, with the reason, and the plan with its event.
        let text = String(decoding: now.out, as: UTF8.self)
        for said in [#""reason":"notInForce""#, #""status":"annulled""#, #""event":"annulFromAdoption""#] {
            #expect(text.contains(said), "\(said)")
        }
        try FileManager.default.removeItem(atPath: city.path + ".atlas")
        #expect(try Program.run(question, city: city).out == now.out)
        #expect(try Program.run(question + ["--known", "\(before)"], city: city).out == then.out)
        #expect(try Program.run(question + ["--plainly"], city: city).out == now.out)
        #expect(try Program.run(question + ["--known", "\(before)", "--plainly"], city: city).out == then.out)
    }

    @Test("An amendment annulled in a sector: every parcel inside, outside and across it has the shares that GEOS finds, and they sum")
    func sector() async throws {
        let city = try await SampleTown.copy()
        let scratch = try Scratch()
        let sector = "POLYGON((712800 4021780,712845.5 4021780,712861.25 4021900,712800 4021900,712800 4021780))"
        try accept(
            Self.header + "annul,A1,,1404-08-01,1404-08-10,رأی دیوان (نمونه),140409970,\"\(sector)\"\n", "events", city, scratch)
        let expected = try oracle(sector)
        #expect(expected.count > 20)
        var (within, across, beyond) = (0, 0, 0)
        for (code, areas) in expected {
            let day = ["--on", SampleTown.day, "--json"]
            let ended = try Program.run(["parcel", code] + day, city: city)
            let answer = try #require(try JSONSerialization.jsonObject(with: ended.out) as? [String: Any])
            let zones = (answer["zones"] as? [[String: Any]] ?? []).filter { $0["layer"] as? String == "landUse" }
            var found: [String: Double] = [:]
            for zone in zones { found["\(zone["plan"] ?? "")", default: 0] += zone["area"] as? Double ?? 0 }
            for plan in ["A1", "D"] {
                let (one, other) = (found[plan] ?? 0, areas[plan] ?? 0)
                #expect(abs(one - other) <= 0.011, "\(code), plan \(plan): \(one) here, \(other) by GEOS")
            }
            let account = (answer["reconciliation"] as? [[String: Any]])?.first { $0["layer"] as? String == "landUse" }
            let part = try #require(account?.compactMapValues { $0 as? Double })
            let sum = part["covered", default: 0] + part["gap", default: 0] - part["overlap", default: 0]
            #expect(abs(sum - part["parcelArea", default: -1]) <= 0.011, "\(code): \(part)")
            #expect(try Program.run(["parcel", code, "--plainly"] + day, city: city).out == ended.out)
            if areas["cut", default: 0] == 0 { beyond += 1 } else if areas["A1", default: 0] > 0.01 { across += 1 } else { within += 1 }
        }
        #expect(within > 0 && across > 0 && beyond > 0, "\(within) within, \(across) across, \(beyond) beyond")
        print("sector: \(within) parcels within, \(across) across, \(beyond) beyond")
        // On the sector's edge both sides are answered; a day before the annulment the amendment stands.
        let edge = try plans(["at", "712853.375", "4021840"], city)
        let inside = try plans(["at", "712840", "4021850"], city)
        let before = try plans(["at", "712840", "4021850", "--on", "1404-08-09"], city)
        #expect(inside == ["D"] && before == ["A1"] && edge == ["A1", "D"], "\(inside), \(before), \(edge)")
    }

    @Test("A clause that is repealed gives way on the day itself, and the answer names the event")
    func clause() async throws {
        let city = try await SampleTown.copy()
        let scratch = try Scratch()
        try accept(Self.header + "repeal,D,2-2-3,1404-08-01,1404-08-10,نامه (نمونه),7,\n", "events", city, scratch)
        let question = ["parcel", "1-1-9-2-0-0-0", "--json", "--on"]
        let (before, after) = (
            try Program.run(question + ["1404-08-09"], city: city), try Program.run(question + ["1404-08-10"], city: city)
        )
        #expect(try deciding("far.max", before.out).contains("D 2-2-3"))
        #expect(try !deciding("far.max", after.out).contains("D 2-2-3"))
        let text = String(decoding: after.out, as: UTF8.self)
        let event = #""clause":"2-2-3","decided":"2025-10-23","document":"نامه (نمونه)","event":"repeal""#
        #expect(text.contains(event), "\(text.suffix(3_000))")
    }

    @Test("A revival in a part of an annulled sector counts there alone, whatever happens elsewhere, and what fell is named")
    func nested() async throws {
        let city = try await SampleTown.copy()
        let scratch = try Scratch()
        func square(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> String { "\"POLYGON((\(a) \(b),\(c) \(b),\(c) \(d),\(a) \(d),\(a) \(b)))\"" }
        let events =
            Self.header + "annul,A1,,1404-08-01,1404-08-01,رأی ۱ (نمونه),1,\(square(712330, 4_021_550, 712420, 4_021_650))\n"
            + "revive,A1,,1404-08-10,1404-08-10,رأی ۲ (نمونه),2,\(square(712360, 4_021_580, 712400, 4_021_620))\n"
        try accept(events, "events", city, scratch)
        func check() throws {
            #expect(try plans(["at", "712380", "4021600"], city) == ["A1"])
            #expect(try plans(["at", "712340", "4021560"], city) == ["D"])
            let fallen = try Program.run(["at", "712340", "4021560", "--json", "--on", SampleTown.day], city: city)
            let answer = try JSONSerialization.jsonObject(with: fallen.out) as? [String: Any]
            let pending = (answer?["pending"] as? [[String: Any]] ?? []).compactMap { $0["plan"] as? String }
            #expect(pending.contains("A1"), "\(pending)")
            let source = (answer?["sources"] as? [[String: Any]])?.first { $0["plan"] as? String == "A1" }
            #expect((source?["events"] as? [Any])?.count == 2 || (source?["events"] as? [Any])?.count == 3, "\(source ?? [:])")
        }
        try check()
        let far = "annul,A1,,1404-08-20,1404-08-20,رأی ۳ (نمونه),3,\(square(713360, 4_021_580, 713400, 4_021_620))\n"
        try accept(events + far, "events", city, scratch)
        try check()
    }

    @Test("TRAP 15: a stale copy of a layer says so, from the day itself on")
    func stale() async throws {
        let city = try await SampleTown.copy()
        let ended = try Program.run(
            [
                "import", SampleTown.folder.appending(path: "river.geojson").path, "--as", "overlay", "--layer", "river", "--date",
                "1404-02-01", "--stale-after", "1405-02-01", "--covers", "city", "--accept", "--by", "test",
            ], city: city)
        #expect(ended.code == 0, "\(ended.err)")
        for (day, stale) in [("1405-01-31", false), ("1405-02-01", true)] {
            let answer = try Program.run(["at", "712860", "4021840", "--on", day, "--json"], city: city)
            let json = try JSONSerialization.jsonObject(with: answer.out) as? [String: Any]
            let river = (json?["coverage"] as? [[String: Any]])?.first { $0["layer"] as? String == "river" }
            #expect(river?["stale"] as? Bool == stale, "on \(day): \(river ?? [:])")
        }
    }

    private func accept(_ text: String, _ role: String, _ city: URL, _ scratch: borrowing Scratch) throws {
        let file = scratch.url.appending(path: "\(role).csv")
        try text.write(to: file, atomically: true, encoding: .utf8)
        let taken = try Program.run(["import", file.path, "--as", role], city: city)
        #expect(taken.code == 0, "\(taken.text) \(taken.err)")
        let listed = try Program.run(["deliveries", "--json"], city: city)
        let deliveries = try JSONSerialization.jsonObject(with: listed.out) as? [[String: Any]]
        let accept = ["accept", "\(deliveries?.last?["number"] ?? "")", "--by", "test"]
        // What parcels lose by it is allowed by name, as a court's decision leaves no choice.
        let losses = scratch.url.appending(path: "losses.csv")
        let refused = try Program.run(accept + ["--losses", losses.path], city: city)
        guard refused.code == 1 else {
            #expect(refused.code == 0, "\(refused.err)")
            return
        }
        let rows = try String(contentsOf: losses, encoding: .utf8).split(whereSeparator: \.isNewline)
        let allowed = scratch.url.appending(path: "allowed.csv")
        try ([rows[0]] + rows.dropFirst().map { $0 + "رأی دیوان" }).joined(separator: "\n").write(
            to: allowed, atomically: true, encoding: .utf8)
        let ended = try Program.run(accept + ["--allow", allowed.path], city: city)
        #expect(ended.code == 0, "\(ended.text) \(ended.err)")
    }

    private func lastRevision(_ city: URL) throws -> String {
        let ended = try Program.run(["revisions", "--json"], city: city)
        let all = try JSONSerialization.jsonObject(with: ended.out) as? [[String: Any]]
        return "\(all?.last?["number"] ?? "")"
    }

    /// The provisions that decide a parameter, by plan and clause.
    private func deciding(_ parameter: String, _ out: Data) throws -> Set<String> {
        let answer = try JSONSerialization.jsonObject(with: out) as? [String: Any]
        let findings = (answer?["findings"] as? [[String: Any]] ?? []).filter { $0["parameter"] as? String == parameter }
        return Set(findings.compactMap { $0["provision"] as? [String: Any] }.map { "\($0["plan"] ?? "") \($0["clause"] ?? "")" })
    }

    /// The plans of the zones of land use at a point.
    private func plans(_ words: [String], _ city: URL) throws -> Set<String> {
        let day = words.contains("--on") ? [] : ["--on", SampleTown.day]
        let ended = try Program.run(words + day + ["--json"], city: city)
        let answer = try JSONSerialization.jsonObject(with: ended.out) as? [String: Any]
        let zones = (answer?["zones"] as? [[String: Any]] ?? []).filter {
            $0["layer"] as? String == "landUse" && ["inside", "boundary"].contains($0["relation"] as? String ?? "")
        }
        return Set(zones.compactMap { $0["plan"] as? String })
    }

    /// By the code of each parcel near the amendment: how many m² of it are the amendment's, the amended plan's, and the sector's part of
    /// the amendment: worked out by GDAL from the files as they are.
    private func oracle(_ sector: String) throws -> [String: [String: Double]] {
        let script = """
            import json, sys
            from osgeo import ogr
            ogr.UseExceptions()
            town, sector = sys.argv[1], ogr.CreateGeometryFromWkt(sys.argv[2])
            def layer(name):
                data = ogr.Open(town + "/" + name)
                return [(f.GetField("code"), f.GetGeometryRef().Clone()) for f in data.GetLayer(0)]
            zones, over = layer("land-use.geojson"), [g for _, g in layer("amendment.geojson")]
            def area(one, other):
                return one.Intersection(other).GetArea() if one.Intersects(other) else 0.0
            found = {}
            for code, parcel in layer("parcels.geojson"):
                if not any(g.Buffer(25).Intersects(parcel) for g in over) or not parcel.IsValid():
                    continue
                standing = [g.Difference(sector) for g in over]
                amended = sum(area(parcel, g) for g in standing)
                own = sum(area(parcel, z) - sum(area(parcel.Intersection(z), g) for g in standing) for _, z in zones if parcel.Intersects(z))
                cut = sum(area(parcel, g.Intersection(sector)) for g in over if g.Intersects(sector))
                found[code] = {"A1": amended, "D": own, "cut": cut}
            print(json.dumps(found))
            """
        let ended = try Program.run(URL(filePath: "/usr/bin/python3"), ["-c", script, SampleTown.folder.path, sector])
        #expect(ended.code == 0, "\(ended.err)")
        return try JSONSerialization.jsonObject(with: ended.out) as? [String: [String: Double]] ?? [:]
    }
}
