import Formats
import Persian

extension Expression {
    func compared(_ comparison: Comparison, _ other: Expression, in known: some Assignment) -> Truth {
        var wanted = kind == .any ? other.kind : kind
        if wanted == .any, case .property(let one) = self, case .property(let two) = other {
            // Of two values, one typed as a text is read as what the other is.
            let kinds = [known.value(of: one)?.kind, known.value(of: two)?.kind].compactMap { $0 }
            wanted = kinds.first { $0 != .text } ?? .text
        }
        return Reading.both(scalar(in: known, as: wanted), other.scalar(in: known, as: wanted)) { left, right in
            if let order = order(left, right) { return Truth(comparison.admits(order)) }
            var names: Set<String> = []
            collectNames(into: &names)
            other.collectNames(into: &names)
            return .unknown(needs: names)
        }
    }

    /// Whether it equals one of the items. It is worked out once where all of them are literals of one kind, as in most lists.
    func stands(among list: [Expression], in known: some Assignment) -> Truth {
        guard let kind = list.first?.literalKind, list.allSatisfy({ $0.literalKind == kind }),
            case .known(let value) = scalar(in: known, as: kind)
        else { return list.reduce(.no) { $0.or(compared(.equal, $1, in: known)) } }
        for item in list {
            guard case .known(let item) = item.scalar(in: known), let order = order(value, item) else {
                return list.reduce(.no) { $0.or(compared(.equal, $1, in: known)) }
            }
            if order == 0 { return .yes }
        }
        return .no
    }

    /// What a literal is; nil for anything else.
    private var literalKind: Kind? {
        switch self {
        case .number, .text, .day, .timestamp, .bool: kind
        default: nil
        }
    }
}

/// Minus one, nought or one; nil for values of different kinds, or of one that has no order.
private func order(_ one: Scalar, _ other: Scalar) -> Int? {
    func sign<Value: Comparable>(_ one: Value, _ other: Value) -> Int { one < other ? -1 : one == other ? 0 : 1 }
    switch (one, other) {
    case (.number(let one), .number(let other)): return sign(one, other)
    // Texts that differ only in their normal form are equal.
    case (.text(let one), .text(let other)): return one == other ? 0 : one < other ? -1 : 1
    case (.bool(let one), .bool(let other)): return sign(one ? 1 : 0, other ? 1 : 0)
    case (.day(let one), .day(let other)): return sign(one, other)
    case (.timestamp(let one), .timestamp(let other)): return sign(one, other)
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

extension PropertyValue {
    package var kind: Expression.Kind {
        switch self {
        case .number: .number
        case .text: .text
        case .bool: .bool
        case .day: .day
        case .timestamp: .timestamp
        case .geometry: .geometry
        }
    }

    /// Nil where it cannot be read as what is wanted.
    func scalar(as wanted: Expression.Kind) -> Scalar? {
        switch (wanted, self) {
        case (.any, .number(let number)), (.number, .number(let number)): .number(Rational(number))
        case (.any, .text(let text)): .text(text)
        case (.any, .bool(let holds)), (.bool, .bool(let holds)), (.truth, .bool(let holds)): .bool(holds)
        case (.any, .day(let day)), (.day, .day(let day)): .day(day)
        case (.any, .timestamp(let timestamp)), (.timestamp, .timestamp(let timestamp)): .timestamp(timestamp)
        case (.any, .geometry(let geometry)), (.geometry, .geometry(let geometry)): .ground(.feature(geometry))
        case (.text, .number(let number)): .text(number.description)
        case (.text, .text(let text)): .text(text)
        case (.text, .bool(let holds)): .text(holds ? "TRUE" : "FALSE")
        case (.number, .text(let text)): Decimal(parsing: text).map { .number(Rational($0)) }
        case (.bool, .text(let text)), (.truth, .text(let text)):
            switch text.uppercased() {
            case "TRUE": .bool(true)
            case "FALSE": .bool(false)
            default: nil
            }
        case (.day, .text(let text)): (try? Day(parsing: text)).map { .day($0) }
        default: nil
        }
    }
}
