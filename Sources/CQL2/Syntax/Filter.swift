package import Formats

/// A filter of OGC API Features in CQL2: text or JSON, read but not yet bound to what the features have.
package struct Filter: Hashable, Sendable {
    package let expression: Expression

    /// CQL2 text.
    package init(parsing text: String) throws(ExpressionFault) {
        var parser = try TextParser(text, .filter)
        expression = try parser.whole()
    }

    /// CQL2 JSON.
    package init(json: JSON) throws(ExpressionFault) {
        var parser = JSONParser()
        expression = try parser.whole(json)
    }

    /// As JSON; reads back as the same filter, but for numbers of more than fifteen significant digits, which JSON rounds.
    package var json: JSON { expression.json }

    /// As text in one form; reads back as the same filter.
    package var text: String { expression.text }
}

extension Expression {
    /// CQL2 text in a vocabulary of the caller's.
    package init(parsing text: String, _ vocabulary: Vocabulary) throws(ExpressionFault) {
        var parser = try TextParser(text, vocabulary)
        self = try parser.whole()
    }
}
