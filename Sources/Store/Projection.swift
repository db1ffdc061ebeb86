/// The features that stand, of one role, as a table that any reader of GeoPackage shows.
///
/// It is derived: every row is a record that holds at the newest revision, under the record's own number.
struct Projection {
    let table: FeatureTable
    /// Which records belong, as a condition on `record`.
    let condition: String
    /// Each column's expression over `record`, in the table's order.
    let expressions: [String]

    static let all = [parcel, street, address, zone, overlay, boundary, quarantine]

    /// Where the rows of a role are that count; those in quarantine lie in `quarantine`.
    static func of(_ role: Role) -> Projection? {
        switch role {
        case .parcels: parcel
        case .streets: street
        case .addresses: address
        case .zones: zone
        case .overlay: overlay
        case .boundary: boundary
        case .plans, .provisions, .events, .parameters, .layer: nil
        }
    }

    static let parcel = Projection(
        "parcel", .area, "parcels of land", role: .parcels,
        [
            ("code", "TEXT", "code"), ("layer", "TEXT", "layer"), ("deed_area", "REAL", "CAST(fields ->> 'deedArea' AS REAL)"),
            ("address", "TEXT", "fields ->> 'address'"),
        ])

    static let street = Projection(
        "street", .any, "streets", role: .streets,
        [
            ("code", "TEXT", "code"), ("layer", "TEXT", "layer"), ("name", "TEXT", "fields ->> 'name'"),
            ("width", "REAL", "CAST(fields ->> 'width' AS REAL)"),
        ])

    /// `key` is the folded text, in which addresses are looked for.
    static let address = Projection(
        "address", .point, "addresses", role: .addresses,
        [
            ("code", "TEXT", "code"), ("layer", "TEXT", "layer"), ("text", "TEXT", addressText), ("parcel", "TEXT", "fields ->> 'parcel'"),
            ("postcode", "TEXT", "fields ->> 'postcode'"), ("key", "TEXT", "fold(\(addressText))"),
        ])

    /// An address is one text, or its parts in this order.
    static let addressText = """
        coalesce(fields ->> 'text', trim(coalesce(fields ->> 'street', '') || ' ' || coalesce(fields ->> 'alley', '') \
        || ' ' || coalesce(fields ->> 'number', '')))
        """

    static let zone = Projection(
        "zone", .area, "zones of the plans", role: .zones,
        [
            ("layer", "TEXT", "layer"), ("plan", "TEXT", "plan"), ("code", "TEXT", "code"), ("name", "TEXT", "fields ->> 'name'"),
        ])

    static let overlay = Projection(
        "overlay", .any, "overlays", role: .overlay,
        [
            ("layer", "TEXT", "layer"), ("kind", "TEXT", "fields ->> 'kind'"), ("plan", "TEXT", "plan"), ("code", "TEXT", "code"),
            ("name", "TEXT", "fields ->> 'name'"),
        ])

    static let boundary = Projection(
        "boundary", .area, "the city's boundary", role: .boundary,
        [("layer", "TEXT", "layer"), ("code", "TEXT", "code"), ("name", "TEXT", "fields ->> 'name'")])

    static let quarantine = Projection(
        "quarantine", .any, "features that were kept out, and why", condition: "quarantine IS NOT NULL",
        [
            ("role", "TEXT", "role"), ("layer", "TEXT", "layer"), ("plan", "TEXT", "plan"), ("code", "TEXT", "code"),
            ("reason", "TEXT", "quarantine"),
        ])

    private init(
        _ name: String, _ kind: FeatureTable.Kind, _ description: String, role: Role, _ columns: [(String, String, String)]
    ) {
        self.init(name, kind, description, condition: "role = '\(role.rawValue)' AND quarantine IS NULL", columns)
    }

    private init(
        _ name: String, _ kind: FeatureTable.Kind, _ description: String, condition: String, _ columns: [(String, String, String)]
    ) {
        table = FeatureTable(
            name: name, kind: kind, columns: columns.map { FeatureTable.Column(name: $0.0, type: $0.1, isOurs: $0.0 == "key") },
            description: description)
        self.condition = condition
        expressions = columns.map(\.2)
    }

    /// Brings the table and its R-tree from the revision before this one to this one.
    func follow(_ revision: Int, in database: Database, at time: Moment) throws(StoreError) {
        try database.withoutTriggers { () throws(StoreError) in
            let ended = "IN (SELECT record FROM version WHERE until = ?)"
            try database.run("DELETE FROM \(table.tree) WHERE id \(ended)", .integer(revision))
            try database.run("DELETE FROM \(table.table) WHERE id \(ended)", .integer(revision))
            let removed = database.changes
            try database.run(
                """
                INSERT INTO \(table.table) (id, geom, \(table.columns.map(\.name).joined(separator: ", ")))
                SELECT record.id, geometry, \(expressions.joined(separator: ", "))
                FROM version CROSS JOIN record ON record.id = version.record
                WHERE version.since = ? AND \(condition) ORDER BY record.id
                """, .integer(revision))
            guard removed + database.changes > 0 else { return }
            try database.run(
                "\(table.indexing) AND id IN (SELECT record FROM version WHERE since = ?)", .integer(revision))
            try table.noteChange(in: database, at: time)
        }
    }
}
