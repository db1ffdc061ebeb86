import CSQLite

/// A row as it lies in the file: its texts in UTF-8, its geometry as a GeoPackage blob. Good until the next row is read.
@unsafe
package struct RawRow {
    package let number: Int64
    package let role: UnsafeBufferPointer<UInt8>
    package let line: UnsafeBufferPointer<UInt8>
    package let layer: UnsafeBufferPointer<UInt8>?
    package let plan: UnsafeBufferPointer<UInt8>?
    package let code: UnsafeBufferPointer<UInt8>?
    package let fields: UnsafeBufferPointer<UInt8>
    package let quarantine: UnsafeBufferPointer<UInt8>?
    package let geometry: UnsafeBufferPointer<UInt8>?
}

extension CityFile {
    /// The numbers among which are those of all records.
    package func recordNumbers() throws(StoreError) -> Range<Int64> {
        try database.first("SELECT (SELECT min(record) FROM version), (SELECT max(record) FROM version)") { row in
            row.isNull(0) ? 0..<0 : row.integer(0)..<row.integer(1) + 1
        } ?? 0..<0
    }

    /// Visits the rows that hold at a revision, of all roles, those in quarantine among them, in the order in which they came, without
    /// making values of them: for compiling a revision of half a million.
    ///
    /// What held at a revision never changes: several connections may read a part each.
    /// - Parameter numbers: only those records.
    package func eachRow(
        _ numbers: Range<Int64>, at revision: Int, _ visit: (RawRow) throws(StoreError) -> Void
    ) throws(StoreError) {
        // Versions come in the order of the records, whose rows then lie one after the other: nothing is sorted, no page read twice.
        try database.each(
            """
            SELECT role, line, layer, plan, code, fields, quarantine, geometry, record.id
            FROM version CROSS JOIN record ON record.id = version.record
            WHERE version.record >= ?2 AND version.record < ?3 AND since <= ?1 AND (until IS NULL OR until > ?1) ORDER BY version.record
            """, [.integer(revision), .integer(numbers.lowerBound), .integer(numbers.upperBound)]
        ) { (row) throws(StoreError) in
            let nothing = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
            unsafe try visit(
                RawRow(
                    number: row.integer(8), role: row.raw(0) ?? nothing, line: row.raw(1) ?? nothing, layer: row.raw(2), plan: row.raw(3),
                    code: row.raw(4),
                    fields: row.raw(5) ?? nothing, quarantine: row.raw(6), geometry: row.raw(7)))
        }
    }
}

extension Statement {
    /// The column's bytes where SQLite keeps them; nil for NULL.
    fileprivate func raw(_ column: Int32) -> UnsafeBufferPointer<UInt8>? {
        guard let start = unsafe sqlite3_column_blob(handle, column)?.assumingMemoryBound(to: UInt8.self) else {
            return isNull(column) ? nil : unsafe UnsafeBufferPointer(start: nil, count: 0)
        }
        return unsafe UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
    }
}
