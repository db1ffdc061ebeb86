internal import CSQLite
import Spatial

/// SQLite with SpatiaLite in this process: an R-tree of everything, and ST_Intersects on what it finds.
@safe
final class SpatiaLitePeer {
    private var database: OpaquePointer?
    private var question: OpaquePointer?

    /// Nil where the module is not installed.
    init?(_ ground: Ground) throws {
        guard unsafe sqlite3_open_v2(":memory:", &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil) == SQLITE_OK else {
            return nil
        }
        unsafe sqlite3_enable_load_extension(database, 1)
        guard unsafe sqlite3_load_extension(database, "mod_spatialite", nil, nil) == SQLITE_OK else { return nil }
        try execute(
            """
            CREATE TABLE feature(number INTEGER PRIMARY KEY, id INTEGER, geom BLOB);
            CREATE VIRTUAL TABLE tree USING rtree(number, west, east, south, north);
            BEGIN
            """)
        var insert: OpaquePointer?
        // What is not a parcel goes in in pieces, as it does in PostGIS.
        let sql =
            "INSERT INTO feature(id, geom) VALUES (?1, CASE ?3 WHEN 0 THEN GeomFromWKB(?2) ELSE ST_Subdivide(GeomFromWKB(?2), 48) END)"
        guard unsafe sqlite3_prepare_v2(database, sql, -1, &insert, nil) == SQLITE_OK else { throw failure() }
        defer { unsafe sqlite3_finalize(insert) }
        for feature in 0..<ground.shapes.count {
            let wkb = ground.wkb(feature)
            unsafe sqlite3_bind_int64(insert, 1, Int64(feature))
            unsafe sqlite3_bind_blob64(insert, 2, wkb, UInt64(wkb.count), csqlite_transient())
            unsafe sqlite3_bind_int(insert, 3, Int32(ground.groups[feature]))
            guard unsafe sqlite3_step(insert) == SQLITE_DONE else { throw failure() }
            unsafe sqlite3_reset(insert)
        }
        try execute(
            """
            CREATE TEMP TABLE whole AS SELECT id, geom, ST_NumGeometries(geom) AS pieces FROM feature WHERE ST_NumGeometries(geom) > 1;
            WITH RECURSIVE piece(id, i) AS (SELECT id, 1 FROM whole UNION ALL
              SELECT piece.id, i + 1 FROM piece JOIN whole USING (id) WHERE i < pieces)
            INSERT INTO feature(id, geom) SELECT whole.id, ST_GeometryN(geom, i) FROM piece JOIN whole USING (id);
            DELETE FROM feature WHERE ST_NumGeometries(geom) > 1;
            INSERT INTO tree SELECT number, MbrMinX(geom), MbrMaxX(geom), MbrMinY(geom), MbrMaxY(geom) FROM feature;
            DROP TABLE whole;
            COMMIT
            """)
        let ask = """
            SELECT f.id FROM tree t JOIN feature f ON f.number = t.number
            WHERE t.west <= ?1 AND t.east >= ?1 AND t.south <= ?2 AND t.north >= ?2 AND ST_Intersects(f.geom, MakePoint(?1, ?2))
            """
        guard unsafe sqlite3_prepare_v2(database, ask, -1, &question, nil) == SQLITE_OK else { throw failure() }
    }

    deinit {
        unsafe sqlite3_finalize(question)
        unsafe sqlite3_close_v2(database)
    }

    func holders(of place: (x: Double, y: Double)) throws -> Set<Int> {
        unsafe sqlite3_bind_double(question, 1, place.x)
        unsafe sqlite3_bind_double(question, 2, place.y)
        defer { unsafe sqlite3_reset(question) }
        var found: Set<Int> = []
        while unsafe sqlite3_step(question) == SQLITE_ROW { found.insert(Int(unsafe sqlite3_column_int64(question, 0))) }
        return found
    }

    static var version: String { unsafe String(cString: sqlite3_libversion()) }

    private func execute(_ sql: String) throws {
        guard unsafe sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else { throw failure() }
    }

    private func failure() -> Trouble { Trouble("SpatiaLite: " + (unsafe String(cString: sqlite3_errmsg(database)))) }
}
