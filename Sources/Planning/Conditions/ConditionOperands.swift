import Formats
import Persian

/// The operands of comparisons: sums, products, literals, names and functions.
extension ConditionParser {
    mutating func sum() throws(ConditionFault) -> Expression {
        try chain(of: [.plus, .minus]) { (parser) throws(ConditionFault) in
            try parser.chain(of: [.times, .over]) { (parser) throws(ConditionFault) in try parser.factor() }
        }
    }

    /// Operators of one precedence, from left to right.
    private mutating func chain(
        of operators: [Arithmetic], operand: (inout ConditionParser) throws(ConditionFault) -> Expression
    ) throws(ConditionFault) -> Expression {
        let start = token
        var left = try operand(&self)
        var length = 1
        while case .symbol(let symbol) = token.kind, let operation = Arithmetic(rawValue: symbol), operators.contains(operation) {
            let place = token
            advance()
            length += 1
            guard length <= Self.depthLimit else { throw fault("a chain of more than \(Self.depthLimit) operands", at: place) }
            let rightStart = token
            let right = try operand(&self)
            try check(left, from: start, is: .number)
            try check(right, from: rightStart, is: .number)
            left = try computable(.arithmetic(left, operation, right), at: place)
        }
        if ["^", "%"].contains(where: token.isSymbol) || token.keyword == "DIV" {
            throw fault("\(token.shown) is not supported; expected +, -, * or /")
        }
        return left
    }

    /// A sum of literals is worked out once, so that a division by zero is found where it is written.
    private func computable(_ expression: Expression, at place: ConditionToken) throws(ConditionFault) -> Expression {
        var names: Set<String> = []
        expression.collectNames(into: &names)
        guard names.isEmpty else { return expression }
        guard case .known = expression.scalar(in: Known(facts: Facts(), part: Part())) else {
            throw fault("a division by zero, or a number that is too large", at: place)
        }
        return expression
    }

    private mutating func factor() throws(ConditionFault) -> Expression {
        let start = token
        if take(symbol: "-") {
            let operandStart = token
            let operand = try primary()
            try check(operand, from: operandStart, is: .number)
            if case .number(let value) = operand { return .number(-value) }
            return .negative(operand)
        }
        if take(symbol: "+") {
            let operand = try primary()
            guard case .number = operand else { throw fault("expected a number after '+'", at: start) }
            return operand
        }
        return try primary()
    }

    private mutating func primary() throws(ConditionFault) -> Expression {
        let start = token
        advance()
        switch start.kind {
        case .number(let digits): return .number(try decimal(digits, at: start))
        case .text(let text): return .text(text)
        case .quotedName(let name): return .property(name)
        case .name(let name): return token.isSymbol("(") ? try function(name, at: start) : try word(name, at: start)
        case .symbol("("):
            try descend()
            let inner = try alternatives()
            ascend()
            try expect(")")
            return inner
        case .symbol, .end:
            throw fault("expected a fact, a number, a text or '(', found \(start.shown)", at: start)
        }
    }

    private func word(_ name: String, at start: ConditionToken) throws(ConditionFault) -> Expression {
        switch name.uppercased() {
        case "TRUE": return .bool(true)
        case "FALSE": return .bool(false)
        case "AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "DIV":
            throw fault("expected a fact, a number, a text or '(', found \(start.shown)", at: start)
        default: return .property(name)
        }
    }

    private mutating func function(_ name: String, at start: ConditionToken) throws(ConditionFault) -> Expression {
        let keyword = name.uppercased()
        guard ["CASEI", "ACCENTI", "DATE", "INSIDEOVERLAY"].contains(keyword) else { throw unsupported(keyword, at: start) }
        try expect("(")
        try descend()
        let argumentStart = token
        let argument = try sum()
        ascend()
        try expect(")")
        switch keyword {
        case "CASEI", "ACCENTI":
            try check(argument, from: argumentStart, is: .text)
            return keyword == "CASEI" ? .caseInsensitive(argument) : .accentInsensitive(argument)
        case "DATE":
            guard case .text(let text) = argument, let day = Day(iso: text) else {
                throw fault("expected a day such as DATE('2026-11-23')", at: argumentStart)
            }
            return .day(day)
        default:
            guard case .text(let kind) = argument, !kind.isEmpty else {
                throw fault("expected an overlay's kind, such as insideOverlay('river')", at: argumentStart)
            }
            return .insideOverlay(kind)
        }
    }

    private func unsupported(_ keyword: String, at start: ConditionToken) -> ConditionFault {
        let sort =
            if ["S_", "T_", "A_"].contains(where: keyword.hasPrefix) {
                "the spatial, temporal and array operator"
            } else if keyword == "TIMESTAMP" || keyword == "INTERVAL" {
                "the time literal"
            } else {
                "the function"
            }
        return fault("\(sort) \(start.shown) is not supported; supported are insideOverlay, CASEI, ACCENTI and DATE", at: start)
    }

    /// A literal's exact value: at most six places, at most `Decimal.limit`.
    private func decimal(_ digits: String, at start: ConditionToken) throws(ConditionFault) -> Decimal {
        let halves = digits.split(separator: "E", omittingEmptySubsequences: false)
        let mantissa = halves[0].split(separator: ".", omittingEmptySubsequences: false)
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        let exponent = halves.count > 1 ? Int(halves[1]) : 0
        var value: Int128 = 0
        var places = -6
        if let exponent, exponent.magnitude <= 40, mantissa[0].count + fraction.count <= 30, let whole = Int128(mantissa[0] + fraction) {
            (value, places) = (whole, fraction.count - 6 - exponent)
        } else {
            throw fault("a number that is too large or has more than six places", at: start)
        }
        while places > 0, value.isMultiple(of: 10) { (value, places) = (value / 10, value == 0 ? 0 : places - 1) }
        while places < 0, value.magnitude <= UInt128(Decimal.limit) * 1_000_000 { (value, places) = (value * 10, places + 1) }
        guard places <= 0, value.magnitude <= UInt128(Decimal.limit) * 1_000_000 else {
            throw fault("a number that is too large or has more than six places", at: start)
        }
        return Decimal(millionths: Int64(value))
    }
}
