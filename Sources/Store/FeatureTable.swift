/// A table of features as GeoPackage 1.3 has them, with its R-tree.
struct FeatureTable {
    enum Kind: String {
        case point = "POINT"
        case area = "MULTIPOLYGON"
        case any = "GEOMETRY"
    }

    struct Column {
        let name: String
        let type: String
        /// Left out of what is made for others.
        var isOurs = false
    }

    let name: String
    let kind: Kind
    let columns: [Column]
    let description: String

    func create(in database: Database, srsID: Int32, at time: Moment) throws(StoreError) {
        let columnList = columns.map { ", \(GeoPackage.quoted($0.name)) \($0.type)" }.joined()
        try database.execute(
            "CREATE TABLE \(table) (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, geom \(kind.rawValue)\(columnList))")
        try database.run(
            """
            INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
            VALUES (?1, 'features', ?1, ?2, ?3, ?4)
            """, .text(name), .text(description), .text(time.geoPackageText), .integer(Int64(srsID)))
        try database.run(
            "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)",
            .text(name), .text(kind.rawValue), .integer(Int64(srsID)))
        try database.run(
            """
            INSERT INTO gpkg_extensions VALUES
            (?, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')
            """, .text(name))
        try database.execute("CREATE VIRTUAL TABLE \(tree) USING rtree(id, minx, maxx, miny, maxy)")
        try database.execute(triggers)
    }

    /// After its rows have changed: when, and within which rectangle they lie.
    func noteChange(in database: Database, at time: Moment) throws(StoreError) {
        try database.run(
            """
            UPDATE gpkg_contents SET last_change = ?, (min_x, max_x, min_y, max_y) =
              (SELECT min(ST_MinX(geom)), max(ST_MaxX(geom)), min(ST_MinY(geom)), max(ST_MaxY(geom)) FROM \(table))
            WHERE table_name = ?
            """, .text(time.geoPackageText), .text(name))
    }

    /// Fills the table while its triggers rest, and its R-tree after it.
    func fill(in database: Database, at time: Moment, by body: () throws(StoreError) -> Void) throws(StoreError) {
        try database.withoutTriggers { () throws(StoreError) in
            try body()
            try database.run(indexing)
            try noteChange(in: database, at: time)
        }
    }

    /// Puts rows into the R-tree as the triggers would; a condition on the rows may follow.
    var indexing: String {
        """
        INSERT INTO \(tree) SELECT id, ST_MinX(geom), ST_MaxX(geom), ST_MinY(geom), ST_MaxY(geom) FROM \(table)
        WHERE geom NOT NULL AND NOT ST_IsEmpty(geom)
        """
    }

    var table: String { GeoPackage.quoted(name) }

    var tree: String { GeoPackage.quoted("rtree_\(name)_geom") }

    /// GeoPackage 1.3, annex F.3: the triggers that keep the R-tree as the table is. They serve other programs: on our
    /// connections a schema may not write to an R-tree, which this SQLite does not hold to be innocuous.
    private var triggers: String {
        func trigger(_ suffix: String) -> String { GeoPackage.quoted("rtree_\(name)_geom_\(suffix)") }
        let put = """
            INSERT OR REPLACE INTO \(tree) VALUES
            (NEW.id, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
            """
        return """
            CREATE TRIGGER \(trigger("insert")) AFTER INSERT ON \(table)
            WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
            BEGIN \(put) END;
            CREATE TRIGGER \(trigger("update1")) AFTER UPDATE OF geom ON \(table)
            WHEN OLD.id = NEW.id AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
            BEGIN \(put) END;
            CREATE TRIGGER \(trigger("update2")) AFTER UPDATE OF geom ON \(table)
            WHEN OLD.id = NEW.id AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
            BEGIN DELETE FROM \(tree) WHERE id = OLD.id; END;
            CREATE TRIGGER \(trigger("update3")) AFTER UPDATE ON \(table)
            WHEN OLD.id != NEW.id AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
            BEGIN DELETE FROM \(tree) WHERE id = OLD.id; \(put) END;
            CREATE TRIGGER \(trigger("update4")) AFTER UPDATE ON \(table)
            WHEN OLD.id != NEW.id AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
            BEGIN DELETE FROM \(tree) WHERE id IN (OLD.id, NEW.id); END;
            CREATE TRIGGER \(trigger("delete")) AFTER DELETE ON \(table)
            WHEN OLD.geom NOT NULL
            BEGIN DELETE FROM \(tree) WHERE id = OLD.id; END;
            """
    }
}
