/// The ladder of schemas: `first` makes schema 1, the first of `steps` schema 2 of it, and so on; a step notes itself last.
struct Migration: Sendable {
    let apply: @Sendable (Database) throws(StoreError) -> Void

    static let steps: [Migration] = [
        Migration { (database) throws(StoreError) in try database.execute(Allowance.schema) }
    ]

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
