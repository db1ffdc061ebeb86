package import Spatial

/// A filter that is ready to be asked of features: a value that threads share. Each takes its own `Sieve`.
package struct BoundFilter: Hashable, Sendable {
    package let filter: Filter
    let expression: Expression
    let sites: [Site]

    /// The properties that it reads.
    package var properties: Set<String> {
        var names: Set<String> = []
        expression.collectNames(into: &names)
        return names
    }
}

/// Where all that a filter keeps must reach to.
package enum Reach: Hashable, Sendable {
    case anywhere
    /// The geometry's box meets this one.
    case box(Box)
    /// It keeps nothing.
    case nowhere
}

extension BoundFilter {
    /// Where the geometry of this name of everything that it keeps must be: what an index over boxes may be asked with first.
    package func reach(of geometry: String) -> Reach { reach(expression, geometry) }

    private func reach(_ expression: Expression, _ geometry: String) -> Reach {
        switch expression {
        case .and(let terms):
            // Boxes that one geometry meets need not meet each other, so they are not cut: the smallest asks least of an index.
            return terms.reduce(.anywhere) { known, term in
                switch (known, reach(term, geometry)) {
                case (.nowhere, _), (_, .nowhere): .nowhere
                case (.anywhere, let other), (let other, .anywhere): other
                case (.box(let one), .box(let two)): .box(one.size <= two.size ? one : two)
                }
            }
        case .or(let terms):
            return terms.reduce(.nowhere) { known, term in
                switch (known, reach(term, geometry)) {
                case (.anywhere, _), (_, .anywhere): .anywhere
                case (.nowhere, let other), (let other, .nowhere): other
                case (.box(let one), .box(let two)): .box(one.united(with: two))
                }
            }
        case .spatial(let relation, .property(geometry), .site(let number)), .spatial(let relation, .site(let number), .property(geometry)):
            guard relation != .disjoint else { return .anywhere }
            return sites[number].box.map { .box($0) } ?? .nowhere
        case .bool(false): return .nowhere
        default: return .anywhere
        }
    }

    /// The values of which this property of everything that it keeps has one, as `code = '…'` and `code IN (…)` say: what an index over
    /// values may be asked with first. Nil where nothing is said.
    package func values(of property: String) -> [PropertyValue]? { Self.values(expression, property) }

    private static func values(_ expression: Expression, _ property: String) -> [PropertyValue]? {
        switch expression {
        case .and(let terms): terms.lazy.compactMap { values($0, property) }.min { $0.count < $1.count }
        case .compare(.property(property), .equal, let literal), .compare(let literal, .equal, .property(property)):
            literal.literalValue.map { [$0] }
        case .among(.property(property), let list):
            list.reduce([]) { known, item in
                guard let known, let value = item.literalValue else { return nil }
                return known + [value]
            }
        default: nil
        }
    }
}

extension Expression {
    fileprivate var literalValue: PropertyValue? {
        switch self {
        case .number(let number): .number(number)
        case .text(let text): .text(text)
        case .bool(let holds): .bool(holds)
        case .day(let day): .day(day)
        case .timestamp(let timestamp): .timestamp(timestamp)
        default: nil
        }
    }
}

extension Box {
    fileprivate var size: Int64 { (Int64(maxX) - Int64(minX)) + (Int64(maxY) - Int64(minY)) }
}
