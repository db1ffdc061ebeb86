import Formats
import Persian

/// What an operand comes to, or the names that are missing to tell.
enum Reading {
    case known(Scalar)
    case unknown(Set<String>)
}

enum Scalar {
    case number(Rational)
    case text(String)
    case bool(Bool)
    case day(Day)
    case timestamp(Timestamp)
    case interval(Interval)
    case ground(Ground)
}

extension Expression {
    /// Three-valued. A name that stands for nothing makes "unknown", and so does one that is not what it is compared with ("wide" for a
    /// number), or that something is divided by and that is nought.
    package func truth(in known: some Assignment) -> Truth {
        switch self {
        case .and(let terms): terms.reduce(.yes) { $0.and($1.truth(in: known)) }
        case .or(let terms): terms.reduce(.no) { $0.or($1.truth(in: known)) }
        case .not(let term): term.truth(in: known).negated
        case .compare(let left, let comparison, let right): left.compared(comparison, right, in: known)
        case .between(let value, let low, let high):
            low.compared(.lessOrEqual, value, in: known).and(value.compared(.lessOrEqual, high, in: known))
        case .among(let value, let list): value.stands(among: list, in: known)
        case .like(let value, let pattern): resembles(value, pattern, in: known)
        case .isNull(let value):
            switch value.scalar(in: known) {
            case .known: .no
            case .unknown(let needs): known.missingIsNull ? .yes : .unknown(needs: needs)
            }
        case .spatial(let relation, let one, let other):
            Reading.both(one.scalar(in: known, as: .geometry), other.scalar(in: known, as: .geometry)) {
                guard case (.ground(let one), .ground(let other)) = ($0, $1) else { return nil }
                return known.holds(relation, one, other)
            }
        case .temporal(let relation, let one, let other):
            Reading.both(one.scalar(in: known), other.scalar(in: known)) {
                guard let one = Interval($0), let other = Interval($1) else { return nil }
                return Truth(one.holds(relation, other))
            }
        case .function(let name, let arguments, _): known.holds(name, arguments)
        case .bool(let holds): Truth(holds)
        // The parser lets nothing else stand for a truth, and a filter with arrays is not bound.
        case .array, .arithmetic, .caseInsensitive, .accentInsensitive, .property, .number, .text, .day, .timestamp, .interval, .open,
            .list,
            .geometry, .site:
            .no
        }
    }

    /// - Parameter wanted: what the other side of a comparison is; a value that was handed over as a text is read as that.
    func scalar(in known: some Assignment, as wanted: Kind = .any) -> Reading {
        switch self {
        case .number(let value): .known(.number(Rational(value)))
        case .text(let text): .known(.text(text))
        case .day(let day): .known(.day(day))
        case .timestamp(let timestamp): .known(.timestamp(timestamp))
        case .property(let name): known.value(of: name).flatMap { $0.scalar(as: wanted) }.map(Reading.known) ?? .unknown([name])
        case .arithmetic(let left, let operation, let right): left.combined(operation, right, in: known)
        case .caseInsensitive(let text): text.mapped(in: known) { Accents.foldedCase($0) }
        case .accentInsensitive(let text): text.mapped(in: known) { Accents.stripped($0) }
        case .interval(let from, let until): Interval.reading(from, until, in: known)
        case .site(let number): .known(.ground(.site(number)))
        case .open, .list, .geometry: .unknown([])
        case .bool, .function, .and, .or, .not, .compare, .between, .among, .like, .isNull, .spatial, .temporal, .array:
            switch truth(in: known) {
            case .yes: .known(.bool(true))
            case .no: .known(.bool(false))
            case .unknown(let needs): .unknown(needs)
            }
        }
    }

    private func combined(_ operation: Arithmetic, _ other: Expression, in known: some Assignment) -> Reading {
        switch (scalar(in: known, as: .number), other.scalar(in: known, as: .number)) {
        case (.known(.number(let one)), .known(.number(let two))):
            if let result = one.combined(operation, two) { return .known(.number(result)) }
            var names: Set<String> = []
            collectNames(into: &names)
            other.collectNames(into: &names)
            return .unknown(names)
        case (.unknown(let one), .unknown(let two)): return .unknown(one.union(two))
        case (.unknown(let needs), _), (_, .unknown(let needs)): return .unknown(needs)
        default: return .unknown([])
        }
    }

    private func mapped(in known: some Assignment, _ change: (String) -> String) -> Reading {
        switch scalar(in: known, as: .text) {
        case .known(.text(let text)): .known(.text(change(text)))
        case .known: .unknown([])
        case .unknown(let needs): .unknown(needs)
        }
    }
}

extension Reading {
    /// What is said of two operands that are known, else what is needed; nil from `judged` needs nothing by name.
    static func both(_ one: Reading, _ other: Reading, judged: (Scalar, Scalar) -> Truth?) -> Truth {
        switch (one, other) {
        case (.known(let one), .known(let other)): judged(one, other) ?? .unknown(needs: [])
        case (.unknown(let one), .unknown(let two)): .unknown(needs: one.union(two))
        case (.unknown(let needs), _), (_, .unknown(let needs)): .unknown(needs: needs)
        }
    }
}

private func resembles(_ value: Expression, _ pattern: Expression, in known: some Assignment) -> Truth {
    Reading.both(value.scalar(in: known, as: .text), pattern.scalar(in: known, as: .text)) {
        guard case (.text(let text), .text(let pattern)) = ($0, $1) else { return nil }
        return Truth(LikePattern(pattern).matches(text))
    }
}
