import Persian

/// An end of an interval: a day, a moment, or none.
enum Instant {
    case day(Day)
    case timestamp(Timestamp)
    case open

    init?(_ literal: Expression) {
        switch literal {
        case .day(let day): self = .day(day)
        case .timestamp(let timestamp): self = .timestamp(timestamp)
        case .open: self = .open
        default: return nil
        }
    }

    init?(_ scalar: Scalar) {
        switch scalar {
        case .day(let day): self = .day(day)
        case .timestamp(let timestamp): self = .timestamp(timestamp)
        default: return nil
        }
    }

    /// Whether it begins or ends something.
    enum Role {
        case first, last
    }

    /// Minus one, nought or one. Two days compare as days; against a moment a day stands for its first nanosecond where it begins
    /// something and for its last where it ends something. An open begin is before all, an open end after all.
    static func order(_ one: Instant, _ oneRole: Role, _ other: Instant, _ otherRole: Role) -> Int {
        if case (.day(let one), .day(let other)) = (one, other) { return one < other ? -1 : one == other ? 0 : 1 }
        func place(_ instant: Instant, _ role: Role) -> (Int, Timestamp) {
            switch (instant, role) {
            case (.open, .first): (-1, .first(of: Day(number: 0)))
            case (.open, .last): (1, .first(of: Day(number: 0)))
            case (.day(let day), .first): (0, .first(of: day))
            case (.day(let day), .last): (0, .last(of: day))
            case (.timestamp(let timestamp), _): (0, timestamp)
            }
        }
        let (one, other) = (place(one, oneRole), place(other, otherRole))
        return one < other ? -1 : one == other ? 0 : 1
    }

    func isBefore(_ other: Instant, as roles: (Role, Role)) -> Bool { Self.order(self, roles.0, other, roles.1) < 0 }
}

/// Both ends belong to it; a day or a moment begins and ends with itself.
struct Interval {
    let from: Instant
    let until: Instant

    init?(_ scalar: Scalar) {
        if case .interval(let interval) = scalar {
            self = interval
        } else {
            guard let instant = Instant(scalar) else { return nil }
            (from, until) = (instant, instant)
        }
    }

    /// Nil where it ends before it begins, which is no interval.
    init?(from: Instant, until: Instant) {
        guard !until.isBefore(from, as: (.last, .first)) else { return nil }
        self.from = from
        self.until = until
    }

    /// The interval between two ends, of which one may be missing.
    static func reading(_ from: Expression, _ until: Expression, in known: some Assignment) -> Reading {
        func end(_ expression: Expression) -> (Instant?, needs: Set<String>) {
            if expression == .open { return (.open, []) }
            switch expression.scalar(in: known) {
            case .known(let scalar): return (Instant(scalar), [])
            case .unknown(let needs): return (nil, needs)
            }
        }
        let (start, startNeeds) = end(from)
        let (finish, finishNeeds) = end(until)
        if let start, let finish, let interval = Interval(from: start, until: finish) { return .known(.interval(interval)) }
        var names = startNeeds.union(finishNeeds)
        if names.isEmpty { Expression.interval(from: from, until: until).collectNames(into: &names) }
        return .unknown(names)
    }

    /// Allen's relations, as OGC 21-065 has them: by the order of the four ends.
    func holds(_ relation: TemporalRelation, _ other: Interval) -> Bool {
        let starts = Instant.order(from, .first, other.from, .first)
        let ends = Instant.order(until, .last, other.until, .last)
        let startToEnd = Instant.order(from, .first, other.until, .last)
        let endToStart = Instant.order(until, .last, other.from, .first)
        return switch relation {
        case .after: startToEnd > 0
        case .before: endToStart < 0
        case .contains: starts < 0 && ends > 0
        case .disjoint: startToEnd > 0 || endToStart < 0
        case .during: starts > 0 && ends < 0
        case .equals: starts == 0 && ends == 0
        case .finishedBy: starts < 0 && ends == 0
        case .finishes: starts > 0 && ends == 0
        case .intersects: startToEnd <= 0 && endToStart >= 0
        case .meets: endToStart == 0
        case .metBy: startToEnd == 0
        case .overlappedBy: starts > 0 && startToEnd < 0 && ends > 0
        case .overlaps: starts < 0 && endToStart > 0 && ends < 0
        case .startedBy: starts == 0 && ends > 0
        case .starts: starts == 0 && ends < 0
        }
    }
}
