import CQL2

/// All that was said on one subject in one part.
struct Hearing {
    let subject: Subject
    var applying: [Int] = []
    var unknown: [Int: Set<String>] = [:]
    /// In force and aimed at this part, but their conditions do not hold.
    var unmet: [Int] = []
    /// They would apply if their plan or their own days were in force.
    var outOfForce: [Int] = []
}

extension StandingLaw {
    /// What the part comes to, before the parcel's parts are looked at together. Of the facts it depends only on which rules aim at the
    /// part and on what their conditions come to.
    func outcomes(for part: Part, facts: Facts) -> [Outcome] {
        let all = jointOutcomes(for: part, facts: facts)
        return all + silenceUnderNeighbours(part, facts: facts, besides: all)
    }

    /// What its zones and overlays come to together: each provision that applies to one of them counts.
    func jointOutcomes(for part: Part, facts: Facts) -> [Outcome] {
        let known = Known(facts: facts, part: part)
        let hearings = hearings(known)
        var outcomes: [Outcome] = []
        var regulated: Set<String> = []
        for hearing in hearings {
            let decided = competing(hearing)
            if !decided.isEmpty { regulated.insert(hearing.subject.parameter) }
            outcomes += decided
        }
        for hearing in hearings {
            outcomes += accumulating(hearing)
            if let absent = absence(hearing, regulated: regulated) { outcomes.append(absent) }
        }
        return outcomes + silence(part, besides: Set(outcomes.lazy.filter { !$0.isRemark }.map(\.subject.parameter)), hearings: hearings)
    }

    private func hearings(_ known: Known) -> [Hearing] {
        var hearings: [Hearing] = []
        var places: [Subject: Int] = [:]
        for candidate in law.index.candidates(for: known.part) {
            let rule = law.rules[candidate]
            let aim = rule.target(in: known)
            guard aim != .no else { continue }
            let truth = aim.and(rule.provision.condition?.truth(facts: known.facts, part: known.part) ?? .yes)
            let binds = isInForce(rule, in: known.part.sectors)
            if !binds && truth != .yes { continue }
            let place = places[rule.subject] ?? hearings.count
            if place == hearings.count {
                places[rule.subject] = place
                hearings.append(Hearing(subject: rule.subject))
            }
            switch truth {
            case .yes where !binds: hearings[place].outOfForce.append(candidate)
            case .yes: hearings[place].applying.append(candidate)
            case .unknown(let needs): hearings[place].unknown[candidate] = needs
            case .no: if aim == .yes { hearings[place].unmet.append(candidate) }
            }
        }
        return hearings.sorted { $0.subject < $1.subject }
    }

    private func competing(_ hearing: Hearing) -> [Outcome] {
        var outcomes: [Outcome] = []
        for slot in Slot.allCases {
            let applying = hearing.applying.filter { law.rules[$0].slots.contains(slot) }
            let unknown = hearing.unknown.filter { law.rules[$0.key].slots.contains(slot) }
            guard !applying.isEmpty || !unknown.isEmpty,
                var outcome = law.outcome(of: hearing.subject, in: slot, applying: applying, unknown: unknown)
            else { continue }
            let outOfForce = hearing.outOfForce.filter { law.rules[$0].slots.contains(slot) }
            if !outOfForce.isEmpty { outcome.addLosses(outOfForce.map { Loss(rule: $0, reason: .notInForce) }) }
            outcomes.append(outcome)
        }
        return outcomes
    }

    /// Notes and qualifications in words: all stand.
    private func accumulating(_ hearing: Hearing) -> [Outcome] {
        let certain = hearing.applying.map { ($0, Set<String>()) }
        let possible = hearing.unknown.map { ($0.key, $0.value) }
        return (certain + possible).sorted { $0.0 < $1.0 }.filter { law.rules[$0.0].accumulates }.map { place, needs in
            let provision = law.rules[place].provision
            let isCertain = needs.isEmpty
            return Outcome(
                subject: hearing.subject, slot: nil, relation: provision.relation, value: provision.value, unit: provision.unit,
                basis: provision.basis, reads: names(readBy: [provision]), status: isCertain ? .decided : .needs,
                winner: isCertain ? place : nil, open: isCertain ? [] : [Outcome.Opening(rule: place, needs: needs.sorted())])
        }
    }

    /// "No rule found": the law regulates the subject here, but no provision's condition holds.
    private func absence(_ hearing: Hearing, regulated: Set<String>) -> Outcome? {
        let unmet = hearing.unmet.filter { !law.rules[$0].accumulates }
        // One use may be regulated where another is not; of any other parameter one outcome is enough.
        let isRegulated =
            hearing.subject.use == nil
            ? regulated.contains(hearing.subject.parameter)
            : (hearing.applying + Array(hearing.unknown.keys)).contains { !law.rules[$0].accumulates }
        guard !unmet.isEmpty, !isRegulated else { return nil }
        let provisions = unmet.map { law.rules[$0].provision }
        var outcome = Outcome(
            subject: hearing.subject, slot: nil, relation: common(provisions.map { Optional($0.relation) }),
            value: hearing.subject.use.map(Value.use) ?? .none, unit: law.catalogue[hearing.subject.parameter]?.unit,
            reads: names(readBy: provisions), status: .none)
        outcome.addLosses(outOfForceLosses([hearing]))
        return outcome
    }

    /// A zone that no provision names: "no rule found" for each parameter that is regulated in its layer; where none is, for each that
    /// the city knows, except uses.
    private func silence(_ part: Part, besides said: Set<String>, hearings: [Hearing]) -> [Outcome] {
        var silent: Set<String> = []
        for zone in part.zones where !isAddressed(zone, in: part.sectors) {
            let regulated = parameters(regulatedIn: zone.layer)
            let known = Set(law.catalogue.parameters.map(\.code)).subtracting([Parameter.use])
            silent.formUnion(regulated.isEmpty ? known : regulated)
        }
        return silent.subtracting(said).sorted().map { parameter in
            var outcome = Outcome(
                subject: Subject(parameter: parameter, use: nil), slot: nil, unit: law.catalogue[parameter]?.unit, status: .none)
            outcome.addLosses(outOfForceLosses(hearings.filter { $0.subject == outcome.subject }))
            return outcome
        }
    }

    private func outOfForceLosses(_ hearings: [Hearing]) -> [Loss] {
        hearings.flatMap(\.outOfForce).filter { !law.rules[$0].accumulates }.map { Loss(rule: $0, reason: .notInForce) }
    }
}

extension Outcome {
    fileprivate var isRemark: Bool { slot == nil && status != .none }
}
