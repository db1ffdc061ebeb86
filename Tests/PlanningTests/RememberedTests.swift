import Formats
import Persian
import Testing
import Trials

@testable import Planning

/// Laws, parcels of several parts and facts, with much that is like and little that tells them apart.
private struct RandomTown {
    var random: Seeded

    mutating func maybe(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[Int.random(in: 0..<elements.count, using: &random)] }

    mutating func law() throws -> Law {
        let plans = ["A", "B"].map { id in
            plan(
                id, approved: "2020-01-01", until: maybe(15) ? "2026-01-01" : nil, rank: maybe(50) ? pick([1, 2]) : nil,
                policy: pick([nil, .perPart, .strictest, .dominant, .weighted]))
        }
        let conditions = [
            nil, nil, "frontage < 12", "frontage >= 12 AND width < 8", "use = 'shop'", "insideOverlay('river')", "colour LIKE 'r%'",
            "NOT insideOverlay('fault') OR frontage > 20",
        ]
        let targets = [
            "*", "zone:landUse/R1", "zone:landUse/R*", "zone:R2", "zone:height/H1", "parcel:1", "parcel:1-*", "overlay:river",
            "overlay:r*", "overlay:fault", "use:shop", "use:s*",
        ]
        var provisions: [Provision] = []
        for number in 1...Int.random(in: 3...16, using: &random) {
            let parameter = pick(["far.max", "far.max", "floors.max", "use"])
            let relation: Relation =
                parameter == "use" ? pick([.permit, .forbid, .condition]) : pick([.max, .max, .min, .exactly, .note])
            provisions.append(
                try rule(
                    pick(["A", "B"]), String(number), pick(targets), parameter, relation,
                    parameter == "use" ? pick(["shop", "home"]) : relation == .note ? "" : pick(["100", "120", "200"]),
                    when: pick(conditions)))
        }
        return Planning.Law(
            plans: plans, provisions: provisions, catalogue: catalogue,
            zoneLayers: ["A": ["landUse", "height"], "B": ["landUse"]])
    }

    mutating func parts() -> [Part] {
        let parcel = pick([nil, "1", "1-2", "2"])
        let uses = pick([nil, nil, ["shop"], ["home", "school"]] as [Set<String>?])
        let unchecked = pick([[], [], ["river"], ["river", "fault"]] as [Set<String>])
        return (0..<pick([1, 1, 2, 3])).map { _ in
            Part(
                zones: [zone("landUse/\(pick(["R1", "R2", "N"]))", plan: pick(["A", nil]))] + (maybe(50) ? [zone("height/H1")] : [])
                    + (maybe(20) ? [zone("landUse/R2")] : []),
                overlays: maybe(30) ? [Part.Overlay(layer: "river", kind: pick(["river", "rail"]), code: "1", plan: nil)] : [],
                parcel: parcel, uses: uses, area: pick([1_000_000, 2_000_000, 3_000_000]), parcelArea: 5_000_000,
                overlaysUnchecked: unchecked)
        }
    }

    mutating func known() -> Facts {
        var typed: [String: String] = [:]
        if maybe(70) { typed["frontage"] = pick(["11", "11.5", "12", "25", "wide"]) }
        if maybe(50) { typed["width"] = pick(["6", "8"]) }
        if maybe(30) { typed["colour"] = pick(["red", "rosy", "blue"]) }
        if maybe(30) { typed["use"] = pick(["shop", "home", "stall"]) }
        if maybe(30) { typed["overlay:river"] = pick(["TRUE", "FALSE", "unknown"]) }
        return facts(typed)
    }
}

@Suite("What was said of like parts before") struct RememberedTests {
    @Test("A law that has judged a whole town says of each parcel what it says of it alone")
    func agreement() throws {
        var town = RandomTown(random: Seeded(1406))
        var several = 0
        var statuses: Set<Finding.Status> = []
        for number in 0..<fuzzCount(150) {
            let law = try town.law()
            let standing = law.standing(on: today)
            for _ in 0..<60 {
                let (parts, known) = (town.parts(), town.known())
                let found = standing.findings(for: parts, facts: known)
                let alone = law.findings(for: parts, facts: known, on: today)
                #expect(found.findings == alone.findings, "law \(number): \(parts), \(known)")
                #expect(found.uses == alone.uses, "law \(number): \(parts), \(known)")
                if found.findings.contains(where: { $0.share == Decimal(1) }), parts.count > 1 { several += 1 }
                statuses.formUnion(found.findings.map(\.status))
            }
        }
        #expect(several > 100 && statuses.count == 4)
    }

    @Test("Codes that differ only in their normal form are spelled as each part spells them")
    func spelling() throws {
        let standing = try law([plan("P")], [rule("P", "1", "*", "far.max", .max, "100")]).standing(on: today)
        for code in ["caf\u{E9}", "cafe\u{301}", "caf\u{E9}"] {
            let zones = standing.findings(for: [part("landUse/\(code)")], facts: facts()).findings[0].zones
            #expect(zones.map { Array($0.utf8) } == [Array("landUse/\(code)".utf8)])
        }
    }

    @Test("The law goes on where more ways of answering are met than it keeps")
    func forgetting() throws {
        let rules = try (0..<10).map { try rule("P", "\($0)", "*", "p\($0)", .max, "\($0 + 1)", when: "f\($0) = TRUE") }
        let standing = StandingLaw(law([plan("P")], rules), on: today, keeping: 100)
        for answers in 0..<1_000 {
            var known = Facts()
            for place in 0..<10 { known["f\(place)"] = Fact(.bool(answers >> place & 1 == 1), from: .asked) }
            let decided = standing.findings(for: [part()], facts: known).findings.count { $0.status == .decided }
            if decided != answers.nonzeroBitCount { Issue.record("\(answers): \(decided)") }
        }
    }
}
