internal import CPQ
import Spatial

/// PostGIS over libpq on a Unix socket: parcels with a GiST index, zones and overlays in pieces of at most 48 corners.
@safe
final class PostGISPeer {
    private let connection: OpaquePointer?

    /// - Parameter socket: the folder of the server's socket.
    init(socket: String) throws {
        unsafe connection = PQconnectdb("host=\(socket) user=postgres dbname=postgres")
        guard unsafe PQstatus(connection) == CONNECTION_OK else { throw failure() }
    }

    deinit { unsafe PQfinish(connection) }

    /// Fills the tables: parcels with a key and an index, the rest also in pieces of at most 48 corners.
    func load(_ ground: Ground) throws {
        try execute("SET client_min_messages = error; CREATE EXTENSION IF NOT EXISTS postgis")
        for (group, table) in ["parcel", "zone", "overlay"].enumerated() {
            try execute("DROP TABLE IF EXISTS \(table), \(table)_piece; CREATE UNLOGGED TABLE \(table)(id int, geom geometry)")
            try copy(ground.features(of: UInt8(group)), to: table, ground)
            try execute(
                """
                ALTER TABLE \(table) ADD PRIMARY KEY (id);
                CREATE INDEX ON \(table) USING gist(geom);
                """)
            if group > 0 {
                try execute(
                    """
                    CREATE UNLOGGED TABLE \(table)_piece AS SELECT id, ST_Subdivide(geom, 48) AS geom FROM \(table);
                    CREATE INDEX ON \(table)_piece USING gist(geom);
                    """)
            }
        }
        try execute("VACUUM ANALYZE")
        try execute("DEALLOCATE ALL")
        try prepare("holders", Self.union("ST_SetSRID(ST_MakePoint($1, $2), 32640)"), parameters: 2)
    }

    private static func union(_ place: String) -> String {
        ["parcel", "zone_piece", "overlay_piece"].map { "SELECT id FROM \($0) WHERE ST_Intersects(geom, \(place))" }.joined(
            separator: " UNION ALL ")
    }

    var version: String {
        get throws {
            try text(
                "SELECT PostGIS_Lib_Version() || ', GEOS ' || PostGIS_GEOS_Version() || ', PostgreSQL ' || current_setting('server_version')"
            )
        }
    }

    func execute(_ sql: String) throws {
        let result = unsafe PQexec(connection, sql)
        defer { unsafe PQclear(result) }
        guard unsafe [PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(PQresultStatus(result)) else { throw failure() }
    }

    /// The first value of the answer.
    func text(_ sql: String) throws -> String {
        let result = unsafe PQexec(connection, sql)
        defer { unsafe PQclear(result) }
        guard unsafe PQresultStatus(result) == PGRES_TUPLES_OK, unsafe PQntuples(result) > 0 else { throw failure() }
        return unsafe String(cString: PQgetvalue(result, 0, 0))
    }

    /// Prepares a statement whose parameters are all double precision.
    func prepare(_ name: String, _ sql: String, parameters: Int) throws {
        let types = [Oid](repeating: 701, count: parameters)
        let result = unsafe PQprepare(connection, name, sql, Int32(parameters), types)
        defer { unsafe PQclear(result) }
        guard unsafe PQresultStatus(result) == PGRES_COMMAND_OK else { throw failure() }
    }

    /// Runs a prepared statement, everything in binary form, and hands its result on; the rows' count is returned.
    @discardableResult
    func run(_ name: String, _ numbers: [Double], _ read: (OpaquePointer?, Int32) -> Void = { _, _ in }) throws -> Int {
        let swapped = numbers.map(\.bitPattern.bigEndian)
        let result = unsafe swapped.withUnsafeBufferPointer { numbers in
            let first = unsafe UnsafeRawPointer(numbers.baseAddress)?.assumingMemoryBound(to: CChar.self)
            let values = unsafe numbers.indices.map { unsafe first?.advanced(by: 8 * $0) }
            return unsafe PQexecPrepared(
                connection, name, Int32(values.count), values, [Int32](repeating: 8, count: values.count),
                [Int32](repeating: 1, count: values.count), 1)
        }
        defer { unsafe PQclear(result) }
        guard unsafe PQresultStatus(result) == PGRES_TUPLES_OK else { throw failure() }
        let rows = unsafe PQntuples(result)
        for row in 0..<rows { unsafe read(result, row) }
        return Int(rows)
    }

    /// The features that hold a place, once each.
    func holders(of place: (x: Double, y: Double)) throws -> Set<Int> {
        var found: Set<Int> = []
        unsafe try run("holders", [place.x, place.y]) { result, row in unsafe found.insert(number(result, row)) }
        return found
    }
}

/// The whole number in a row's first column.
private func number(_ result: OpaquePointer?, _ row: Int32) -> Int {
    guard let value = unsafe PQgetvalue(result, row, 0) else { return -1 }
    return Int(Int32(bigEndian: unsafe UnsafeRawPointer(value).loadUnaligned(as: Int32.self)))
}

extension PostGISPeer {
    /// Puts places into a table, to be asked for all at once.
    func fill(_ places: [(x: Double, y: Double)]) throws {
        try execute("DROP TABLE IF EXISTS place; CREATE UNLOGGED TABLE place(at geometry)")
        for start in stride(from: 0, to: places.count, by: 1_000) {
            let rows = places[start..<min(start + 1_000, places.count)].map { "(ST_SetSRID(ST_MakePoint(\($0.x), \($0.y)), 32640))" }
            try execute("INSERT INTO place VALUES " + rows.joined(separator: ","))
        }
        try execute("ANALYZE place")
    }

    /// Works out what every so-many-th parcel has in common with zones and overlays; returns how many parcels that were.
    func shares(every step: Int) throws -> Int {
        let pieces = ["zone", "overlay"].map { table in
            """
            SELECT p.id, z.id, sum(CASE WHEN ST_Covers(z.geom, p.geom) THEN ST_Area(p.geom) ELSE ST_Area(ST_Intersection(p.geom, z.geom)) END)
            FROM parcel p JOIN \(table)_piece z ON ST_Intersects(p.geom, z.geom) WHERE p.id % \(step) = 0 GROUP BY 1, 2
            """
        }
        _ = try text("SELECT count(*) FROM (\(pieces.joined(separator: " UNION ALL "))) AS share")
        guard let count = Int(try text("SELECT count(*) FROM parcel WHERE id % \(step) = 0")) else {
            throw Trouble("PostGIS counts no parcels")
        }
        return count
    }

    /// Parcels in degrees with an index of their own, and the statement that writes those in a box as one collection.
    func prepareBoxes() throws {
        try execute(
            """
            DROP TABLE IF EXISTS parcel_degrees;
            CREATE UNLOGGED TABLE parcel_degrees AS SELECT id, ST_Transform(geom, 4326) AS geom FROM parcel;
            CREATE INDEX ON parcel_degrees USING gist(geom); ANALYZE parcel_degrees
            """)
        try prepare(
            "box",
            """
            SELECT '{"type":"FeatureCollection","features":[' || string_agg('{"type":"Feature","id":' || id
              || ',"properties":{},"geometry":' || ST_AsGeoJSON(geom, 7) || '}', ',') || ']}'
            FROM parcel_degrees WHERE geom && ST_MakeEnvelope($1, $2, $3, $4, 4326)
            """, parameters: 4)
    }

    /// How many geometries are not valid.
    func invalid() throws -> Int {
        let sql = "SELECT (SELECT count(*) FROM parcel WHERE NOT ST_IsValid(geom)) + (SELECT count(*) FROM zone WHERE NOT ST_IsValid(geom))"
        guard let count = Int(try text(sql)) else { throw Trouble("PostGIS counts no geometries") }
        return count
    }

    /// Counts what holds each of them.
    func join() throws {
        _ = try text("SELECT count(*) FROM place, LATERAL (\(Self.union("place.at"))) AS held")
    }

    private func copy(_ features: [Int], to table: String, _ ground: Ground) throws {
        let begun = unsafe PQexec(connection, "COPY \(table) FROM STDIN")
        defer { unsafe PQclear(begun) }
        guard unsafe PQresultStatus(begun) == PGRES_COPY_IN else { throw failure() }
        let digits = Array("0123456789ABCDEF".utf8)
        var lines: [UInt8] = []
        func flush() throws {
            let sent = unsafe lines.withUnsafeBytes { bytes in
                unsafe PQputCopyData(connection, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
            }
            guard sent == 1 else { throw failure() }
            lines.removeAll(keepingCapacity: true)
        }
        for feature in features {
            lines += "\(feature)\t".utf8
            // PostGIS's own form: a flag in the type, and the SRS after it.
            let wkb = ground.wkb(feature)
            for byte in wkb[0..<4] + [0x20, 0x80, 0x7F, 0, 0] + wkb[5...] {
                lines.append(digits[Int(byte >> 4)])
                lines.append(digits[Int(byte & 15)])
            }
            lines.append(UInt8(ascii: "\n"))
            if lines.count > 1 << 20 { try flush() }
        }
        try flush()
        guard unsafe PQputCopyEnd(connection, nil) == 1 else { throw failure() }
        let ended = unsafe PQgetResult(connection)
        defer { unsafe PQclear(ended) }
        guard unsafe PQresultStatus(ended) == PGRES_COMMAND_OK else { throw failure() }
        unsafe PQclear(PQgetResult(connection))
    }

    fileprivate func failure() -> Trouble { Trouble("PostGIS: " + (unsafe String(cString: PQerrorMessage(connection)))) }
}
