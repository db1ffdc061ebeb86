/// What a law holds of one clause.
extension Law {
    /// The plans that are registered or that provisions name, sorted.
    package var planNames: [String] { Set(plans.ids).union(rules.all.map(\.provision.plan)).sorted() }

    /// The clauses of a plan, sorted.
    package func clauses(of plan: String) -> [String] {
        Set(rules.all.filter { $0.provision.plan == plan }.map(\.provision.clause)).sorted()
    }

    /// The provisions of a clause, in the order of their table.
    package func provisions(of plan: String, clause: String) -> [Provision] {
        rules.all.map(\.provision).filter { $0.plan == plan && $0.clause == clause }
    }
}
