import Formats
package import Persian
package import Planning
import Spatial
package import Store

/// A fault of the planner's tables with where it stands in the file that brought the row.
package struct TableFault: Sendable {
    package let fault: LintFault
    package let file: String
    /// As a person finds it: `line 7`, `feature 3`.
    package let line: String
    /// What stands there: a plan, a provision's plan and clause, a zone.
    package let subject: String
    package let parameter: String?
    /// The other provision, where two are at odds: its plan and clause, and where it stands.
    package let other: String?
}

extension CityFile {
    /// Looks through the planner's tables and the drawn zones of a revision as they stand on a day.
    package func lint(_ known: Known, on day: Day) throws(ServiceError) -> [TableFault] {
        let revision = try revision(known)
        return try storing { () throws(StoreError) in
            try snapshot { () throws(StoreError) in try lint(at: revision, on: day) }
        }
    }

    private func lint(at revision: Int, on day: Day) throws(StoreError) -> [TableFault] {
        let (plans, provisions) = (try sound(.plans, at: revision), try sound(.provisions, at: revision))
        var zones: [(zone: Part.Zone, row: Stored)] = []
        var known: Set<Part.Zone> = []
        for row in try sound(.zones, at: revision) {
            let zone = Part.Zone(layer: row.layer ?? Role.zones.rawValue, code: row.code ?? "", plan: row.plan)
            if known.insert(zone).inserted { zones.append((zone, row)) }
        }
        let kinds = try sound(.overlay, at: revision).map { $0.cells["kind"] ?? $0.layer ?? Role.overlay.rawValue }
        let files = Dictionary(try deliveries().map { ($0.number, $0.file) }, uniquingKeysWith: { one, _ in one })
        let catalogue = ParameterCatalogue(
            try sound(.parameters, at: revision).map { (row) throws(StoreError) in
                try read(row) { (cells) throws(RowFault) in try Parameter(row: cells) }
            })
        let tables = LintTables(
            plans: try plans.map { (row) throws(StoreError) in try read(row) { (cells) throws(RowFault) in try Plan(row: cells) } },
            provisions: try provisions.map { (row) throws(StoreError) in
                try read(row) { (cells) throws(RowFault) in try Provision(row: cells, catalogue: catalogue) }
            }, catalogue: catalogue, events: try events(at: revision), zones: zones.map(\.zone), overlayKinds: Set(kinds))
        func place(_ row: Stored) -> String { "\(files[row.delivery] ?? ""), \(row.line)" }
        func named(_ row: Int) -> String { "\(tables.provisions[row].plan) \(tables.provisions[row].clause) (\(place(provisions[row])))" }
        return tables.faults(on: day).map { fault in
            let (row, subject, parameter): (Stored, String, String?) =
                switch fault.place {
                case .plan(let row): (plans[row], tables.plans[row].id, nil)
                case .provision(let row):
                    (
                        provisions[row], "\(tables.provisions[row].plan) \(tables.provisions[row].clause)",
                        tables.provisions[row].parameter
                    )
                case .zone(let row): (zones[row].row, tables.zones[row].name, nil)
                }
            return TableFault(
                fault: fault, file: files[row.delivery] ?? "", line: row.line, subject: subject, parameter: parameter,
                other: fault.other.map(named))
        }
    }

    private func sound(_ role: Role, at revision: Int) throws(StoreError) -> [Stored] {
        try stored(role, at: revision).filter { $0.quarantine == nil }
    }

    /// Rows were checked when they came; one that no longer reads is damage.
    private func read<Row>(_ row: Stored, _ read: ([String: String]) throws(RowFault) -> Row) throws(StoreError) -> Row {
        do { return try read(row.cells) } catch { throw .corrupt(reason: "record \(row.id) (\(row.line)): \(error)") }
    }
}

extension LintFault {
    /// The row of the other provision, where two are at odds.
    fileprivate var other: Int? {
        switch what {
        case .contradiction(let row), .overlap(let row, _), .neverWins(let row): row
        default: nil
        }
    }
}
