import Formats
import Planning
import Spatial
import Store

extension Law {
    /// The law as a revision's rows have it. Rows were checked when they came; one that no longer reads is damage.
    convenience init(_ file: CityFile, at revision: Int) throws(StoreError) {
        let catalogue = ParameterCatalogue(
            try file.rows(.parameters, at: revision) { (row) throws(RowFault) in try Parameter(row: row) })
        let plans = try file.statedPlans(at: revision)
        let provisions = try file.rows(.provisions, at: revision) { (row) throws(RowFault) in
            try Provision(row: row, catalogue: catalogue)
        }
        let events = try file.events(at: revision)
        var drawn: [String: Set<String>] = [:]
        for layer in try file.layers(at: revision) where layer.role == .zones {
            if let plan = layer.plan { drawn[plan, default: []].insert(layer.layer ?? Role.zones.rawValue) }
        }
        self.init(plans: plans, provisions: provisions, catalogue: catalogue, zoneLayers: drawn, events: events)
    }
}

extension CityFile {
    /// The plans as their table has them.
    func statedPlans(at revision: Int) throws(StoreError) -> [Plan] {
        try rows(.plans, at: revision) { (row) throws(RowFault) in try Plan(row: row) }
    }

    /// The events known at a revision.
    func events(at revision: Int) throws(StoreError) -> [LegalEvent] {
        do {
            return try LegalEvent.each(of: try eventRows(at: revision).map { Cells($0) })
        } catch {
            throw .corrupt(reason: "events at revision \(revision): \(error)")
        }
    }

    /// The cells of the events known at a revision, each with the revision that first knew it.
    func eventRows(at revision: Int) throws(StoreError) -> [[String: String]] {
        let known = try firstRevisions(of: .events)
        return try stored(.events, at: revision).filter { $0.quarantine == nil }.map { row in
            var cells = row.cells
            cells[LegalEvent.known] = known[row.id].map { String($0) }
            return cells
        }
    }

    /// The ground of the events' sectors, by their numbers.
    func sectors(at revision: Int) throws(StoreError) -> [MultiPolygon] {
        var sectors: [MultiPolygon] = []
        for row in try stored(.events, at: revision) where row.quarantine == nil && row.cells["sector"]?.isEmpty == false {
            guard case .area(let area)? = try row.geometry() else {
                throw .corrupt(reason: "record \(row.id) (\(row.line)): its sector has no ground")
            }
            sectors.append(area)
        }
        return sectors
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
