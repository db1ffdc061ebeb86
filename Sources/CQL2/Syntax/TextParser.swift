/// Tokens to a tree, by recursive descent over the standard's grammar: or, and, not, predicate; operands in `TextOperands`.
struct TextParser {
    let vocabulary: Vocabulary
    private let tokens: [Token]
    private var position = 0
    private var depth = 0
    /// Of the geometry literals so far.
    var vertices = 0

    init(_ text: String, _ vocabulary: Vocabulary) throws(ExpressionFault) {
        let limits = vocabulary.limits
        guard text.utf8.count <= limits.bytes else {
            throw ExpressionFault(.character(1), "\(text.utf8.count) bytes of text; expected at most \(limits.bytes)")
        }
        tokens = try Scanner.tokens(text)
        self.vocabulary = vocabulary
    }

    mutating func whole() throws(ExpressionFault) -> Expression {
        guard token.kind != .end else { throw fault("an empty condition; expected a comparison") }
        let start = token
        let condition = try checkedTruth(try alternatives(), from: start)
        guard token.kind == .end else { throw fault("\(token.shown) after a complete condition; expected AND, OR or the end") }
        let limits = vocabulary.limits
        guard limits.nodes < .max else { return condition }
        let (nodes, height) = condition.size
        guard nodes <= limits.nodes else { throw fault("\(nodes) parts; expected at most \(limits.nodes)", at: start) }
        guard height <= limits.height else { throw fault("nested more than \(limits.height) deep", at: start) }
        return condition
    }

    /// What parentheses hold: a condition, or an operand of arithmetic.
    mutating func alternatives() throws(ExpressionFault) -> Expression {
        let start = token
        let first = try conjunction()
        guard token.keyword == "OR" else { return first }
        var terms = [try checkedTruth(first, from: start)]
        while take(keyword: "OR") {
            let start = token
            terms.append(try checkedTruth(try conjunction(), from: start))
        }
        return .or(terms)
    }

    private mutating func conjunction() throws(ExpressionFault) -> Expression {
        let start = token
        let first = try negation()
        guard token.keyword == "AND" else { return first }
        var terms = [try checkedTruth(first, from: start)]
        while take(keyword: "AND") {
            let start = token
            terms.append(try checkedTruth(try negation(), from: start))
        }
        return .and(terms)
    }

    private mutating func negation() throws(ExpressionFault) -> Expression {
        guard take(keyword: "NOT") else { return try predicate() }
        guard token.keyword != "NOT" else { throw fault("NOT after NOT; expected a comparison or '('") }
        let start = token
        return .not(try checkedTruth(try predicate(), from: start))
    }

    private mutating func predicate() throws(ExpressionFault) -> Expression {
        let start = token
        let left = try sum()
        if case .symbol(let symbol) = token.kind, let comparison = Comparison(rawValue: symbol) {
            advance()
            let rightStart = token
            let right = try sum()
            return try fitting(.compare(left, comparison, right), [start, rightStart])
        }
        if token.keyword == "IS" { return try nullPredicate(left) }
        let isDenied = take(keyword: "NOT")
        let predicate: Expression
        switch token.keyword {
        case "LIKE": predicate = try likePredicate(left, from: start)
        case "BETWEEN": predicate = try betweenPredicate(left, from: start)
        case "IN": predicate = try inPredicate(left, from: start)
        default:
            guard !isDenied else { throw fault("expected LIKE, BETWEEN or IN after NOT, found \(token.shown)") }
            return left
        }
        return isDenied ? .not(predicate) : predicate
    }

    private mutating func nullPredicate(_ value: Expression) throws(ExpressionFault) -> Expression {
        advance()
        let isDenied = take(keyword: "NOT")
        guard take(keyword: "NULL") else { throw fault("expected NULL, found \(token.shown)") }
        return isDenied ? .not(.isNull(value)) : .isNull(value)
    }

    private mutating func likePredicate(_ value: Expression, from start: Token) throws(ExpressionFault) -> Expression {
        advance()
        let patternStart = token
        let pattern = try sum()
        return try fitting(.like(value, pattern: pattern), [start, patternStart])
    }

    /// As in the standard, both bounds belong to the range.
    private mutating func betweenPredicate(_ value: Expression, from start: Token) throws(ExpressionFault) -> Expression {
        advance()
        let lowStart = token
        let low = try sum()
        guard take(keyword: "AND") else { throw fault("expected AND between the bounds of BETWEEN, found \(token.shown)") }
        let highStart = token
        let high = try sum()
        return try fitting(.between(value, low: low, high: high), [start, lowStart, highStart])
    }

    private mutating func inPredicate(_ value: Expression, from start: Token) throws(ExpressionFault) -> Expression {
        advance()
        try expect("(")
        var list: [Expression] = []
        repeat {
            let itemStart = token
            let item = try sum()
            _ = try fitting(.among(value, [item]), [start, itemStart])
            list.append(item)
        } while take(symbol: ",")
        try expect(")")
        return .among(value, list)
    }
}

extension TextParser {
    var token: Token { tokens[position] }

    /// Whether a symbol comes after this token.
    func isFollowed(by symbol: String) -> Bool { position + 1 < tokens.count && tokens[position + 1].isSymbol(symbol) }

    func fault(_ message: String, at place: Token? = nil) -> ExpressionFault {
        ExpressionFault(.character((place ?? token).character), message)
    }

    mutating func advance() {
        if position < tokens.count - 1 { position += 1 }
    }

    mutating func take(keyword: String) -> Bool {
        guard token.keyword == keyword else { return false }
        advance()
        return true
    }

    mutating func take(symbol: String) -> Bool {
        guard token.isSymbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: String) throws(ExpressionFault) {
        guard take(symbol: symbol) else { throw fault("expected '\(symbol)', found \(token.shown)") }
    }

    /// One level of parentheses or of a function's arguments begins.
    mutating func descend() throws(ExpressionFault) {
        let limit = vocabulary.limits.depth
        guard depth < limit else { throw fault("nested more than \(limit) deep") }
        depth += 1
    }

    mutating func ascend() { depth -= 1 }

    private func checkedTruth(_ expression: Expression, from start: Token) throws(ExpressionFault) -> Expression {
        if let complaint = expression.untrue(kind: expression.kind, shown: start.shown) { throw fault(complaint, at: start) }
        return expression
    }

    /// The node, if its operands, which begin at these tokens, are what it asks for.
    func fitting(_ node: Expression, _ starts: [Token]) throws(ExpressionFault) -> Expression {
        if let misfit = node.misfit(noun: vocabulary.noun) { throw fault(misfit.message, at: starts[misfit.operand]) }
        return node
    }
}
