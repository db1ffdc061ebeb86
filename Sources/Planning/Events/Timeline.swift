import Persian

/// What the known events say of one subject: an instrument, or one of its clauses. A pure function of the events and the day.
struct Timeline: Sendable {
    /// Whether the subject has been ended, whatever its own days say.
    enum Standing: Hashable {
        /// With the last day on which it was revived, if it was.
        case stands(revived: Day?)
        case repealed(on: Day)
        case annulled
    }

    /// In order.
    let events: [LegalEvent]

    init(_ events: [LegalEvent]) {
        self.events = events.inOrder()
    }

    static let empty = Timeline([])

    /// How it stands on a day, on ground that lies in these sectors.
    func standing(on day: Day, in sectors: Set<Int>) -> Standing {
        let counting = events.filter { $0.concerns(sectors) }.counting
        var standing = counting.first?.kind == .annulFromAdoption ? Standing.annulled : .stands(revived: nil)
        for event in counting where event.concerns(day) {
            switch event.kind {
            // What is annulled can't be repealed as well: what it had replaced stands.
            case .repeal: if standing != .annulled { standing = .repealed(on: event.from) }
            case .annul, .annulFromAdoption: standing = .annulled
            case .revive: standing = .stands(revived: event.from)
            case .adopt, .publish, .takeEffect, .effectBeforehand, .amend: continue
            }
        }
        return standing
    }

    func hasEffectBeforehand(on day: Day) -> Bool {
        events.contains { $0.kind == .effectBeforehand && $0.from <= day }
    }

    /// The day that the event of a kind sets that was decided last; nil where there is none.
    func day(of kind: LegalEvent.Kind) -> Day? {
        events.reversed().filter { $0.kind == kind }.max { $0.decided < $1.decided }?.from
    }

    /// The instruments that take its place, each from its day on, and which a revival has not put back.
    func amendments(on day: Day, since revived: Day?) -> [LegalEvent] {
        events.filter { event in
            event.kind == .amend && event.from <= day && (revived.map { event.from > $0 } ?? true)
        }
    }

    /// The day from which it is ended everywhere and not revived; nil where there is none. Of an annulment from adoption the day of the
    /// decision.
    var end: Day? {
        var end: Day?
        for event in events.filter({ $0.sector == nil }).counting {
            switch event.kind {
            case .repeal, .annul, .annulFromAdoption: end = end ?? event.from
            case .revive: end = nil
            case .adopt, .publish, .takeEffect, .effectBeforehand, .amend: continue
            }
        }
        return end
    }
}

extension [LegalEvent] {
    /// Of the events on one subject and ground, in order, those that count: what was annulled from its adoption takes with it all that
    /// was decided before, and is then the first.
    fileprivate var counting: [LegalEvent] {
        guard let voiding = filter({ $0.kind == .annulFromAdoption }).max(by: { $0.decided < $1.decided }) else { return self }
        return [voiding] + filter { $0.decided > voiding.decided || ($0.decided == voiding.decided && $0.kind == .revive) }
    }
}

extension Plan {
    /// With the days that events set: the last of each kind, in the place of the plan's own.
    func dated(by timeline: Timeline) -> Plan {
        let days = (timeline.day(of: .adopt), timeline.day(of: .publish), timeline.day(of: .takeEffect))
        guard days.0 != nil || days.1 != nil || days.2 != nil else { return self }
        return Plan(
            id: id, title: title, kind: kind, authority: authority, number: number, approved: days.0 ?? approved,
            published: days.1 ?? published, from: days.2 ?? from, until: until, replaces: replaces, amends: amends, rank: rank,
            policy: policy)
    }
}
