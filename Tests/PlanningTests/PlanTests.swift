import Persian
import Testing

@testable import Planning

@Suite("Plans in force") struct PlanTests {
    private func statuses(_ plans: [Plan], on iso: String) -> [String] {
        let law = law(plans, [])
        return plans.map { law.status(of: $0.id, on: day(iso))?.code ?? "-" }
    }

    @Test(
        "Approved and not yet published does not bind (TRAPS 12); the first day belongs, the last does not",
        arguments: [
            ("2020-12-31", "notApproved"), ("2021-01-01", "unpublished"), ("2021-05-31", "unpublished"), ("2021-06-01", "notYet"),
            ("2021-12-31", "notYet"), ("2022-01-01", "inForce"), ("2024-12-31", "inForce"), ("2025-01-01", "ended"),
        ])
    func ownDays(on iso: String, status: String) {
        let own = plan("P", approved: "2021-01-01", published: "2021-06-01", from: "2022-01-01", until: "2025-01-01")
        #expect(statuses([own], on: iso) == [status])
        #expect(own.effect == day("2022-01-01"))
    }

    @Test("A plan published after its stated first day binds from its publication")
    func latePublication() {
        let late = plan("P", approved: "2021-01-01", published: "2021-06-01", from: "2021-01-01")
        #expect(statuses([late], on: "2021-05-31") == ["unpublished"] && statuses([late], on: "2021-06-01") == ["inForce"])
        #expect(late.effect == day("2021-06-01"))
        #expect(plan("Q", published: nil).effect == nil)
    }

    @Test("A plan ends the plans that it replaces from the day that it takes effect, and its end revives them (TRAPS 11)")
    func replacement() {
        let plans = [plan("A"), plan("B"), plan("C", from: "2023-01-01", until: "2025-01-01", replaces: ["A", "B"])]
        #expect(statuses(plans, on: "2022-12-31") == ["inForce", "inForce", "notYet"])
        #expect(statuses(plans, on: "2023-01-01") == ["replaced", "replaced", "inForce"])
        #expect(statuses(plans, on: "2025-01-01") == ["inForce", "inForce", "ended"])
        #expect(law(plans, []).status(of: "A", on: day("2024-01-01")) == .replaced(by: "C"))
    }

    @Test("A plan that was replaced by one that was replaced in turn stays replaced")
    func chain() {
        let plans = [plan("A"), plan("B", from: "2022-01-01", replaces: ["A"]), plan("C", from: "2023-01-01", replaces: ["B"])]
        #expect(statuses(plans, on: "2024-01-01") == ["replaced", "replaced", "inForce"])
    }

    @Test("An unpublished plan replaces nothing")
    func unpublishedReplacement() {
        #expect(statuses([plan("A"), plan("B", published: nil, replaces: ["A"])], on: "2026-01-01") == ["inForce", "unpublished"])
    }

    @Test("An amendment ends with the plan that it amends, and begins on the very day that it takes effect (TRAPS 10)")
    func amendment() {
        let plans = [
            plan("A"), plan("M", kind: .amendment, from: "2022-01-01", amends: "A"),
            plan("N", kind: .amendment, from: "2022-06-01", amends: "M"),
            plan("B", from: "2023-01-01", replaces: ["A"]),
        ]
        #expect(statuses(plans, on: "2021-12-31") == ["inForce", "notYet", "notYet", "notYet"])
        #expect(statuses(plans, on: "2022-01-01") == ["inForce", "inForce", "notYet", "notYet"])
        #expect(statuses(plans, on: "2022-06-01") == ["inForce", "inForce", "inForce", "notYet"])
        #expect(statuses(plans, on: "2023-01-01") == ["replaced", "replaced", "replaced", "inForce"])
    }

    @Test("Amending is transitive and asks whether the amending plan is in force; a circle ends")
    func amends() {
        let plans = [
            plan("A"), plan("M", kind: .amendment, until: "2025-01-01", amends: "A"), plan("N", kind: .amendment, amends: "M"),
            plan("X", amends: "Y"), plan("Y", amends: "X"),
        ]
        let law = law(plans, [])
        let before = day("2024-01-01")
        #expect(law.amends("M", "A", on: before) && law.amends("N", "M", on: before) && law.amends("N", "A", on: before))
        #expect(!law.amends("A", "M", on: before) && !law.amends("A", "A", on: before) && !law.amends("Q", "A", on: before))
        #expect(!law.amends("M", "A", on: day("2025-01-01")) && !law.amends("N", "A", on: day("2025-01-01")))
        #expect(law.amends("X", "Y", on: before) && !law.amends("X", "X", on: before))
    }

    @Test("Two versions on one day: the amendment of that day decides from that day on (TRAPS 10)")
    func twoVersions() throws {
        let plans = [plan("P", rank: 1), plan("A", kind: .amendment, from: "2026-11-23", amends: "P")]
        let both = law(
            plans,
            [
                try rule("P", "1", "zone:R1", "far.max", .max, "150"), try rule("A", "2", "zone:R1", "far.max", .max, "180"),
            ])
        func decided(_ iso: String) -> [String] {
            both.findings(for: [part("landUse/R1")], facts: Facts(), on: day(iso)).findings.map(\.brief)
        }
        #expect(decided("2026-11-22") == ["far.max max 150 decided 1"] && decided("2026-11-23") == ["far.max max 180 decided 2"])
    }

    @Test("A bare code means the layers of the plan and of what it amends, whoever drew the polygon")
    func bareCodes() throws {
        let plans = [plan("P"), plan("A", kind: .amendment, amends: "P"), plan("H"), plan("C", kind: .circular)]
        let many = law(
            plans,
            [
                try rule("P", "1", "zone:R1", "far.max", .max, "100"), try rule("A", "2", "zone:R1", "coverage.max", .max, "60"),
                try rule("H", "3", "zone:R1", "height.max", .max, "9", unit: .m),
                try rule("C", "4", "zone:R1", "floors.max", .max, "1", unit: .count),
            ], layers: ["P": ["landUse"], "A": ["gardens"], "H": ["height"]])
        func parameters(_ zone: Part.Zone) -> [String] {
            let found = many.findings(for: [Part(zones: [zone], parcel: "1")], facts: Facts(), on: today).findings
            return found.filter { $0.status == .decided }.map(\.parameter)
        }
        #expect(parameters(zone("landUse/R1", plan: "A")) == ["coverage.max", "far.max"])
        #expect(parameters(zone("height/R1", plan: "H")) == ["height.max"])
        #expect(parameters(zone("gardens/R1", plan: "A")) == ["coverage.max"])
    }

    @Test("Which overlays restrict and which zone layers are expected follows the law of the day")
    func expected() throws {
        let plans = [plan("P"), plan("F", from: "2030-01-01")]
        let law = law(
            plans,
            [
                try rule("P", "1", "overlay:river", "far.max", .max, "0"),
                try rule("P", "2", "*", "far.max", .max, "1", when: "NOT insideOverlay('fault')"),
                try rule("F", "3", "overlay:line", "far.max", .max, "0"), try rule("P", "4", "zone:height/H1", "far.max", .max, "0"),
            ], layers: ["P": ["landUse"], "F": ["noise"]])
        #expect(law.restrictingOverlayKinds(on: today) == ["fault", "river"])
        #expect(law.restrictingOverlayKinds(on: day("2030-01-01")) == ["fault", "line", "river"])
        #expect(law.expectedZoneLayers(on: today) == ["height", "landUse"])
        #expect(law.expectedZoneLayers(on: day("2030-01-01")) == ["height", "landUse", "noise"])
    }
}
