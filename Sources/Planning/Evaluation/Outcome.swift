import Formats

/// What one part comes to in one slot of a subject: a finding before it is merged with those of other parts.
struct Outcome: Hashable {
    var subject: Subject
    /// Nil for what accumulates and for status `none`.
    var slot: Slot?
    var relation: Relation?
    var value: Value = .none
    var unit: Unit?
    var basis: Provision.Basis?
    /// The names of the facts that its conditions read, sorted, until they are looked up for a parcel.
    var reads: [String] = []
    var facts: [NamedFact] = []
    var status: Finding.Status
    /// The rule that decides, by its place in the law.
    var winner: Int?
    var losses: [Loss] = []
    var open: [Opening] = []
    /// The one zone that it speaks of; nil where it speaks of all the part's zones.
    var zone: Part.Zone?

    /// A rule that may still decide or is part of a contradiction.
    struct Opening: Hashable {
        let rule: Int
        /// Sorted; empty where it applies.
        let needs: [String]
    }

    /// The rule whose plan says what becomes of several parts.
    var leader: Int? { winner ?? open.first?.rule }

    /// The decided number as `Provision.magnitude` has it.
    var magnitude: Int128? {
        guard case .number(let number) = value else { return nil }
        return Int128(number.millionths) * (unit?.hundredths ?? 1)
    }

    /// With what is known of the facts that it reads, and no longer with their names.
    func told(in known: Known) -> Outcome {
        var outcome = self
        outcome.facts = known.named(reads)
        outcome.reads = []
        return outcome
    }

    /// The losses of both, each rule once with the reason that comes first, without those that decide or are open here.
    mutating func addLosses(_ more: [Loss]) {
        var reasons = Dictionary(losses.map { ($0.rule, $0.reason) }, uniquingKeysWith: { one, _ in one })
        for loss in more { reasons[loss.rule] = reasons[loss.rule].map { Reason.first($0, loss.reason) } ?? loss.reason }
        if let winner { reasons[winner] = nil }
        for opening in open { reasons[opening.rule] = nil }
        losses = reasons.map { Loss(rule: $0.key, reason: $0.value) }.sorted { $0.rule < $1.rule }
    }
}

extension Reason {
    static func first(_ one: Reason, _ other: Reason) -> Reason { allCases.first { $0 == one || $0 == other } ?? one }
}

extension Law {
    /// The outcome of a slot from the rules that apply and those that may; nil where there is neither.
    ///
    /// A rule that may apply matters only where the slot would come to something else with it.
    func outcome(of subject: Subject, in slot: Slot, applying: [Int], unknown: [Int: Set<String>]) -> Outcome? {
        let contest = contest(applying, in: slot)
        let open = ordered(openRules(in: slot, applying: applying, unknown: Array(unknown.keys), contest: contest), in: slot)
        var outcome = Outcome(subject: subject, slot: slot, relation: slot.relation, status: .decided)
        switch contest {
        case .nobody:
            if open.isEmpty { return nil }
        case .won(let winner, let losses):
            outcome.winner = winner
            outcome.losses = losses
        case .split(let contenders, let losses):
            outcome.status = .conflict
            outcome.losses = losses
            outcome.open = contenders.sorted().map { Outcome.Opening(rule: $0, needs: []) }
        }
        if !open.isEmpty {
            let standing = outcome.winner.map { [Outcome.Opening(rule: $0, needs: [])] } ?? outcome.open
            outcome.status = .needs
            outcome.winner = nil
            outcome.open = open.map { Outcome.Opening(rule: $0, needs: unknown[$0]?.sorted() ?? []) } + standing
        }
        outcome.losses.sort { $0.rule < $1.rule }
        settle(&outcome)
        return outcome
    }

    private func openRules(in slot: Slot, applying: [Int], unknown: [Int], contest base: Contest) -> [Int] {
        var open = unknown.filter { !contest(applying + [$0], in: slot).agrees(with: base) }
        // Two rules "exactly" that each lose to a stricter one contradict each other if both apply.
        if case .won(let winner, _) = base, slot != .permission {
            let exact = unknown.filter { rules[$0].provision.relation == .exactly && rules[$0].stands(with: rules[winner]) }
            if Set(exact.map { rules[$0].magnitude }).count > 1 { open += exact.filter { !open.contains($0) } }
        }
        return open
    }

    /// Value, unit, basis and facts to read from what decides, or what all that is open agree on.
    private func settle(_ outcome: inout Outcome) {
        let deciding = outcome.winner.map { [$0] } ?? outcome.open.map(\.rule)
        let provisions = deciding.map { rules[$0].provision }
        outcome.reads = names(readBy: provisions)
        outcome.basis = common(provisions.map(\.basis))
        outcome.unit = common(provisions.map(\.unit)) ?? catalogue[outcome.subject.parameter]?.unit
        if outcome.slot == .permission { outcome.relation = common(provisions.map { Optional($0.relation) }) }
        if outcome.winner != nil, let value = provisions.first?.value {
            outcome.value = value
        } else if let use = outcome.subject.use {
            outcome.value = .use(use)
        }
    }
}

/// The facts that the conditions of some provisions read, sorted.
func names(readBy provisions: [Provision]) -> [String] {
    provisions.reduce(into: Set()) { $0.formUnion($1.condition?.names ?? []) }.sorted()
}

/// What all of them are, nil where they differ.
func common<Element: Equatable>(_ elements: [Element?]) -> Element? {
    guard let first = elements.first else { return nil }
    return elements.allSatisfy { $0 == first } ? first : nil
}

extension Slot {
    fileprivate var relation: Relation? {
        switch self {
        case .maximum: .max
        case .minimum: .min
        case .permission: nil
        }
    }
}
