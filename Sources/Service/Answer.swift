package import Formats
package import Persian
package import Planning

/// The whole reply to one question, its measures rounded once, as they will be printed and hashed. Keys are DESIGN's.
package struct Answer: Sendable {
    package var question: Question
    package var known: Int
    package var location: Location
    package var parcels: [ParcelRow] = []
    package var zones: [GroundRow] = []
    package var overlays: [GroundRow] = []
    package var reconciliation: [Reconciliation] = []
    package var findings: [Finding] = []
    package var uses: [UseFinding] = []
    package var coverage: [Coverage] = []
    package var sources: [Source] = []
    /// The events' sectors that its parts of ground lie in: what its sources' standing is asked for.
    var grounds: [Set<Int>] = []
    /// What plans that are not in force on the day drew here: shown with their ground, and not counted.
    package var pending: [GroundRow] = []
    package var certificate: Certificate
    /// Of its parcels in their order: what stands at the beginning of its findings, uses and reconciliation.
    var written: [Written] = []

    /// Where the question's place lies; null where no conversion gives a finite number.
    package struct Location: Sendable {
        package let lon: Double?
        package let lat: Double?
        package let x: Double?
        package let y: Double?
        package let crs: String
    }

    /// A parcel at the place, or near enough to be it.
    package struct ParcelRow: Sendable {
        package let code: String
        package let grid: Decimal
        package let ground: Decimal?
        package let deed: Decimal?
        package let effective: Decimal?
        package let address: String?
        package let limits: Limits
        package let layer: String
        /// Nil without a point.
        package var relation: Relation?
        package var verdict: Verdict
        /// Metres from the point to the border, negative outside; nil without a point.
        package var distance: Decimal?
    }

    /// Where a place lies to the city's outlines.
    package enum Limits: String, Sendable {
        case inside, harim, outside, across, unstated
    }

    /// A zone or an overlay at the place.
    package struct GroundRow: Sendable {
        package let parcel: String?
        package let layer: String
        package let kind: String?
        package let code: String?
        package let name: String?
        package let plan: String?
        package let area: Decimal?
        /// Metres of a line within the parcel.
        package let length: Decimal?
        package let share: Decimal?
        package let depth: Decimal?
        package let relation: Relation?
        package let verdict: Verdict
        package let distance: Decimal?
        let feature: Int64
    }

    /// How a feature stands to the point asked for.
    package enum Relation: String, Sendable {
        case inside, boundary, near
    }

    package struct Coverage: Sendable {
        package enum Status: String, Sendable {
            case hit, clear, outside, unstated, absent
        }
        package let layer: String
        package var status: Status
        package let stale: Bool?
        package var quarantined: [Quarantined]
        package let dataDay: Day?
        /// Metres; nil when unstated.
        package let accuracy: Decimal?
    }

    /// A feature that was kept out, near the place.
    package struct Quarantined: Sendable {
        package let id: String
        package let reason: String
        package let distance: Decimal
    }

    /// A plan that the answer rests on.
    package struct Source: Sendable {
        package let plan: Plan
        package let status: PlanStatus
        /// The events known on it and on its clauses, in the order in which they count.
        package let events: [LegalEvent]
        /// Its row, written once for all answers.
        let written: [UInt8]

        init(plan: Plan, status: PlanStatus, events: [LegalEvent]) {
            self.plan = plan
            self.status = status
            self.events = events
            written = Self.written(plan, status, events)
        }
    }

    package struct Certificate: Sendable {
        package let revision: Int
        package let root: String
        package let engine: String
        /// Nil unless it was asked for.
        package var seal: Seal?
    }
}

extension Answer {
    /// The codes of the parcels that hold the place, their border too.
    package var holders: [String] { parcels.filter { $0.relation != .near }.map(\.code) }

    /// The one parcel that holds the place; nil where none does, or several.
    package var onlyParcel: String? {
        let codes = holders
        return codes.count == 1 ? codes[0] : nil
    }
}
