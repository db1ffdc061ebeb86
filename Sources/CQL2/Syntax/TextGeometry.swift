/// Geometry literals in text: well-known text, and BBOX.
extension TextParser {
    /// After its first word, which begins at `start`.
    mutating func geometry(_ word: String, at start: Token) throws(ExpressionFault) -> GeometryLiteral {
        if word == "BBOX" { return .box(try bounds(at: start)) }
        _ = take(keyword: "Z")
        switch word {
        case "POINT":
            try expect("(")
            let point = try vertex()
            try expect(")")
            return .point(point)
        case "LINESTRING": return .line(try line())
        case "POLYGON": return .polygon(try polygon())
        case "MULTIPOINT":
            return .points(
                try parenthesised { (parser) throws(ExpressionFault) in
                    // Points in parentheses of their own, as the standard has them, or without, as many write them.
                    guard parser.take(symbol: "(") else { return try parser.vertex() }
                    let point = try parser.vertex()
                    try parser.expect(")")
                    return point
                })
        case "MULTILINESTRING": return .lines(try parenthesised { (parser) throws(ExpressionFault) in try parser.line() })
        case "MULTIPOLYGON": return .polygons(try parenthesised { (parser) throws(ExpressionFault) in try parser.polygon() })
        default:
            return .collection(
                try parenthesised { (parser) throws(ExpressionFault) in
                    let start = parser.token
                    // A collection holds neither boxes nor collections.
                    guard let word = start.keyword, GeometryLiteral.words.subtracting(["BBOX", "GEOMETRYCOLLECTION"]).contains(word) else {
                        throw parser.fault("expected a geometry such as POINT(59.4 36.3), found \(start.shown)")
                    }
                    parser.advance()
                    return try parser.geometry(word, at: start)
                })
        }
    }

    private mutating func parenthesised<Part>(
        _ part: (inout TextParser) throws(ExpressionFault) -> Part
    ) throws(ExpressionFault) -> [Part] {
        try expect("(")
        var parts: [Part] = []
        repeat { parts.append(try part(&self)) } while take(symbol: ",")
        try expect(")")
        return parts
    }

    private mutating func line() throws(ExpressionFault) -> [GeometryLiteral.Vertex] {
        let start = token
        let line = try parenthesised { (parser) throws(ExpressionFault) in try parser.vertex() }
        guard line.count > 1 else { throw fault(GeometryLiteral.shortLine, at: start) }
        return line
    }

    private mutating func polygon() throws(ExpressionFault) -> [[GeometryLiteral.Vertex]] {
        try parenthesised { (parser) throws(ExpressionFault) in
            let start = parser.token
            let ring = try parser.parenthesised { (parser) throws(ExpressionFault) in try parser.vertex() }
            if let complaint = GeometryLiteral.fault(ofRing: ring) { throw parser.fault(complaint, at: start) }
            return ring
        }
    }

    /// Two numbers, or three.
    private mutating func vertex() throws(ExpressionFault) -> GeometryLiteral.Vertex {
        vertices += 1
        let limit = vocabulary.limits.vertices
        guard vertices <= limit else { throw fault("more than \(limit) points in geometries") }
        var coordinates = [try coordinate(), try coordinate()]
        if !token.isSymbol(","), !token.isSymbol(")") { coordinates.append(try coordinate()) }
        return GeometryLiteral.Vertex(coordinates)
    }

    private mutating func bounds(at start: Token) throws(ExpressionFault) -> GeometryLiteral.Bounds {
        let numbers = try parenthesised { (parser) throws(ExpressionFault) in try parser.coordinate() }
        guard let bounds = GeometryLiteral.Bounds(numbers) else { throw fault(GeometryLiteral.unboundedBox, at: start) }
        return bounds
    }

    private mutating func coordinate() throws(ExpressionFault) -> Double {
        let isNegative = take(symbol: "-")
        if !isNegative { _ = take(symbol: "+") }
        guard case .number(let digits) = token.kind else { throw fault("expected a coordinate, found \(token.shown)") }
        guard let value = Double(digits), value.isFinite else { throw fault(GeometryLiteral.noNumber) }
        advance()
        return isNegative ? -value : value
    }
}
