import Formats

/// One outcome for all parts of a parcel, where the plan wants it so.
struct Collapse {
    let law: Law
    /// The parts' areas in mm², in the order of the outcomes.
    let areas: [Int64?]

    /// One part's outcome and which part it is.
    private struct Share {
        let part: Int
        let outcome: Outcome
        let area: Int64?
    }

    private struct Key: Hashable {
        let subject: Subject
        let slot: Slot
        let policy: Plan.Policy
    }

    /// - Parameter outcomes: those of each part of one parcel; only limits in numbers are collapsed.
    func apply(to outcomes: inout [[Outcome]]) {
        var groups: [Key: [Share]] = [:]
        for (part, list) in outcomes.enumerated() {
            for outcome in list {
                let policy = outcome.policy(in: law)
                guard policy != .perPart, let slot = outcome.slot else { continue }
                let key = Key(subject: outcome.subject, slot: slot, policy: policy)
                groups[key, default: []].append(Share(part: part, outcome: outcome, area: areas[part]))
            }
        }
        for (key, shares) in groups where Set(shares.map(\.outcome)).count > 1 {
            guard let joint = joint(shares, key: key) else { continue }
            for share in shares {
                guard let place = outcomes[share.part].firstIndex(of: share.outcome) else { continue }
                outcomes[share.part][place] = joint
            }
        }
    }

    /// Nil where an area that counts is not known: then each part keeps its own.
    private func joint(_ shares: [Share], key: Key) -> Outcome? {
        let decided = shares.filter { $0.outcome.status == .decided }
        switch key.policy {
        case .perPart: return nil
        case .strictest:
            if decided.count < shares.count { return undecided(shares) }
            return strictest(decided, key: key).map { settled($0.outcome, among: shares) }
        case .dominant: return dominant(decided, among: shares, key: key)
        case .weighted:
            if decided.count < shares.count { return undecided(shares) }
            return weighted(decided, key: key)
        }
    }

    private func strictest(_ shares: [Share], key: Key) -> Share? {
        let lower: Bool
        switch law.catalogue[key.subject.parameter]?.stricter {
        case .lower: lower = true
        case .higher: lower = false
        case .some(.none), nil: lower = key.slot == .maximum
        }
        return shares.min { one, other in
            let (left, right) = (one.outcome.magnitude ?? 0, other.outcome.magnitude ?? 0)
            return left == right ? precedes(one, other) : (left < right) == lower
        }
    }

    private func precedes(_ one: Share, _ other: Share) -> Bool {
        (one.outcome.winner ?? .max, one.part) < (other.outcome.winner ?? .max, other.part)
    }

    /// The provision with the largest area; of equals the strictest. What is not decided might join the runner-up, so it counts for that.
    private func dominant(_ decided: [Share], among shares: [Share], key: Key) -> Outcome? {
        var areas: [Int: Int128] = [:]
        var doubt: Int128 = 0
        for share in shares {
            guard let area = share.area else { return nil }
            if share.outcome.status == .decided, let winner = share.outcome.winner {
                areas[winner, default: 0] += Int128(area)
            } else {
                doubt += Int128(area)
            }
        }
        let largest = areas.values.max() ?? 0
        let runnerUp = areas.values.sorted().dropLast().last ?? 0
        guard doubt == 0 || largest > runnerUp + doubt else { return undecided(shares) }
        let leading = decided.filter { $0.outcome.winner.map { areas[$0] == largest } ?? false }
        return strictest(leading, key: key).map { settled($0.outcome, among: shares) }
    }

    /// The mean, exact and then half-even at a millionth. The provision with the largest area is named, the others are `policy`.
    private func weighted(_ shares: [Share], key: Key) -> Outcome? {
        let unit = common(shares.map(\.outcome.unit))
        var (sum, total): (Int128, Int128) = (0, 0)
        var areas: [Int: Int128] = [:]
        for share in shares {
            guard let area = share.area, let winner = share.outcome.winner, case .number(let number) = share.outcome.value else {
                return nil
            }
            sum += (unit == nil ? share.outcome.magnitude ?? 0 : Int128(number.millionths)) * Int128(area)
            total += Int128(area)
            areas[winner, default: 0] += Int128(area)
        }
        guard total > 0, let mean = Int64(exactly: halfEven(sum, over: total)) else { return nil }
        let leading = shares.filter { $0.outcome.winner.map { areas[$0] == areas.values.max() } ?? false }.min(by: precedes)
        guard var outcome = leading.map({ settled($0.outcome, among: shares) }) else { return nil }
        outcome.value = .number(Decimal(millionths: mean))
        outcome.unit = unit ?? .percent
        outcome.basis = common(shares.map(\.outcome.basis))
        outcome.facts = facts(shares)
        return outcome
    }

    private func settled(_ chosen: Outcome, among shares: [Share]) -> Outcome {
        var outcome = chosen
        outcome.addLosses(shares.flatMap(\.outcome.losses))
        outcome.addLosses(shares.compactMap(\.outcome.winner).map { Loss(rule: $0, reason: .policy) })
        outcome.addLosses(shares.flatMap(\.outcome.open).filter(\.needs.isEmpty).map { Loss(rule: $0.rule, reason: .policy) })
        return outcome
    }

    /// As long as one part is open or contradictory, the whole is.
    private func undecided(_ shares: [Share]) -> Outcome? {
        guard var outcome = shares.first?.outcome else { return nil }
        outcome.status = shares.contains { $0.outcome.status == .conflict } ? .conflict : .needs
        outcome.winner = nil
        outcome.value = .none
        var needs: [Int: Set<String>] = [:]
        for share in shares {
            if let winner = share.outcome.winner { needs[winner, default: []].formUnion([]) }
            for opening in share.outcome.open { needs[opening.rule, default: []].formUnion(opening.needs) }
        }
        outcome.open = law.ordered(Array(needs.keys), in: outcome.slot ?? .maximum).map {
            Outcome.Opening(rule: $0, needs: needs[$0]?.sorted() ?? [])
        }
        outcome.unit = common(shares.map(\.outcome.unit)) ?? law.catalogue[outcome.subject.parameter]?.unit
        outcome.basis = common(shares.map(\.outcome.basis))
        outcome.facts = facts(shares)
        outcome.addLosses(shares.flatMap(\.outcome.losses))
        return outcome
    }

    private func facts(_ shares: [Share]) -> [NamedFact] {
        Set(shares.flatMap(\.outcome.facts)).sorted { ($0.name, $0.value.text) < ($1.name, $1.value.text) }
    }
}

/// A quotient to the nearest whole number, ties to the even one; the divisor is positive.
private func halfEven(_ dividend: Int128, over divisor: Int128) -> Int128 {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    let twice = remainder.magnitude * 2
    guard twice > divisor.magnitude || (twice == divisor.magnitude && !quotient.isMultiple(of: 2)) else { return quotient }
    return remainder < 0 ? quotient - 1 : quotient + 1
}
