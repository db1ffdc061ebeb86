import Formats
package import Spatial

extension CityFile {
    /// The rows of a role that hold at a revision, those in quarantine among them, in the order in which they came.
    package func stored(_ role: Role, layer: String? = nil, at revision: Int) throws(StoreError) -> [Stored] {
        try stored(
            "\(Self.holding) WHERE role = ?2 AND (?3 IS NULL OR layer = ?3) ORDER BY record.id",
            .integer(revision), .text(role.rawValue), .text(layer))
    }

    /// Those that have this code.
    package func stored(_ role: Role, code: String, at revision: Int) throws(StoreError) -> [Stored] {
        try stored(
            "\(Self.holding) WHERE role = ?2 AND code = ?3 ORDER BY record.id", .integer(revision), .text(role.rawValue), .text(code))
    }

    /// Any row by its number, whether it holds or not: of a delivery still staged, for one.
    package func stored(id: Int64) throws(StoreError) -> Stored {
        guard let found = try stored("SELECT \(Self.columns) FROM record WHERE id = ?", .integer(id)).first else {
            throw .missing("record \(id)")
        }
        return found
    }

    /// By record of a role: the first revision in which it held.
    package func firstRevisions(of role: Role) throws(StoreError) -> [Int64: Int] {
        let rows = try database.rows(
            "SELECT record, min(since) FROM version JOIN record ON record.id = record WHERE role = ? GROUP BY record", .text(role.rawValue)
        ) { ($0.integer(0), $0.int(1)) }
        return Dictionary(rows) { first, _ in first }
    }

    /// The last sound row of a parcel's code that ended by a revision, and the revision that first did without it.
    package func endedParcel(_ code: String, by revision: Int) throws(StoreError) -> (parcel: Stored, until: Int)? {
        let ended = try database.rows(
            """
            SELECT record.id, until FROM record JOIN version ON version.record = record.id
            WHERE role = 'parcels' AND code = ? AND quarantine IS NULL AND until <= ? ORDER BY until DESC LIMIT 1
            """, .text(code), .integer(Int64(revision))
        ) { ($0.integer(0), $0.int(1)) }
        guard let (record, until) = ended.first else { return nil }
        let parcel = try stored("SELECT \(Self.columns) FROM record WHERE id = ?", .integer(record)).first
        return parcel.map { ($0, until) }
    }

    /// All rows that a delivery brought, the facts of its layer not among them.
    package func stored(of delivery: Int) throws(StoreError) -> [Stored] {
        try stored("SELECT \(Self.columns) FROM record WHERE delivery = ? AND seq >= 0 ORDER BY seq", .integer(delivery))
    }

    /// The features of a role that may meet a box at the newest revision, those in quarantine among them.
    ///
    /// It is a filter: the R-tree keeps single precision, rounded outwards, so that the caller looks at each one's geometry.
    /// What has no geometry is nowhere, and not among them.
    package func stored(_ role: Role, within box: Box) throws(StoreError) -> [Stored] {
        guard let grid = city.grid, let projection = Projection.of(role) else { return [] }
        let wide = box.grown(by: 1)
        let low = grid.metres(Point(x: wide.minX, y: wide.minY))
        let high = grid.metres(Point(x: wide.maxX, y: wide.maxY))
        return try stored(
            """
            SELECT \(Self.columns) FROM (
              SELECT id FROM \(projection.table.tree) WHERE maxx >= ?1 AND minx <= ?2 AND maxy >= ?3 AND miny <= ?4
              UNION ALL
              SELECT id FROM \(Projection.quarantine.table.tree) WHERE maxx >= ?1 AND minx <= ?2 AND maxy >= ?3 AND miny <= ?4
            ) AS near CROSS JOIN record ON record.id = near.id WHERE role = ?5 ORDER BY record.id
            """, .real(low.x), .real(high.x), .real(low.y), .real(high.y), .text(role.rawValue))
    }

    static let columns = "record.id, delivery, line, role, layer, plan, code, fields, quarantine, geometry"

    static let holding = """
        SELECT \(columns) FROM record JOIN version ON version.record = record.id AND since <= ?1 AND (until IS NULL OR until > ?1)
        """

    func stored(_ sql: String, _ values: Value...) throws(StoreError) -> [Stored] {
        var found: [Stored] = []
        let grid = city.grid
        try database.each(sql, values) { (row) throws(StoreError) in found.append(try Stored(row, grid: grid)) }
        return found
    }
}

extension Stored {
    fileprivate init(_ row: Statement, grid: Grid?) throws(StoreError) {
        id = row.integer(0)
        delivery = row.int(1)
        line = row.text(2)
        role = try Log.role(row.text(3))
        layer = row.textIfAny(4)
        plan = row.textIfAny(5)
        code = row.textIfAny(6)
        guard case .object(let object)? = try? JSON(parsing: row.bytes(7)) else {
            throw .corrupt(reason: "record \(row.integer(0)): its fields are no JSON object")
        }
        fields = object
        quarantine = row.textIfAny(8)
        blob = row.bytesIfAny(9)
        self.grid = grid
    }
}
