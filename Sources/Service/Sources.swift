import Planning

extension Answerer {
    /// The plans that an answer rests on, by id: those of its zones and overlays, and of every provision that it names; and, with
    /// their status, those that drew something here and are not in force.
    func sources(of answer: Answer) -> [Answer.Source] {
        var ids = Set((answer.zones + answer.overlays + answer.pending).compactMap(\.plan))
        for finding in answer.findings {
            if let provision = finding.provision { ids.insert(provision.plan) }
            ids.formUnion(finding.overruled.map(\.provision.plan))
            ids.formUnion(finding.open.map(\.provision.plan))
        }
        ids.formUnion(answer.uses.compactMap { $0.provision?.plan })
        return ids.sorted().compactMap { id in
            let standings = (answer.grounds.isEmpty ? [[]] : answer.grounds).map { inForce.law.status(of: id, on: inForce.day, in: $0) }
            // In force where it is so on some of the ground.
            guard let plan = inForce.law.plan(id), let status = standings.first(where: { $0 == .inForce }) ?? standings[0] else {
                return nil
            }
            return Answer.Source(plan: plan, status: status, events: inForce.law.events(on: id))
        }
    }
}
