/// Tokens to a tree, by recursive descent over the standard's grammar: or, and, not, predicate; operands in `ConditionOperands`.
struct ConditionParser {
    /// How deep parentheses and functions nest, and how long a chain of sums or products is: far above any rule, far below the stack.
    static let depthLimit = 40

    private let tokens: [ConditionToken]
    private var position = 0
    private var depth = 0

    init(_ tokens: [ConditionToken]) {
        self.tokens = tokens
    }

    mutating func wholeCondition() throws(ConditionFault) -> Expression {
        guard token.kind != .end else { throw fault("an empty condition; expected a comparison") }
        let start = token
        let condition = try checkedTruth(try alternatives(), from: start)
        guard token.kind == .end else { throw fault("\(token.shown) after a complete condition; expected AND, OR or the end") }
        return condition
    }

    /// What parentheses hold: a condition, or an operand of arithmetic.
    mutating func alternatives() throws(ConditionFault) -> Expression {
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

    private mutating func conjunction() throws(ConditionFault) -> Expression {
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

    private mutating func negation() throws(ConditionFault) -> Expression {
        guard take(keyword: "NOT") else { return try predicate() }
        guard token.keyword != "NOT" else { throw fault("NOT after NOT; expected a comparison or '('") }
        let start = token
        return .not(try checkedTruth(try predicate(), from: start))
    }

    private mutating func predicate() throws(ConditionFault) -> Expression {
        let start = token
        let left = try sum()
        if case .symbol(let symbol) = token.kind, let comparison = Comparison(rawValue: symbol) {
            advance()
            let rightStart = token
            let right = try sum()
            try check(left, from: start, comparesWith: right, from: rightStart)
            if [left.kind, right.kind].contains(.bool), comparison != .equal, comparison != .unequal {
                throw fault("TRUE and FALSE have no order; expected = or <>", at: start)
            }
            return .compare(left, comparison, right)
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

    private mutating func nullPredicate(_ value: Expression) throws(ConditionFault) -> Expression {
        advance()
        let isDenied = take(keyword: "NOT")
        guard take(keyword: "NULL") else { throw fault("expected NULL, found \(token.shown)") }
        return isDenied ? .not(.isNull(value)) : .isNull(value)
    }

    private mutating func likePredicate(_ value: Expression, from start: ConditionToken) throws(ConditionFault) -> Expression {
        advance()
        let patternStart = token
        let pattern = try sum()
        try check(value, from: start, is: .text)
        guard pattern.kind == .text else { throw fault("expected a pattern in single quotes after LIKE", at: patternStart) }
        return .like(value, pattern: pattern)
    }

    /// As in the standard, both bounds belong to the range.
    private mutating func betweenPredicate(_ value: Expression, from start: ConditionToken) throws(ConditionFault) -> Expression {
        advance()
        let lowStart = token
        let low = try sum()
        guard take(keyword: "AND") else { throw fault("expected AND between the bounds of BETWEEN, found \(token.shown)") }
        let highStart = token
        let high = try sum()
        try check(value, from: start, is: .number)
        try check(low, from: lowStart, is: .number)
        try check(high, from: highStart, is: .number)
        return .between(value, low: low, high: high)
    }

    private mutating func inPredicate(_ value: Expression, from start: ConditionToken) throws(ConditionFault) -> Expression {
        advance()
        try expect("(")
        var list: [Expression] = []
        repeat {
            let itemStart = token
            let item = try sum()
            try check(value, from: start, comparesWith: item, from: itemStart)
            list.append(item)
        } while take(symbol: ",")
        try expect(")")
        return .among(value, list)
    }
}

extension ConditionParser {
    var token: ConditionToken { tokens[position] }

    func fault(_ message: String, at place: ConditionToken? = nil) -> ConditionFault {
        ConditionFault(character: (place ?? token).character, message: message)
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

    mutating func expect(_ symbol: String) throws(ConditionFault) {
        guard take(symbol: symbol) else { throw fault("expected '\(symbol)', found \(token.shown)") }
    }

    /// One level of parentheses or of a function's arguments begins.
    mutating func descend() throws(ConditionFault) {
        guard depth < Self.depthLimit else { throw fault("nested more than \(Self.depthLimit) deep") }
        depth += 1
    }

    mutating func ascend() { depth -= 1 }

    private func checkedTruth(_ expression: Expression, from start: ConditionToken) throws(ConditionFault) -> Expression {
        switch expression.kind {
        case .truth, .bool: return expression
        case .any:
            throw fault(
                "expected a comparison, found \(start.shown) alone; what is true or not is written \(start.shown) = TRUE", at: start)
        case .number, .text, .day: throw fault("expected a comparison, found \(expression.kind.rawValue) alone", at: start)
        }
    }

    func check(_ expression: Expression, from start: ConditionToken, is kind: Expression.Kind) throws(ConditionFault) {
        guard expression.kind == kind || expression.kind == .any else {
            throw fault("expected \(kind.rawValue), found \(expression.kind.rawValue)", at: start)
        }
    }

    private func check(
        _ left: Expression, from leftStart: ConditionToken, comparesWith right: Expression, from rightStart: ConditionToken
    ) throws(ConditionFault) {
        for (side, start) in [(left, leftStart), (right, rightStart)] where side.kind == .truth {
            throw fault("a comparison cannot be compared; expected a fact, a number, a text, a day, TRUE or FALSE", at: start)
        }
        guard left.kind == right.kind || left.kind == .any || right.kind == .any else {
            throw fault("\(left.kind.rawValue) cannot be compared with \(right.kind.rawValue)", at: rightStart)
        }
    }
}
