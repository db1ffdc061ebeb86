import Planning

extension Answerer {
    /// The plans that an answer rests on, by id: those of its zones and overlays, and of every provision that it names.
    func sources(of answer: Answer) -> [Answer.Source] {
        var ids = Set((answer.zones + answer.overlays).compactMap(\.plan))
        for finding in answer.findings {
            if let provision = finding.provision { ids.insert(provision.plan) }
            ids.formUnion(finding.overruled.map(\.provision.plan))
        }
        ids.formUnion(answer.uses.compactMap { $0.provision?.plan })
        return ids.sorted().compactMap { id in
            inForce.law.plan(id).map { Answer.Source(plan: $0, status: inForce.law.status(of: $0, on: inForce.day)) }
        }
    }
}
