import Persian

/// The plans of a city and what they do to each other.
struct PlanRegister: Sendable {
    private let plans: [String: Plan]
    /// By plan, those that replace it, sorted.
    private let replacers: [String: [String]]
    private let zoneLayers: [String: Set<String>]
    private var inherited: [String: Inherited] = [:]

    /// What a plan has of its own or from what it amends.
    private struct Inherited {
        let rank: Int
        let policy: Plan.Policy
        let layers: Set<String>
    }

    init(_ list: [Plan], zoneLayers: [String: Set<String>]) {
        plans = Dictionary(list.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
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

    func status(of id: String, on day: Day) -> PlanStatus? {
        guard let own = plans[id]?.status(on: day) else { return nil }
        guard own == .inForce else { return own }
        var line: Set<String> = []
        for member in [id] + amendedLine(of: id) {
            line.insert(member)
            let standing = plans[member]?.status(on: day)
            if standing == .ended { return .ended }
            // An amendment that replaces what it amends does not end itself.
            let by = replacers[member]?.first { !line.contains($0) && plans[$0]?.status(on: day) == .inForce }
            if let by, standing == .inForce { return .replaced(by: by) }
        }
        return .inForce
    }

    /// One is the highest. A plan without a rank has that of what it amends, else the lowest.
    func rank(of id: String) -> Int { inherited[id]?.rank ?? .max }

    func policy(of id: String) -> Plan.Policy { inherited[id]?.policy ?? .perPart }

    func drawnLayers(of id: String) -> Set<String> { zoneLayers[id] ?? [] }

    /// The layers that a code without one means: those of the plan and of what it amends.
    func layers(of id: String) -> Set<String> { inherited[id]?.layers ?? drawnLayers(of: id) }
}
