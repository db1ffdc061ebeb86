import Formats
import Testing

@testable import Planning

/// Each expected figure was worked out by hand from the numbers in its own test.
@Suite("What may be built, floor by floor") struct YieldTests {
    /// 300 m² of parcel on the grid.
    private static let whole: Int64 = 300_000_000

    private static let known: [String: String] = [
        "area.deed": "200", "area.ground": "300.03", "area.effective": "150", "area.afterLine": "280",
    ]

    private func yields(
        _ rules: [Provision], _ parts: [Part]? = nil, _ known: [String: String] = known, use: String? = nil, policy: Plan.Policy? = nil,
        left: (BuildableGround) -> Yield.Left = { .ground($0.area) }
    ) -> [Yield] {
        var known = known
        known["use"] = use
        let law = law([plan("P", policy: policy)], rules)
        let parts = parts ?? [part("landUse/R1", area: Self.whole, of: Self.whole)]
        let said = law.standing(on: today).located(ofParcel: parts, facts: facts(known))
        return BuildableGround.each(of: parts, said: Array(zip(said.findings, said.places)), use: use).map {
            Yield(of: $0, Yield.Areas(facts: facts(known), grid: Self.whole), left: left($0))
        }
    }

    private func one(_ rules: [Provision], _ known: [String: String] = known, use: String? = nil, left: Int64 = whole) throws -> Yield {
        let yields = yields(rules, nil, known, use: use) { _ in .ground(left) }
        try #require(yields.count == 1)
        return yields[0]
    }

    private func coverage(_ value: String, _ basis: Provision.Basis? = .grid, _ target: String = "*", when: String? = nil) throws
        -> Provision
    {
        try rule("P", "c", target, "coverage.max", .max, value, when: when, basis: basis)
    }

    private func density(_ value: String, _ basis: Provision.Basis? = .deed, _ target: String = "*", when: String? = nil) throws
        -> Provision
    {
        try rule("P", "d", target, "far.max", .max, value, when: when, basis: basis)
    }

    private func floors(_ value: String, _ target: String = "*") throws -> Provision {
        try rule("P", "f", target, "floors.max", .max, value, unit: .count)
    }

    /// Ground floor, upper floors and all of them in m², `-` where it is not worked out.
    private func brief(_ yield: Yield) -> String {
        [yield.groundFloor.smallest?.comesTo, yield.upperFloors, yield.total.smallest?.comesTo]
            .map { $0?.rounded(places: 2)?.description ?? "-" }.joined(separator: " ")
    }

    private func kind(_ limit: Yield.Limit?) -> String {
        switch limit {
        case .share(let share)?: share.finding.parameter
        case .envelope?: "envelope"
        case .floors?: "floors"
        case .prohibition?: "prohibition"
        case nil: "-"
        }
    }

    @Test("The smaller of density and ground floor times floors is the whole, and is named") func competing() throws {
        // 60 % of 300 = 180; 120 % of 200 = 240; 180 × 3 = 540.
        let dense = try one([coverage("60"), density("120"), floors("3")])
        #expect(
            brief(dense) == "180 60 240" && kind(dense.total.smallest) == "far.max" && kind(dense.groundFloor.smallest) == "coverage.max")
        #expect(dense.total.limits.count == 2 && dense.count?.rounded(places: 0)?.description == "3")
        // 180 × 1 = 180.
        let low = try one([coverage("60"), density("120"), floors("1")])
        #expect(brief(low) == "180 0 180" && kind(low.total.smallest) == "floors")
        // 20 % of 200 = 40, less than the ground that coverage would give.
        let garden = try one([coverage("60"), density("20"), floors("2")])
        #expect(brief(garden) == "40 0 40" && kind(garden.groundFloor.smallest) == "far.max")
        // Where both come to the same either may be named, and the figure is that.
        #expect(try brief(one([coverage("40"), density("120"), floors("2")])) == "120 120 240")
    }

    @Test(
        "A rule counts on the area that it names",
        arguments: [
            (.deed, "120"), (.grid, "180"), (.ground, "180.02"), (.effective, "90"), (.afterLine, "168"), (.part, "180"),
        ] as [(Provision.Basis, String)])
    func bases(_ basis: Provision.Basis, _ area: String) throws {
        // 60 % of 200, 300, 300.03 (180.018), 150, 280 and 300.
        let yield = try one([coverage("60", basis), floors("1")])
        #expect(yield.groundFloor.smallest?.comesTo.rounded(places: 2)?.description == area)
    }

    @Test("A ratio is a percentage, a hundredth of it") func ratios() throws {
        let ratio = try rule("P", "d", "*", "far.max", .max, "1.2", unit: .ratio, basis: .deed)
        #expect(try brief(one([coverage("60"), ratio, floors("3")])) == "180 60 240")
    }

    @Test("The ground that is left limits the ground floor, and the floors above it") func envelope() throws {
        // 100 left; 100 × 2 = 200 < 240.
        let yield = try one([coverage("60"), density("120"), floors("2")], left: 100_000_000)
        #expect(brief(yield) == "100 100 200" && kind(yield.groundFloor.smallest) == "envelope" && kind(yield.total.smallest) == "floors")
        #expect(try brief(one([coverage("60"), density("120"), floors("2")], left: 0)) == "0 0 0")
        let unknown = try yields([coverage("60"), density("120"), floors("2")]) { _ in .unknown(needs: ["use"]) }[0]
        #expect(brief(unknown) == "- - -" && unknown.groundFloor.missing == [.envelope(needs: ["use"])])
        #expect(unknown.total.missing == [.envelope(needs: ["use"])] && unknown.groundFloor.limits.count == 2)
    }

    @Test("Each part has its share of the deed, exact to the end: three thirds are the whole") func shares() throws {
        let parts = [
            part("landUse/R1", area: Self.whole / 3, of: Self.whole), part("landUse/R2", area: Self.whole / 3 * 2, of: Self.whole),
        ]
        let rules = try [
            coverage("10", .deed), density("50", .deed, "zone:R1"), density("100", .deed, "zone:R2"), floors("100"),
        ]
        let found = yields(rules, parts)
        // R1: 200/3 × 10 % = 6.67, × 50 % = 33.33; R2: 400/3 × 10 % = 13.33, × 100 % = 133.33.
        #expect(found.map(brief) == ["6.67 26.67 33.33", "13.33 120 133.33"])
        let sums = try [found[0].total, found[1].total].map { try #require($0.smallest?.comesTo) }
        #expect(sums[0].plus(sums[1])?.rounded(places: 6)?.description == "166.666667")
        let floors = try found.map { try #require($0.groundFloor.smallest?.comesTo) }
        #expect(floors[0].plus(floors[1])?.rounded(places: 6)?.description == "20")
        #expect(found.map(\.ground.zones) == [["landUse/R1"], ["landUse/R2"]] && found.map(\.ground.places) == [[0], [1]])
        // One outcome for all parts is one ground, though its zones differ: the strictest 50 % of 200.
        let strict = yields(rules, parts, policy: .strictest)
        #expect(strict.count == 1 && strict[0].ground.area == Self.whole && strict.map(brief) == ["20 80 100"])
    }

    @Test("Nought is an answer: no coverage, no floors, building forbidden") func noughts() throws {
        #expect(try brief(one([coverage("0"), density("120"), floors("2")])) == "0 0 0")
        #expect(try brief(one([coverage("60"), density("0"), floors("2")])) == "0 0 0")
        #expect(try brief(one([coverage("60"), density("120"), floors("0")])) == "0 0 0")
        let forbidden = try one([rule("P", "b", "*", "building", .forbid), coverage("60"), density("120"), floors("2")])
        #expect(brief(forbidden) == "0 0 0" && kind(forbidden.total.smallest) == "prohibition")
        #expect(try brief(one([rule("P", "b", "*", "building", .forbid)])) == "0 0 0", "whatever else is not known")
    }

    @Test("Without the area that a rule counts on nothing is worked out, and what is missing is named") func noArea() throws {
        let yield = try one([coverage("60", .effective), density("120"), floors("2")], [:])
        #expect(brief(yield) == "- - -")
        #expect(
            yield.groundFloor.missing == [.area(.effective), .area(.deed)] && yield.total.missing == [.area(.deed), .area(.effective)])
        let partly = try one([coverage("60"), density("120"), floors("2")], [:])
        #expect(brief(partly) == "- - -" && partly.groundFloor.limits.map(kind) == ["coverage.max", "envelope"])
        #expect(try one([coverage("60", nil)]).groundFloor.missing.map(\.name) == ["basis"])
    }

    @Test("What hangs on a fact or contradicts itself is no number") func undecided() throws {
        let hanging = try one([
            coverage("60"), density("120", when: "street.width < 12"), density("150", when: "street.width >= 12"), floors("2"),
        ])
        #expect(brief(hanging) == "- - -" && hanging.total.missing.map(\.name) == ["decision"])
        guard case .decision(let finding)? = hanging.total.missing.first else { throw Unexpected() }
        #expect(finding.needs == ["street.width"])
        let width = ["area.deed": "200", "street.width": "12"]
        // 150 % of 200 = 300, less than 180 × 2.
        #expect(try brief(one([coverage("60"), density("150", when: "street.width >= 12"), floors("2")], width)) == "180 120 300")
        let split = try one([
            rule("P", "1", "*", "coverage.max", .exactly, "40", basis: .grid),
            rule("P", "2", "*", "coverage.max", .exactly, "50", basis: .grid),
            density("120"), floors("2"),
        ])
        #expect(brief(split) == "- - -" && split.groundFloor.missing.map(\.name) == ["decision"])
        let open = try one([coverage("60"), density("120"), rule("P", "f", "*", "floors.max", .max, "2", unit: .count, when: "slope < 10")])
        #expect(brief(open) == "180 - -" && open.total.missing.map(\.name) == ["decision"] && open.count == nil)
        let perhaps = try one([rule("P", "b", "*", "building", .forbid, when: "slope > 30"), coverage("60"), density("120"), floors("2")])
        #expect(brief(perhaps) == "- - -" && perhaps.groundFloor.missing.map(\.name) == ["decision"])
    }

    @Test("Where the law is silent its other limits count, and the ground floor is not guessed") func silent() throws {
        let noCoverage = try one([density("120"), floors("2")])
        #expect(brief(noCoverage) == "- - 240" && noCoverage.groundFloor.missing == [.rule(parameter: "coverage.max")])
        #expect(try brief(one([coverage("60"), density("120")])) == "180 60 240", "floors that no rule limits")
        #expect(try brief(one([coverage("60"), floors("2")])) == "180 180 360", "no density: a guide plan")
        let bare = try one([coverage("60")])
        #expect(brief(bare) == "180 - -")
        #expect(bare.total.missing == [.rule(parameter: "far.max"), .rule(parameter: "floors.max")])
        #expect(try brief(one([])) == "- - -")
    }

    @Test("A use has its own ground and its own rules") func uses() throws {
        let parts = [
            part("landUse/R1", area: Self.whole / 2, of: Self.whole),
            part("landUse/R1", overlays: ["river"], area: Self.whole / 4, of: Self.whole),
            part("landUse/P1", area: Self.whole / 4, of: Self.whole),
        ]
        let rules = try [
            coverage("50"), density("100"), floors("3"), rule("P", "u", "use:shop", "floors.max", .max, "1", unit: .count),
            rule("P", "1", "zone:R1", "use", .permit, "home"), rule("P", "2", "zone:R1", "use", .condition, "shop"),
            rule("P", "3", "overlay:river", "use", .forbid, "home"), rule("P", "4", "zone:P1", "use", .permit, "shop"),
        ]
        let home = yields(rules, parts, use: "home")
        #expect(home.map { $0.isAllowed } == [true, false, false])
        guard case .forbidden(let clause) = home[1].ground.use, home[2].ground.use == .unlisted else { throw Unexpected() }
        // Half of the parcel: 150 × 50 % = 75; half of the deed: 100.
        #expect(clause?.clause == "3" && brief(home[0]) == "75 25 100" && home[1].ground.overlays == ["river"])
        let shop = yields(rules, parts, use: "shop")
        // Allowed everywhere, on conditions in R1: 300 × 50 % = 150 on one floor.
        #expect(shop.map { $0.isAllowed } == [true] && shop[0].ground.use == .allowed(onConditions: true))
        #expect(shop.map(brief) == ["150 0 150"] && shop[0].ground.places == [0, 1, 2])
        let anyUse = yields(rules, parts)
        #expect(anyUse.allSatisfy { $0.isAllowed }, "no use is asked about")
        let open = try yields([coverage("50"), rule("P", "1", "*", "use", .permit, "home", when: "corner = TRUE")], use: "home")
        guard case .open(let finding)? = open.first?.ground.use else { throw Unexpected() }
        #expect(finding.needs == ["corner"])
    }

    @Test("Numbers that no parcel has are said to be too large") func large() throws {
        let most = "1000000000000"
        let yield = try one([coverage(most, .deed), density(most), floors(most)], ["area.deed": most])
        #expect(yield.groundFloor.limits.allSatisfy { $0.comesTo.rounded(places: 2) != nil || kind($0) != "envelope" })
        #expect(brief(yield).hasPrefix("300 "))
    }
}

private struct Unexpected: Error {}

extension Yield.Missing {
    fileprivate var name: String {
        switch self {
        case .decision: "decision"
        case .rule: "rule"
        case .basis: "basis"
        case .area: "area"
        case .number: "number"
        case .envelope: "envelope"
        case .tooLarge: "tooLarge"
        }
    }
}
