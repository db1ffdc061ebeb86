import CSQLite

/// A row as it lies in the file: its texts in UTF-8, its geometry as a GeoPackage blob. Good until the next row is read.
@unsafe
package struct RawRow {
    package let line: UnsafeBufferPointer<UInt8>
    package let layer: UnsafeBufferPointer<UInt8>?
    package let plan: UnsafeBufferPointer<UInt8>?
    package let code: UnsafeBufferPointer<UInt8>?
    package let fields: UnsafeBufferPointer<UInt8>
    package let quarantine: UnsafeBufferPointer<UInt8>?
    package let geometry: UnsafeBufferPointer<UInt8>?
}

extension CityFile {
    /// Visits the rows of a role that hold at a revision, those in quarantine among them, in the order in which they came, without
    /// making values of them: for compiling a revision of half a million.
    package func eachRow(_ role: Role, at revision: Int, _ visit: (RawRow) throws(StoreError) -> Void) throws(StoreError) {
        try database.each(
            """
            SELECT line, layer, plan, code, fields, quarantine, geometry
            FROM record JOIN version ON version.record = record.id AND since <= ?1 AND (until IS NULL OR until > ?1)
            WHERE role = ?2 ORDER BY record.id
            """, [.integer(revision), .text(role.rawValue)]
        ) { (row) throws(StoreError) in
            unsafe try visit(
                RawRow(
                    line: row.raw(0) ?? UnsafeBufferPointer(start: nil, count: 0), layer: row.raw(1), plan: row.raw(2), code: row.raw(3),
                    fields: row.raw(4) ?? UnsafeBufferPointer(start: nil, count: 0), quarantine: row.raw(5), geometry: row.raw(6)))
        }
    }
}

extension Statement {
    /// The column's bytes where SQLite keeps them; nil for NULL.
    fileprivate func raw(_ column: Int32) -> UnsafeBufferPointer<UInt8>? {
        if isNull(column) { return nil }
        let start = unsafe sqlite3_column_blob(handle, column)?.assumingMemoryBound(to: UInt8.self)
        return unsafe UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
    }
}
