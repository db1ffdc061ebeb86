import Formats
import Persian

extension Expression {
    /// CQL2 text in one form: keywords in capitals, names in quotes only where they would be keywords, a space around operators and
    /// after commas, numbers in their shortest digits, no parentheses but those that the reading depends on.
    package var text: String {
        switch self {
        case .and(let terms): return terms.map { $0.text(inside: .negation) }.joined(separator: " AND ")
        case .or(let terms): return terms.map { $0.text(inside: .conjunction) }.joined(separator: " OR ")
        case .not(let term): return denied(term)
        case .compare(let left, let comparison, let right):
            return "\(left.text(inside: .sum)) \(comparison.rawValue) \(right.text(inside: .sum))"
        case .between, .among, .like, .isNull: return predicate(isDenied: false)
        case .spatial(let relation, let one, let other): return call(relation.rawValue.uppercased(), [one, other])
        case .temporal(let relation, let one, let other): return call(relation.rawValue.uppercased(), [one, other])
        case .array(let relation, let one, let other): return call(relation.rawValue.uppercased(), [one, other])
        case .arithmetic(let left, let operation, let right):
            let (leftLevel, rightLevel): (Level, Level) =
                switch operation {
                case .plus, .minus: (.sum, .product)
                case .times, .over, .remainder, .quotient: (.product, .power)
                case .power: (.operand, .operand)
                }
            return "\(left.text(inside: leftLevel)) \(operation.rawValue) \(right.text(inside: rightLevel))"
        case .caseInsensitive(let text): return call("CASEI", [text])
        case .accentInsensitive(let text): return call("ACCENTI", [text])
        case .function(let name, let arguments, _): return call(name, arguments)
        case .property(let name): return Self.reserved.contains(name.uppercased()) ? "\"\(name)\"" : name
        case .number(let value): return value.description
        case .text(let text): return Self.quoted(text)
        case .bool(let holds): return holds ? "TRUE" : "FALSE"
        case .day(let day): return "DATE('\(day.iso)')"
        case .timestamp(let timestamp): return "TIMESTAMP('\(timestamp.iso)')"
        case .interval(let from, let until): return "INTERVAL(\(from.intervalEnd), \(until.intervalEnd))"
        case .open: return "'..'"
        case .list(let elements): return "(\(elements.map(\.text).joined(separator: ", ")))"
        case .geometry(let literal): return literal.text
        case .site(let number): return "site \(number)"
        }
    }

    /// How tightly an expression binds, loosest first.
    private enum Level: Int {
        case disjunction, conjunction, negation, predicate, sum, product, power, operand
    }

    private var level: Level {
        switch self {
        case .or: .disjunction
        case .and: .conjunction
        case .not(.like), .not(.between), .not(.among), .not(.isNull): .predicate
        case .not: .negation
        case .compare, .between, .among, .like, .isNull: .predicate
        case .arithmetic(_, .plus, _), .arithmetic(_, .minus, _): .sum
        case .arithmetic(_, .power, _): .power
        case .arithmetic: .product
        default: .operand
        }
    }

    /// In parentheses where it binds less tightly than its place asks for.
    private func text(inside level: Level) -> String { self.level.rawValue < level.rawValue ? "(\(text))" : text }

    private func denied(_ term: Expression) -> String {
        switch term {
        case .like, .between, .among, .isNull: term.predicate(isDenied: true)
        default: "NOT \(term.text(inside: .operand))"
        }
    }

    private func predicate(isDenied: Bool) -> String {
        let not = isDenied ? "NOT " : ""
        return switch self {
        case .like(let value, let pattern): "\(value.text(inside: .sum)) \(not)LIKE \(pattern.text(inside: .sum))"
        case .between(let value, let low, let high):
            "\(value.text(inside: .sum)) \(not)BETWEEN \(low.text(inside: .sum)) AND \(high.text(inside: .sum))"
        case .among(let value, let list):
            "\(value.text(inside: .sum)) \(not)IN (\(list.map { $0.text(inside: .sum) }.joined(separator: ", ")))"
        case .isNull(let value): "\(value.text(inside: .sum)) IS \(not)NULL"
        default: text
        }
    }

    private func call(_ name: String, _ arguments: [Expression]) -> String {
        "\(name)(\(arguments.map(\.text).joined(separator: ", ")))"
    }

    private var intervalEnd: String {
        switch self {
        case .day(let day): Self.quoted(day.iso)
        case .timestamp(let timestamp): Self.quoted(timestamp.iso)
        default: text
        }
    }

    /// A quote inside is doubled; one after a backslash, which would take the first of two with it, has a backslash of its own.
    private static func quoted(_ text: String) -> String {
        var quoted = "'".unicodeScalars
        var last: Unicode.Scalar = "'"
        for scalar in text.unicodeScalars {
            if scalar == "'" { quoted.append(last == "\\" ? "\\" : "'") }
            quoted.append(scalar)
            last = scalar
        }
        quoted.append("'")
        return String(quoted)
    }
}

extension GeometryLiteral {
    var text: String {
        switch self {
        case .point(let point): named("POINT", Self.line([point]))
        case .line(let line): named("LINESTRING", Self.line(line))
        case .polygon(let rings): named("POLYGON", Self.lines(rings))
        case .points(let points): named("MULTIPOINT", "(\(points.map { Self.line([$0]) }.joined(separator: ", ")))")
        case .lines(let lines): named("MULTILINESTRING", Self.lines(lines))
        case .polygons(let polygons): named("MULTIPOLYGON", "(\(polygons.map(Self.lines).joined(separator: ", ")))")
        case .collection(let parts): "GEOMETRYCOLLECTION(\(parts.map(\.text).joined(separator: ", ")))"
        case .box(let bounds): "BBOX(\(bounds.numbers.map { JSON.number($0).text }.joined(separator: ", ")))"
        }
    }

    private func named(_ word: String, _ content: String) -> String { hasHeights ? "\(word) Z \(content)" : word + content }

    private var hasHeights: Bool {
        switch self {
        case .point(let point): point.z != nil
        case .line(let line), .points(let line): line.contains { $0.z != nil }
        case .polygon(let lines), .lines(let lines): lines.joined().contains { $0.z != nil }
        case .polygons(let polygons): polygons.joined().joined().contains { $0.z != nil }
        case .collection, .box: false
        }
    }

    private static func line(_ line: [Vertex]) -> String { "(\(line.map(\.description).joined(separator: ", ")))" }

    private static func lines(_ lines: [[Vertex]]) -> String { "(\(lines.map(line).joined(separator: ", ")))" }
}
