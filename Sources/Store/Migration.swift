/// The ladder of schemas: `first` makes schema 1, the first of `steps` schema 2 of it, and so on; a step notes itself last.
struct Migration: Sendable {
    let apply: @Sendable (Database) throws(StoreError) -> Void

    static let steps = [proof, allowances]

    /// The oldest schema that questions are answered from.
    static let oldestRead = 1
    /// The first schema with a log and keys.
    static let logged = 2

    /// Schema 2: the log and the keys. What was decided before enters the log as it stands.
    private static let proof = Migration { (database) throws(StoreError) in
        try database.execute(LogTable.schema)
        try database.execute(KeyTable.schema)
        let decided = try database.rows(
            """
            SELECT delivery.number, delivery.sha256, delivery.revision, revision.root, decided_by, delivery.os_user, delivery.reason, decided_at
            FROM delivery LEFT JOIN revision ON revision.number = delivery.revision WHERE status <> 'staged'
            ORDER BY decided_at, delivery.revision IS NULL, delivery.revision, delivery.number
            """
        ) { (row) throws(StoreError) in
            let digest = try Log.digest(row.isNull(3) ? row.bytes(1) : row.bytes(3), of: "delivery \(row.int(0))")
            let decision = Decision(by: row.text(4), osUser: row.text(5), reason: row.textIfAny(6), at: try Log.moment(row.text(7)))
            return LogDraft(
                kind: row.isNull(2) ? .reject : .accept, subject: row.int(0), revision: row.intIfAny(2), digest: digest, decision: decision)
        }
        for draft in decided { _ = try LogTable.append(draft, in: database) }
    }

    /// Schema 3: what was allowed at an acceptance.
    private static let allowances = Migration { (database) throws(StoreError) in try database.execute(Allowance.schema) }

    /// The schema that this program writes.
    static var newest: Int { 1 + steps.count }

    static func first(_ database: Database, _ crs: CityFacts.CRS, _ time: Moment) throws(StoreError) {
        try GeoPackage.begin(in: database, crs: crs)
        try database.execute(Schema.log)
        try database.execute(Schema.rows)
        try database.execute(Schema.views)
        for projection in Projection.all { try projection.table.create(in: database, srsID: crs.srsID, at: time) }
        // A table of attributes tells GDAL to list what `gpkg_contents` names, and not our own tables.
        try database.run(
            """
            INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)
            VALUES ('revision', 'attributes', 'revision', 'accepted states of the city', ?)
            """, .text(time.geoPackageText))
    }
}
