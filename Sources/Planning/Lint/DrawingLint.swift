extension Lint {
    /// Zones that are drawn and not regulated, and targets that nobody drew.
    func drawingFaults() -> [LintFault] {
        var faults: [LintFault] = []
        var said: Set<String> = []
        for (row, zone) in tables.zones.enumerated() {
            // What a plan that is not in force drew need not be regulated yet.
            if let plan = zone.plan, let status = law.status(of: plan, on: standing.day), status != .inForce { continue }
            if !standing.isAddressed(zone, in: []), said.insert(zone.name).inserted {
                faults.append(LintFault(place: .zone(row), what: .zoneUnregulated))
            }
        }
        var targets: Set<Target> = []
        for (row, rule) in inForce where targets.insert(rule.provision.target).inserted {
            let isDrawn =
                switch rule.provision.target {
                case .zone: tables.zones.isEmpty || tables.zones.contains(where: rule.addresses)
                case .overlay(let kind): tables.overlayKinds.isEmpty || tables.overlayKinds.contains(where: kind.matches)
                case .parcel, .use, .everywhere: true
                }
            if !isDrawn { faults.append(LintFault(place: .provision(row), what: .undrawn)) }
        }
        return faults
    }
}
