import Formats
import Spatial

extension CityFile {
    /// The faults of a delivery in the order in which they were found; `row` counts its rows from 0.
    package func faults(of delivery: Int) throws(StoreError) -> [Fault] {
        let number = try self.delivery(delivery).number
        return try database.rows(
            """
            SELECT record.seq, fault.line, fault.code, severity, message, fault.geometry
            FROM fault LEFT JOIN record ON record.id = fault.record WHERE fault.delivery = ? ORDER BY fault.id
            """, .integer(number)
        ) { (row) throws(StoreError) in
            guard let severity = Fault.Severity(rawValue: row.text(3)) else {
                throw .corrupt(reason: "the severity \"\(row.text(3))\" of a fault")
            }
            return Fault(
                row: row.intIfAny(0), line: row.text(1), code: row.text(2), severity: severity, message: row.text(4),
                place: try self.place(row.bytesIfAny(5)))
        }
    }

    private func place(_ blob: [UInt8]?) throws(StoreError) -> Point? {
        guard let blob, let grid = city.grid else { return nil }
        guard case .point(let point)? = try? GeoPackageBlob.decode(blob, grid: grid) else {
            throw .corrupt(reason: "the place of a fault is no point")
        }
        return point
    }
}
