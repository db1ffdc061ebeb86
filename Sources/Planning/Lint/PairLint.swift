extension Lint {
    /// Contradictions, overlaps, and provisions that never win, among those in force on one target.
    func pairFaults() -> [LintFault] {
        struct Ground: Hashable {
            let target: Target
            let subject: Subject
        }
        let competing = inForce.filter { !$0.rule.accumulates }
        let groups = Dictionary(grouping: competing) { Ground(target: $0.rule.provision.target, subject: $0.rule.subject) }
        return groups.values.flatMap { own in
            own.indices.flatMap { place in own[..<place].compactMap { fault(own[place], $0) } }
        }
    }

    private typealias Row = (row: Int, rule: Rule)

    /// What is wrong between a row and one before it.
    private func fault(_ later: Row, _ earlier: Row) -> LintFault? {
        let (one, other) = (later.rule, earlier.rule)
        guard let grid = BandGrid([one, other].compactMap(\.provision.condition)) else { return nil }
        let (mine, theirs) = (grid.cells(where: one.provision.condition), grid.cells(where: other.provision.condition))
        let both = mine.intersection(theirs)
        guard !both.isEmpty else { return nil }
        func clash() -> LintFault {
            let what: LintFault.What =
                mine == theirs ? .contradiction(earlier.row) : .overlap(earlier.row, band: grid.bands(both).joined(separator: " OR "))
            return LintFault(place: .provision(later.row), what: what)
        }
        guard Set(one.slots) == Set(other.slots) else { return crosses(one, other) ? clash() : nil }
        guard one.stands(with: other) else {
            // Rank or date orders them: does the weaker ever get its turn?
            let slot = one.slots[0]
            let isWeaker = other.precedes(one, in: slot) == true
            let (loser, winner) = isWeaker ? (later, earlier) : (earlier, later)
            let (lost, won) = isWeaker ? (mine, theirs) : (theirs, mine)
            return lost.isSubset(of: won) && isBound(winner.rule, whenever: loser.rule)
                ? LintFault(place: .provision(loser.row), what: .neverWins(against: winner.row)) : nil
        }
        guard differ(one, other) else { return nil }
        if one.provision.relation != other.provision.relation || one.provision.relation == .exactly || mine == theirs { return clash() }
        let (isNarrow, isWide) = (mine.isSubset(of: theirs), theirs.isSubset(of: mine))
        guard isNarrow || isWide else { return clash() }
        // The narrower one is an exception where it is the stricter; else the wider one always beats it.
        let (narrow, wide) = isNarrow ? (later, earlier) : (earlier, later)
        guard wide.rule.precedes(narrow.rule, in: one.slots[0]) == true, isBound(wide.rule, whenever: narrow.rule) else { return nil }
        return LintFault(place: .provision(narrow.row), what: .neverWins(against: wide.row))
    }

    private func differ(_ one: Rule, _ other: Rule) -> Bool {
        one.magnitude != other.magnitude || one.provision.relation != other.provision.relation
    }

    /// Whether one's minimum is above the other's maximum, of two that stand together.
    private func crosses(_ one: Rule, _ other: Rule) -> Bool {
        guard one.stands(with: other), let mine = one.magnitude, let theirs = other.magnitude else { return false }
        let isFloor = one.slots.contains(.minimum) && other.slots.contains(.maximum) && mine > theirs
        let isCeiling = one.slots.contains(.maximum) && other.slots.contains(.minimum) && mine < theirs
        return isFloor || isCeiling
    }

    /// Whether one binds on every day on which the other does.
    private func isBound(_ one: Rule, whenever other: Rule) -> Bool {
        let begins = one.citation.from.map { mine in other.citation.from.map { mine <= $0 } ?? false } ?? true
        let ends = one.citation.until.map { mine in other.citation.until.map { mine >= $0 } ?? false } ?? true
        return begins && ends
    }
}
