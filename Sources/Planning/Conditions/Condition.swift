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
        var parser = ConditionParser(try ConditionScanner.tokens(text))
        self.text = text
        expression = try parser.wholeCondition()
        var names: Set<String> = []
        expression.collectNames(into: &names)
        self.names = names
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
