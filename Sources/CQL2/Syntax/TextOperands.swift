import Formats
import Persian

/// The operands of comparisons: sums, products, literals, names and functions.
extension TextParser {
    mutating func sum() throws(ExpressionFault) -> Expression {
        try chain(of: [.plus, .minus]) { (parser) throws(ExpressionFault) in
            try parser.chain(of: [.times, .over, .remainder, .quotient]) { (parser) throws(ExpressionFault) in try parser.power() }
        }
    }

    /// The operator that comes next, if it is one of these and may be used.
    private func operation(of operators: [Arithmetic]) -> Arithmetic? {
        let operation: Arithmetic? =
            if case .symbol(let symbol) = token.kind {
                Arithmetic(rawValue: symbol)
            } else {
                token.keyword == "DIV" ? .quotient : nil
            }
        return operation.flatMap { operators.contains($0) && vocabulary.operators.contains($0) ? $0 : nil }
    }

    /// Operators of one precedence, from left to right.
    private mutating func chain(
        of operators: [Arithmetic], operand: (inout TextParser) throws(ExpressionFault) -> Expression
    ) throws(ExpressionFault) -> Expression {
        let start = token
        var left = try operand(&self)
        var length = 1
        while let operation = operation(of: operators) {
            let place = token
            advance()
            length += 1
            guard length <= Limits.chain else { throw fault("a chain of more than \(Limits.chain) operands", at: place) }
            let rightStart = token
            let right = try operand(&self)
            left = try computable(try fitting(.arithmetic(left, operation, right), [start, rightStart]), at: place)
        }
        if ["^", "%"].contains(where: token.isSymbol) || token.keyword == "DIV",
            !Set(Arithmetic.allCases).isSubset(of: vocabulary.operators)
        {
            throw fault("\(token.shown) is not supported; expected +, -, * or /")
        }
        return left
    }

    private mutating func power() throws(ExpressionFault) -> Expression {
        let start = token
        let base = try factor()
        let place = token
        guard operation(of: [.power]) != nil else { return base }
        advance()
        let exponentStart = token
        let exponent = try factor()
        return try computable(try fitting(.arithmetic(base, .power, exponent), [start, exponentStart]), at: place)
    }

    /// What literals come to is worked out once, so that a division by zero is found where it is written.
    private func computable(_ expression: Expression, at place: Token) throws(ExpressionFault) -> Expression {
        guard !expression.isIncomputable else { throw fault(Expression.incomputable, at: place) }
        return expression
    }

    private mutating func factor() throws(ExpressionFault) -> Expression {
        let start = token
        if take(symbol: "-") {
            let operandStart = token
            let operand = try primary()
            if case .number(let value) = operand { return .number(-value) }
            return try fitting(.arithmetic(.minusOne, .times, operand), [start, operandStart])
        }
        if take(symbol: "+") {
            let operand = try primary()
            guard case .number = operand else { throw fault("expected a number after '+'", at: start) }
            return operand
        }
        return try primary()
    }

    private mutating func primary() throws(ExpressionFault) -> Expression {
        let start = token
        advance()
        switch start.kind {
        case .number(let digits):
            guard let value = Decimal(digits: digits) else { throw fault(Decimal.unreadable, at: start) }
            return .number(value)
        case .text(let text): return .text(text)
        case .quotedName(let name): return .property(name)
        case .name(let name):
            if token.isSymbol("(") { return try function(name, at: start) }
            // "POINT Z (…)" has a word between the name and the parenthesis.
            if token.keyword == "Z", isFollowed(by: "("), GeometryLiteral.words.contains(name.uppercased()) {
                return try function(name, at: start)
            }
            return try word(name, at: start)
        case .symbol("("):
            try descend()
            defer { ascend() }
            let inner = try alternatives()
            if token.isSymbol(","), vocabulary.words == nil { return .list([inner] + (try rest())) }
            try expect(")")
            return inner
        case .symbol, .end:
            throw fault("expected \(vocabulary.noun), a number, a text or '(', found \(start.shown)", at: start)
        }
    }

    /// What follows the first element of a list, to its closing parenthesis.
    private mutating func rest() throws(ExpressionFault) -> [Expression] {
        var elements: [Expression] = []
        while take(symbol: ",") { elements.append(try element()) }
        try expect(")")
        return elements
    }

    private mutating func element() throws(ExpressionFault) -> Expression {
        token.isSymbol("(") && isFollowed(by: ")") ? try list() : try alternatives()
    }

    /// Parentheses where nothing but an array can stand: also an empty one, or one of a single element.
    private mutating func list() throws(ExpressionFault) -> Expression {
        try expect("(")
        try descend()
        defer { ascend() }
        if take(symbol: ")") { return .list([]) }
        return .list([try element()] + (try rest()))
    }

    private func word(_ name: String, at start: Token) throws(ExpressionFault) -> Expression {
        let word = name.uppercased()
        switch word {
        case "TRUE": return .bool(true)
        case "FALSE": return .bool(false)
        case _ where Expression.reserved.contains(word):
            throw fault("expected \(vocabulary.noun), a number, a text or '(', found \(start.shown)", at: start)
        default: return .property(name)
        }
    }

    private mutating func function(_ name: String, at start: Token) throws(ExpressionFault) -> Expression {
        let word = name.uppercased()
        guard vocabulary.admits(word) else { throw fault(vocabulary.refusal(word, start.shown), at: start) }
        if GeometryLiteral.words.contains(word) { return .geometry(try geometry(word, at: start)) }
        try expect("(")
        try descend()
        defer { ascend() }
        let argumentStart = token
        if let function = vocabulary.functions[word] {
            let argument = try closed(try sum())
            if let complaint = function.complaint(argument) { throw fault(complaint, at: argumentStart) }
            return .function(function.name, [argument], yields: function.yields)
        }
        switch word {
        case "CASEI": return try fitting(.caseInsensitive(try closed(try sum())), [argumentStart])
        case "ACCENTI": return try fitting(.accentInsensitive(try closed(try sum())), [argumentStart])
        case "DATE":
            guard case .text(let text) = try closed(try sum()), let day = Day(iso: text) else {
                throw fault("expected a day such as DATE('2026-11-23')", at: argumentStart)
            }
            return .day(day)
        case "TIMESTAMP":
            guard case .text(let text) = try closed(try sum()), let timestamp = Timestamp(iso: text) else {
                throw fault("expected a moment such as TIMESTAMP('2026-11-23T07:30:00Z')", at: argumentStart)
            }
            return .timestamp(timestamp)
        case "INTERVAL": return try interval()
        default: break
        }
        if let relation = SpatialRelation(rawValue: word.lowercased()) {
            let (one, other, starts) = try pair { (parser) throws(ExpressionFault) in try parser.sum() }
            return try fitting(.spatial(relation, one, other), starts)
        }
        if let relation = TemporalRelation.words[word] {
            let (one, other, starts) = try pair { (parser) throws(ExpressionFault) in try parser.sum() }
            return try fitting(.temporal(relation, one, other), starts)
        }
        if let relation = ArrayRelation.words[word] {
            let (one, other, starts) = try pair { (parser) throws(ExpressionFault) in
                parser.token.isSymbol("(") ? try parser.list() : try parser.sum()
            }
            return try fitting(.array(relation, one, other), starts)
        }
        guard !Expression.taken.contains(word) else { throw fault("\(start.shown) is no function's name", at: start) }
        if take(symbol: ")") { return .function(name, [], yields: .any) }
        return .function(name, [try element()] + (try rest()), yields: .any)
    }

    private mutating func closed(_ argument: Expression) throws(ExpressionFault) -> Expression {
        try expect(")")
        return argument
    }

    private mutating func pair(
        _ operand: (inout TextParser) throws(ExpressionFault) -> Expression
    ) throws(ExpressionFault) -> (Expression, Expression, [Token]) {
        let start = token
        let one = try operand(&self)
        try expect(",")
        let secondStart = token
        let other = try closed(try operand(&self))
        return (one, other, [start, secondStart])
    }

    private mutating func interval() throws(ExpressionFault) -> Expression {
        let (from, until, starts) = try pair { (parser) throws(ExpressionFault) in
            let start = parser.token
            let end = try parser.sum()
            guard case .text(let text) = end else { return end }
            guard let instant = Expression(intervalEnd: text) else { throw parser.fault(Expression.noIntervalEnd, at: start) }
            return instant
        }
        let interval = try fitting(.interval(from: from, until: until), starts)
        guard !interval.isReversed else { throw fault(Expression.reversedInterval, at: starts[0]) }
        return interval
    }
}
