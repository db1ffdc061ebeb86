extension Lint {
    /// Bands in which a target's provisions on a parameter leave a gap.
    ///
    /// A single minimum with a condition is a requirement that begins somewhere, not a ladder with a missing rung. A note of the target
    /// whose condition holds in a band, on the parameter itself or on one without numbers, says that the silence is meant.
    func gaps() -> [LintFault] {
        struct Ladder: Hashable {
            let target: Target
            let parameter: String
            let slot: Slot
        }
        var ladders: [Ladder: [(row: Int, rule: Rule)]] = [:]
        for (row, rule) in inForce where rule.subject.use == nil {
            guard case .zone = rule.provision.target else { continue }
            for slot in rule.slots {
                ladders[Ladder(target: rule.provision.target, parameter: rule.subject.parameter, slot: slot), default: []].append(
                    (row, rule))
            }
        }
        var faults: Set<LintFault> = []
        for (ladder, rungs) in ladders {
            let isRequirement = ladder.slot == .minimum && Set(rungs.map(\.rule.provision.condition)).count == 1
            guard !isRequirement else { continue }
            let beside = inForce.map(\.rule).filter {
                $0.slots.contains(ladder.slot) && $0.subject == rungs[0].rule.subject && $0.provision.target != ladder.target
                    && $0.covers(rungs[0].rule)
            }
            let ruling = rungs.map(\.rule) + beside
            let conditions = ruling.compactMap(\.provision.condition)
            let notes = inForce.map(\.rule).filter {
                $0.accumulates && $0.provision.target == ladder.target
                    && ($0.subject.parameter == ladder.parameter || tables.catalogue[$0.subject.parameter]?.unit == nil)
            }.compactMap(\.provision.condition)
            guard conditions.count == ruling.count, let grid = BandGrid(conditions + notes) else { continue }
            let silent = (conditions + notes).reduce(Set(0..<grid.count)) { $0.subtracting(grid.cells(where: $1)) }
            for band in grid.bands(silent) {
                faults.insert(LintFault(place: .provision(rungs[0].row), what: .gap(band: band)))
            }
        }
        return faults.sorted { $0.band < $1.band }
    }
}

extension Rule {
    /// Whether it applies wherever another's zone does, its condition apart.
    fileprivate func covers(_ other: Rule) -> Bool {
        guard case .zone(let otherLayer, let otherCode) = other.provision.target else { return false }
        switch provision.target {
        case .everywhere: return true
        case .zone(let layer, let code):
            guard otherCode.isExact, code.matches(otherCode.text) else { return false }
            // The layers that a wildcard means are not known here.
            guard otherLayer?.isExact != false else { return false }
            let theirs = otherLayer.map { [$0.text] } ?? Array(other.layers)
            return theirs.allSatisfy { name in layer.map { $0.matches(name) } ?? layers.contains(name) }
        case .parcel, .overlay, .use: return false
        }
    }
}

extension LintFault {
    fileprivate var band: String { if case .gap(let band) = what { band } else { "" } }
}
