/// Why something is no CQL2 that we can evaluate, and where.
package struct ExpressionFault: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Place: Hashable, Sendable {
        /// The Unicode scalar of the text that it begins at, from one.
        case character(Int)
        /// Where in the JSON: keys and indices (from nought) from the root on, as `$.args[1].op`.
        case path(String)
        /// The part of a filter that has been read, as it is written in CQL2 text; at most `Self.partLimit` characters of it.
        case part(String)
    }

    package let place: Place
    /// What was found and what was expected.
    package let message: String

    package init(_ place: Place, _ message: String) {
        self.place = place
        self.message = message
    }

    package var description: String { "\(place): \(message)" }
}

extension ExpressionFault.Place: CustomStringConvertible {
    static let partLimit = 120

    static func part(_ expression: Expression) -> Self {
        let text = expression.text
        return .part(text.count > partLimit ? text.prefix(partLimit) + "…" : text)
    }

    package var description: String {
        switch self {
        case .character(let number): "character \(number)"
        case .path(let path): path
        case .part(let text): text
        }
    }
}
