internal import CSQLite
import Spatial

/// A new GeoPackage of feature tables, as a surveyor's program would deliver it: no indexes, no triggers.
@safe
final class GeoPackage {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    enum Value {
        case text(String)
        case integer(Int)
        case real(Double)
    }

    private var database: OpaquePointer?
    private let grid: Grid
    private static let srsID: Int32 = 32640

    init(path: String, grid: Grid) throws {
        self.grid = grid
        let code = unsafe sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil)
        guard code == SQLITE_OK else { throw Failure(description: "\(path): SQLite's code \(code)") }
        try execute(
            """
            PRAGMA application_id = 1196444487; PRAGMA user_version = 10300; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
            BEGIN;
            CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
              organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
            INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84 / UTM zone 40N', 32640, 'EPSG', 32640, 'undefined', NULL);
            CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
              description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT '2025-01-01T00:00:00.000Z',
              min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
            CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
              srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
            """)
    }

    deinit { unsafe sqlite3_close_v2(database) }

    /// Writes one table: of the numbered shapes those that are asked for, each with its values in the columns' order.
    func write<Numbers: Sequence<Int>>(
        _ table: String, type: String = "MULTIPOLYGON", columns: [String], _ numbers: Numbers, of shapes: ShapeTable,
        values: (Int) -> [Value]
    ) throws {
        let names = columns.map { String($0.prefix { $0 != " " }) }
        try execute(
            """
            CREATE TABLE "\(table)" (fid INTEGER PRIMARY KEY, geom \(type), \(columns.joined(separator: ", ")));
            INSERT INTO gpkg_contents(table_name, data_type, identifier, srs_id) VALUES ('\(table)', 'features', '\(table)', 32640);
            INSERT INTO gpkg_geometry_columns VALUES ('\(table)', 'geom', '\(type)', 32640, 0, 0);
            """)
        let places = Array(repeating: "?", count: names.count + 1).joined(separator: ", ")
        var statement: OpaquePointer?
        let sql = "INSERT INTO \"\(table)\"(geom, \(names.joined(separator: ", "))) VALUES (\(places))"
        guard unsafe sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK else { throw failure() }
        defer { unsafe sqlite3_finalize(statement) }
        for number in numbers {
            guard let shape = shapes.geometry(number) else { continue }
            let blob = GeoPackageBlob.encode(shape, grid: grid, srsID: Self.srsID)
            unsafe sqlite3_bind_blob64(statement, 1, blob, UInt64(blob.count), csqlite_transient())
            for (place, value) in values(number).enumerated() { unsafe bind(value, at: Int32(place + 2), of: statement) }
            guard unsafe sqlite3_step(statement) == SQLITE_DONE else { throw failure() }
            unsafe sqlite3_reset(statement)
        }
    }

    func finish() throws { try execute("COMMIT") }

    private func bind(_ value: Value, at place: Int32, of statement: OpaquePointer?) {
        switch value {
        case .text(let text): unsafe sqlite3_bind_text(statement, place, text, -1, csqlite_transient())
        case .integer(let number): unsafe sqlite3_bind_int64(statement, place, Int64(number))
        case .real(let number): unsafe sqlite3_bind_double(statement, place, number)
        }
    }

    private func execute(_ sql: String) throws {
        guard unsafe sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else { throw failure() }
    }

    private func failure() -> Failure { unsafe Failure(description: String(cString: sqlite3_errmsg(database))) }
}
