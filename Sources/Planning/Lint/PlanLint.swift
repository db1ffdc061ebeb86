import Persian

extension Lint {
    /// Days out of order, and circles.
    func planFaults() -> [LintFault] {
        var faults: [LintFault] = []
        for (row, plan) in tables.plans.enumerated() {
            let days = [("approved", plan.approved), ("published", plan.published), ("from", plan.from), ("until", plan.until)]
            let stated = days.compactMap { column, day in day.map { (column, $0) } }
            if let (one, other) = zip(stated, stated.dropFirst()).first(where: { $0.1 > $1.1 }) {
                faults.append(LintFault(place: .plan(row), what: .planDays(earlier: one.0, later: other.0)))
            }
        }
        return faults + circles("amends") { $0.amends.map { [$0] } ?? [] } + circles("replaces") { $0.replaces }
    }

    /// The circles of one column, each at the first of its plans by id.
    private func circles(_ column: String, _ next: (Plan) -> [String]) -> [LintFault] {
        let circles = tables.plans.circles(next)
        var faults: [LintFault] = []
        for (row, plan) in tables.plans.enumerated() {
            guard let circle = circles[plan.id], circle.first == plan.id else { continue }
            faults.append(LintFault(place: .plan(row), what: .circle(column: column, plans: circle)))
        }
        return faults
    }

    /// Plans that are named and that nobody registered, each once in a column.
    func unknownPlans() -> [LintFault] {
        var said: Set<[String]> = []
        var faults: [LintFault] = []
        func note(_ id: String?, _ column: String, _ place: LintFault.Place) {
            guard let id, law.plan(id) == nil, said.insert([id, column]).inserted else { return }
            faults.append(LintFault(place: place, what: .planUnknown(id, column: column)))
        }
        for (row, plan) in tables.plans.enumerated() {
            note(plan.amends, "amends", .plan(row))
            for id in plan.replaces { note(id, "replaces", .plan(row)) }
        }
        for (row, provision) in tables.provisions.enumerated() { note(provision.plan, "plan", .provision(row)) }
        for (row, zone) in tables.zones.enumerated() { note(zone.plan, "plan", .zone(row)) }
        return faults
    }

    /// Provisions that begin before their plan takes effect, or end after it.
    func provisionDays() -> [LintFault] {
        tables.provisions.enumerated().compactMap { row, provision in
            guard let plan = law.plan(provision.plan) else { return nil }
            func outside(_ column: String) -> LintFault { LintFault(place: .provision(row), what: .provisionDays(column: column)) }
            if let from = provision.period.from {
                if let effect = plan.effect, from < effect { return outside("from") }
                if let until = plan.until, from >= until { return outside("from") }
            }
            if let until = provision.period.until {
                if let effect = plan.effect, until <= effect { return outside("until") }
                if let end = plan.until, until > end { return outside("until") }
            }
            return nil
        }
    }
}
