import Formats
import Persian
import Planning
import Store

extension CityFile {
    /// Judges a table of legal events against the plans, the provisions and the other plans' events that stand: one row that can't be
    /// understood, or that could have had no effect, makes the whole table refused.
    func judge(events records: [Record], _ order: ImportOrder) throws(ServiceError) -> [Fault] {
        let (plans, stated, clauses, standing) = try storing { () throws(StoreError) in
            let revision = try currentRevision()
            let law = try Law(self, at: revision)
            var clauses: [String: Set<String>] = [:]
            for row in try stored(.provisions, at: revision) {
                if let plan = row.plan, let clause = row.cells["clause"] { clauses[plan, default: []].insert(clause) }
            }
            return (law.allPlans, try statedPlans(at: revision), clauses, law.events)
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
        for (place, (line, event)) in read.enumerated() {
            let before = read[..<place].map { ($0.line, $0.event) }
            let history = History(plans: plans, stated: stated, clauses: clauses, events: others + read.map(\.event))
            if let fault = history.fault(in: event, after: before) { refused.append((line, fault)) }
        }
        guard refused.isEmpty else { throw .badInput(.rows(file: order.file, refused: refused, of: records.count)) }
        return []
    }
}

/// What is asked of an event before it may stand.
private struct History {
    /// With the days that standing events set.
    let plans: [Plan]
    /// As their table has them.
    let stated: [Plan]
    let clauses: [String: Set<String>]
    let events: [LegalEvent]

    /// Why an event can't be: it names what is not there, or nothing that it could change.
    func fault(in event: LegalEvent, after before: [(line: String, event: LegalEvent)]) -> RowFault? {
        guard let plan = plans.first(where: { $0.id == event.plan }) else {
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
        let standing = without(event)
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
            guard let adopted = date(.adopt, event) ?? plan.approved, adopted <= event.from else {
                return RowFault(column: "from", message: "published before it is approved; expected the day of approval or a later one")
            }
        case .effectBeforehand where event.clause != nil:
            return RowFault(column: "clause", message: "'\(event.clause ?? "")': it concerns the plan as a whole; expected a blank")
        case .takeEffect, .effectBeforehand:
            guard let adopted = date(.adopt, event) ?? plan.approved, adopted <= event.from else {
                return RowFault(column: "from", message: "it takes effect before it is approved; expected that day or a later one")
            }
        case .revive:
            if !hasEnded(event, plan) {
                return RowFault(
                    column: "event",
                    message: "'\(event.plan)' is in force then: nothing repealed, annulled or replaced it; expected one that ended")
            }
        case .adopt, .repeal, .annul, .annulFromAdoption: break
        }
        return nil
    }

    /// The event's plan as it would be without the event.
    private func without(_ event: LegalEvent) -> Plan? {
        let law = Law(
            plans: stated, provisions: [], catalogue: ParameterCatalogue([]), zoneLayers: [:], events: events.filter { $0 != event })
        return law.plan(event.plan)
    }

    private func date(_ kind: LegalEvent.Kind, _ event: LegalEvent) -> Day? {
        events.last { $0.kind == kind && $0.plan == event.plan && $0.clause == nil }?.from
    }

    /// Whether what an event revives had ended without it, somewhere.
    private func hasEnded(_ event: LegalEvent, _ plan: Plan) -> Bool {
        if let clause = event.clause {
            return events.contains { $0.plan == plan.id && $0.clause == clause && $0.ends && $0.concerns(event.from) }
        }
        let law = Law(
            plans: plans, provisions: [], catalogue: ParameterCatalogue([]), zoneLayers: [:], events: events.filter { $0 != event })
        return law.grounds(on: event.from).contains { sectors in
            switch law.status(of: plan.id, on: event.from, in: sectors) {
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
