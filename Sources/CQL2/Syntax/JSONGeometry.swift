import Formats

/// Geometry literals in JSON: GeoJSON (RFC 7946) in the filter's CRS.
extension JSONParser {
    private typealias Vertex = GeometryLiteral.Vertex

    mutating func geometry(_ json: JSON, _ path: String, inCollection: Bool = false) throws(ExpressionFault) -> GeometryLiteral {
        let type = json["type"]?.asString ?? ""
        let content = type == "GeometryCollection" ? "geometries" : "coordinates"
        for key in (json.asObject ?? [:]).keys.sorted() where !["type", "bbox", content].contains(key) {
            throw fault("\(path).\(key)", "no key of a geometry; expected \"type\" and \"\(content)\"")
        }
        let place = "\(path).\(content)"
        let value = json[content] ?? .null
        switch type {
        case "Point": return .point(try vertex(value, place))
        case "LineString": return .line(try line(value, place))
        case "Polygon": return .polygon(try polygon(value, place))
        case "MultiPoint":
            return .points(try parts(value, place) { (parser, json, path) throws(ExpressionFault) in try parser.vertex(json, path) })
        case "MultiLineString":
            return .lines(try parts(value, place) { (parser, json, path) throws(ExpressionFault) in try parser.line(json, path) })
        case "MultiPolygon":
            return .polygons(try parts(value, place) { (parser, json, path) throws(ExpressionFault) in try parser.polygon(json, path) })
        case "GeometryCollection" where !inCollection:
            return .collection(
                try parts(value, place) { (parser, json, path) throws(ExpressionFault) in
                    try parser.geometry(json, path, inCollection: true)
                })
        default:
            throw fault(
                "\(path).type", "expected Point, LineString, Polygon, MultiPoint, MultiLineString, MultiPolygon or GeometryCollection")
        }
    }

    private mutating func parts<Part>(
        _ json: JSON, _ path: String, _ part: (inout JSONParser, JSON, String) throws(ExpressionFault) -> Part
    ) throws(ExpressionFault) -> [Part] {
        guard let values = json.asArray, !values.isEmpty else { throw fault(path, "expected an array that is not empty") }
        var parts: [Part] = []
        for (index, value) in values.enumerated() { parts.append(try part(&self, value, "\(path)[\(index)]")) }
        return parts
    }

    private mutating func vertex(_ json: JSON, _ path: String) throws(ExpressionFault) -> Vertex {
        vertices += 1
        guard vertices <= limits.vertices else { throw fault(path, "more than \(limits.vertices) points in geometries") }
        guard let values = json.asArray, (2...3).contains(values.count) else { throw fault(path, "expected two or three numbers") }
        let numbers = values.compactMap(\.asNumber)
        guard numbers.count == values.count else { throw fault(path, "expected two or three numbers") }
        guard numbers.allSatisfy(\.isFinite) else { throw fault(path, GeometryLiteral.noNumber) }
        return Vertex(numbers)
    }

    private mutating func line(_ json: JSON, _ path: String) throws(ExpressionFault) -> [Vertex] {
        let line = try parts(json, path) { (parser, json, path) throws(ExpressionFault) in try parser.vertex(json, path) }
        guard line.count > 1 else { throw fault(path, GeometryLiteral.shortLine) }
        return line
    }

    private mutating func polygon(_ json: JSON, _ path: String) throws(ExpressionFault) -> [[Vertex]] {
        try parts(json, path) { (parser, json, path) throws(ExpressionFault) in
            let ring = try parser.parts(json, path) { (parser, json, path) throws(ExpressionFault) in try parser.vertex(json, path) }
            if let complaint = GeometryLiteral.fault(ofRing: ring) { throw parser.fault(path, complaint) }
            return ring
        }
    }
}
