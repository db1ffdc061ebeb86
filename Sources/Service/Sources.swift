import Planning

extension Answerer {
    /// The plans that an answer rests on, by id: those of its zones and overlays, and of every provision that it names; and, with
    /// their status, those that drew something here and are not in force.
    func sources(of answer: Answer) -> [Answer.Source] {
        var ids: Set<String> = []
        for row in [answer.zones, answer.overlays, answer.pending].joined() { if let plan = row.plan { ids.insert(plan) } }
        for parcel in answer.written { ids.formUnion(parcel.plans) }
        let (findings, uses) = (answer.written.reduce(0) { $0 + $1.findings.count }, answer.written.reduce(0) { $0 + $1.uses.count })
        ids.formUnion(Written.plans(of: answer.findings.dropFirst(findings), answer.uses.dropFirst(uses)))
        let grounds = answer.grounds.isEmpty ? [[]] : answer.grounds
        return ids.sorted().compactMap { source(of: $0, in: grounds) }
    }

    /// A plan as a source; nil of an id that nobody registered. Where no events part the ground, each is looked up once.
    private func source(of id: String, in grounds: [Set<Int>]) -> Answer.Source? {
        let isWhole = grounds.allSatisfy(\.isEmpty)
        if isWhole, let known = wholeSources[id] { return known }
        let standings = grounds.map { inForce.law.status(of: id, on: inForce.day, in: $0) }
        // In force where it is so on some of the ground.
        guard let plan = inForce.law.plan(id), let status = standings.first(where: { $0 == .inForce }) ?? standings[0] else { return nil }
        let source = Answer.Source(plan: plan, status: status, events: inForce.law.events(on: id))
        if isWhole { wholeSources[id] = source }
        return source
    }
}
