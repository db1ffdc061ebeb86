import Spatial

/// Brings geometry literals onto the grid, corner by corner: what is straight in the filter's CRS is straight on the grid. Only the edges
/// of a BBOX are bent as their CRS bends them, to the millimetre.
struct Siting {
    let frame: Frame

    func site(of literal: GeometryLiteral) throws(ExpressionFault) -> Site {
        var site = Site()
        try add(literal, to: &site)
        if let flaw = MultiPolygon(site.polygons).flaw() {
            throw fault(literal, "polygons that do not bound ground together: \(flaw.kind.words)")
        }
        return site
    }

    private func add(_ literal: GeometryLiteral, to site: inout Site) throws(ExpressionFault) {
        switch literal {
        case .point(let vertex): site.points.append(try point(vertex, of: literal))
        case .points(let vertices): for vertex in vertices { site.points.append(try point(vertex, of: literal)) }
        case .line(let line): site.lines.append(try self.line(line, of: literal))
        case .lines(let lines): for line in lines { site.lines.append(try self.line(line, of: literal)) }
        case .polygon(let rings): site.polygons.append(try polygon(rings, number: 1, of: literal))
        case .polygons(let polygons):
            for (index, rings) in polygons.enumerated() { site.polygons.append(try polygon(rings, number: index + 1, of: literal)) }
        case .collection(let parts): for part in parts { try add(part, to: &site) }
        case .box(let bounds): for box in try boxes(bounds, of: literal) { try add(box, to: &site, of: literal) }
        }
    }

    private func fault(_ literal: GeometryLiteral, _ message: String) -> ExpressionFault {
        ExpressionFault(.part(.geometry(literal)), message)
    }

    private func point(_ vertex: GeometryLiteral.Vertex, of literal: GeometryLiteral) throws(ExpressionFault) -> Point {
        do { return try frame.point(vertex.x, vertex.y) } catch { throw fault(literal, "\(vertex.x) \(vertex.y): \(error)") }
    }

    private func line(_ line: [GeometryLiteral.Vertex], of literal: GeometryLiteral) throws(ExpressionFault) -> [Point] {
        var points: [Point] = []
        for vertex in line { points.append(try point(vertex, of: literal)) }
        guard points.contains(where: { $0 != points[0] }) else { throw fault(literal, "a line that is shorter than a millimetre") }
        return points
    }

    private func polygon(
        _ rings: [[GeometryLiteral.Vertex]], number: Int, of literal: GeometryLiteral
    ) throws(ExpressionFault) -> Polygon {
        var drawn: [Ring] = []
        for (index, vertices) in rings.enumerated() {
            var points: [Point] = []
            for vertex in vertices.dropLast() { points.append(try point(vertex, of: literal)) }
            let ring = Ring(points)
            if let flaw = MultiPolygon([Polygon(shell: ring)]).flaw() {
                let near = points.indices.min { points[$0].span(to: flaw.at) < points[$1].span(to: flaw.at) }.map { vertices[$0] }
                throw fault(literal, "ring \(index + 1) of polygon \(number): \(flaw.kind.words)" + (near.map { ", near \($0)" } ?? ""))
            }
            drawn.append(ring)
        }
        let polygon = Polygon(shell: drawn[0], holes: Array(drawn.dropFirst()))
        if let flaw = MultiPolygon([polygon]).flaw() { throw fault(literal, "polygon \(number): \(flaw.kind.words)") }
        return polygon
    }
}

/// BBOX.
extension Siting {
    /// The box cut to what features can reach: none, one, or two where it crosses the 180th meridian.
    private func boxes(
        _ bounds: GeometryLiteral.Bounds, of literal: GeometryLiteral
    ) throws(ExpressionFault) -> [(low: (x: Double, y: Double), high: (x: Double, y: Double))] {
        var ranges = [(bounds.low.x, bounds.high.x)]
        if bounds.low.x > bounds.high.x {
            guard frame.startsWithLongitude, bounds.low.x <= 180, bounds.high.x >= -180 else {
                throw fault(literal, "a box whose first coordinate runs from \(bounds.low.x) down to \(bounds.high.x)")
            }
            ranges = [(bounds.low.x, 180), (-180, bounds.high.x)]
        }
        return ranges.compactMap { west, east in
            guard let extent = frame.extent else { return ((west, bounds.low.y), (east, bounds.high.y)) }
            let low = (x: max(west, extent.low.x), y: max(bounds.low.y, extent.low.y))
            let high = (x: min(east, extent.high.x), y: min(bounds.high.y, extent.high.y))
            return low.x <= high.x && low.y <= high.y ? (low, high) : nil
        }
    }

    private func add(
        _ box: (low: (x: Double, y: Double), high: (x: Double, y: Double)), to site: inout Site, of literal: GeometryLiteral
    ) throws(ExpressionFault) {
        let corners = [box.low, (box.high.x, box.low.y), box.high, (box.low.x, box.high.y)]
        var points: [Point] = []
        for (index, corner) in corners.enumerated() { try addEdge(from: corner, to: corners[(index + 1) % 4], to: &points, of: literal) }
        let ring = Ring(points)
        guard MultiPolygon([Polygon(shell: ring)]).flaw() == nil else {
            // A box without width or height is a line or a point.
            let line = Array(points[...points.count.quotientAndRemainder(dividingBy: 2).quotient])
            if line.allSatisfy({ $0 == line[0] }) { site.points.append(line[0]) } else { site.lines.append(line) }
            return
        }
        site.polygons.append(Polygon(shell: ring))
    }

    /// Appends the edge without its last point, cut in halves until their middles lie within a millimetre of the straight line.
    private func addEdge(
        from start: (x: Double, y: Double), to end: (x: Double, y: Double), to points: inout [Point], of literal: GeometryLiteral
    ) throws(ExpressionFault) {
        func point(_ place: (x: Double, y: Double)) throws(ExpressionFault) -> Point {
            try self.point(GeometryLiteral.Vertex(x: place.x, y: place.y), of: literal)
        }
        var pending = [(start, try point(start), end, try point(end), depth: 0)]
        while let (from, fromPoint, to, toPoint, depth) = pending.popLast() {
            let middle = (x: (from.x + to.x) / 2, y: (from.y + to.y) / 2)
            let middlePoint = try point(middle)
            let straight = Point(
                x: Int32((Int64(fromPoint.x) + Int64(toPoint.x)) / 2), y: Int32((Int64(fromPoint.y) + Int64(toPoint.y)) / 2))
            guard depth < Self.halvings, middlePoint.span(to: straight) > 1 else {
                points.append(fromPoint)
                continue
            }
            pending.append((middle, middlePoint, to, toPoint, depth: depth + 1))
            pending.append((from, fromPoint, middle, middlePoint, depth: depth + 1))
        }
    }

    /// Up to 1,024 pieces an edge.
    private static var halvings: Int { 10 }
}

extension Point {
    /// The larger of the differences of their coordinates, in millimetres.
    fileprivate func span(to other: Point) -> Int64 { max(abs(Int64(x) - Int64(other.x)), abs(Int64(y) - Int64(other.y))) }
}

extension Flaw.Kind {
    fileprivate var words: String {
        switch self {
        case .tooFewPoints: "a ring of fewer than three different points on the millimetre grid"
        case .zeroArea: "a ring whose points lie on one line"
        case .selfCrossing: "a ring that crosses itself"
        case .selfTouching: "a ring that touches itself"
        case .holeOutside: "a hole outside its shell"
        case .nestedHoles: "a hole inside another one"
        case .holesCross: "rings that cross or share a stretch"
        case .disconnectedInterior: "holes that cut the ground in two"
        case .nestedShells: "a polygon inside another one"
        case .overlappingParts: "polygons that overlap or share a stretch of border"
        }
    }
}
