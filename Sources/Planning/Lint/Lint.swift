package import Persian

extension LintTables {
    /// All that is wrong on a day: plans first, then provisions, then zones, each in the order of its table.
    package func faults(on day: Day) -> [LintFault] {
        var drawn: [String: Set<String>] = [:]
        for zone in zones {
            if let plan = zone.plan { drawn[plan, default: []].insert(zone.layer) }
        }
        let law = Law(plans: plans, provisions: provisions, catalogue: catalogue, zoneLayers: drawn, events: events)
        let lint = Lint(tables: self, law: law, standing: law.standing(on: day))
        let all =
            lint.planFaults() + lint.unknownPlans() + lint.provisionDays() + lint.unitFaults() + lint.pairFaults() + lint.gaps()
            + lint.drawingFaults()
        return all.sorted { ($0.place.order, $0.code, "\($0.what)") < ($1.place.order, $1.code, "\($1.what)") }
    }
}

extension LintFault.Place {
    fileprivate var order: Int {
        switch self {
        case .plan(let row): row
        case .provision(let row): 1 << 30 + row
        case .zone(let row): 2 << 30 + row
        }
    }
}

/// The tables with their law as it stands on the day.
struct Lint {
    let tables: LintTables
    let law: Law
    let standing: StandingLaw

    /// The rules in force, each with its row in the table of provisions, in that order.
    var inForce: [(row: Int, rule: Rule)] {
        law.places.indices.map { (law.places[$0], law.rules[$0]) }.filter { standing.bindsSomewhere($0.1) }.sorted { $0.0 < $1.0 }
    }
}
