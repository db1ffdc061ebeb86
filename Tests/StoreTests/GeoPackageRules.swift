import Foundation

@testable import Store

/// The basic requirements of GeoPackage 1.3, checked by their numbers in the standard, with what each finds broken.
struct GeoPackageRules {
    private let database: Database

    init(_ database: Database) throws {
        self.database = database
    }

    func broken() throws -> [String] {
        var found: [String] = []
        func rule(_ name: String, _ sql: String) throws {
            for row in try database.rows(sql, read: { $0.text(0) }) { found.append("\(name): \(row)") }
        }
        try rule("1, 2: application and version", "SELECT application_id FROM pragma_application_id WHERE application_id <> 1196444487")
        try rule("2: version", "SELECT user_version FROM pragma_user_version WHERE user_version <> 10300")
        try rule("6: integrity", "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'")
        try rule("7: foreign keys", "SELECT \"table\" FROM pragma_foreign_key_check")
        try rule(
            "11: reference systems",
            """
            SELECT column1 FROM (VALUES (-1), (0), (4326)) WHERE column1 NOT IN (SELECT srs_id FROM gpkg_spatial_ref_sys)
            """)
        try rule(
            "12: contents' systems",
            "SELECT table_name FROM gpkg_contents WHERE srs_id NOT IN (SELECT srs_id FROM gpkg_spatial_ref_sys)")
        try rule("14: contents' tables", "SELECT table_name FROM gpkg_contents WHERE table_name NOT IN (SELECT name FROM sqlite_schema)")
        try rule(
            "15: last change",
            """
            SELECT last_change FROM gpkg_contents
            WHERE strftime('%Y-%m-%dT%H:%M:%fZ', last_change) IS NOT last_change
            """)
        try rule(
            "18, 21: feature tables have a geometry column",
            """
            SELECT table_name FROM gpkg_contents WHERE data_type = 'features'
            AND (SELECT count(*) FROM gpkg_geometry_columns AS column WHERE column.table_name = gpkg_contents.table_name) <> 1
            """)
        try rule(
            "22, 24: the column is there, of the type stated and in the table's system",
            """
            SELECT g.table_name FROM gpkg_geometry_columns AS g JOIN gpkg_contents AS c USING (table_name)
            WHERE c.srs_id IS NOT g.srs_id OR z <> 0 OR m <> 0 OR NOT EXISTS (
              SELECT 1 FROM pragma_table_info(g.table_name) AS column
              WHERE column.name = g.column_name AND column.type = g.geometry_type_name)
            """)
        try rule(
            "29: an integer primary key",
            """
            SELECT table_name FROM gpkg_contents WHERE NOT EXISTS (
              SELECT 1 FROM pragma_table_info(table_name) AS column WHERE column.pk = 1 AND upper(column.type) = 'INTEGER')
            """)
        try rule(
            "75–77: each R-tree is declared, there and kept by its triggers",
            """
            SELECT g.table_name FROM gpkg_geometry_columns AS g LEFT JOIN gpkg_extensions AS e
            ON e.table_name = g.table_name AND e.column_name = g.column_name
              AND extension_name = 'gpkg_rtree_index' AND scope = 'write-only'
            WHERE e.table_name IS NULL
            OR NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'rtree_' || g.table_name || '_' || g.column_name)
            OR (SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = g.table_name
                AND name LIKE 'rtree~_%' ESCAPE '~') <> 6
            """)
        try rule(
            "78: extensions' tables",
            "SELECT table_name FROM gpkg_extensions WHERE table_name NOT IN (SELECT table_name FROM gpkg_contents)")
        for (table, srs, kind) in try database.rows(
            "SELECT table_name, srs_id, geometry_type_name FROM gpkg_geometry_columns", read: { ($0.text(0), $0.int(1), $0.text(2)) })
        {
            found += try brokenGeometries(table, srs: srs, kind: kind)
        }
        return found
    }

    /// 19, 20, 33: header, CRS and type of every geometry; its envelope, worked out from the coordinates, lies in the R-tree's box
    /// as single precision has it, and in the contents' box.
    private func brokenGeometries(_ table: String, srs: Int, kind: String) throws -> [String] {
        let name = GeoPackage.quoted(table)
        let tree = GeoPackage.quoted("rtree_\(table)_geom")
        var found: [String] = []
        let rows = try database.rows(
            """
            SELECT t.id, geom, r.minx, r.maxx, r.miny, r.maxy, c.min_x, c.max_x, c.min_y, c.max_y
            FROM \(name) AS t LEFT JOIN \(tree) AS r USING (id), gpkg_contents AS c WHERE c.table_name = ? AND geom NOT NULL
            """, .text(table)
        ) { row in (row.integer(0), row.bytes(1), (2..<10).map { row.isNull($0) ? Double.nan : row.real($0) }) }
        for (id, blob, bounds) in rows {
            guard let read = ReadBlob(blob), read.srs == srs else {
                found.append("19: \(table) \(id)")
                continue
            }
            if kind != "GEOMETRY", read.type != ["POINT": 1, "MULTIPOLYGON": 6][kind] {
                found.append("33: \(table) \(id) is of type \(read.type)")
            }
            let box = read.box
            if let stated = read.stated, stated != box { found.append("19: \(table) \(id) states \(stated), has \(box)") }
            for (place, value) in box.enumerated() {
                let isLow = place % 2 == 0
                let (treeBound, contentsBound) = (bounds[place], bounds[place + 4])
                if !(isLow ? treeBound <= value : treeBound >= value) || !((treeBound - value).magnitude <= 1) {
                    found.append("77: \(table) \(id) R-tree \(treeBound), geometry \(value)")
                }
                if !(isLow ? contentsBound <= value : contentsBound >= value) {
                    found.append("contents of \(table): \(contentsBound), \(value)")
                }
            }
        }
        let strays = try database.rows("SELECT id FROM \(tree) WHERE id NOT IN (SELECT id FROM \(name) WHERE geom NOT NULL)") {
            $0.integer(0)
        }
        return found + strays.map { "77: the R-tree of \(table) has \($0)" }
    }
}

/// A GeoPackage geometry read by the plainest means: header, then little-endian well-known binary.
private struct ReadBlob {
    var srs = 0
    var type = 0
    /// Least x, greatest x, least y, greatest y.
    var stated: [Double]?
    var box = [Double.infinity, -.infinity, .infinity, -.infinity]
    private var bytes: [UInt8]
    private var at = 8

    init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        guard bytes.count > 13, bytes[0...2] == [0x47, 0x50, 0], bytes[3] & 1 == 1 else { return nil }
        at = 4
        srs = Int(word())
        if bytes[3] & 0b1110 == 0b10 { stated = [number(), number(), number(), number()] }
        type = Int(bytes[at + 1])
        geometry()
        guard at == bytes.count else { return nil }
    }

    private mutating func word() -> UInt32 {
        defer { at += 4 }
        return (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << (8 * UInt32($1)) }
    }

    private mutating func number() -> Double {
        defer { at += 8 }
        return Double(bitPattern: (0..<8).reduce(0) { $0 | UInt64(bytes[at + $1]) << (8 * UInt64($1)) })
    }

    private mutating func point() {
        let (x, y) = (number(), number())
        box = [min(box[0], x), max(box[1], x), min(box[2], y), max(box[3], y)]
    }

    private mutating func geometry() {
        at += 1
        switch word() {
        case 1: point()
        case 2: for _ in 0..<word() { point() }
        case 3: for _ in 0..<word() { for _ in 0..<word() { point() } }
        default: for _ in 0..<word() { geometry() }
        }
    }
}
