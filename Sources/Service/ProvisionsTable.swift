package import Store
import Formats

extension CityFile {
    /// The provisions that stand, as the table that planners edit and bring back: its columns, its order.
    package func provisionsCSV() throws(ServiceError) -> [UInt8] {
        let columns = ["plan", "clause", "target", "parameter", "relation", "value", "unit", "condition", "basis", "from", "until", "text"]
        let rows = try storing { () throws(StoreError) in try stored(.provisions, at: try currentRevision()) }
        var text = CSV.line(columns)
        for row in rows where row.quarantine == nil {
            let cells = row.cells
            text += CSV.line(columns.map { cells[$0] ?? "" })
        }
        return Array(text.utf8)
    }
}
