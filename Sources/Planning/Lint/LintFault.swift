/// Something wrong with a city's plans, provisions and drawn zones, which every row by itself is free of.
package struct LintFault: Hashable, Sendable {
    package enum Place: Hashable, Sendable {
        /// Places in the tables that were looked at.
        case plan(Int)
        case provision(Int)
        case zone(Int)
    }

    package enum What: Hashable, Sendable {
        /// Two provisions on one target that precedence cannot order say different things wherever the one applies; the other's place.
        case contradiction(Int)
        /// They do so in a band where both apply.
        case overlap(Int, band: String)
        /// Wherever and whenever it applies another does, and wins.
        case neverWins(against: Int)
        /// A band in which no provision says anything of a parameter that the target's provisions regulate.
        case gap(band: String)
        /// A zone that is drawn and that no provision in force addresses.
        case zoneUnregulated
        /// A zone or kind of overlay that provisions address and nobody drew.
        case undrawn
        /// Days of a plan that are not in their order.
        case planDays(earlier: String, later: String)
        /// A provision's day beyond those of its plan.
        case provisionDays(column: String)
        /// A percentage among ratios, or the other way round.
        case unitsMixed
        /// A value that would fit its like a hundred times larger or smaller.
        case scale
        /// Plans that amend, or replace, each other in a circle.
        case circle(column: String, plans: [String])
        /// A plan that nobody registered.
        case planUnknown(String, column: String)
    }

    package enum Severity: String, Sendable {
        case error, warning
    }

    package let place: Place
    package let what: What

    package var severity: Severity {
        switch what {
        case .contradiction, .planDays, .unitsMixed, .circle, .planUnknown: .error
        case .overlap, .neverWins, .gap, .zoneUnregulated, .undrawn, .provisionDays, .scale: .warning
        }
    }

    package var code: String {
        switch what {
        case .contradiction: "rule.contradiction"
        case .overlap: "rule.overlap"
        case .neverWins: "rule.neverWins"
        case .gap: "band.gap"
        case .zoneUnregulated: "zone.unregulated"
        case .undrawn: "target.undrawn"
        case .planDays: "plan.days"
        case .provisionDays: "provision.days"
        case .unitsMixed: "unit.mixed"
        case .scale: "unit.scale"
        case .circle: "plan.circle"
        case .planUnknown: "plan.unknown"
        }
    }
}

/// What is looked at: the planner's tables in their order, and what is drawn.
package struct LintTables: Sendable {
    package let plans: [Plan]
    package let provisions: [Provision]
    package let catalogue: ParameterCatalogue
    package let events: [LegalEvent]
    /// The zones that are drawn, each layer, code and plan once.
    package let zones: [Part.Zone]
    package let overlayKinds: Set<String>

    package init(
        plans: [Plan], provisions: [Provision], catalogue: ParameterCatalogue, events: [LegalEvent], zones: [Part.Zone],
        overlayKinds: Set<String>
    ) {
        self.plans = plans
        self.provisions = provisions
        self.catalogue = catalogue
        self.events = events
        self.zones = zones
        self.overlayKinds = overlayKinds
    }
}
