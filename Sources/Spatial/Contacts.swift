/// Where the rings of some linework cross or touch themselves and each other.
struct Contacts {
    private let outlines: [Outline]
    private var edges: [(outline: Int, number: Int)] = []
    /// Points at which two rings of one polygon touch.
    private var touches: [(first: Int, second: Int, at: Point)] = []

    init(among outlines: [Outline]) {
        self.outlines = outlines
        for (outline, ring) in outlines.enumerated() {
            for number in ring.points.indices { edges.append((outline, number)) }
        }
    }

    /// The first crossing, overlap or touch that valid ground cannot have, in the order of the edges.
    mutating func crossing() -> Flaw? {
        let boxes = edges.map { outlines[$0.outline].edge($0.number).box }
        let index = BoxIndex(boxes)
        var near: [Int] = []
        for number in edges.indices {
            near.removeAll(keepingCapacity: true)
            index.search(boxes[number]) { if $0 > number { near.append($0) } }
            near.sort()
            for other in near {
                if let flaw = flaw(between: number, and: other) { return flaw }
            }
        }
        return nil
    }

    /// Judges two edges, and notes where two rings of one polygon touch.
    private mutating func flaw(between first: Int, and second: Int) -> Flaw? {
        let (a, b) = (edges[first], edges[second])
        let (ring, other) = (outlines[a.outline], outlines[b.outline])
        let (edge, next) = (ring.edge(a.number), other.edge(b.number))
        let isSame = a.outline == b.outline
        if isSame, b.number == a.number + 1 { return Self.fold(edge, next) }
        if isSame, a.number == 0, b.number == ring.points.count - 1 { return Self.fold(next, edge) }
        let kind: Flaw.Kind = isSame ? .selfCrossing : ring.polygon == other.polygon ? .holesCross : .overlappingParts
        switch edge.contact(with: next) {
        case .none: return nil
        case .crossing(let point), .overlap(let point): return Flaw(kind: kind, at: point)
        case .touch(let point):
            if isSame { return Flaw(kind: .selfTouching, at: point) }
            let (before, after) = ring.neighbours(of: point, on: a.number)
            let (from, to) = other.neighbours(of: point, on: b.number)
            let wedge = Wedge(apex: point, from: after, to: before)
            if wedge.holds(from) != wedge.holds(to) { return Flaw(kind: kind, at: point) }
            if ring.polygon == other.polygon { touches.append((a.outline, b.outline, point)) }
            return nil
        }
    }

    /// Two edges that follow each other may not turn back on the spot.
    private static func fold(_ edge: Edge, _ next: Edge) -> Flaw? {
        guard orientation(edge.from, edge.to, next.to) == 0, dot(edge.vector, next.vector) < 0 else { return nil }
        return Flaw(kind: .selfCrossing, at: edge.to)
    }

    /// A touch that cuts a polygon's ground in two: rings and touched points, joined where they touch, form a circle.
    func cut() -> Flaw? {
        struct Place: Hashable {
            let polygon: Int
            let point: Point
        }
        struct Join: Hashable {
            let outline: Int
            let place: Int
        }
        var parents = Array(outlines.indices)
        var places: [Place: Int] = [:]
        var joins: Set<Join> = []
        func root(_ node: Int) -> Int {
            var node = node
            while parents[node] != node {
                parents[node] = parents[parents[node]]
                node = parents[node]
            }
            return node
        }
        for touch in touches {
            let key = Place(polygon: outlines[touch.first].polygon, point: touch.at)
            let place = places[key] ?? parents.count
            if place == parents.count {
                parents.append(place)
                places[key] = place
            }
            for outline in [touch.first, touch.second] where joins.insert(Join(outline: outline, place: place)).inserted {
                let (ring, point) = (root(outline), root(place))
                if ring == point { return Flaw(kind: .disconnectedInterior, at: touch.at) }
                parents[ring] = point
            }
        }
        return nil
    }
}

/// The directions from a point between two others, counter-clockwise from the first to the second.
private struct Wedge {
    let apex: Point
    let from: Point
    let to: Point

    /// Whether the point lies in one of these directions, not on the wedge's sides.
    func holds(_ point: Point) -> Bool {
        let (first, last, asked) = (apex.vector(to: from), apex.vector(to: to), apex.vector(to: point))
        let opening = cross(first, last)
        if opening > 0 { return cross(first, asked) > 0 && cross(asked, last) > 0 }
        if opening < 0 { return cross(last, asked) < 0 || cross(asked, first) < 0 }
        return cross(first, asked) > 0
    }
}
