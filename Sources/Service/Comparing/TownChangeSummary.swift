extension TownChange {
    /// How much of a town a change concerns.
    package struct Summary: Sendable {
        package struct Parameter: Sendable {
            package let parameter: String
            package var parcels: Int
            /// Whole mm² of ground on which it is not the same.
            package var area: Int64
        }

        package var changed = 0
        package var appeared = 0
        package var vanished = 0
        package var reshaped = 0
        /// Those on which a zone or overlay is not the same.
        package var rezoned = 0
        /// Whole mm², each parcel's the largest that any parameter concerns.
        package var area: Int64 = 0
        /// By their codes.
        package var parameters: [Parameter] = []
    }

    package var summary: Summary {
        var summary = Summary()
        var parameters: [String: Summary.Parameter] = [:]
        for change in changes {
            switch change.kind {
            case .changed: summary.changed += 1
            case .appeared: summary.appeared += 1
            case .vanished: summary.vanished += 1
            }
            if change.reshaped { summary.reshaped += 1 }
            if !change.ground.isEmpty { summary.rezoned += 1 }
            summary.area += change.findings.map(\.area).max() ?? 0
            // One piece of ground may be concerned in several of its slots: the largest of one parcel's is counted.
            for (parameter, own) in Dictionary(grouping: change.findings, by: \.parameter) {
                var sum = parameters[parameter] ?? Summary.Parameter(parameter: parameter, parcels: 0, area: 0)
                sum.parcels += 1
                sum.area += own.map(\.area).max() ?? 0
                parameters[parameter] = sum
            }
        }
        summary.parameters = parameters.values.sorted { $0.parameter < $1.parameter }
        return summary
    }

    /// What no parcel should lose without somebody saying so.
    package var losses: [Loss] { changes.flatMap(\.losses) }
}
