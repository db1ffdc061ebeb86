package import Formats
import Persian

extension Expression {
    /// The standard's JSON.
    package var json: JSON {
        switch self {
        case .and(let terms): node("and", terms.map(\.json))
        case .or(let terms): node("or", terms.map(\.json))
        case .not(let term): node("not", [term.json])
        case .compare(let left, let comparison, let right): node(comparison.rawValue, [left.json, right.json])
        case .between(let value, let low, let high): node("between", [value.json, low.json, high.json])
        case .among(let value, let list): node("in", [value.json, .array(list.map(\.json))])
        case .like(let value, let pattern): node("like", [value.json, pattern.json])
        case .isNull(let value): node("isNull", [value.json])
        case .spatial(let relation, let one, let other): node(relation.rawValue, [one.json, other.json])
        case .temporal(let relation, let one, let other): node(relation.rawValue, [one.json, other.json])
        case .array(let relation, let one, let other): node(relation.rawValue, [one.json, other.json])
        case .arithmetic(let left, let operation, let right): node(operation.rawValue, [left.json, right.json])
        case .caseInsensitive(let text): node("casei", [text.json])
        case .accentInsensitive(let text): node("accenti", [text.json])
        case .function(let name, let arguments, _): node(name, arguments.map(\.json))
        case .property(let name): .object(["property": .string(name)])
        case .number(let value): JSON(value)
        case .text(let text): .string(text)
        case .bool(let holds): .bool(holds)
        case .day(let day): .object(["date": .string(day.iso)])
        case .timestamp(let timestamp): .object(["timestamp": .string(timestamp.iso)])
        case .interval(let from, let until): .object(["interval": .array([from.intervalEnd, until.intervalEnd])])
        case .open: .string("..")
        case .list(let elements): .array(elements.map(\.json))
        case .geometry(let literal): literal.json
        case .site(let number): .string("site \(number)")
        }
    }

    private func node(_ op: String, _ args: [JSON]) -> JSON { .object(["op": .string(op), "args": .array(args)]) }

    private var intervalEnd: JSON {
        switch self {
        case .day(let day): .string(day.iso)
        case .timestamp(let timestamp): .string(timestamp.iso)
        default: json
        }
    }
}

extension GeometryLiteral {
    var json: JSON {
        func drawn(_ type: String, _ coordinates: JSON) -> JSON { .object(["type": .string(type), "coordinates": coordinates]) }
        func line(_ line: [Vertex]) -> JSON { .array(line.map(\.json)) }
        func lines(_ lines: [[Vertex]]) -> JSON { .array(lines.map(line)) }
        return switch self {
        case .point(let point): drawn("Point", point.json)
        case .line(let vertices): drawn("LineString", line(vertices))
        case .polygon(let rings): drawn("Polygon", lines(rings))
        case .points(let points): drawn("MultiPoint", line(points))
        case .lines(let parts): drawn("MultiLineString", lines(parts))
        case .polygons(let parts): drawn("MultiPolygon", .array(parts.map(lines)))
        case .collection(let parts): .object(["type": .string("GeometryCollection"), "geometries": .array(parts.map(\.json))])
        case .box(let bounds): .object(["bbox": .array(bounds.numbers.map { .number($0) })])
        }
    }
}

extension GeometryLiteral.Vertex {
    fileprivate var json: JSON { .array(coordinates.map { .number($0) }) }
}
