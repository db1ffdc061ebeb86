import Persian

extension Rule {
    /// Why this rule gives way to another in a slot: the first step of the precedence at which they differ. Rules that are equal in all
    /// steps give way for strictness, too: one of them is enough.
    func reasonToYield(to winner: Rule) -> Reason {
        if rank != winner.rank { return .rank }
        if specificity != winner.specificity { return .target }
        if planEffect != winner.planEffect || citation.from != winner.citation.from { return .date }
        return .strictness
    }

    /// Equal in rank, target and date: only strictness can part them.
    func stands(with other: Rule) -> Bool { reasonToYield(to: other) == .strictness }

    /// Rank, target, date: the later plan, and of one plan the later provision.
    private func outranks(_ other: Rule) -> Bool? {
        if rank != other.rank { return rank < other.rank }
        if specificity != other.specificity { return specificity > other.specificity }
        if planEffect != other.planEffect { return isLater(planEffect, other.planEffect) }
        if citation.from != other.citation.from { return isLater(citation.from, other.citation.from) }
        return nil
    }

    /// How little room it leaves in a slot: the smallest comes first.
    private func leniency(in slot: Slot) -> Int128 {
        switch slot {
        case .maximum: magnitude ?? 0
        case .minimum: -(magnitude ?? 0)
        case .permission: provision.relation == .forbid ? 0 : provision.relation == .condition ? 1 : 2
        }
    }

    /// Whether it comes before another in a slot; nil where only their order in the tables parts them.
    func precedes(_ other: Rule, in slot: Slot) -> Bool? {
        if let outranks = outranks(other) { return outranks }
        let (own, theirs) = (leniency(in: slot), other.leniency(in: slot))
        return own == theirs ? nil : own < theirs
    }
}

/// Since ever is before every day.
private func isLater(_ one: Day?, _ other: Day?) -> Bool {
    guard let one else { return false }
    return other.map { $0 < one } ?? true
}
