/// What can be said of a condition: it holds, it does not, or it cannot be said until some facts are known.
package enum Truth: Hashable, Sendable {
    case yes
    case no
    case unknown(needs: Set<String>)

    package init(_ holds: Bool) { self = holds ? .yes : .no }

    package var negated: Truth {
        switch self {
        case .yes: .no
        case .no: .yes
        case .unknown: self
        }
    }

    /// Kleene's conjunction: one "no" decides, whatever is unknown beside it; else it needs what the unknown ones need.
    package func and(_ other: Truth) -> Truth {
        switch (self, other) {
        case (.no, _), (_, .no): .no
        case (.yes, let rest), (let rest, .yes): rest
        case (.unknown(let one), .unknown(let two)): .unknown(needs: one.union(two))
        }
    }

    /// Kleene's disjunction: one "yes" decides.
    package func or(_ other: Truth) -> Truth {
        switch (self, other) {
        case (.yes, _), (_, .yes): .yes
        case (.no, let rest), (let rest, .no): rest
        case (.unknown(let one), .unknown(let two)): .unknown(needs: one.union(two))
        }
    }
}
