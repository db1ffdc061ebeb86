import Formats
import Persian

/// What an operand comes to, or the facts that are missing to tell.
enum Reading {
    case known(Scalar)
    case unknown(Set<String>)
}

enum Scalar: Hashable {
    case number(Rational)
    case text(String)
    case bool(Bool)
    case day(Day)
}

extension Condition {
    /// A missing fact makes "unknown", and so does a fact that is not what the condition compares it with ("wide" for a number),
    /// or one that it divides by and that is nought. IS NULL is "no" for a fact that is known and unknown for any other: that we do not
    /// know something is not in the law's power to say.
    package func truth(facts: Facts, part: Part) -> Truth {
        expression.truth(in: Known(facts: facts, part: part))
    }
}

extension Expression {
    func truth(in known: Known) -> Truth {
        switch self {
        case .and(let terms): terms.reduce(.yes) { $0.and($1.truth(in: known)) }
        case .or(let terms): terms.reduce(.no) { $0.or($1.truth(in: known)) }
        case .not(let term): term.truth(in: known).negated
        case .compare(let left, let comparison, let right): compared(left, comparison, right, in: known)
        case .between(let value, let low, let high):
            compared(low, .lessOrEqual, value, in: known).and(compared(value, .lessOrEqual, high, in: known))
        case .among(let value, let list): list.reduce(.no) { $0.or(compared(value, .equal, $1, in: known)) }
        case .like(let value, let pattern): resembles(value, pattern, in: known)
        case .isNull(let value):
            switch value.scalar(in: known) {
            case .known: .no
            case .unknown(let needs): .unknown(needs: needs)
            }
        case .insideOverlay(let kind): known.inside(overlay: kind)
        case .bool(let holds): Truth(holds)
        // The parser lets nothing else stand for a truth.
        case .arithmetic, .negative, .caseInsensitive, .accentInsensitive, .property, .number, .text, .day: .no
        }
    }

    /// - Parameter wanted: what the other side of a comparison is; a fact that was handed over as a text is read as that.
    func scalar(in known: Known, as wanted: Kind = .any) -> Reading {
        switch self {
        case .number(let value): .known(.number(Rational(value)))
        case .text(let text): .known(.text(text))
        case .day(let day): .known(.day(day))
        case .property(let name): known.fact(name).flatMap { $0.value.scalar(as: wanted) }.map(Reading.known) ?? .unknown([name])
        case .negative(let value): value.numbers(value, in: known) { one, _ in one.negated }
        case .arithmetic(let left, let operation, let right): left.numbers(right, in: known) { $0.combined(operation, $1) }
        case .caseInsensitive(let text): text.mapped(in: known) { Accents.foldedCase($0) }
        case .accentInsensitive(let text): text.mapped(in: known) { Accents.stripped($0) }
        case .bool, .insideOverlay, .and, .or, .not, .compare, .between, .among, .like, .isNull:
            switch truth(in: known) {
            case .yes: .known(.bool(true))
            case .no: .known(.bool(false))
            case .unknown(let needs): .unknown(needs)
            }
        }
    }

    private func numbers(_ other: Expression, in known: Known, combined: (Rational, Rational) -> Rational?) -> Reading {
        switch (scalar(in: known, as: .number), other.scalar(in: known, as: .number)) {
        case (.known(.number(let one)), .known(.number(let two))):
            if let result = combined(one, two) { return .known(.number(result)) }
            var names: Set<String> = []
            collectNames(into: &names)
            other.collectNames(into: &names)
            return .unknown(names)
        case (.unknown(let one), .unknown(let two)): return .unknown(one.union(two))
        case (.unknown(let needs), _), (_, .unknown(let needs)): return .unknown(needs)
        default: return .unknown([])
        }
    }

    private func mapped(in known: Known, _ change: (String) -> String) -> Reading {
        switch scalar(in: known, as: .text) {
        case .known(.text(let text)): .known(.text(change(text)))
        case .known: .unknown([])
        case .unknown(let needs): .unknown(needs)
        }
    }
}

private func compared(_ left: Expression, _ comparison: Comparison, _ right: Expression, in known: Known) -> Truth {
    var wanted = left.kind == .any ? right.kind : left.kind
    if wanted == .any, case .property(let one) = left, case .property(let two) = right {
        // Of two facts, one typed as a text is read as what the other is.
        let kinds = [known.fact(one)?.value.kind, known.fact(two)?.value.kind].compactMap { $0 }
        wanted = kinds.first { $0 != .text } ?? .text
    }
    switch (left.scalar(in: known, as: wanted), right.scalar(in: known, as: wanted)) {
    case (.known(let one), .known(let two)):
        if let order = order(one, two) { return Truth(comparison.admits(order)) }
        var names: Set<String> = []
        Expression.compare(left, comparison, right).collectNames(into: &names)
        return .unknown(needs: names)
    case (.unknown(let one), .unknown(let two)): return .unknown(needs: one.union(two))
    case (.unknown(let needs), _), (_, .unknown(let needs)): return .unknown(needs: needs)
    }
}

private func resembles(_ value: Expression, _ pattern: Expression, in known: Known) -> Truth {
    switch (value.scalar(in: known, as: .text), pattern.scalar(in: known, as: .text)) {
    case (.known(.text(let text)), .known(.text(let pattern))): return Truth(LikePattern(pattern).matches(text))
    case (.unknown(let one), .unknown(let two)): return .unknown(needs: one.union(two))
    case (.unknown(let needs), _), (_, .unknown(let needs)): return .unknown(needs: needs)
    default: return .unknown(needs: [])
    }
}

/// Minus one, nought or one; nil for values of different kinds.
private func order(_ one: Scalar, _ other: Scalar) -> Int? {
    func sign<Value: Comparable>(_ one: Value, _ other: Value) -> Int { one < other ? -1 : one == other ? 0 : 1 }
    switch (one, other) {
    case (.number(let one), .number(let other)): return sign(one, other)
    // Texts that differ only in their normal form are equal.
    case (.text(let one), .text(let other)): return sign(one, other)
    case (.bool(let one), .bool(let other)): return sign(one ? 1 : 0, other ? 1 : 0)
    case (.day(let one), .day(let other)): return sign(one, other)
    default: return nil
    }
}

extension Comparison {
    fileprivate func admits(_ order: Int) -> Bool {
        switch self {
        case .equal: order == 0
        case .unequal: order != 0
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        }
    }
}

extension Fact.Value {
    fileprivate var kind: Expression.Kind {
        switch self {
        case .number: .number
        case .text: .text
        case .bool: .bool
        }
    }

    /// Nil where it cannot be read as what is wanted.
    fileprivate func scalar(as wanted: Expression.Kind) -> Scalar? {
        switch (wanted, self) {
        case (.any, .number(let number)), (.number, .number(let number)): .number(Rational(number))
        case (.any, .text(let text)): .text(text)
        case (.any, .bool(let holds)), (.bool, .bool(let holds)), (.truth, .bool(let holds)): .bool(holds)
        case (.text, _): .text(text)
        case (.number, .text(let text)): Decimal(parsing: text).map { .number(Rational($0)) }
        case (.bool, .text(let text)), (.truth, .text(let text)):
            switch text.uppercased() {
            case "TRUE": .bool(true)
            case "FALSE": .bool(false)
            default: nil
            }
        case (.day, .text(let text)): (try? Day(parsing: text)).map { .day($0) }
        case (.number, .bool), (.bool, .number), (.truth, .number), (.day, .number), (.day, .bool): nil
        }
    }
}
