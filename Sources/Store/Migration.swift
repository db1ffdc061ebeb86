/// The ladder of schemas: step n makes schema n of schema n − 1, in one transaction that notes it last.
struct Migration {
    let apply: (Database, CityFacts.CRS, Moment) throws(StoreError) -> Void

    static let steps = [Migration(apply: first)]

    /// The schema that this program writes.
    static var newest: Int { steps.count }

    private static func first(_ database: Database, _ crs: CityFacts.CRS, _ time: Moment) throws(StoreError) {
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
