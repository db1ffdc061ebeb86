import Atlas
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

extension Law {
    /// The law as an atlas has it.
    convenience init(_ atlas: AtlasFile, slots: [Slot]) throws(ServiceError) {
        let catalogue = ParameterCatalogue(
            try atlas.rows(.parameters, Parameter.columns) { (cells) throws(RowFault) in try Parameter(cells) })
        let plans = try atlas.rows(.plans, Plan.columns) { (cells) throws(RowFault) in try Plan(cells) }
        var read = Provision.Read()
        let provisions = try atlas.rows(.provisions, Provision.columns) { (cells) throws(RowFault) in
            try Provision(cells, catalogue: catalogue, after: &read)
        }
        var drawn: [String: Set<String>] = [:]
        for slot in slots where slot.role == .zones {
            if let plan = slot.plan { drawn[plan, default: []].insert(slot.layer) }
        }
        self.init(plans: plans, provisions: provisions, catalogue: catalogue, zoneLayers: drawn)
    }
}

extension AtlasFile {
    fileprivate func rows<Row>(
        _ role: Role, _ columns: [String], read: (Cells) throws(RowFault) -> Row
    ) throws(ServiceError) -> [Row] {
        guard let texts = Texts(sections, AtlasSection.law(role)), texts.count % columns.count == 0 else {
            throw .corrupt("the atlas of revision \(revision) lacks its \(role.rawValue)")
        }
        var rows: [Row] = []
        rows.reserveCapacity(texts.count / columns.count)
        for start in stride(from: 0, to: texts.count, by: columns.count) {
            do {
                rows.append(try read(Cells((start..<start + columns.count).map(texts.string), of: columns)))
            } catch {
                throw .corrupt("the atlas of revision \(revision), \(role.rawValue): \(error)")
            }
        }
        return rows
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
