import Formats

extension StandingLaw {
    /// What the law says of the parts of one or more parcels, all of which have the same facts. The order of the parts does not matter.
    package func findings(for parts: [Part], facts: Facts) -> (findings: [Finding], uses: [UseFinding]) {
        var findings: [Finding] = []
        var uses: [UseFinding] = []
        for (_, group) in Dictionary(grouping: parts, by: \.parcel).sorted(by: { ($0.key ?? "") < ($1.key ?? "") }) {
            let group = group.map(PlacedPart.init).sorted { $0.order.lexicographicallyPrecedes($1.order) }
            var outcomes = group.map { self.outcomes(for: $0.part, facts: facts) }
            if group.first?.part.parcel != nil { Collapse(law: law, areas: group.map(\.part.area)).apply(to: &outcomes) }
            outcomes = outcomes.map(law.paired)
            // Most outcomes hold on the whole parcel.
            let whole = Ground(group, Array(group.indices))
            findings += merged(outcomes).map { finding($0.outcome, on: $0.parts.count == group.count ? whole : Ground(group, $0.parts)) }
            uses += useFindings(outcomes, group, asked: facts["use"])
        }
        return (findings, uses)
    }

    /// Equal outcomes once, with the parts that they hold in; by parameter, use, slot, relation and the deciding rule.
    private func merged(_ outcomes: [[Outcome]]) -> [(outcome: Outcome, parts: [Int])] {
        var places: [Outcome: Int] = [:]
        var merged: [(outcome: Outcome, parts: [Int])] = []
        for (part, list) in outcomes.enumerated() {
            for outcome in list {
                if outcomes.count > 1, let place = places[outcome], merged[place].parts.last != part {
                    merged[place].parts.append(part)
                } else {
                    if outcomes.count > 1 { places[outcome] = merged.count }
                    merged.append((outcome, [part]))
                }
            }
        }
        return merged.enumerated().sorted { one, other in
            let (left, right) = (one.element.outcome, other.element.outcome)
            if left.subject != right.subject { return left.subject < right.subject }
            return (left.order, left.winner ?? .max, one.offset) < (right.order, right.winner ?? .max, other.offset)
        }.map(\.element)
    }

    private func finding(_ outcome: Outcome, on ground: Ground) -> Finding {
        Finding(
            parcel: ground.parcel, parameter: outcome.subject.parameter, relation: outcome.relation, value: outcome.value,
            unit: outcome.unit, basis: outcome.basis, zones: outcome.zone.map { [$0.name] } ?? ground.zones, share: ground.share,
            facts: outcome.facts,
            provision: outcome.winner.map { law.rules[$0].citation }, status: outcome.status,
            needs: Set(outcome.open.flatMap(\.needs)).sorted(),
            overruled: outcome.losses.map { loss in
                let rule = law.rules[loss.rule]
                return Overruled(
                    provision: rule.citation, relation: rule.provision.relation, value: rule.provision.value, unit: rule.provision.unit,
                    reason: loss.reason)
            },
            open: outcome.open.map { opening in
                let rule = law.rules[opening.rule]
                return Contender(
                    provision: rule.citation, relation: rule.provision.relation, value: rule.provision.value, unit: rule.provision.unit,
                    needs: opening.needs)
            })
    }

    private struct UseKey: Hashable {
        let use: String
        let status: UseFinding.Status
        let winner: Int?
    }

    private func useFindings(_ outcomes: [[Outcome]], _ group: [PlacedPart], asked: Fact?) -> [UseFinding] {
        var parts: [UseKey: [Int]] = [:]
        for (part, list) in outcomes.enumerated() {
            var listed: Set<String> = []
            for outcome in list where outcome.slot == .permission {
                guard let use = outcome.subject.use else { continue }
                listed.insert(use)
                parts[UseKey(use: use, status: outcome.useStatus, winner: outcome.winner), default: []].append(part)
            }
            let named = Set(uses).union(group[part].part.uses ?? []).union(asked.map { [$0.value.text] } ?? [])
            for use in named.subtracting(listed) { parts[UseKey(use: use, status: .unlisted, winner: nil), default: []].append(part) }
        }
        return parts.sorted {
            ($0.key.use, $0.key.winner ?? .max, $0.key.status.rawValue) < ($1.key.use, $1.key.winner ?? .max, $1.key.status.rawValue)
        }.map { key, places in
            let ground = Ground(group, places)
            return UseFinding(
                parcel: ground.parcel, use: key.use, status: key.status, zones: ground.zones, share: ground.share,
                provision: key.winner.map { law.rules[$0].citation })
        }
    }
}

extension Outcome {
    fileprivate var useStatus: UseFinding.Status {
        switch (status, relation) {
        case (.decided, .permit): .permitted
        case (.decided, .forbid): .prohibited
        default: .conditional
        }
    }

    /// Limits first, then permissions, then what qualifies them.
    fileprivate var order: Int { slot?.rawValue ?? (status == .none ? 3 : relation == .condition ? 4 : 5) }
}

/// A part and what it is sorted by.
private struct PlacedPart {
    let part: Part
    let order: [String]

    init(_ part: Part) {
        self.part = part
        let zones = part.zones.map { "\($0.name) \($0.plan ?? "")" }.sorted()
        let overlays = part.overlays.map { "\($0.layer)/\($0.kind)/\($0.code) \($0.plan ?? "")" }.sorted()
        let digits = String(part.area ?? 0)
        order =
            zones + ["|"] + overlays + ["|", String(repeating: "0", count: max(0, 19 - digits.count)) + digits]
            + (part.uses?.sorted() ?? []) + ["|"] + part.overlaysUnchecked.sorted()
    }
}

/// The ground of several parts of one parcel.
private struct Ground {
    let parcel: String?
    let zones: [String]
    let share: Decimal?

    init(_ group: [PlacedPart], _ places: [Int]) {
        let parts = places.map { group[$0].part }
        parcel = parts.first?.parcel
        zones = Set(parts.flatMap(\.zones).map(\.name)).sorted()
        // From areas in whole mm², so that shares are rounded once, at the end.
        let areas = parts.compactMap(\.area)
        if areas.count == parts.count, let whole = parts.first?.parcelArea {
            share = Decimal(millionths: areas.reduce(0, +)).divided(by: Decimal(millionths: whole))
        } else {
            share = nil
        }
    }
}
