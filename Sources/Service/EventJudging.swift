import Formats
import Persian
import Planning
import Spatial
import Store

extension CityFile {
    /// Judges a table of legal events against the plans, the provisions and the other plans' events that stand: one row that can't be
    /// understood, or that could have had no effect, makes the whole table refused.
    func judge(events records: [Record], _ order: ImportOrder) throws(ServiceError) -> [Fault] {
        let (plans, clauses, standing) = try storing { () throws(StoreError) in
            let revision = try currentRevision()
            var clauses: [String: Set<String>] = [:]
            for row in try stored(.provisions, at: revision) {
                if let plan = row.plan, let clause = row.cells["clause"] { clauses[plan, default: []].insert(clause) }
            }
            return (try statedPlans(at: revision), clauses, try events(at: revision))
        }
        var refused: [(line: String, RowFault)] = []
        var read: [(line: String, event: LegalEvent)] = []
        for record in records {
            do throws(RowFault) {
                // Which sector it is does not matter here, but that it is one of its own.
                let event = try LegalEvent(
                    Cells(record.fields.compactMapValues(\.asString)), sector: record.geometry == nil ? nil : standing.count + read.count)
                read.append((record.line, event))
            } catch {
                refused.append((record.line, error))
            }
        }
        // A delivery holds all events of each plan that it names.
        let named = Set(read.map(\.event.plan))
        let others = standing.filter { !named.contains($0.plan) }
        let history = History(plans: plans, clauses: clauses, events: others + read.map(\.event))
        for (place, (line, event)) in read.enumerated() {
            let before = read[..<place].map { ($0.line, $0.event) }
            if let fault = history.fault(in: event, after: before) { refused.append((line, fault)) }
        }
        guard refused.isEmpty else { throw .badInput(.rows(file: order.file, refused: refused, of: records.count)) }
        return []
    }
}

extension CityFile {
    /// Draws the ground of events' sectors, each valid and partly within the city; one that is not makes the table refused.
    func drawSectors(_ records: inout [Record], _ order: ImportOrder, _ geos: GEOS) throws(ServiceError) {
        guard order.role == .events, records.contains(where: { $0.sectorText != nil }) else { return }
        guard let grid = city.grid else { throw .badInput(.noGroundYet) }
        let limits = try storing { () throws(StoreError) in
            var limits: [MultiPolygon] = []
            for row in try stored(.boundary, at: try currentRevision()) where row.quarantine == nil {
                if case .area(let area)? = try row.geometry() { limits.append(area) }
            }
            return limits
        }
        var refused: [(line: String, RowFault)] = []
        for place in records.indices {
            guard let text = records[place].sectorText else { continue }
            do throws(RowFault) {
                records[place].geometry = .area(try sector(text, on: grid, within: limits, geos))
            } catch {
                refused.append((records[place].line, error))
            }
        }
        guard refused.isEmpty else { throw .badInput(.rows(file: order.file, refused: refused, of: records.count)) }
    }

    private func sector(
        _ text: String, on grid: Grid, within limits: [MultiPolygon], _ geos: GEOS
    ) throws(RowFault) -> MultiPolygon {
        func fault(_ message: String) -> RowFault { RowFault(column: "sector", message: message) }
        let area: MultiPolygon
        do throws(SpatialError) {
            area = try geos.area(wkt: text, on: grid)
        } catch {
            throw fault("\(error); expected a POLYGON or MULTIPOLYGON in metres of \(city.crs.code)")
        }
        if let flaw = area.flaw() {
            let (x, y) = grid.metres(flaw.at)
            throw fault("no valid ground: \(flaw.kind.rawValue) at \(x) \(y)")
        }
        guard area.box != nil else { throw fault("it draws no ground") }
        guard limits.isEmpty || limits.contains(where: { sharedArea(area, $0).area > 0 }) else {
            throw fault("it lies outside the city; expected ground within its boundary")
        }
        return area
    }
}

extension Record {
    /// The cell that draws an event's sector; nil where it is blank.
    fileprivate var sectorText: String? { fields["sector"]?.asString.flatMap { $0.isEmpty ? nil : $0 } }
}

/// What is asked of an event before it may stand.
private struct History {
    /// As their table has them.
    let plans: [Plan]
    let clauses: [String: Set<String>]
    let events: [LegalEvent]

    /// Why an event can't be: it names what is not there, or nothing that it could change.
    func fault(in event: LegalEvent, after before: [(line: String, event: LegalEvent)]) -> RowFault? {
        guard plans.contains(where: { $0.id == event.plan }) else {
            return RowFault(column: "plan", message: "no plan '\(event.plan)' is registered; expected a plan's id, imported before")
        }
        if let clause = event.clause, clauses[event.plan]?.contains(clause) != true {
            let known = (clauses[event.plan] ?? []).sorted().prefix(12).joined(separator: ", ")
            return RowFault(
                column: "clause", message: "'\(clause)' is no clause of '\(event.plan)'; it has \(known.isEmpty ? "none" : known)")
        }
        if let (line, twin) = before.first(where: { $0.event.isSame(as: event) }) {
            return RowFault(column: "event", message: "the same as \(line): \(twin.kind.rawValue) of one subject on one day; expected once")
        }
        let without = law(without: event)
        let standing = without.plan(event.plan)
        let ends: Set<LegalEvent.Kind> = [.amend, .repeal, .annul, .annulFromAdoption, .revive]
        if let approved = standing?.approved, ends.contains(event.kind), event.decided < approved {
            return RowFault(column: "decided", message: "before the plan was approved, \(approved.iso); expected that day or a later one")
        }
        if let effect = standing?.effect, [.adopt, .publish, .takeEffect, .effectBeforehand].contains(event.kind),
            event.clause == nil, effect <= event.decided
        {
            return RowFault(
                column: "event", message: "'\(event.plan)' has been in force since \(effect.iso); expected a plan that has not begun")
        }
        switch event.kind {
        case .amend:
            guard plans.contains(where: { $0.id == event.document }) else {
                return RowFault(column: "document", message: "no plan '\(event.document)' is registered; expected the plan that amends")
            }
            let twin = before.first {
                $0.event.kind == .amend && ($0.event.plan, $0.event.clause, $0.event.from) == (event.plan, event.clause, event.from)
            }
            if let twin {
                return RowFault(
                    column: "from", message: "\(twin.line) amends the clause on that day too; expected one amendment of a clause a day")
            }
        case .publish:
            guard let adopted = standing?.approved, adopted <= event.from else {
                return RowFault(column: "from", message: "published before it is approved; expected the day of approval or a later one")
            }
        case .effectBeforehand where event.clause != nil:
            return RowFault(column: "clause", message: "'\(event.clause ?? "")': it concerns the plan as a whole; expected a blank")
        case .takeEffect, .effectBeforehand:
            guard let adopted = standing?.approved, adopted <= event.from else {
                return RowFault(column: "from", message: "it takes effect before it is approved; expected that day or a later one")
            }
        case .revive:
            if !hasEnded(event, without) {
                return RowFault(
                    column: "event",
                    message: "'\(event.plan)' is in force then: nothing repealed, annulled or replaced it; expected one that ended")
            }
        case .adopt, .repeal, .annul, .annulFromAdoption: break
        }
        return nil
    }

    /// The plans' standing as it would be without the event.
    private func law(without event: LegalEvent) -> Law {
        Law(
            plans: plans, provisions: [], catalogue: ParameterCatalogue([]), zoneLayers: [:], events: events.filter { $0 != event })
    }

    /// Whether what an event revives had ended without it, somewhere.
    private func hasEnded(_ event: LegalEvent, _ law: Law) -> Bool {
        if let clause = event.clause {
            return events.contains { $0.plan == event.plan && $0.clause == clause && $0.ends && $0.concerns(event.from) }
        }
        return law.grounds(on: event.from).contains { sectors in
            switch law.status(of: event.plan, on: event.from, in: sectors) {
            case .repealed, .annulled, .replaced, .ended: true
            case .inForce, .notYet, .unpublished, .notApproved, .effectBeforehand, nil: false
            }
        }
    }
}

extension LegalEvent {
    fileprivate var ends: Bool { [.repeal, .annul, .annulFromAdoption, .amend].contains(kind) }

    /// Of the same subject on the same day, wherever.
    fileprivate func isSame(as other: LegalEvent) -> Bool {
        kind == other.kind && plan == other.plan && clause == other.clause && from == other.from && sector == nil && other.sector == nil
            && kind != .amend
    }
}
