package import Formats
package import Planning

/// A parcel whose answer is not the same before and after.
package struct ParcelChange: Sendable {
    package enum Kind: String, Sendable {
        case changed, appeared, vanished
    }

    package let code: String
    package let kind: Kind
    /// Whether the border itself is another.
    package let reshaped: Bool
    package let before: Areas?
    package let after: Areas?
    /// The zones and overlays on it that are not the same.
    package let ground: [GroundChange]
    /// By parameter and use.
    package let findings: [FindingChange]
    /// What of it no one should lose without saying so.
    package let losses: [Loss]

    /// A parcel's areas in m², as answers state them.
    package struct Areas: Hashable, Sendable {
        package let grid: Decimal
        package let deed: Decimal?
        package let effective: Decimal?
    }

    init(
        code: String, kind: Kind, reshaped: Bool = false, before: Areas? = nil, after: Areas? = nil, ground: [GroundChange] = [],
        findings: [FindingChange] = [], losses: [Loss] = []
    ) {
        self.code = code
        self.kind = kind
        self.reshaped = reshaped
        self.before = before
        self.after = after
        self.ground = ground
        self.findings = findings
        self.losses = losses
    }
}

/// A zone or overlay whose ground in a parcel is not the same.
package struct GroundChange: Sendable {
    package struct Name: Hashable, Sendable {
        package let isZone: Bool
        package let layer: String
        package let kind: String?
        package let code: String?
        package let plan: String?
    }

    package let name: Name
    /// Whole mm² in the parcel, 0 for a line or point; nil where it is not there.
    package let before: Int64?
    package let after: Int64?
}

/// What is decided otherwise on some ground of a parcel.
package struct FindingChange: Sendable {
    package let parameter: String
    package let use: String?
    /// Nil where nothing was said of the parameter.
    package let before: Stated?
    package let after: Stated?
    /// The ground concerned in whole mm², and its share of the parcel as it is after.
    package var area: Int64
    package var share: Decimal
}

/// What a finding says, apart from where and from what lost.
package struct Stated: Hashable, Sendable {
    package let status: Finding.Status
    package let relation: Relation?
    package let value: Value
    package let unit: Unit?
    package let basis: Provision.Basis?
    package let provision: Citation?
    package let needs: [String]
    package let open: [Contender]

    /// The clauses that say it, or contend.
    var citations: [Citation] { provision.map { [$0] } ?? open.map(\.provision) }

    init(_ finding: Finding) {
        status = finding.status
        relation = finding.relation
        value = finding.value
        unit = finding.unit
        basis = finding.basis
        provision = finding.provision
        needs = finding.needs
        open = finding.open
    }

    /// Whether only one such can hold on a piece of ground: a number or a permission, no note.
    func competes(for parameter: String) -> Bool {
        switch relation {
        case .max, .min, .exactly, .permit, .forbid: true
        case .condition: parameter == Parameter.use
        case .note: false
        // Contenders of different relations.
        case nil: status == .conflict || status == .needs
        }
    }
}

/// What a change takes from a parcel, or the contradiction that it brings.
package struct Loss: Hashable, Sendable {
    package enum What: String, Hashable, Sendable, CaseIterable {
        /// It had a zone in a layer and has none there now.
        case lostZone
        /// The law contradicts itself where it did not.
        case gainedConflict
        /// A parameter was decided on some of its ground, and no provision decides or may decide it there now.
        case lostParameter
    }

    package let parcel: String
    package let what: What
    /// The layer of a lost zone, else the parameter.
    package let parameter: String
}
