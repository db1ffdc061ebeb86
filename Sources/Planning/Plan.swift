package import Persian

/// An approved instrument and the days that bound its force.
package struct Plan: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case master
        case detailed
        case guide
        case amendment
        case circular
    }

    /// What becomes of a parcel that lies in several zones.
    package enum Policy: String, Hashable, Sendable, CaseIterable {
        /// Each part keeps its own outcome.
        case perPart
        /// The strictest part's outcome holds for all.
        case strictest
        /// The outcome with the largest area holds for all.
        case dominant
        /// The mean of the parts' values, weighted by area.
        case weighted
    }

    package let id: String
    package let title: String
    package let kind: Kind
    package let authority: String
    package let number: String
    package let approved: Day?
    package let published: Day?
    package let period: Period
    /// Ids of the plans that it ends.
    package let replaces: [String]
    /// Id of the plan that it changes in part.
    package let amends: String?
    /// One is the highest; nil is that of the amended plan, else the lowest.
    package let rank: Int?
    /// Nil is that of the amended plan, else `perPart`.
    package let policy: Policy?

    package init(
        id: String, title: String = "", kind: Kind = .detailed, authority: String = "", number: String = "", approved: Day?,
        published: Day?, from: Day? = nil, until: Day? = nil, replaces: [String] = [], amends: String? = nil, rank: Int? = nil,
        policy: Policy? = nil
    ) {
        self.id = id
        self.title = title
        self.kind = kind
        self.authority = authority
        self.number = number
        self.approved = approved
        self.published = published
        period = Period(from: from, until: until)
        self.replaces = replaces
        self.amends = amends
        self.rank = rank
        self.policy = policy
    }

    package var from: Day? { period.from }
    package var until: Day? { period.until }

    /// The first day that it binds: approved, published and begun. Nil where it was never approved or never published.
    package var effect: Day? {
        guard let approved, let published else { return nil }
        return max(approved, published, from ?? published)
    }

    /// Its standing by its own days alone; `Law.status` knows also what ends it.
    package func status(on day: Day) -> PlanStatus {
        if let until, day >= until { return .ended }
        guard let approved, approved <= day else { return .notApproved }
        guard let published, published <= day else { return .unpublished }
        if let from, day < from { return .notYet }
        return .inForce
    }
}

/// How a plan stands on a day.
package enum PlanStatus: Hashable, Sendable {
    case inForce
    /// Its day has not come.
    case notYet
    /// Approved, but what is not published does not bind.
    case unpublished
    case notApproved
    /// Its own last day is past, or that of the plan that it amends.
    case ended
    case replaced(by: String)
    /// Not in force yet, but already in the way of permits that it would not allow.
    case effectBeforehand
    case repealed
    /// From a day that is past, or from its adoption.
    case annulled

    /// The word in an answer's `sources`.
    package var code: String {
        switch self {
        case .inForce: "inForce"
        case .notYet: "notYet"
        case .unpublished: "unpublished"
        case .notApproved: "notApproved"
        case .ended: "ended"
        case .replaced: "replaced"
        case .effectBeforehand: "effectBeforehand"
        case .repealed: "repealed"
        case .annulled: "annulled"
        }
    }
}
