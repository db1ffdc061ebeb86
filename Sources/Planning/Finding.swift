package import Formats
package import Persian

/// The outcome for one parameter on the parts of a parcel where it is the same.
package struct Finding: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable {
        case decided
        /// A provision that would decide hangs on facts that nobody has given.
        case needs
        /// The law contradicts itself: `open` holds the contenders.
        case conflict
        /// No provision applies: the band has no rule.
        case none
    }

    /// The parcel's code; nil for a place outside every parcel.
    package let parcel: String?
    package let parameter: String
    /// Nil for status `none` where several relations would have been possible.
    package let relation: Relation?
    package let value: Value
    package let unit: Unit?
    package let basis: Provision.Basis?
    /// `layer/code` of the parts' zones, sorted.
    package let zones: [String]
    /// The parts' share of the parcel, half-even at a millionth; nil without a parcel.
    package let share: Decimal?
    /// What is known of the facts that the deciding condition reads (for `needs` and `none`: those that were in question).
    package let facts: [NamedFact]
    /// Nil where nothing decides.
    package let provision: Citation?
    package let status: Status
    package let needs: [String]
    package let overruled: [Overruled]
    /// What may still decide (`needs`) or stands against each other (`conflict`).
    package let open: [Contender]
}

extension Finding {
    /// What is said of some ground, said of a parcel's.
    init(_ said: Finding, parcel: String?, zones: [String], share: Decimal?, facts: [NamedFact]) {
        self.init(
            parcel: parcel, parameter: said.parameter, relation: said.relation, value: said.value, unit: said.unit, basis: said.basis,
            zones: zones, share: share, facts: facts, provision: said.provision, status: said.status, needs: said.needs,
            overruled: said.overruled, open: said.open)
    }
}

/// One fact as a finding lists it.
package struct NamedFact: Hashable, Sendable {
    package let name: String
    package let value: Fact.Value
    package let from: Fact.Source
}

/// A provision as an answer cites it.
package struct Citation: Hashable, Sendable {
    package let plan: String
    package let clause: String
    package let text: String
    /// The days on which both it and its plan bind.
    package let from: Day?
    package let until: Day?
}

/// Why a provision did not decide, in the order of precedence.
package enum Reason: String, Hashable, Sendable, CaseIterable {
    case notInForce
    case rank
    case target
    case date
    case strictness
    /// A permit, where an overlay forbids.
    case forbidden
    /// Decides in another part of the parcel, where the plan wants one outcome for all.
    case policy
}

package struct Overruled: Hashable, Sendable {
    package let provision: Citation
    package let relation: Relation
    package let value: Value
    package let unit: Unit?
    package let reason: Reason
}

package struct Contender: Hashable, Sendable {
    package let provision: Citation
    package let relation: Relation
    package let value: Value
    package let unit: Unit?
    /// The facts that it hangs on; empty where it applies.
    package let needs: [String]
}

/// Whether a use is allowed: the findings on the parameter `use` in brief.
package struct UseFinding: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable {
        case permitted
        /// Allowed on conditions, or hanging on missing facts, or in conflict: its finding says which.
        case conditional
        case prohibited
        /// The law names the use, but no provision on it applies here.
        case unlisted
    }

    package let parcel: String?
    package let use: String
    package let status: Status
    package let zones: [String]
    package let share: Decimal?
    package let provision: Citation?
}
