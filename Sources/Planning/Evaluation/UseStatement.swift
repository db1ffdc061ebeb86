/// What is said of one use, whatever the ground.
struct UseStatement: Hashable, Sendable {
    let use: String
    let status: UseFinding.Status
    let winner: Int?

    /// By use, deciding rule and status; nil where all are the same.
    func precedes(_ other: UseStatement) -> Bool? {
        if use != other.use { return use < other.use }
        if winner != other.winner { return (winner ?? .max) < (other.winner ?? .max) }
        return status == other.status ? nil : status.rawValue < other.status.rawValue
    }
}

extension StandingLaw {
    /// What is said of every use that the law names, that stands on the part or that was asked about, in the order of findings.
    func useStatements(_ outcomes: [Outcome], standing: Set<String>?, asked: String?) -> [UseStatement] {
        var listed: Set<String> = []
        var statements: [UseStatement] = []
        for outcome in outcomes where outcome.slot == .permission {
            guard let use = outcome.subject.use else { continue }
            listed.insert(use)
            statements.append(UseStatement(use: use, status: outcome.useStatus, winner: outcome.winner))
        }
        let named = Set(uses).union(standing ?? []).union(asked.map { [$0] } ?? [])
        statements += named.subtracting(listed).map { UseStatement(use: $0, status: .unlisted, winner: nil) }
        return statements.sorted { $0.precedes($1) == true }
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
}
