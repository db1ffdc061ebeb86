import Formats
import Planning
import Spatial
import Store

extension Law {
    /// The law as a revision's rows have it. Rows were checked when they came; one that no longer reads is damage.
    convenience init(_ file: CityFile, at revision: Int) throws(StoreError) {
        let catalogue = ParameterCatalogue(
            try file.rows(.parameters, at: revision) { (row) throws(RowFault) in try Parameter(row: row) })
        let plans = try file.rows(.plans, at: revision) { (row) throws(RowFault) in try Plan(row: row) }
        let provisions = try file.rows(.provisions, at: revision) { (row) throws(RowFault) in
            try Provision(row: row, catalogue: catalogue)
        }
        var drawn: [String: Set<String>] = [:]
        for layer in try file.layers(at: revision) where layer.role == .zones {
            if let plan = layer.plan { drawn[plan, default: []].insert(layer.layer ?? Role.zones.rawValue) }
        }
        self.init(plans: plans, provisions: provisions, catalogue: catalogue, zoneLayers: drawn)
    }
}

extension CityFile {
    /// A table's rows at a revision, each read into its type.
    fileprivate func rows<Row>(
        _ role: Role, at revision: Int, read: ([String: String]) throws(RowFault) -> Row
    ) throws(StoreError) -> [Row] {
        var rows: [Row] = []
        for stored in try stored(role, at: revision) where stored.quarantine == nil {
            do {
                rows.append(try read(stored.cells))
            } catch {
                throw .corrupt(reason: "\(role.rawValue), record \(stored.id) (\(stored.line)): \(error)")
            }
        }
        return rows
    }
}

extension Stored {
    /// The row's cells as the planner's table has them.
    var cells: [String: String] { fields.compactMapValues(\.asString) }
}
