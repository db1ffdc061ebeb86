import Formats
import Store
import Planning
import Spatial

extension Answerer {
    /// The zones and overlays that hold a point, and those near enough to, beside what the parcels there (`parcels`) list.
    ///
    /// Each distinct set of them in the point's surroundings that no parcel takes up is a part of its own. Where a parcel holds
    /// the point, such a set counts only when it names something that the parcel does not: on the border between a parcel and
    /// a street in another zone both are answered.
    func addGround(at point: Point, beside parcels: [MultiPolygon], to answer: inout Answer) {
        let box = Box(point).grown(by: ground.greatestAccuracy)
        let drawn = (ground.candidates(.zones, in: box), ground.candidates(.overlay, in: box))
        let (zones, overlays) = (inForce.only(drawn.0), inForce.only(drawn.1))
        let listed = Set((answer.zones + answer.overlays).map(\.feature))
        for feature in zones + overlays where !listed.contains(feature.id) {
            guard let row = pointRow(feature, point) else { continue }
            if ground.slot(of: feature).role == .zones { answer.zones.append(row) } else { answer.overlays.append(row) }
        }
        let already = Set(answer.pending.map(\.feature))
        answer.pending += inForce.pending(drawn.0 + drawn.1).filter { !already.contains($0.id) }.compactMap { pointRow($0, point) }
        let held = Set(inForce.sectors.filter { ground.sectors[$0].area.position(of: point) != .outside })
        let inside = held.filter { ground.sectors[$0].area.position(of: point) == .inside }
        for feature in zones + overlays where !already.contains(feature.id) && inForce.isParted(feature) {
            guard !inForce.counts(feature, in: inside), let lies = drawnLie(of: feature, to: point) else { continue }
            if let row = row(feature, lies) { answer.pending.append(row) }
        }
        let areas = (zones + overlays).filter { feature in feature.area.map { position(of: point, in: feature, $0) != .outside } ?? false }
        let lines = overlays.filter { $0.area == nil && lie(of: $0, to: point)?.relation == .boundary }
        answer.grounds.append(held)
        // Beside a parcel nothing is answered twice: so it is at nearly every point.
        guard parcels.isEmpty || (areas + lines).contains(where: { !listed.contains($0.id) }) else { return }
        let unchecked = unchecked(.point(point))
        var parts: [Part] = []
        let sectors = held.sorted()
        let grounds = areas.compactMap(\.area) + sectors.map { ground.sectors[$0].area }
        for set in surroundings(of: point, in: grounds + parcels) where !set.contains(where: { $0 >= grounds.count }) {
            let within = Set(set.filter { $0 >= areas.count }.map { sectors[$0 - areas.count] })
            let members =
                inForce.effective(set.filter { $0 < areas.count }.map { areas[$0] }, in: within)
                + lines.filter { inForce.counts($0, in: within) }
            guard parcels.isEmpty || members.contains(where: { !listed.contains($0.id) }), !members.isEmpty else { continue }
            parts.append(part(of: members, parcel: nil, area: nil, whole: nil, unchecked: unchecked, sectors: within))
        }
        guard !parts.isEmpty else { return }
        if let known = streetFindings[parts] {
            answer.add(known)
            return
        }
        var facts = Facts()
        for (name, value) in given { facts[name] = Fact(value, from: .asked) }
        let (findings, uses) = inForce.standing.findings(for: parts, facts: facts)
        let made = (findings, uses, Written(findings: findings, uses: uses, reconciliation: []))
        // Parts without a parcel differ by what lies over each other alone: there are few.
        if streetFindings.count < 4096 { streetFindings[parts] = made }
        answer.add(made)
    }

    private func pointRow(_ feature: Feature, _ point: Point) -> Answer.GroundRow? {
        lie(of: feature, to: point).flatMap { row(feature, $0) }
    }

    private func row(_ feature: Feature, _ lies: Lie) -> Answer.GroundRow? {
        guard let relation = lies.relation else { return nil }
        let slot = ground.slot(of: feature)
        return Answer.GroundRow(
            parcel: nil, layer: slot.layer, kind: slot.role == .overlay ? feature.kind ?? slot.layer : nil, code: feature.code,
            name: feature.text("name"), plan: slot.plan, area: nil, length: nil, share: nil, depth: nil, relation: relation,
            verdict: lies.verdict, distance: lies.distance, feature: feature.id)
    }
}
