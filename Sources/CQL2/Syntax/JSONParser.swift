import Formats
import Persian

/// The standard's JSON to a tree, by recursive descent.
struct JSONParser {
    let limits = Limits.filter
    private var nodes = 0
    private var depth = 0
    /// Of the geometry literals so far.
    var vertices = 0

    mutating func whole(_ json: JSON) throws(ExpressionFault) -> Expression {
        let expression = try expression(json, "$")
        if let complaint = expression.untrue(kind: expression.kind, shown: expression.text) { throw fault("$", complaint) }
        return expression
    }

    func fault(_ path: String, _ message: String) -> ExpressionFault { ExpressionFault(.path(path), message) }

    private mutating func expression(_ json: JSON, _ path: String) throws(ExpressionFault) -> Expression {
        nodes += 1
        depth += 1
        defer { depth -= 1 }
        guard nodes <= limits.nodes else { throw fault(path, "more than \(limits.nodes) parts") }
        guard depth <= limits.height else { throw fault(path, "nested more than \(limits.height) deep") }
        switch json {
        case .null: throw fault(path, "null; expected a value, or the operator isNull")
        case .bool(let holds): return .bool(holds)
        case .string(let text):
            guard text.unicodeScalars.last != "\\" else {
                throw fault(path, "a text that ends in a backslash, which CQL2 text cannot carry")
            }
            return .text(text)
        case .number(let value):
            guard let number = Decimal(shortestDigitsOf: value) else { throw fault(path, Decimal.unreadable) }
            return .number(number)
        case .array(let elements): return .list(try expressions(elements, path))
        case .object(let members):
            if members["op"] != nil { return try operation(members, path) }
            if members["type"] != nil { return .geometry(try geometry(json, path)) }
            guard members.count == 1, let (key, value) = members.first else {
                throw fault(path, "expected an object with \"op\" and \"args\", a geometry, or one of " + Self.literals)
            }
            return try literal(key, value, path)
        }
    }

    private static let literals = "\"property\", \"date\", \"timestamp\", \"interval\" or \"bbox\""

    private mutating func expressions(_ values: [JSON], _ path: String) throws(ExpressionFault) -> [Expression] {
        var expressions: [Expression] = []
        for (index, value) in values.enumerated() { expressions.append(try expression(value, "\(path)[\(index)]")) }
        return expressions
    }

    private mutating func literal(_ key: String, _ value: JSON, _ path: String) throws(ExpressionFault) -> Expression {
        let place = "\(path).\(key)"
        switch key {
        case "property":
            guard let name = value.asString, Scanner.isName(name) else {
                throw fault(place, "expected a name of letters, digits, '_', ':' and '.' that begins with none but a letter, '_' or ':'")
            }
            return .property(name)
        case "date":
            guard let day = value.asString.flatMap({ Day(iso: $0) }) else { throw fault(place, "expected a day such as \"2026-11-23\"") }
            return .day(day)
        case "timestamp":
            guard let timestamp = value.asString.flatMap({ Timestamp(iso: $0) }) else {
                throw fault(place, "expected a moment such as \"2026-11-23T07:30:00Z\"")
            }
            return .timestamp(timestamp)
        case "interval":
            guard let ends = value.asArray, ends.count == 2 else { throw fault(place, "expected an array of two ends") }
            let from = try intervalEnd(ends[0], "\(place)[0]")
            let until = try intervalEnd(ends[1], "\(place)[1]")
            let interval = try fitting(.interval(from: from, until: until), place)
            guard !interval.isReversed else { throw fault(place, Expression.reversedInterval) }
            return interval
        case "bbox":
            guard let bounds = value.asArray.flatMap({ GeometryLiteral.Bounds($0.compactMap(\.asNumber)) }),
                bounds.numbers.count == value.asArray?.count
            else { throw fault(place, GeometryLiteral.unboundedBox) }
            return .geometry(.box(bounds))
        default: throw fault(place, "no key of CQL2; expected \"op\", \"type\", " + Self.literals)
        }
    }

    private mutating func intervalEnd(_ json: JSON, _ path: String) throws(ExpressionFault) -> Expression {
        guard case .string(let text) = json else { return try expression(json, path) }
        guard let end = Expression(intervalEnd: text) else { throw fault(path, Expression.noIntervalEnd) }
        return end
    }

    private mutating func operation(_ members: [String: JSON], _ path: String) throws(ExpressionFault) -> Expression {
        guard members.count == 2, let op = members["op"]?.asString, let values = members["args"]?.asArray else {
            throw fault(path, "expected \"op\" with a text, \"args\" with an array, and no other key")
        }
        if op == "in" { return try among(values, path) }
        let operands = try expressions(values, "\(path).args")
        func arguments(_ count: Int) throws(ExpressionFault) {
            guard operands.count == count else { throw fault("\(path).args", "\(operands.count) operands of \(op); expected \(count)") }
        }
        let node: Expression
        switch op {
        case "and", "or":
            guard operands.count > 1 else { throw fault("\(path).args", "\(operands.count) operands of \(op); expected two or more") }
            node = op == "and" ? .and(operands) : .or(operands)
        case "not", "isNull", "casei", "accenti":
            try arguments(1)
            node =
                switch op {
                case "not": .not(operands[0])
                case "isNull": .isNull(operands[0])
                case "casei": .caseInsensitive(operands[0])
                default: .accentInsensitive(operands[0])
                }
        case "between":
            try arguments(3)
            node = .between(operands[0], low: operands[1], high: operands[2])
        case "like":
            try arguments(2)
            node = .like(operands[0], pattern: operands[1])
        default:
            guard let binary = Self.binary(op) else {
                guard Scanner.isName(op), !Expression.taken.contains(op.uppercased()) else {
                    throw fault("\(path).op", "no operator and no function's name")
                }
                return .function(op, operands, yields: .any)
            }
            try arguments(2)
            node = binary(operands[0], operands[1])
        }
        return try fitting(node, "\(path).args")
    }

    private static func binary(_ op: String) -> ((Expression, Expression) -> Expression)? {
        if let comparison = Comparison(rawValue: op) { return { .compare($0, comparison, $1) } }
        if let operation = Arithmetic(rawValue: op) { return { .arithmetic($0, operation, $1) } }
        if let relation = SpatialRelation(rawValue: op) { return { .spatial(relation, $0, $1) } }
        if let relation = TemporalRelation(rawValue: op) { return { .temporal(relation, $0, $1) } }
        if let relation = ArrayRelation(rawValue: op) { return { .array(relation, $0, $1) } }
        return nil
    }

    private mutating func among(_ values: [JSON], _ path: String) throws(ExpressionFault) -> Expression {
        guard values.count == 2, let items = values[1].asArray, !items.isEmpty else {
            throw fault("\(path).args", "expected a value and an array that is not empty")
        }
        let value = try expression(values[0], "\(path).args[0]")
        let list = try expressions(items, "\(path).args[1]")
        let node = Expression.among(value, list)
        guard let misfit = node.misfit(noun: Vocabulary.filter.noun) else { return node }
        throw fault(misfit.operand == 0 ? "\(path).args[0]" : "\(path).args[1][\(misfit.operand - 1)]", misfit.message)
    }

    /// The node, if its operands are what it asks for and it can be worked out.
    private func fitting(_ node: Expression, _ path: String) throws(ExpressionFault) -> Expression {
        if let misfit = node.misfit(noun: Vocabulary.filter.noun) { throw fault("\(path)[\(misfit.operand)]", misfit.message) }
        if case .arithmetic = node, node.isIncomputable { throw fault(path, Expression.incomputable) }
        return node
    }
}
