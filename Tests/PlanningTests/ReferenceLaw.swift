import Formats
import Persian

@testable import Planning

/// The precedence told slowly and plainly, for random laws: every assignment of the unknown conditions is tried.
///
/// It knows one part of one zone layer and only what `RandomLaw` makes: conditions of at most two facts that are true, false or missing.
struct ReferenceLaw {
    struct Clause {
        let provision: Provision
        /// The facts that must all be true.
        let facts: [String]
    }

    enum Decision: Hashable {
        case nothing
        case one(String)
        case conflict
    }

    struct Expected: Hashable {
        var status: Finding.Status
        var clause: String?
        var lost: [String] = []
        /// Facts that are needed for sure, and those that may be.
        var needs: Set<String> = []
        var mayNeed: Set<String> = []
    }

    let plans: [String: Plan]
    let clauses: [Clause]
    let known: [String: Bool]
    let part: Part
    let on: Day

    // MARK: Force

    func binds(_ id: String) -> Bool {
        guard let plan = plans[id], bindsByItself(plan) else { return false }
        var above: Set<String> = []
        var next: Plan? = plan
        while let current = next, above.insert(current.id).inserted {
            if let until = current.until, on >= until { return false }
            // Replaced by a plan that is not of this line of amendments.
            if bindsByItself(current),
                plans.values.contains(where: { $0.replaces.contains(current.id) && bindsByItself($0) && !above.contains($0.id) })
            {
                return false
            }
            next = current.amends.flatMap { plans[$0] }
        }
        return true
    }

    private func bindsByItself(_ plan: Plan) -> Bool {
        guard let approved = plan.approved, let published = plan.published else { return false }
        return approved <= on && published <= on && (plan.from.map { $0 <= on } ?? true) && (plan.until.map { on < $0 } ?? true)
    }

    private func inForce(_ clause: Clause) -> Bool {
        let provision = clause.provision
        return binds(provision.plan) && (provision.period.from.map { $0 <= on } ?? true) && (provision.period.until.map { on < $0 } ?? true)
    }

    private func rank(_ id: String) -> Int {
        var next: String? = id
        for _ in 0..<10 {
            guard let current = next, let plan = plans[current] else { return .max }
            if let rank = plan.rank { return rank }
            next = plan.amends
        }
        return .max
    }

    // MARK: Precedence

    /// How the target fits: nil where it does not; else the steps of closeness.
    private func closeness(_ provision: Provision) -> (kind: Int, prefix: Int)? {
        let text = provision.target.description
        if text == "*" { return (0, 0) }
        let pieces = text.split(separator: ":").map(String.init)
        let code = pieces[1].split(separator: "/").last.map(String.init) ?? ""
        let isWild = code.hasSuffix("*")
        let stem = isWild ? String(code.dropLast()) : code
        func fits(_ name: String) -> Bool { isWild ? name.hasPrefix(stem) : name == stem }
        let prefix = isWild ? stem.count : 1000
        switch pieces[0] {
        case "parcel": return fits(part.parcel ?? "") ? (4, prefix) : nil
        case "overlay": return part.overlays.contains { fits($0.kind) } ? (3, prefix) : nil
        case "zone": return part.zones.contains { fits($0.code) } ? (2, prefix) : nil
        case "use": return part.uses?.contains(where: fits) == true ? (1, prefix) : nil
        default: return nil
        }
    }

    private func dates(_ provision: Provision) -> (Int32, Int32) {
        let plan = plans[provision.plan]
        let effect = [plan?.approved, plan?.published, plan?.from].compactMap { $0?.number }.max() ?? .min
        return (effect, max(effect, provision.period.from?.number ?? .min))
    }

    /// Nil: equal in rank, target and date.
    private func difference(_ one: Provision, _ other: Provision) -> (reason: String, firstWins: Bool)? {
        let (left, right) = (closeness(one) ?? (0, 0), closeness(other) ?? (0, 0))
        if rank(one.plan) != rank(other.plan) { return ("rank", rank(one.plan) < rank(other.plan)) }
        if left != right { return ("target", left > right) }
        if dates(one) != dates(other) { return ("date", dates(one) > dates(other)) }
        return nil
    }

    private func room(_ provision: Provision, _ slot: Slot) -> Int64 {
        if case .number(let value) = provision.value { return slot == .maximum ? value.millionths : -value.millionths }
        return provision.relation == .forbid ? 0 : provision.relation == .condition ? 1 : 2
    }

    private func beats(_ one: Provision, _ other: Provision, _ slot: Slot) -> Bool {
        if let difference = difference(one, other) { return difference.firstWins }
        return (room(one, slot), one.plan, one.clause) < (room(other, slot), other.plan, other.clause)
    }

    func decide(_ provisions: [Provision], _ slot: Slot) -> (decision: Decision, lost: [String]) {
        guard let best = provisions.first(where: { one in provisions.allSatisfy { $0.clause == one.clause || beats(one, $0, slot) } })
        else {
            return (.nothing, [])
        }
        func reason(_ one: Provision, _ winner: Provision) -> String { "\(one.clause):\(difference(one, winner)?.reason ?? "strictness")" }
        let peers = provisions.filter { difference($0, best) == nil }
        let others = provisions.filter { difference($0, best) != nil }
        if slot != .permission {
            let exact = Set(peers.filter { $0.relation == .exactly }.map(\.value))
            if exact.count > 1 { return (.conflict, others.map { reason($0, best) }) }
            return (.one(best.clause), provisions.filter { $0.clause != best.clause }.map { reason($0, best) })
        }
        let bars = provisions.filter { $0.relation == .forbid && $0.target.description.hasPrefix("overlay") }
        guard let bar = bars.first(where: { one in bars.allSatisfy { $0.clause == one.clause || beats(one, $0, slot) } }) else {
            if peers.contains(where: { $0.relation == .forbid }), peers.contains(where: { $0.relation != .forbid }) {
                return (.conflict, others.map { reason($0, best) })
            }
            return (.one(best.clause), provisions.filter { $0.clause != best.clause }.map { reason($0, best) })
        }
        let winner = best.relation == .forbid ? best : bar
        return (
            .one(winner.clause),
            provisions.filter { $0.clause != winner.clause }.map { one in
                if one.relation != .forbid { return "\(one.clause):forbidden" }
                return reason(one, bars.contains { $0.clause == one.clause } ? winner : best)
            }
        )
    }

    // MARK: Outcomes

    private func fits(_ relation: Relation, _ slot: Slot) -> Bool {
        switch slot {
        case .maximum: relation == .max || relation == .exactly
        case .minimum: relation == .min || relation == .exactly
        case .permission: [.permit, .condition, .forbid].contains(relation)
        }
    }

    /// Nil: the slot is empty.
    func expected(_ parameter: String, _ slot: Slot) -> Expected? {
        let aimed = clauses.filter {
            $0.provision.parameter == parameter && fits($0.provision.relation, slot) && closeness($0.provision) != nil
        }
        let standing = aimed.filter(inForce)
        let certain = standing.filter { $0.facts.allSatisfy { known[$0] == true } }
        let open = standing.filter { clause in !clause.facts.contains { known[$0] == false } && clause.facts.contains { known[$0] == nil } }
        let outOfForce = aimed.filter { !inForce($0) && $0.facts.allSatisfy { known[$0] == true } }.map {
            "\($0.provision.clause):notInForce"
        }
        if certain.isEmpty && open.isEmpty { return nil }
        func decision(_ chosen: Set<Int>) -> Decision {
            decide(certain.map(\.provision) + open.indices.filter(chosen.contains).map { open[$0].provision }, slot).decision
        }
        let subsets = (0..<(1 << open.count)).map { bits in Set(open.indices.filter { bits & (1 << $0) != 0 }) }
        let (base, lost) = decide(certain.map(\.provision), slot)
        func missing(_ clause: Clause) -> Set<String> { Set(clause.facts.filter { known[$0] == nil }) }
        guard subsets.allSatisfy({ decision($0) == base }) else {
            var expected = Expected(status: .needs, lost: lost)
            for (place, clause) in open.enumerated() {
                if decision([place]) != base { expected.needs.formUnion(missing(clause)) }
                if subsets.contains(where: { !$0.contains(place) && decision($0) != decision($0.union([place])) }) {
                    expected.mayNeed.formUnion(missing(clause))
                }
            }
            expected.lost += outOfForce
            return expected
        }
        switch base {
        case .nothing: return nil
        case .one(let clause): return Expected(status: .decided, clause: clause, lost: lost + outOfForce)
        case .conflict: return Expected(status: .conflict, lost: lost + outOfForce)
        }
    }

    /// Whether the law in force aims at the parameter here and yet says nothing.
    func isAbsent(_ parameter: String) -> Bool {
        let aimed = clauses.filter { $0.provision.parameter == parameter && inForce($0) && closeness($0.provision) != nil }
        let isSilent = aimed.allSatisfy { $0.facts.contains { known[$0] == false } }
        return !aimed.isEmpty && isSilent
    }

    /// Whether a provision in force names the part's zone.
    var isAddressed: Bool {
        clauses.contains { inForce($0) && $0.provision.target.description.hasPrefix("zone") && closeness($0.provision) != nil }
    }

    /// Parameters that provisions in force on zones of the one layer regulate.
    var regulated: Set<String> {
        Set(clauses.filter { inForce($0) && $0.provision.target.description.hasPrefix("zone") }.map(\.provision.parameter))
    }
}
