extension ImportRequest {
    /// What a delivery is taken for: which fields it needs, and what ground its rows may take up.
    package enum Role: String, CaseIterable, Hashable, Sendable {
        case parcels, streets, addresses, zones, overlay, boundary
        case plans, provisions, events, parameters
    }
}

extension ImportRequest.Role {
    /// A field that rows of a role carry; `map` names the column that it is read from.
    package struct Field: Hashable, Sendable {
        package let name: String
        /// A delivery without a column for it is refused.
        package let isNeeded: Bool
    }

    package var fields: [Field] {
        switch self {
        case .parcels: Self.fields(needed: "code", other: "deedArea", "address")
        case .streets: Self.fields(needed: "name", other: "width")
        case .addresses: Self.fields(other: "text", "street", "alley", "number", "postcode", "parcel")
        case .zones: Self.fields(needed: "code", other: "name")
        case .overlay: Self.fields(other: "kind", "code", "name")
        case .boundary: Self.fields(other: "code", "name")
        case .plans:
            Self.fields(
                needed: "id", "title", "kind", "approved",
                other: "authority", "number", "published", "from", "until", "replaces", "amends", "rank", "policy")
        case .provisions:
            Self.fields(
                needed: "plan", "clause", "target", "parameter", "relation", "value",
                other: "unit", "condition", "basis", "from", "until", "text")
        case .events: Self.fields(needed: "event", "plan", "from", other: "clause", "decided", "document", "number", "sector")
        case .parameters: Self.fields(needed: "code", "unit", "stricter", other: "label_fa", "label_en")
        }
    }

    /// The field that names a row of this role, where it has one.
    package var codeField: String? {
        switch self {
        case .parcels, .zones, .overlay, .boundary, .parameters: "code"
        case .plans: "id"
        case .streets, .addresses, .provisions, .events: nil
        }
    }

    /// No two rows of a delivery may carry the same code: zones and overlays of one code are many polygons.
    package var hasUniqueCodes: Bool {
        switch self {
        case .parcels, .plans, .parameters: true
        case .streets, .addresses, .zones, .overlay, .boundary, .provisions, .events: false
        }
    }

    /// A planner's table, which only CSV carries; nothing else has lines instead of features.
    package var isTable: Bool {
        switch self {
        case .plans, .provisions, .events, .parameters: true
        case .parcels, .streets, .addresses, .zones, .overlay, .boundary: false
        }
    }

    /// The kinds of geometry that a row may have.
    enum Ground: Hashable {
        case none
        case area
        case areaOrLine
        case any
        case pointOrNone
    }

    var ground: Ground {
        switch self {
        case .parcels, .zones, .boundary: .area
        case .overlay: .any
        case .streets: .areaOrLine
        case .addresses: .pointOrNone
        case .plans, .provisions, .events, .parameters: .none
        }
    }

    private static func fields(needed: String..., other: String...) -> [Field] {
        needed.map { Field(name: $0, isNeeded: true) } + other.map { Field(name: $0, isNeeded: false) }
    }
}
