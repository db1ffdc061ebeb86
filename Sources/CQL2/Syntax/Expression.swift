package import Formats
package import Persian

/// CQL2 (OGC 21-065) as a tree, whether it was written as text or as JSON. The parsers admit only what has a meaning: logic over
/// truths, arithmetic over numbers, comparisons of like with like. No branch is deeper than `Limits` allow, so that walks over it may
/// recurse.
package indirect enum Expression: Hashable, Sendable {
    case and([Expression])
    case or([Expression])
    case not(Expression)
    case compare(Expression, Comparison, Expression)
    case between(Expression, low: Expression, high: Expression)
    case among(Expression, [Expression])
    case like(Expression, pattern: Expression)
    case isNull(Expression)
    case spatial(SpatialRelation, Expression, Expression)
    case temporal(TemporalRelation, Expression, Expression)
    case array(ArrayRelation, Expression, Expression)
    /// A change of sign is −1 times the operand, as the standard's JSON has it.
    case arithmetic(Expression, Arithmetic, Expression)
    case caseInsensitive(Expression)
    case accentInsensitive(Expression)
    case function(String, [Expression], yields: Kind)
    case property(String)
    case number(Decimal)
    case text(String)
    case bool(Bool)
    case day(Day)
    case timestamp(Timestamp)
    case interval(from: Expression, until: Expression)
    /// The end of an interval that has none: `..`.
    case open
    case list([Expression])
    case geometry(GeometryLiteral)
    /// A geometry literal that a binding has brought onto the city's grid: its number there. No parser makes one.
    case site(Int)
}

package enum Comparison: String, Hashable, Sendable, CaseIterable {
    case equal = "="
    case unequal = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
}

package enum Arithmetic: String, Hashable, Sendable, CaseIterable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
    /// What a division to a whole number leaves; it has the dividend's sign.
    case remainder = "%"
    /// The whole part of a quotient.
    case quotient = "div"
    case power = "^"
}

/// As the standard's JSON spells them; in text in capitals.
package enum SpatialRelation: String, Hashable, Sendable, CaseIterable {
    case intersects = "s_intersects"
    case equals = "s_equals"
    case disjoint = "s_disjoint"
    case touches = "s_touches"
    case within = "s_within"
    case overlaps = "s_overlaps"
    case crosses = "s_crosses"
    case contains = "s_contains"
}

package enum TemporalRelation: String, Hashable, Sendable, CaseIterable {
    case after = "t_after"
    case before = "t_before"
    case contains = "t_contains"
    case disjoint = "t_disjoint"
    case during = "t_during"
    case equals = "t_equals"
    case finishedBy = "t_finishedBy"
    case finishes = "t_finishes"
    case intersects = "t_intersects"
    case meets = "t_meets"
    case metBy = "t_metBy"
    case overlappedBy = "t_overlappedBy"
    case overlaps = "t_overlaps"
    case startedBy = "t_startedBy"
    case starts = "t_starts"
}

package enum ArrayRelation: String, Hashable, Sendable, CaseIterable {
    case equals = "a_equals"
    case contains = "a_contains"
    case containedBy = "a_containedBy"
    case overlaps = "a_overlaps"
}

extension Expression {
    /// What stands directly below.
    package var children: [Expression] {
        switch self {
        case .and(let terms), .or(let terms), .list(let terms), .function(_, let terms, _): terms
        case .not(let one), .isNull(let one), .caseInsensitive(let one), .accentInsensitive(let one): [one]
        case .compare(let left, _, let right), .arithmetic(let left, _, let right), .like(let left, pattern: let right),
            .spatial(_, let left, let right), .temporal(_, let left, let right), .array(_, let left, let right),
            .interval(from: let left, until: let right):
            [left, right]
        case .between(let value, let low, let high): [value, low, high]
        case .among(let value, let list): [value] + list
        case .property, .number, .text, .bool, .day, .timestamp, .open, .geometry, .site: []
        }
    }

    /// The properties that it reads.
    package func collectNames(into names: inout Set<String>) {
        if case .property(let name) = self { names.insert(name) }
        for child in children { child.collectNames(into: &names) }
    }

    /// How many nodes there are, and how many of them stand inside one another at most.
    var size: (nodes: Int, depth: Int) {
        children.reduce((1, 1)) { total, child in
            let size = child.size
            return (total.0 + size.nodes, max(total.1, size.depth + 1))
        }
    }
}
