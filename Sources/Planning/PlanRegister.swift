import Persian

/// The plans of a city and what they do to each other.
struct PlanRegister: Sendable {
    private let plans: [String: Plan]
    /// By plan, those that replace it, sorted.
    private let replacers: [String: [String]]
    private let zoneLayers: [String: Set<String>]
    private let timelines: [String: Timeline]
    private let clauseTimelines: [ClauseKey: Timeline]
    private var inherited: [String: Inherited] = [:]

    /// What a plan has of its own or from what it amends.
    private struct Inherited {
        let rank: Int
        let policy: Plan.Policy
        let layers: Set<String>
    }

    private struct ClauseKey: Hashable {
        let plan: String
        let clause: String
    }

    init(_ list: [Plan], zoneLayers: [String: Set<String>], events: [LegalEvent]) {
        let timelines = Dictionary(grouping: events.filter { $0.clause == nil }, by: \.plan).mapValues { Timeline($0) }
        self.timelines = timelines
        clauseTimelines = Dictionary(grouping: events.filter { $0.clause != nil }) { ClauseKey(plan: $0.plan, clause: $0.clause ?? "") }
            .mapValues { Timeline($0) }
        plans = Dictionary(list.map { ($0.id, timelines[$0.id].map($0.dated) ?? $0) }, uniquingKeysWith: { $1 })
        var replacers: [String: [String]] = [:]
        for plan in plans.values {
            for old in plan.replaces where old != plan.id { replacers[old, default: []].append(plan.id) }
        }
        self.replacers = replacers.mapValues { $0.sorted() }
        self.zoneLayers = zoneLayers
        for id in plans.keys { inherited[id] = inheritance(of: id) }
    }

    private func inheritance(of id: String) -> Inherited {
        let line = amendedLine(of: id)
        return Inherited(
            rank: ([id] + line).lazy.compactMap { plans[$0]?.rank }.first ?? .max,
            policy: ([id] + line).lazy.compactMap { plans[$0]?.policy }.first ?? .perPart,
            layers: line.reduce(drawnLayers(of: id)) { $0.union(drawnLayers(of: $1)) })
    }

    subscript(id: String) -> Plan? { plans[id] }

    var ids: some Collection<String> { plans.keys }

    /// What a plan amends, what that amends, and so on; a circle is followed once.
    func amendedLine(of id: String) -> [String] {
        var line: [String] = []
        var next = plans[id]?.amends
        while let amended = next, amended != id, !line.contains(amended) {
            line.append(amended)
            next = plans[amended]?.amends
        }
        return line
    }

    /// How a plan stands by its own days and events, whatever becomes of others.
    private func own(_ id: String, _ day: Day, _ sectors: Set<Int>) -> PlanStatus? {
        guard let plan = plans[id] else { return nil }
        let timeline = timelines[id] ?? .empty
        switch timeline.standing(on: day, in: sectors) {
        case .annulled: return .annulled
        case .repealed(let end): if plan.until.map({ end < $0 }) ?? true { return .repealed }
        case .stands: break
        }
        let status = plan.status(on: day)
        switch status {
        case .notYet, .unpublished, .notApproved: return timeline.hasEffectBeforehand(on: day) ? .effectBeforehand : status
        case .inForce, .ended, .replaced, .effectBeforehand, .repealed, .annulled: return status
        }
    }

    /// - Parameter sectors: the numbers of the sectors that the ground lies in.
    func status(of id: String, on day: Day, in sectors: Set<Int>) -> PlanStatus? {
        guard let own = own(id, day, sectors) else { return nil }
        guard own == .inForce else { return own }
        var line: Set<String> = []
        for member in [id] + amendedLine(of: id) {
            line.insert(member)
            let standing = self.own(member, day, sectors)
            // An amendment ends with what it amends.
            if standing == .ended || standing == .repealed || standing == .annulled { return .ended }
            // An amendment that replaces what it amends does not end itself.
            let by = replacers[member]?.first { !line.contains($0) && isReplaced(member, by: $0, day, sectors) }
            if let by, standing == .inForce { return .replaced(by: by) }
        }
        return .inForce
    }

    /// A plan is replaced from the other's first day until that one ends or is annulled, or the plan is revived. Repealing the other
    /// revives nothing by itself.
    private func isReplaced(_ id: String, by other: String, _ day: Day, _ sectors: Set<Int>) -> Bool {
        guard let began = plans[other]?.effect, hasTakenPlace(other, day, sectors) else { return false }
        guard case .stands(let revived?)? = timelines[id]?.standing(on: day, in: sectors) else { return true }
        return began > revived
    }

    /// Whether a plan has begun, and has neither ended nor been annulled: one that was repealed or replaced in turn leaves no room.
    private func hasTakenPlace(_ id: String, _ day: Day, _ sectors: Set<Int>) -> Bool {
        guard let began = plans[id]?.effect, began <= day else { return false }
        switch own(id, day, sectors) {
        case .inForce: return true
        case .repealed:
            guard case .repealed(let end)? = timelines[id]?.standing(on: day, in: sectors) else { return false }
            return began < end
        default: return false
        }
    }

    /// Whether a clause counts where its plan does, as far as events go.
    func clauseStands(_ clause: String, of plan: String, on day: Day, in sectors: Set<Int>) -> Bool {
        guard let timeline = clauseTimelines[ClauseKey(plan: plan, clause: clause)] else { return true }
        guard case .stands(let revived) = timeline.standing(on: day, in: sectors) else { return false }
        let bounds = [timeline.day(of: .adopt), timeline.day(of: .publish), timeline.day(of: .takeEffect)]
        guard bounds.allSatisfy({ $0.map { $0 <= day } ?? true }) else { return false }
        return !timeline.amendments(on: day, since: revived).contains { hasTakenPlace($0.document, day, sectors) }
    }

    /// The day from which a clause, or its plan, is ended everywhere; nil where no event ends it.
    func end(of clause: String, in plan: String) -> Day? {
        [timelines[plan]?.end, clauseTimelines[ClauseKey(plan: plan, clause: clause)]?.end].compactMap(\.self).min()
    }

    /// The first day that events allow a clause; nil where they set none.
    func start(of clause: String, in plan: String) -> Day? {
        guard let timeline = clauseTimelines[ClauseKey(plan: plan, clause: clause)] else { return nil }
        return [timeline.day(of: .adopt), timeline.day(of: .publish), timeline.day(of: .takeEffect)].compactMap(\.self).max()
    }

    /// One is the highest. A plan without a rank has that of what it amends, else the lowest.
    func rank(of id: String) -> Int { inherited[id]?.rank ?? .max }

    func policy(of id: String) -> Plan.Policy { inherited[id]?.policy ?? .perPart }

    func drawnLayers(of id: String) -> Set<String> { zoneLayers[id] ?? [] }

    /// The layers that a code without one means: those of the plan and of what it amends.
    func layers(of id: String) -> Set<String> { inherited[id]?.layers ?? drawnLayers(of: id) }
}
