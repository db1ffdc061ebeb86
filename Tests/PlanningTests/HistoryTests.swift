import Persian
import Testing

@testable import Planning

@Suite("Legal events") struct HistoryTests {
    @Test("10,000 random histories stand on every day as a list walked day by day says")
    func randomHistories() {
        var dice = SystemRandomNumberGenerator()
        for round in 0..<10_000 {
            let history = History(&dice)
            let law = Law(
                plans: history.plans, provisions: [], catalogue: ParameterCatalogue([]), zoneLayers: [:], events: history.events)
            let walked = WalkedHistory(history)
            for _ in 0..<6 {
                let day = Day(number: .random(in: 0...History.lastDay, using: &dice))
                let sectors = Set([0, 1].filter { _ in Bool.random(using: &dice) })
                for plan in history.plans {
                    let found = law.status(of: plan.id, on: day, in: sectors)
                    let expected = walked.status(of: plan.id, on: day, in: sectors)
                    let place = "round \(round), plan \(plan.id), day \(day.number), sectors \(sectors): \(history)"
                    #expect(found == expected, "\(place)")
                    if found != expected { return }
                    let stands = law.plans.clauseStands("1", of: plan.id, on: day, in: sectors)
                    let walkedStands = walked.clauseStands("1", of: plan.id, on: day, in: sectors)
                    #expect(stands == walkedStands, "its clause, \(place)")
                    if stands != walkedStands { return }
                }
            }
        }
    }

    @Test("TRAP 9: every month of the year is read as a month, in both calendars, and an event counts on the day itself")
    func months() throws {
        for month in 1...12 {
            for year in ["1403", "2024"] {
                let day = try Day(parsing: year + (month < 10 ? "-0" : "-") + "\(month)-05")
                let law = Law(
                    plans: [plan("A", from: 0)], provisions: [], catalogue: ParameterCatalogue([]), zoneLayers: [:],
                    events: [LegalEvent(.repeal, plan: "A", decided: day, document: "d")])
                #expect(law.status(of: "A", on: Day(number: day.number - 1)) == .inForce)
                #expect(law.status(of: "A", on: day) == .repealed)
            }
        }
    }

    @Test("TRAP 10: two events on one day count in their stated order, whatever the order of the table")
    func oneDay() {
        let day = Day(number: 100)
        let (repeal, revive) = (
            LegalEvent(.repeal, plan: "A", decided: day, document: "d"), LegalEvent(.revive, plan: "A", decided: day, document: "d")
        )
        for events in [[repeal, revive], [revive, repeal]] {
            let law = Law(
                plans: [plan("A", from: 0)], provisions: [], catalogue: ParameterCatalogue([]), zoneLayers: [:], events: events)
            #expect(law.status(of: "A", on: day) == .inForce)
        }
    }

    @Test("TRAP 11: a plan annulled whole revives the several plans that it replaced; annulled in a sector, it does so there alone")
    func annulled() {
        let plans = [plan("A", from: 0), plan("B", from: 0), plan("C", from: 50, replaces: ["A", "B"])]
        func law(_ events: [LegalEvent]) -> Law {
            Law(plans: plans, provisions: [], catalogue: ParameterCatalogue([]), zoneLayers: [:], events: events)
        }
        let (before, after) = (Day(number: 99), Day(number: 100))
        let whole = law([LegalEvent(.annul, plan: "C", decided: after, document: "d")])
        for old in ["A", "B"] {
            #expect(whole.status(of: old, on: before) == .replaced(by: "C"))
            #expect(whole.status(of: old, on: after) == .inForce)
        }
        #expect(whole.status(of: "C", on: after) == .annulled)
        let sector = law([LegalEvent(.annul, plan: "C", decided: after, document: "d", sector: 0)])
        #expect(sector.status(of: "A", on: after) == .replaced(by: "C"))
        #expect(sector.status(of: "A", on: after, in: [0]) == .inForce)
        #expect(sector.status(of: "C", on: after) == .inForce)
        #expect(sector.status(of: "C", on: after, in: [0]) == .annulled)
    }

    @Test("TRAP 12: approved and not published does not bind, but may have effect beforehand; partly repealed stands elsewhere")
    func publication() {
        let unpublished = Plan(id: "A", approved: Day(number: 10), published: nil)
        func law(_ events: [LegalEvent]) -> Law {
            Law(plans: [unpublished], provisions: [], catalogue: ParameterCatalogue([]), zoneLayers: [:], events: events)
        }
        #expect(law([]).status(of: "A", on: Day(number: 20)) == .unpublished)
        let blocking = LegalEvent(.effectBeforehand, plan: "A", decided: Day(number: 15), document: "d")
        #expect(law([blocking]).status(of: "A", on: Day(number: 14)) == .unpublished)
        #expect(law([blocking]).status(of: "A", on: Day(number: 15)) == .effectBeforehand)
        let publish = LegalEvent(.publish, plan: "A", decided: Day(number: 30), document: "d")
        #expect(law([blocking, publish]).status(of: "A", on: Day(number: 30)) == .inForce)
        let partly = LegalEvent(.repeal, plan: "A", decided: Day(number: 40), document: "d", sector: 3)
        #expect(law([publish, partly]).status(of: "A", on: Day(number: 40)) == .inForce)
        #expect(law([publish, partly]).status(of: "A", on: Day(number: 40), in: [3]) == .repealed)
    }

    @Test("TRAPS 13 and 14: a tariff annulled from its adoption never bound, and last year's stands only where it is the year's own")
    func tariff() {
        let (last, this) = (plan("T1403", from: 0, until: 365), plan("T1404", from: 365, until: 730))
        func law(_ events: [LegalEvent]) -> Law {
            Law(plans: [last, this], provisions: [], catalogue: ParameterCatalogue([]), zoneLayers: [:], events: events)
        }
        let annulment = LegalEvent(.annulFromAdoption, plan: "T1404", decided: Day(number: 1_500), document: "court")
        #expect(law([]).status(of: "T1404", on: Day(number: 500)) == .inForce)
        #expect(law([annulment]).status(of: "T1404", on: Day(number: 500)) == .annulled)
        #expect(law([annulment]).status(of: "T1403", on: Day(number: 500)) == .ended)
        #expect(law([annulment]).status(of: "T1403", on: Day(number: 364)) == .inForce)
    }

    @Test("An amended clause gives way while the amending plan binds, and stands again when that is annulled")
    func amendedClause() {
        let plans = [plan("A", from: 0), plan("B", from: 50)]
        let amendment = LegalEvent(.amend, plan: "A", clause: "1", decided: Day(number: 60), document: "B")
        let annulment = LegalEvent(.annul, plan: "B", decided: Day(number: 90), document: "court")
        let law = Law(
            plans: plans, provisions: [], catalogue: ParameterCatalogue([]), zoneLayers: [:], events: [amendment, annulment])
        func stands(_ clause: String, _ day: Int32) -> Bool {
            law.plans.clauseStands(clause, of: "A", on: Day(number: day), in: [])
        }
        #expect(stands("1", 59) && !stands("1", 60) && !stands("1", 89) && stands("1", 90) && stands("2", 60))
    }

    @Test("What has ended or been annulled can't be repealed as well: what it had replaced goes on standing")
    func repealedTooLate() {
        let plans = [plan("A", from: 0), plan("B", from: 10, until: 50, replaces: ["A"])]
        func status(_ events: [LegalEvent], _ plan: String, _ day: Int32) -> PlanStatus? {
            Law(plans: plans, provisions: [], catalogue: ParameterCatalogue([]), zoneLayers: [:], events: events)
                .status(of: plan, on: Day(number: day))
        }
        let late = LegalEvent(.repeal, plan: "B", decided: Day(number: 60), document: "d")
        #expect(status([late], "A", 55) == .inForce && status([late], "A", 60) == .inForce && status([late], "B", 60) == .ended)
        let annulment = LegalEvent(.annul, plan: "B", decided: Day(number: 20), document: "d")
        let repeal = LegalEvent(.repeal, plan: "B", decided: Day(number: 30), document: "d")
        #expect(status([annulment, repeal], "A", 25) == .inForce && status([annulment, repeal], "A", 35) == .inForce)
        #expect(status([repeal], "A", 35) == .replaced(by: "B"))
    }

    @Test("An annulment from adoption takes with it what was decided before it, though that was to have its effect later")
    func voided() {
        let plans = [plan("A", from: 0), plan("B", from: 10, replaces: ["A"])]
        let events = [
            LegalEvent(.repeal, plan: "B", decided: Day(number: 20), document: "d"),
            LegalEvent(.revive, plan: "B", decided: Day(number: 25), from: Day(number: 60), document: "d"),
            LegalEvent(.annulFromAdoption, plan: "B", decided: Day(number: 40), document: "court"),
        ]
        let law = Law(plans: plans, provisions: [], catalogue: ParameterCatalogue([]), zoneLayers: [:], events: events)
        for day: Int32 in [15, 30, 60, 90] {
            #expect(law.status(of: "B", on: Day(number: day)) == .annulled && law.status(of: "A", on: Day(number: day)) == .inForce)
        }
    }

    @Test("An amended clause stays away when the amending plan is itself replaced or repealed, and comes back when it is revived")
    func displacedClause() {
        let plans = [plan("A", from: 0), plan("B", from: 10), plan("C", from: 50, replaces: ["B"])]
        let amendment = LegalEvent(.amend, plan: "A", clause: "1", decided: Day(number: 20), document: "B")
        let revival = LegalEvent(.revive, plan: "A", clause: "1", decided: Day(number: 70), document: "d")
        func stands(_ events: [LegalEvent], _ day: Int32) -> Bool {
            Law(plans: plans, provisions: [], catalogue: ParameterCatalogue([]), zoneLayers: [:], events: events)
                .plans.clauseStands("1", of: "A", on: Day(number: day), in: [])
        }
        #expect(stands([amendment], 19) && !stands([amendment], 20) && !stands([amendment], 50))
        #expect(!stands([amendment, revival], 69) && stands([amendment, revival], 70))
        let repeal = LegalEvent(.repeal, plan: "B", decided: Day(number: 30), document: "d")
        #expect(!stands([amendment, repeal], 35))
    }

    private func plan(_ id: String, from: Int32, until: Int32? = nil, replaces: [String] = []) -> Plan {
        Plan(
            id: id, approved: Day(number: from), published: Day(number: from), until: until.map { Day(number: $0) }, replaces: replaces)
    }
}

/// Some plans that replace and amend each other, and events on them.
private struct History {
    static let lastDay: Int32 = 30

    var plans: [Plan] = []
    var events: [LegalEvent] = []

    init(_ dice: inout some RandomNumberGenerator) {
        let ids = ["A", "B", "C", "D"]
        func day() -> Day { Day(number: .random(in: 0...Self.lastDay, using: &dice)) }
        func often(_ times: Int) -> Bool { .random(in: 0..<4, using: &dice) < times }
        for (place, id) in ids.enumerated() {
            let from = often(2) ? day() : nil
            // Only older ones are replaced or amended, as in any register without circles.
            let replaces = ids[..<place].filter { _ in often(1) }
            plans.append(
                Plan(
                    id: id, approved: often(3) ? day() : nil, published: often(3) ? day() : nil, from: from,
                    until: often(1) ? Day(number: (from?.number ?? 0) + .random(in: 1...20, using: &dice)) : nil, replaces: replaces,
                    amends: place > 0 && often(1) ? ids[..<place].randomElement(using: &dice) : nil))
        }
        for _ in 0..<Int.random(in: 0...8, using: &dice) {
            let kind = LegalEvent.Kind.allCases.randomElement(using: &dice) ?? .repeal
            let plan = ids.randomElement(using: &dice) ?? "A"
            let decided = day()
            let hasSector = [.repeal, .annul, .annulFromAdoption, .revive].contains(kind) && often(2)
            events.append(
                LegalEvent(
                    kind, plan: plan, clause: kind == .amend || often(1) ? "1" : nil, decided: decided,
                    from: kind == .annulFromAdoption ? nil : max(decided, day()),
                    document: kind == .amend ? ids.filter { $0 != plan }.randomElement(using: &dice) ?? "B" : "d",
                    sector: hasSector ? .random(in: 0...1, using: &dice) : nil))
        }
    }
}

/// The same, walked day by day from the first: slow and obvious.
private struct WalkedHistory {
    private let history: History
    private let events: [LegalEvent]

    init(_ history: History) {
        self.history = history
        // The order of events is stated, not derived: day, decision, kind, place in the table.
        events = history.events.enumerated().sorted {
            let (one, other) = ($0.element, $1.element)
            if one.from != other.from { return one.from < other.from }
            if one.decided != other.decided { return one.decided < other.decided }
            let kinds = LegalEvent.Kind.allCases
            let (first, second) = (kinds.firstIndex(of: one.kind) ?? 0, kinds.firstIndex(of: other.kind) ?? 0)
            return first != second ? first < second : $0.offset < $1.offset
        }.map(\.element)
    }

    private enum End: Equatable { case none, repealed(Int32), annulled }

    /// How events have left a subject at the end of a day, and when it was last revived.
    private func walk(_ plan: String, _ clause: String?, to day: Day, in sectors: Set<Int>) -> (end: End, revived: Int32?) {
        let own = events.filter { $0.plan == plan && $0.clause == clause && ($0.sector == nil || sectors.contains($0.sector ?? -1)) }
        let voiding = own.filter { $0.kind == .annulFromAdoption }.map(\.decided).max()
        var (end, revived): (End, Int32?) = (voiding == nil ? .none : .annulled, nil)
        var today: Int32 = 0
        while today <= day.number {
            for event in own where event.from.number == today {
                // What was voided from the beginning takes with it all that was decided before, and on that day all but a revival.
                if let voiding, event.decided < voiding { continue }
                if event.decided == voiding, event.kind != .revive { continue }
                switch event.kind {
                case .repeal where end == .annulled: break
                case .repeal: (end, revived) = (.repealed(today), nil)
                case .annul: (end, revived) = (.annulled, nil)
                case .revive: (end, revived) = (.none, today)
                default: break
                }
            }
            today += 1
        }
        return (end, revived)
    }

    /// The day that was set by the latest decision.
    private func last(_ kind: LegalEvent.Kind, _ plan: String, _ clause: String?) -> Int32? {
        var latest: LegalEvent?
        for event in events where event.kind == kind && event.plan == plan && event.clause == clause {
            if let known = latest, event.decided < known.decided { continue }
            latest = event
        }
        return latest?.from.number
    }

    private func began(_ id: String, by day: Int32) -> Int32? {
        guard let plan = history.plans.first(where: { $0.id == id }),
            let approved = last(.adopt, id, nil) ?? plan.approved?.number, let published = last(.publish, id, nil) ?? plan.published?.number
        else { return nil }
        let from = last(.takeEffect, id, nil) ?? plan.from?.number ?? published
        let first = max(approved, published, from)
        return first <= day ? first : nil
    }

    private func own(_ id: String, _ day: Day, _ sectors: Set<Int>) -> PlanStatus? {
        guard let plan = history.plans.first(where: { $0.id == id }) else { return nil }
        switch walk(id, nil, to: day, in: sectors).end {
        case .annulled: return .annulled
        case .repealed(let end): if end < plan.until?.number ?? .max { return .repealed }
        case .none: break
        }
        if let until = plan.until, day >= until { return .ended }
        if began(id, by: day.number) != nil { return .inForce }
        if events.contains(where: { $0.kind == .effectBeforehand && $0.plan == id && $0.clause == nil && $0.from <= day }) {
            return .effectBeforehand
        }
        guard let approved = last(.adopt, id, nil) ?? plan.approved?.number, approved <= day.number else { return .notApproved }
        guard let published = last(.publish, id, nil) ?? plan.published?.number, published <= day.number else { return .unpublished }
        return .notYet
    }

    func status(of id: String, on day: Day, in sectors: Set<Int>) -> PlanStatus? {
        let status = own(id, day, sectors)
        guard status == .inForce else { return status }
        var (line, member): ([String], String?) = ([], id)
        while let next = member, !line.contains(next) {
            line.append(next)
            let standing = own(next, day, sectors)
            if standing == .ended || standing == .repealed || standing == .annulled { return .ended }
            if standing == .inForce {
                for other in history.plans.map(\.id).sorted() where !line.contains(other) && replaces(other, next, day, sectors) {
                    return .replaced(by: other)
                }
            }
            member = history.plans.first { $0.id == next }?.amends
        }
        return .inForce
    }

    private func replaces(_ other: String, _ id: String, _ day: Day, _ sectors: Set<Int>) -> Bool {
        guard let plan = history.plans.first(where: { $0.id == other }), plan.replaces.contains(id),
            let first = began(other, by: day.number)
        else { return false }
        guard tookPlace(other, first, plan, day, sectors) else { return false }
        if let revived = walk(id, nil, to: day, in: sectors).revived, first <= revived { return false }
        return true
    }

    private func tookPlace(_ id: String, _ first: Int32, _ plan: Plan, _ day: Day, _ sectors: Set<Int>) -> Bool {
        let until = plan.until?.number ?? .max
        switch walk(id, nil, to: day, in: sectors).end {
        case .annulled: return false
        case .repealed(let end): return end < until ? first < end : day.number < until
        case .none: return day.number < until
        }
    }

    func clauseStands(_ clause: String, of plan: String, on day: Day, in sectors: Set<Int>) -> Bool {
        let walked = walk(plan, clause, to: day, in: sectors)
        if walked.end != .none { return false }
        for kind in [LegalEvent.Kind.adopt, .publish, .takeEffect] {
            if let first = last(kind, plan, clause), first > day.number { return false }
        }
        return !events.contains {
            guard $0.kind == .amend, $0.plan == plan, $0.clause == clause, $0.from <= day, $0.from.number > walked.revived ?? .min else {
                return false
            }
            let document = $0.document
            guard let other = history.plans.first(where: { $0.id == document }), let first = began(document, by: day.number) else {
                return false
            }
            return tookPlace(document, first, other, day, sectors)
        }
    }
}
