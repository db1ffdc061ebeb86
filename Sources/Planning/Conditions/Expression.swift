package import Formats
package import Persian

/// A condition as a tree. The parser admits only what has a meaning: logic over truths, arithmetic over numbers, comparisons of like
/// with like. No branch is deeper than `ConditionParser.depthLimit` allows, so that walks over it may recurse.
package indirect enum Expression: Hashable, Sendable {
    case and([Expression])
    case or([Expression])
    case not(Expression)
    case compare(Expression, Comparison, Expression)
    case between(Expression, low: Expression, high: Expression)
    case among(Expression, [Expression])
    case like(Expression, pattern: Expression)
    case isNull(Expression)
    case arithmetic(Expression, Arithmetic, Expression)
    case negative(Expression)
    case caseInsensitive(Expression)
    case accentInsensitive(Expression)
    case insideOverlay(String)
    case property(String)
    case number(Decimal)
    case text(String)
    case bool(Bool)
    case day(Day)
}

package enum Comparison: String, Hashable, Sendable, CaseIterable {
    case equal = "="
    case unequal = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
}

package enum Arithmetic: String, Hashable, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
}

extension Expression {
    /// What an expression yields; a property's kind is known only when it is read.
    enum Kind: String {
        case truth = "a condition"
        case bool = "TRUE or FALSE"
        case number = "a number"
        case text
        case day = "a day"
        case any = "a fact"
    }

    var kind: Kind {
        switch self {
        case .and, .or, .not, .compare, .between, .among, .like, .isNull: .truth
        case .bool, .insideOverlay: .bool
        case .number, .arithmetic, .negative: .number
        case .text, .caseInsensitive, .accentInsensitive: .text
        case .day: .day
        case .property: .any
        }
    }

    private var children: [Expression] {
        switch self {
        case .and(let terms), .or(let terms): terms
        case .not(let one), .isNull(let one), .negative(let one), .caseInsensitive(let one), .accentInsensitive(let one): [one]
        case .compare(let left, _, let right), .arithmetic(let left, _, let right), .like(let left, pattern: let right): [left, right]
        case .between(let value, let low, let high): [value, low, high]
        case .among(let value, let list): [value] + list
        case .insideOverlay, .property, .number, .text, .bool, .day: []
        }
    }

    func collectOverlays(into kinds: inout Set<String>) {
        if case .insideOverlay(let kind) = self { kinds.insert(kind) }
        for child in children { child.collectOverlays(into: &kinds) }
    }

    func collectNames(into names: inout Set<String>) {
        switch self {
        case .property(let name): names.insert(name)
        case .insideOverlay(let kind): names.insert(Facts.overlay(kind))
        default: for child in children { child.collectNames(into: &names) }
        }
    }
}
