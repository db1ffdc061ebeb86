import Testing

@testable import Planning

@Suite struct OverlappingZonesTests {
    private func found(_ part: Part, _ provisions: [Provision], _ typed: [String: String] = [:]) -> [String] {
        law([plan("P")], provisions, layers: ["P": ["landUse", "height"]]).findings(for: [part], facts: facts(typed), on: today).findings
            .map { "\($0.brief): \($0.zones.joined(separator: " "))" }
    }

    @Test("A zone that no provision names has no rule also under a zone that has one (TRAPS 16)")
    func unnamed() throws {
        let rules = try [rule("P", "1", "zone:landUse/R1", "far.max", .max, "100")]
        #expect(
            found(part("landUse/R1", "landUse/N"), rules) == [
                "far.max max 100 decided 1: landUse/N landUse/R1", "far.max - - none: landUse/N",
            ])
        #expect(found(part("landUse/R1"), rules) == ["far.max max 100 decided 1: landUse/R1"])
    }

    @Test("A band that has no rule says so also under a zone whose band has one")
    func band() throws {
        let rules = try [
            rule("P", "1", "zone:landUse/R1", "far.max", .max, "100"),
            rule("P", "2", "zone:landUse/R2", "far.max", .max, "200", when: "frontage >= 12.2"),
        ]
        let both = part("landUse/R1", "landUse/R2")
        #expect(
            found(both, rules, ["frontage": "12"]) == [
                "far.max max 100 decided 1: landUse/R1 landUse/R2", "far.max max - none: landUse/R2",
            ])
        #expect(found(both, rules, ["frontage": "12.2"]) == ["far.max max 100 decided 1: landUse/R1 landUse/R2"])
        #expect(found(both, rules).allSatisfy { !$0.contains("none") }, "what hangs on a missing fact is needed, not absent")
    }

    @Test("What holds everywhere, or in another layer's zone, is a rule for every zone there; two polygons of one code are one zone")
    func others() throws {
        let anywhere = try [rule("P", "1", "zone:landUse/R1", "far.max", .max, "100"), rule("P", "2", "*", "far.max", .max, "300")]
        #expect(found(part("landUse/R1", "landUse/N"), anywhere).count == 1)
        let layers = try [
            rule("P", "1", "zone:landUse/R1", "far.max", .max, "100"), rule("P", "2", "zone:height/H1", "far.max", .max, "300"),
        ]
        #expect(found(part("landUse/R1", "landUse/N", "height/H1"), layers).count == 1)
        #expect(found(part("landUse/R1", "landUse/R1"), try [rule("P", "1", "zone:landUse/R1", "far.max", .max, "100")]).count == 1)
    }

    @Test("The zone without a rule has its own share, and is said once for all its parts")
    func shares() throws {
        let standing = law([plan("P")], try [rule("P", "1", "zone:landUse/R*", "far.max", .max, "100")])
        let parts = [
            part("landUse/R1", area: 1, of: 4), part("landUse/R1", "landUse/N", area: 1, of: 4),
            part("landUse/R2", "landUse/N", area: 2, of: 4),
        ]
        let none = standing.findings(for: parts, facts: Facts(), on: today).findings.filter { $0.status == .none }
        #expect(none.map(\.zones) == [["landUse/N"]] && none.map(\.share?.description) == ["0.75"])
    }
}
