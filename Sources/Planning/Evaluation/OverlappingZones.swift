extension StandingLaw {
    /// "No rule found" of zones that lie over others of their own layer: what the others have does not speak for them.
    ///
    /// Each is heard as if it lay there alone of its layer. What no rule is found for then, and is found for all of them
    /// together, is an outcome of that zone alone. Zones of one code are one zone.
    func silenceUnderNeighbours(_ part: Part, facts: Facts, besides all: [Outcome]) -> [Outcome] {
        guard part.zones.count > 1 else { return [] }
        let said = Set(all.filter { $0.status == .none }.map(\.subject))
        var silent: [Outcome] = []
        for (layer, zones) in Dictionary(grouping: part.zones, by: \.layer).sorted(by: { $0.key < $1.key }) {
            let byName = Dictionary(grouping: zones, by: \.name).sorted { $0.key < $1.key }
            guard byName.count > 1 else { continue }
            for (_, own) in byName {
                var alone = part
                alone.zones.removeAll { $0.layer == layer && !own.contains($0) }
                silent += jointOutcomes(for: alone, facts: facts).filter { $0.status == .none && !said.contains($0.subject) }.map {
                    var outcome = $0
                    outcome.zone = own[0]
                    return outcome
                }
            }
        }
        return silent
    }
}
