package import Persian

/// The law as it stands on one day: which rules bind is worked out once for all places, and what they say once for all like places.
package final class StandingLaw: Sendable {
    package let day: Day
    let law: Law
    /// By a rule's place in the law.
    let inForce: [Bool]
    /// The uses that provisions in force name, sorted.
    let uses: [String]
    let dockets: Dockets
    private let zoneRules: ZoneRules

    /// - Parameter limit: how many rulings (some kilobytes each) and statements are kept. A town has some hundreds, but data may be made
    ///   so that every parcel has its own.
    init(_ law: Law, on day: Day, keeping limit: Int = 32_768) {
        dockets = Dockets(limit: limit)
        self.law = law
        self.day = day
        let binding = Set(law.plans.ids.filter { law.plans.status(of: $0, on: day) == .inForce })
        inForce = law.rules.map { binding.contains($0.provision.plan) && $0.provision.period.contains(day) }
        let standing = zip(law.rules, inForce).filter(\.1).map(\.0)
        uses = Set(standing.compactMap(\.subject.use)).sorted()
        zoneRules = ZoneRules(standing)
    }

    /// The kinds of overlays that provisions in force name in targets or conditions, sorted; wildcards as they are written.
    package var restrictingOverlayKinds: [String] {
        var kinds: Set<String> = []
        for rule in rulesInForce {
            if case .overlay(let kind) = rule.provision.target { kinds.insert(kind.text) }
            rule.provision.condition?.expression.collectOverlays(into: &kinds)
        }
        return kinds.sorted()
    }

    /// The zone layers that the plans in force draw in and that provisions in force name without a wildcard, sorted.
    package var expectedZoneLayers: [String] {
        var layers: Set<String> = []
        for plan in law.plans.ids where law.plans.status(of: plan, on: day) == .inForce {
            layers.formUnion(law.plans.drawnLayers(of: plan))
        }
        for rule in rulesInForce {
            if case .zone(let layer?, _) = rule.provision.target, layer.isExact { layers.insert(layer.text) }
        }
        return layers.sorted()
    }

    var rulesInForce: some Sequence<Rule> { zip(law.rules, inForce).lazy.filter(\.1).map(\.0) }

    /// Whether a provision in force regulates this very zone, be its condition met or not.
    func isAddressed(_ zone: Part.Zone) -> Bool { zoneRules.address(zone) }

    func parameters(regulatedIn layer: String) -> Set<String> { zoneRules.parameters(in: layer) }
}

/// What the rules in force on zones name.
private struct ZoneRules: Sendable {
    private var byCode: [String: [Rule]] = [:]
    private var wildcards: [Rule] = []
    /// By layer; a layer that only a wildcard names is not among them.
    private var byLayer: [String: Set<String>] = [:]
    private var byLayerWildcard: [Pattern: Set<String>] = [:]

    init(_ rules: [Rule]) {
        for rule in rules where !rule.accumulates {
            guard case .zone(let layer, let code) = rule.provision.target else { continue }
            if code.isExact { byCode[code.text, default: []].append(rule) } else { wildcards.append(rule) }
            if let layer, !layer.isExact {
                byLayerWildcard[layer, default: []].insert(rule.provision.parameter)
            } else {
                for name in layer.map({ [$0.text] }) ?? rule.layers { byLayer[name, default: []].insert(rule.provision.parameter) }
            }
        }
    }

    func address(_ zone: Part.Zone) -> Bool {
        byCode[zone.code]?.contains { $0.addresses(zone) } == true || wildcards.contains { $0.addresses(zone) }
    }

    func parameters(in layer: String) -> Set<String> {
        var parameters = byLayer[layer] ?? []
        for (pattern, named) in byLayerWildcard where pattern.matches(layer) { parameters.formUnion(named) }
        return parameters
    }
}
