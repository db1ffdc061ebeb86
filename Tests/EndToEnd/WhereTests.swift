import Foundation
import Testing

@Suite("Where a clause bears") struct WhereTests {
    private struct Named: Hashable {
        let parcel: String
        let parameter: String
        let part: String
        let value: String
    }

    @Test(
        "A clause decides, loses and is open in the parcels whose answers say so, and in no others",
        arguments: [("D", "2-2-1"), ("A1", "1"), ("A1", "3"), ("D", "4-2"), ("M", "4-1"), ("A2", "1"), ("D", "8-2"), ("D", "7-4")])
    func agrees(plan: String, clause: String) async throws {
        let city = try await SampleTown.city()
        let ended = try Program.run(["where", plan, clause, "--on", SampleTown.day, "--json"], city: city)
        try #require(ended.code == 0, "\(ended.err)")
        let json = try JSONSerialization.jsonObject(with: ended.out) as? [String: Any]
        let entries = json?["entries"] as? [[String: Any]] ?? []
        let found = Set(
            entries.map {
                Named(
                    parcel: $0["parcel"] as? String ?? "", parameter: $0["parameter"] as? String ?? "", part: $0["part"] as? String ?? "",
                    value: "\($0["value"] ?? "")")
            })
        let named = try answers(of: city).reduce(into: Set<Named>()) { $0.formUnion(Self.named(plan, clause, in: $1)) }
        #expect(found == named, "\(found.subtracting(named).prefix(3)) \(named.subtracting(found).prefix(3))")
        #expect(!found.isEmpty)
        let sums = json?["sums"] as? [[String: Any]] ?? []
        for sum in sums {
            let parcels = Set(found.filter { $0.part == sum["part"] as? String }.map(\.parcel))
            #expect(sum["parcels"] as? Int == parcels.count)
        }
    }

    /// The answers of all parcels of the sample town.
    private func answers(of city: URL) throws -> [[String: Any]] {
        let codes = try SampleTown.parcels().compactMap { ($0["properties"] as? [String: Any])?["code"] as? String }
        let csv = "id,parcel\n" + codes.map { "\($0),\($0)\n" }.joined()
        let answers = try RealData.batch("--parcels", csv, city: city, ["--on", SampleTown.day])
        try #require(answers.count == codes.count && codes.count > 3_000)
        return Array(answers.values)
    }

    /// Read out of an answer's findings.
    private static func named(_ plan: String, _ clause: String, in answer: [String: Any]) -> [Named] {
        func isMeant(_ holder: [String: Any]) -> Bool {
            let provision = holder["provision"] as? [String: Any]
            return provision?["plan"] as? String == plan && provision?["clause"] as? String == clause
        }
        return (answer["findings"] as? [[String: Any]] ?? []).flatMap { finding -> [Named] in
            func entry(_ part: String, _ holder: [String: Any]) -> Named {
                Named(
                    parcel: finding["parcel"] as? String ?? "", parameter: finding["parameter"] as? String ?? "", part: part,
                    value: "\(holder["value"] ?? "")")
            }
            return (isMeant(finding) ? [entry("decides", finding)] : [])
                + (finding["overruled"] as? [[String: Any]] ?? []).filter(isMeant).map { entry("loses", $0) }
                + (finding["open"] as? [[String: Any]] ?? []).filter(isMeant).map { entry("open", $0) }
        }
    }

    @Test("A plan or clause that is none is refused with the nearest names") func unknown() async throws {
        let city = try await SampleTown.city()
        let plan = try Program.run(["where", "A9", "1"], city: city)
        #expect(plan.code == 1 && plan.err.contains("no plan «A9»") && plan.err.contains("A1"))
        let clause = try Program.run(["where", "D", "2-2-9"], city: city)
        #expect(clause.code == 1 && clause.err.contains("no clause «2-2-9»") && clause.err.contains("2-2-1"))
    }

    @Test("A list past its limit says so, and the map of it opens elsewhere") func forms() async throws {
        let city = try await SampleTown.city()
        let command = ["where", "D", "2-2-1", "--on", SampleTown.day]
        let (short, all) = (try Program.run(command, city: city), try Program.run(command + ["--all"], city: city))
        #expect(short.text.contains("more lines (all with --all or --json)") && !all.text.contains("more lines"))
        #expect(all.text.count > short.text.count)
        let scratch = try Scratch()
        let map = scratch.url.appending(path: "where.geojson")
        try Program.run(command + ["--format", "geojson"], city: city).out.write(to: map)
        let json = try JSONSerialization.jsonObject(with: Program.run(command + ["--json"], city: city).out) as? [String: Any]
        #expect(try OtherPrograms.layers(of: map)["where"]?.count == (json?["grounds"] as? [Any])?.count)
    }
}
