extension Law {
    /// Maximum and minimum of one part looked at together: "exactly" that rules both is one outcome, a minimum above the maximum is a
    /// contradiction.
    func paired(_ outcomes: [Outcome]) -> [Outcome] {
        var result = outcomes
        for high in outcomes where high.slot == .maximum {
            guard let low = outcomes.first(where: { $0.slot == .minimum && $0.subject == high.subject }) else { continue }
            if isOneExactly(high, low) {
                var both = high
                both.relation = .exactly
                both.addLosses(low.losses)
                result.removeAll { $0 == low || $0 == high }
                result.append(both)
            } else if contradict(high, low), let maximum = high.winner, let minimum = low.winner {
                let contenders = [maximum, minimum].sorted().map { Outcome.Opening(rule: $0, needs: []) }
                for place in result.indices where result[place] == high || result[place] == low {
                    result[place].status = .conflict
                    result[place].open = contenders
                }
            }
        }
        return result
    }

    private func isOneExactly(_ high: Outcome, _ low: Outcome) -> Bool {
        let involved = [high.winner].compactMap { $0 } + high.open.map(\.rule)
        return high.status == low.status && high.winner == low.winner && high.value == low.value && Set(high.open) == Set(low.open)
            && involved.allSatisfy { rules[$0].provision.relation == .exactly }
    }

    private func contradict(_ high: Outcome, _ low: Outcome) -> Bool {
        guard high.status == .decided, low.status == .decided, let most = high.magnitude, let least = low.magnitude else { return false }
        return least > most
    }
}
