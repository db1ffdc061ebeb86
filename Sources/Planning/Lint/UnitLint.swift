import Formats

extension Lint {
    /// Percentages among ratios, and values that fit their like only a hundredfold.
    func unitFaults() -> [LintFault] {
        let numbered = tables.provisions.enumerated().compactMap { row, provision -> (row: Int, provision: Provision, size: Int128)? in
            guard provision.unit?.hundredths != nil, let size = provision.magnitude else { return nil }
            return (row, provision, size)
        }
        var faults: [LintFault] = []
        for (parameter, own) in Dictionary(grouping: numbered, by: \.provision.parameter) {
            let usual = own.filter { $0.provision.unit == tables.catalogue[parameter]?.unit }
            if !usual.isEmpty, let odd = own.first(where: { $0.provision.unit != tables.catalogue[parameter]?.unit }) {
                faults.append(LintFault(place: .provision(odd.row), what: .unitsMixed))
            }
            for one in own where one.size != 0 {
                let others = own.filter { $0.size != one.size && $0.size != 0 }.map(\.size)
                guard let least = others.min(), let most = others.max() else { continue }
                let wouldFit = { (size: Int128) in size >= least && size <= most }
                let isSmall = one.size * 10 < least && wouldFit(one.size * 100)
                let isLarge = one.size > most * 10 && wouldFit(one.size / 100)
                if isSmall || isLarge { faults.append(LintFault(place: .provision(one.row), what: .scale)) }
            }
        }
        return faults
    }
}
