extension Expression {
    /// What an expression yields; a property's kind is known only when it is read, or when a filter is bound.
    package enum Kind: String, Hashable, Sendable {
        case truth = "a condition"
        case bool = "TRUE or FALSE"
        case number = "a number"
        case text
        case day = "a day"
        case timestamp = "a timestamp"
        case interval = "an interval"
        case geometry = "a geometry"
        case list = "an array"
        case any = "a fact"
    }

    package var kind: Kind {
        switch self {
        case .and, .or, .not, .compare, .between, .among, .like, .isNull, .spatial, .temporal, .array: .truth
        case .bool: .bool
        case .number, .arithmetic: .number
        case .text, .caseInsensitive, .accentInsensitive: .text
        case .day: .day
        case .timestamp: .timestamp
        case .interval, .open: .interval
        case .geometry, .site: .geometry
        case .list: .list
        case .function(_, _, let kind): kind
        case .property: .any
        }
    }

    /// An operand of a node that is not what the node asks for.
    struct Misfit {
        /// Which of the node's `children`.
        let operand: Int
        let message: String
    }

    /// What does not fit in this node alone. What stands below its operands was looked at when they were made.
    /// - Parameter kind: what an operand yields.
    func misfit(noun: String, kind: (Expression) -> Kind = \.kind) -> Misfit? {
        let operands = children
        let kinds = operands.map(kind)
        func expected(_ wanted: Kind, at operand: Int) -> Misfit? {
            kinds[operand] == wanted || kinds[operand] == .any
                ? nil : Misfit(operand: operand, message: "expected \(wanted.rawValue), found \(kinds[operand].rawValue)")
        }
        func oneOf(_ wanted: Set<Kind>, _ words: String, at operand: Int) -> Misfit? {
            wanted.contains(kinds[operand])
                ? nil : Misfit(operand: operand, message: "expected \(words), found \(kinds[operand].rawValue)")
        }
        switch self {
        case .compare(_, let comparison, _):
            if let misfit = Self.incomparable(kinds[0], kinds[1], at: 1, noun: noun) { return misfit }
            guard !kinds.contains(.bool) || comparison == .equal || comparison == .unequal else {
                return Misfit(operand: 0, message: "TRUE and FALSE have no order; expected = or <>")
            }
            return nil
        case .among:
            return operands.indices.dropFirst().lazy.compactMap { Self.incomparable(kinds[0], kinds[$0], at: $0, noun: noun) }.first
        case .like(_, let pattern):
            if let misfit = expected(.text, at: 0) { return misfit }
            return pattern.kind == .text ? nil : Misfit(operand: 1, message: "expected a pattern in single quotes after LIKE")
        case .between: return expected(.number, at: 0) ?? expected(.number, at: 1) ?? expected(.number, at: 2)
        case .arithmetic: return expected(.number, at: 0) ?? expected(.number, at: 1)
        case .caseInsensitive, .accentInsensitive: return expected(.text, at: 0)
        case .spatial: return expected(.geometry, at: 0) ?? expected(.geometry, at: 1)
        case .temporal:
            let times: Set<Kind> = [.day, .timestamp, .interval, .any]
            return oneOf(times, "a day, a timestamp or an interval", at: 0) ?? oneOf(times, "a day, a timestamp or an interval", at: 1)
        case .interval:
            let ends: Set<Kind> = [.day, .timestamp, .any]
            return operands.indices.lazy.compactMap { operands[$0] == .open ? nil : oneOf(ends, "a day, a timestamp or '..'", at: $0) }
                .first
        case .array: return expected(.list, at: 0) ?? expected(.list, at: 1)
        case .and, .or, .not:
            return operands.indices.lazy.compactMap { index in
                operands[index].untrue(kind: kinds[index], shown: operands[index].text).map { Misfit(operand: index, message: $0) }
            }.first
        case .isNull, .function, .list, .property, .number, .text, .bool, .day, .timestamp, .open, .geometry, .site: return nil
        }
    }

    /// Why an operand of a logical operator, or a whole filter, is no truth; nil where it is one.
    func untrue(kind: Kind, shown: String) -> String? {
        switch kind {
        case .truth, .bool:
            if case .property = self { break }
            return nil
        case .any:
            if case .function = self { return nil }
        case .number, .text, .day, .timestamp, .interval, .geometry, .list:
            return "expected a comparison, found \(kind.rawValue) alone"
        }
        return "expected a comparison, found \(shown) alone; what is true or not is written \(shown) = TRUE"
    }

    private static func incomparable(_ left: Kind, _ right: Kind, at operand: Int, noun: String) -> Misfit? {
        for (kind, place) in [(left, 0), (right, operand)] {
            switch kind {
            case .truth:
                return Misfit(
                    operand: place,
                    message: "a comparison cannot be compared; expected \(noun), a number, a text, a day, TRUE or FALSE")
            case .geometry: return Misfit(operand: place, message: "a geometry cannot be compared; expected a function such as S_EQUALS")
            case .interval: return Misfit(operand: place, message: "an interval cannot be compared; expected a function such as T_EQUALS")
            case .list: return Misfit(operand: place, message: "an array cannot be compared; expected a function such as A_EQUALS")
            case .bool, .number, .text, .day, .timestamp, .any: continue
            }
        }
        guard left == right || left == .any || right == .any else {
            let advice = Set([left, right]) == [.day, .timestamp] ? "; expected T_BEFORE, T_AFTER or T_INTERSECTS" : ""
            return Misfit(operand: operand, message: "\(left.rawValue) cannot be compared with \(right.rawValue)\(advice)")
        }
        return nil
    }
}
