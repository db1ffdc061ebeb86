package import Persian
import Synchronization

/// The law as it stands on one day: which rules bind is worked out once for all places, and what they say once for all like places.
package final class StandingLaw: Sendable {
    package let day: Day
    let law: Law
    /// The sets of sectors that ground lies in.
    private let grounds: [Set<Int>]
    /// By the sectors that ground lies in.
    private let plansInForce = Mutex<[Set<Int>: Set<String>]>([:])
    /// On some ground.
    private let plansSomewhere: Set<String>
    /// What provisions in force speak of.
    private let mentions: [Mention]
    /// The uses that provisions in force name, sorted.
    let uses: [String]
    let dockets: Dockets
    private let zoneParameters = Mutex<ZoneParameters?>(nil)

    /// - Parameter limit: how many rulings (some kilobytes each) and statements are kept. A town has some hundreds, but data may be made
    ///   so that every parcel has its own.
    init(_ law: Law, on day: Day, grounds: [Set<Int>] = [[]], keeping limit: Int = 32_768) {
        dockets = Dockets(limit: limit)
        self.law = law
        self.grounds = grounds
        self.day = day
        let plans = Set(law.plans.ids.filter { law.isInForce($0, on: day, somewhereIn: grounds) })
        plansSomewhere = plans
        mentions = law.mentions.filter { plans.contains($0.plan) && $0.period.contains(day) }
        uses = Set(mentions.filter { $0.kind == .use }.map(\.name)).sorted()
    }

    /// The kinds of overlays that provisions in force name in targets or conditions, sorted; wildcards as they are written.
    package var restrictingOverlayKinds: [String] { Set(mentions.filter { $0.kind == .overlay }.map(\.name)).sorted() }

    /// The zone layers that the plans in force draw in and that provisions in force name without a wildcard, sorted.
    package var expectedZoneLayers: [String] {
        var layers = Set(mentions.filter { $0.kind == .layer }.map(\.name))
        for plan in plansSomewhere { layers.formUnion(law.plans.drawnLayers(of: plan)) }
        return layers.sorted()
    }

    /// Whether a provision binds on ground that lies in these sectors.
    func isInForce(_ rule: Rule, in sectors: Set<Int>) -> Bool {
        let provision = rule.provision
        return provision.period.contains(day) && plans(in: sectors).contains(provision.plan)
            && law.plans.clauseStands(provision.clause, of: provision.plan, on: day, in: sectors)
    }

    /// Whether it does so on some ground.
    func bindsSomewhere(_ rule: Rule) -> Bool { grounds.contains { isInForce(rule, in: $0) } }

    private func plans(in sectors: Set<Int>) -> Set<String> {
        if let known = plansInForce.withLock({ $0[sectors] }) { return known }
        let plans = plansSomewhere.filter { law.plans.status(of: $0, on: day, in: sectors) == .inForce }
        plansInForce.withLock { $0[sectors] = plans }
        return plans
    }

    /// Whether a provision in force there regulates this very zone, be its condition met or not.
    func isAddressed(_ zone: Part.Zone, in sectors: Set<Int>) -> Bool {
        (law.index.places(.zone, zone.code) + law.index.places(.others, "")).contains { place in
            let rule = law.rules[place]
            return !rule.accumulates && isInForce(rule, in: sectors) && rule.addresses(zone)
        }
    }

    /// Asked for where a zone has no rule, which is seldom: it reads the whole law.
    func parameters(regulatedIn layer: String) -> Set<String> {
        zoneParameters.withLock { known in
            let parameters =
                known
                ?? ZoneParameters(law.rules.all.filter(bindsSomewhere))
            known = parameters
            return parameters.regulated(in: layer)
        }
    }
}

/// What the rules in force on zones regulate.
private struct ZoneParameters: Sendable {
    /// By layer; a layer that only a wildcard names is not among them.
    private var byLayer: [String: Set<String>] = [:]
    private var byLayerWildcard: [Pattern: Set<String>] = [:]

    init(_ rules: [Rule]) {
        for rule in rules where !rule.accumulates {
            guard case .zone(let layer, _) = rule.provision.target else { continue }
            if let layer, !layer.isExact {
                byLayerWildcard[layer, default: []].insert(rule.provision.parameter)
            } else {
                for name in layer.map({ [$0.text] }) ?? rule.layers { byLayer[name, default: []].insert(rule.provision.parameter) }
            }
        }
    }

    func regulated(in layer: String) -> Set<String> {
        var parameters = byLayer[layer] ?? []
        for (pattern, named) in byLayerWildcard where pattern.matches(layer) { parameters.formUnion(named) }
        return parameters
    }
}
