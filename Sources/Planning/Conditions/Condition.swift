package import CQL2

/// When a provision applies: CQL2 text (OGC 21-065) over the facts of a parcel.
///
/// Of the standard: and/or/not, comparisons, BETWEEN, IN, LIKE, IS NULL, + - * / on exact numbers, property names (plain or in double
/// quotes), CASEI, ACCENTI, DATE literals, and the function `insideOverlay('KIND')`. Its spatial, temporal and array operators, `^`,
/// `%`, `div` and other functions are refused by name.
package struct Condition: Hashable, Sendable {
    /// As it was written.
    package let text: String
    package let expression: Expression
    /// The facts that it reads, overlays as `overlay:KIND`.
    package let names: Set<String>

    package init(parsing text: String) throws(ConditionFault) {
        self.text = text
        do {
            expression = try Expression(parsing: text, .conditions)
        } catch {
            guard case .character(let character) = error.place else { throw ConditionFault(character: 1, message: error.message) }
            throw ConditionFault(character: character, message: error.message)
        }
        var names: Set<String> = []
        expression.collectNames(into: &names)
        var overlays: Set<String> = []
        expression.collectOverlays(into: &overlays)
        self.names = names.union(overlays.map(Facts.overlay))
    }

    /// A missing fact makes "unknown", and so does a fact that is not what the condition compares it with ("wide" for a number),
    /// or one that it divides by and that is nought. IS NULL is "no" for a fact that is known and unknown for any other: that we do not
    /// know something is not in the law's power to say.
    package func truth(facts: Facts, part: Part) -> Truth {
        expression.truth(in: Known(facts: facts, part: part))
    }
}

/// Why a text is no condition that we can evaluate, and where.
package struct ConditionFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The Unicode scalar that it begins at, from one.
    package let character: Int
    package let message: String

    package init(character: Int, message: String) {
        self.character = character
        self.message = message
    }

    package var description: String { "character \(character): \(message)" }
}
