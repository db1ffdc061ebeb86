import Formats

/// What one part comes to, whatever its parcel, its area and the values of the facts.
final class Ruling: Sendable {
    /// A statement, and where its facts' names are among those of the ruling.
    struct Said: Sendable {
        let statement: Statement
        let reads: Int
    }

    /// Before the parts of a parcel are looked at together; without facts.
    let outcomes: [Outcome]
    /// Whether a plan wants one outcome for all parts of a parcel; then `said` holds for a parcel of one part only.
    let looksAtAllParts: Bool
    /// In the order of findings.
    let said: [Said]
    /// The lists of facts that the conditions read, each once.
    let reads: [[String]]
    /// In the order of findings on uses.
    let uses: [UseStatement]

    /// - Parameter statement: what is said of an outcome that is told without facts.
    init(_ outcomes: [Outcome], uses: [UseStatement], in law: Law, statement: (Outcome) -> Statement) {
        self.outcomes = outcomes
        self.uses = uses
        looksAtAllParts = outcomes.contains { $0.policy(in: law) != .perPart }
        var reads: [[String]] = []
        var said: [Said] = []
        for outcome in law.paired(outcomes) {
            // By bytes: an answer spells a name as its provision does.
            let place = reads.firstIndex { $0.elementsEqual(outcome.reads) { $0.utf8.elementsEqual($1.utf8) } } ?? reads.count
            if place == reads.count { reads.append(outcome.reads) }
            var bare = outcome
            bare.reads = []
            said.append(Said(statement: statement(bare), reads: place))
        }
        self.reads = reads
        self.said = Statement.inOrder(said, of: \.statement)
    }
}

/// An outcome without facts and the finding on it without its ground. A class, so that the same statement in two parts is soon known
/// for the same.
final class Statement: Equatable, Sendable {
    let outcome: Outcome
    let finding: Finding
    private let hash: Int
    private let order: Int

    init(_ outcome: Outcome, in law: Law) {
        self.outcome = outcome
        finding = Finding(outcome, in: law)
        hash = outcome.hashValue
        order = outcome.order
    }

    static func == (one: Statement, other: Statement) -> Bool {
        one === other || (one.hash == other.hash && one.outcome == other.outcome)
    }

    /// In the order of findings; what shares a place in it keeps its own.
    static func inOrder<Item>(_ items: [Item], of statement: (Item) -> Statement) -> [Item] {
        items.enumerated().sorted {
            statement($0.element).precedes(statement($1.element)) ?? ($0.offset < $1.offset)
        }.map(\.element)
    }

    /// By parameter, use, slot, relation and the deciding rule; nil where all are the same.
    func precedes(_ other: Statement) -> Bool? {
        if self === other { return nil }
        let (one, two) = (outcome.subject, other.outcome.subject)
        if one != two { return one < two }
        let (left, right) = ((order, outcome.winner ?? .max), (other.order, other.outcome.winner ?? .max))
        return left == right ? nil : left < right
    }
}

extension Outcome {
    /// Limits first, then permissions, then what qualifies them.
    fileprivate var order: Int { slot?.rawValue ?? (status == .none ? 3 : relation == .condition ? 4 : 5) }

    /// What becomes of it where a parcel has several parts.
    func policy(in law: Law) -> Plan.Policy {
        guard let slot, slot != .permission, let leader else { return .perPart }
        return law.rules[leader].policy
    }
}

extension Finding {
    /// Of no parcel yet.
    fileprivate init(_ outcome: Outcome, in law: Law) {
        self.init(
            parcel: nil, parameter: outcome.subject.parameter, relation: outcome.relation, value: outcome.value, unit: outcome.unit,
            basis: outcome.basis, zones: outcome.zone.map { [$0.name] } ?? [], share: nil, facts: outcome.facts,
            provision: outcome.winner.map { law.rules[$0].citation }, status: outcome.status,
            needs: Set(outcome.open.flatMap(\.needs)).sorted(),
            overruled: outcome.losses.map { loss in
                let rule = law.rules[loss.rule]
                return Overruled(
                    provision: rule.citation, relation: rule.provision.relation, value: rule.provision.value, unit: rule.provision.unit,
                    reason: loss.reason)
            },
            open: outcome.open.map { opening in
                let rule = law.rules[opening.rule]
                return Contender(
                    provision: rule.citation, relation: rule.provision.relation, value: rule.provision.value, unit: rule.provision.unit,
                    needs: opening.needs)
            })
    }
}
