import Persian

/// The plans of a city and what they do to each other.
struct PlanRegister: Sendable {
    private let plans: [String: Plan]
    /// By plan, those that replace it, sorted.
    private let replacers: [String: [String]]
    private let zoneLayers: [String: Set<String>]

    init(_ list: [Plan], zoneLayers: [String: Set<String>]) {
        plans = Dictionary(list.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        var replacers: [String: [String]] = [:]
        for plan in plans.values {
            for old in plan.replaces where old != plan.id { replacers[old, default: []].append(plan.id) }
        }
        self.replacers = replacers.mapValues { $0.sorted() }
        self.zoneLayers = zoneLayers
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

    func status(of id: String, on day: Day) -> PlanStatus? {
        guard let own = standingWithoutAmended(id, on: day) else { return nil }
        guard own == .inForce else { return own }
        for amended in amendedLine(of: id) {
            switch standingWithoutAmended(amended, on: day) {
            case .ended: return .ended
            case .replaced(let by) where by != id: return .replaced(by: by)
            default: continue
            }
        }
        return .inForce
    }

    private func standingWithoutAmended(_ id: String, on day: Day) -> PlanStatus? {
        guard let plan = plans[id] else { return nil }
        let own = plan.status(on: day)
        guard own == .inForce, let by = replacers[id]?.first(where: { plans[$0]?.status(on: day) == .inForce }) else { return own }
        return .replaced(by: by)
    }

    /// One is the highest. A plan without a rank has that of what it amends, else the lowest.
    func rank(of id: String) -> Int {
        ([id] + amendedLine(of: id)).lazy.compactMap { plans[$0]?.rank }.first ?? .max
    }

    func policy(of id: String) -> Plan.Policy {
        ([id] + amendedLine(of: id)).lazy.compactMap { plans[$0]?.policy }.first ?? .perPart
    }

    func drawnLayers(of id: String) -> Set<String> { zoneLayers[id] ?? [] }

    /// The layers that a code without one means: those of the plan and of what it amends.
    func layers(of id: String) -> Set<String> {
        amendedLine(of: id).reduce(drawnLayers(of: id)) { $0.union(drawnLayers(of: $1)) }
    }
}
