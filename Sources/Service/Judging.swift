import Formats
import Planning
import Store

extension CityFile {
    /// Judges a planner's table by the city's catalogue, plans and layers: a row that can't be understood makes the whole table
    /// refused, each such row named with its line and column; a target that nothing drawn answers to is a warning.
    func judge(_ records: [Record], _ order: ImportOrder) throws(ServiceError) -> [Fault] {
        if order.role == .addresses { return try strays(records, order) }
        if order.role == .events { return try judge(events: records, order) }
        guard [.plans, .provisions, .parameters].contains(order.role) else { return try unregistered(order) }
        let (law, drawn) = try storing { () throws(StoreError) in
            let revision = try currentRevision()
            return (try Law(self, at: revision), try zoneCodes(at: revision))
        }
        var refused: [(line: String, RowFault)] = []
        var faults: [Fault] = []
        for (position, record) in records.enumerated() {
            let cells = record.fields.compactMapValues(\.asString)
            do throws(RowFault) {
                switch order.role {
                case .plans: _ = try Plan(row: cells)
                case .parameters: _ = try Parameter(row: cells)
                default:
                    let provision = try Provision(row: cells, catalogue: law.catalogue)
                    faults += doubts(provision, law, drawn, order, line: record.line, row: position)
                }
            } catch {
                refused.append((record.line, error))
            }
        }
        guard refused.isEmpty else {
            throw .badInput(.rows(file: order.file, refused: refused, of: records.count))
        }
        return order.role == .plans ? circles(records, law, order) : faults
    }

    /// Plans that, through what they replace, would in the end replace themselves.
    private func circles(_ records: [Record], _ law: Law, _ order: ImportOrder) -> [Fault] {
        let plans = records.map { try? Plan(row: $0.fields.compactMapValues(\.asString)) }
        let circles = (law.allPlans + plans.compactMap(\.self)).circles(\.replaces)
        return zip(records, plans).enumerated().compactMap { row, item in
            guard let id = item.1?.id, let circle = circles[id] else { return nil }
            let way = circle.filter { $0 != id }.joined(separator: ", ")
            return Fault(
                row: row, line: item.0.line, code: "plan.circle", severity: .error,
                message: "\(order.file), \(item.0.line), column replaces: '\(id)' would replace itself, by way of \(way); "
                    + "expected plans that do not replace it")
        }
    }

    /// Addresses of parcels that do not stand, and rows that stand twice. Where no parcel stands yet, nothing is said of them.
    private func strays(_ records: [Record], _ order: ImportOrder) throws(ServiceError) -> [Fault] {
        let codes = try storing { () throws(StoreError) in
            Set(try stored(.parcels, at: try currentRevision()).compactMap(\.code))
        }
        var faults: [Fault] = []
        var seen: [[UInt8]: String] = [:]
        for (position, record) in records.enumerated() {
            func doubt(_ code: String, _ text: String) {
                faults.append(
                    Fault(
                        row: position, line: record.line, code: code, severity: .warning, message: "\(order.file), \(record.line): \(text)")
                )
            }
            if let parcel = record.fields["parcel"]?.asString, !codes.isEmpty, !codes.contains(parcel) {
                doubt("parcel.unknown", "no parcel has the code \(parcel)")
            }
            let row = JSON.object(record.fields).canonical() + (record.original ?? [])
            if let first = seen[row] {
                doubt("row.repeated", "the same as \(first)")
            } else {
                seen[row] = record.line
            }
        }
        return faults
    }

    /// A layer of a plan that nobody registered: its features count as if they stood without a plan.
    private func unregistered(_ order: ImportOrder) throws(ServiceError) -> [Fault] {
        guard let plan = order.plan else { return [] }
        let law = try storing { () throws(StoreError) in try Law(self, at: try currentRevision()) }
        guard law.plan(plan) == nil else { return [] }
        return [
            Fault(
                row: nil, line: order.file, code: "plan.unknown", severity: .warning,
                message: "\(order.file): no plan «\(plan)» is registered; import it with --as plans")
        ]
    }

    /// A provision of a plan that nobody registered, or on a zone that no layer draws.
    private func doubts(
        _ provision: Provision, _ law: Law, _ drawn: [String: Set<String>], _ order: ImportOrder, line: String, row: Int
    ) -> [Fault] {
        var faults: [Fault] = []
        if law.plan(provision.plan) == nil {
            faults.append(
                Fault(
                    row: row, line: line, code: "plan.unknown", severity: .warning,
                    message: "\(order.file), \(line), column plan: no plan «\(provision.plan)» is registered; import it with --as plans"))
        }
        if case .zone(let layer, let code) = provision.target {
            let layers = layer.map { layer in drawn.filter { layer.matches($0.key) } } ?? drawn
            let codes = layers.values.reduce(into: Set()) { $0.formUnion($1) }
            if !codes.isEmpty, !codes.contains(where: code.matches) {
                let near = codes.sorted().prefix(12).joined(separator: ", ")
                faults.append(
                    Fault(
                        row: row, line: line, code: "zone.unknown", severity: .error,
                        message: "\(order.file), \(line), column target: no zone «\(code.text)» is drawn"
                            + "\(layer.map { " in \($0.text)" } ?? ""); drawn are \(near)\(codes.count > 12 ? " …" : "")"))
            }
        }
        return faults
    }

    /// The codes drawn in each zone layer.
    private func zoneCodes(at revision: Int) throws(StoreError) -> [String: Set<String>] {
        var codes: [String: Set<String>] = [:]
        for zone in try stored(.zones, at: revision) {
            if let code = zone.code { codes[zone.layer ?? Role.zones.rawValue, default: []].insert(code) }
        }
        return codes
    }
}
