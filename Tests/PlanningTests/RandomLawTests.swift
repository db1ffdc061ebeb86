import Formats
import Persian
import Synchronization
import Testing
import Trials

@testable import Planning

/// Small laws with everything in them that can collide.
private struct RandomLaw {
    var random: Seeded

    mutating func maybe(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[Int.random(in: 0..<elements.count, using: &random)] }
    mutating func someDay() -> Day { Day(number: today.number + pick([-20, -10, -1, 0, 1, 10])) }

    mutating func plans() -> [Plan] {
        ["A", "B", "C", "D"].map { id in
            let from = maybe(40) ? someDay() : nil
            let until = maybe(15) ? Day(number: today.number + pick([0, 1, 5])) : nil
            return Plan(
                id: id, approved: maybe(97) ? Day(number: today.number - 30) : nil,
                published: maybe(92) ? Day(number: today.number - 25) : nil,
                from: from, until: until, replaces: maybe(8) ? [pick(["A", "B", "C", "D"].filter { $0 != id })] : [],
                amends: id != "A" && maybe(40) ? pick(["A", "B", "C"].filter { $0 < id }) : nil, rank: maybe(60) ? pick([1, 2]) : nil)
        }
    }

    mutating func clause(_ number: Int) throws -> ReferenceLaw.Clause {
        let facts = maybe(45) ? maybe(70) ? [pick(["a", "b", "c"])] : ["a", pick(["b", "c"])] : []
        let parameter = pick(["far.max", "far.max", "floors.max", "use"])
        let relation: Relation =
            parameter == "use"
            ? pick([.permit, .permit, .forbid, .condition]) : pick([.max, .max, .min, .exactly])
        let target = pick([
            "*", "zone:landUse/R1", "zone:landUse/R*", "zone:R2", "zone:R1", "parcel:1", "parcel:2", "overlay:river",
            "overlay:r*", "overlay:fault", "use:home", "use:h*",
        ])
        let provision = Provision(
            plan: pick(["A", "B", "C", "D"]), clause: String(number), target: try #require(Target(target)), parameter: parameter,
            relation: relation, value: parameter == "use" ? .use("home") : .number(Decimal(millionths: pick([1, 2, 3]) * 1_000_000)),
            unit: parameter == "use" ? .use : parameter == "far.max" ? .percent : .count,
            condition: facts.isEmpty ? nil : try Condition(parsing: facts.map { "\($0) = TRUE" }.joined(separator: " AND ")),
            period: Period(from: maybe(20) ? someDay() : nil, until: maybe(8) ? Day(number: today.number + pick([0, 3])) : nil))
        return ReferenceLaw.Clause(provision: provision, facts: facts)
    }

    mutating func reference() throws -> ReferenceLaw {
        let plans = plans()
        var clauses: [ReferenceLaw.Clause] = []
        for number in 1...Int.random(in: 1...14, using: &random) { clauses.append(try clause(number)) }
        var known: [String: Bool] = [:]
        for name in ["a", "b", "c"] where maybe(60) { known[name] = maybe(60) }
        return ReferenceLaw(
            plans: Dictionary(uniqueKeysWithValues: plans.map { ($0.id, $0) }), clauses: clauses, known: known,
            part: part(maybe(80) ? "landUse/R1" : "landUse/R3", overlays: maybe(50) ? ["river"] : [], uses: maybe(50) ? ["home"] : []),
            on: today)
    }
}

@Suite("Random laws against a slow and plain reading of the same rules") struct RandomLawTests {
    @Test("Five thousand laws come out the same")
    func agreement() throws {
        var made = RandomLaw(random: Seeded(1405))
        var seen: [Finding.Status: Int] = [:]
        var overlayBarred = 0
        for number in 0..<fuzzCount(5_000) {
            let reference = try made.reference()
            let law = Law(
                plans: Array(reference.plans.values), provisions: reference.clauses.map(\.provision).shuffled(using: &made.random),
                catalogue: catalogue, zoneLayers: ["A": ["landUse"], "B": ["landUse"], "C": ["landUse"], "D": ["landUse"]])
            let known = Facts(reference.known.mapValues { Fact(.bool($0), from: .asked) })
            let found = law.findings(for: [reference.part], facts: known, on: today).findings
            for parameter in ["far.max", "floors.max", "use"] {
                let here = found.filter { $0.parameter == parameter }
                let slots: [Slot] = parameter == "use" ? [.permission] : [.maximum, .minimum]
                let expected = slots.map { reference.expected(parameter, $0) }
                compare(here, expected, slots, reference, "law \(number), \(parameter)")
                if here.first?.overruled.contains(where: { $0.reason == .forbidden }) == true { overlayBarred += 1 }
                for finding in here { seen[finding.status, default: 0] += 1 }
                if expected.allSatisfy({ $0 == nil }) {
                    let mustBeNone = reference.isAbsent(parameter) || (!reference.isAddressed && reference.mustBeSilent(parameter))
                    #expect(here.map(\.status) == (mustBeNone ? [.none] : []), "law \(number), \(parameter)")
                } else {
                    #expect(!here.contains { $0.status == .none }, "law \(number), \(parameter)")
                }
            }
        }
        // The laws are no good if they never collide.
        for status in [Finding.Status.decided, .needs, .conflict, .none] { #expect(seen[status, default: 0] > 100, "\(seen)") }
        #expect(overlayBarred > 30)
    }

    @Test("A law of which only what may concern the place is read says what the whole law says")
    func readOnDemand() throws {
        var made = RandomLaw(random: Seeded(1406))
        var (read, all) = (0, 0)
        for number in 0..<fuzzCount(2_000) {
            let reference = try made.reference()
            let layers: [String: Set<String>] = ["A": ["landUse"], "B": ["landUse"], "C": ["landUse"]]
            let provisions = reference.clauses.map(\.provision)
            let whole = Law(plans: Array(reference.plans.values), provisions: provisions, catalogue: catalogue, zoneLayers: layers)
            let (places, headings) = (whole.places, whole.headings)
            let asked = Mutex<Set<Int>>([])
            let law = Law(
                plans: Array(reference.plans.values),
                provisions: (
                    places.count,
                    { place in
                        asked.withLock { _ = $0.insert(place) }
                        return provisions[places[place]]
                    }
                ),
                catalogue: catalogue, zoneLayers: layers, events: [], mentions: whole.mentions, places: { headings[$0]?[$1] ?? [] })
            let known = Facts(reference.known.mapValues { Fact(.bool($0), from: .asked) })
            for parcel in [nil, "1", "3"] {
                var part = reference.part
                part.parcel = parcel
                let (one, other) = (
                    whole.findings(for: [part], facts: known, on: today), law.findings(for: [part], facts: known, on: today)
                )
                #expect(one.findings == other.findings && one.uses == other.uses, "law \(number), parcel \(parcel ?? "-")")
            }
            #expect(whole.restrictingOverlayKinds(on: today) == law.restrictingOverlayKinds(on: today), "law \(number)")
            #expect(whole.expectedZoneLayers(on: today) == law.expectedZoneLayers(on: today), "law \(number)")
            read += asked.withLock { $0.count }
            all += places.count
        }
        #expect(read < all * 9 / 10, "\(read) of \(all)")
    }

    private func compare(
        _ found: [Finding], _ expected: [ReferenceLaw.Expected?], _ slots: [Slot], _ reference: ReferenceLaw, _ place: Comment
    ) {
        // A minimum above the maximum is the one thing that looks at both slots.
        let contradicts = contradiction(expected, reference)
        for (slot, wanted) in zip(slots, expected) {
            let relations: Set<Relation?> =
                slot == .maximum ? [.max, .exactly] : slot == .minimum ? [.min, .exactly] : [.permit, .forbid, .condition, nil]
            let here = found.filter { relations.contains($0.relation) && $0.status != .none }
            guard let wanted else {
                #expect(here.allSatisfy { $0.relation == .exactly } || here.isEmpty, place)
                continue
            }
            guard here.count == 1, let finding = here.first else {
                Issue.record("\(here.map(\.brief)) where one finding was expected, \(place)")
                continue
            }
            #expect(finding.status == (contradicts ? .conflict : wanted.status), place)
            #expect(finding.provision?.clause == wanted.clause, place)
            #expect(wanted.needs.isSubset(of: finding.needs) && wanted.mayNeed.isSuperset(of: finding.needs), place)
            #expect(Set(finding.lost).isSuperset(of: wanted.lost), place)
            if finding.relation != .exactly { #expect(finding.lost == wanted.lost.sorted(), place) }
        }
    }

    private func contradiction(_ expected: [ReferenceLaw.Expected?], _ reference: ReferenceLaw) -> Bool {
        guard expected.count == 2, let high = expected[0], let low = expected[1], high.status == .decided, low.status == .decided else {
            return false
        }
        func value(_ expected: ReferenceLaw.Expected) -> Int64 {
            guard case .number(let number)? = reference.clauses.first(where: { $0.provision.clause == expected.clause })?.provision.value
            else { return 0 }
            return number.millionths
        }
        return value(low) > value(high)
    }
}

extension ReferenceLaw {
    /// What a zone that nobody names has no rule for.
    func mustBeSilent(_ parameter: String) -> Bool {
        regulated.isEmpty ? parameter != "use" : regulated.contains(parameter)
    }
}
