/// The edges of one layer's rings in order, the ground left of each, and a search among them.
struct Linework {
    private(set) var edges: [Edge] = []
    /// For each ring the range of its edges.
    private(set) var rings: [Range<Int>] = []
    let box: Box?

    private var searches = 0
    private var index: BoxIndex?

    init(_ ground: MultiPolygon) {
        box = ground.box
        for polygon in ground.polygons {
            add(polygon.shell, counterClockwise: true)
            for hole in polygon.holes { add(hole, counterClockwise: false) }
        }
    }

    private mutating func add(_ ring: Ring, counterClockwise: Bool) {
        let start = edges.count
        edges.reserveCapacity(start + ring.points.count)
        ring.forEachEdge { edges.append($0) }
        if (ring.twiceArea < 0) == counterClockwise {
            let reversed = edges[start...].reversed().map(\.reversed)
            edges.replaceSubrange(start..., with: reversed)
        }
        if edges.count > start { rings.append(start..<edges.count) }
    }

    /// Visits the number of every edge whose box meets this one.
    ///
    /// One after the other at first; an index is made once so many searches have been made that it pays.
    mutating func search(_ box: Box, _ visit: (Int) -> Void) {
        guard let own = self.box, own.meets(box) else { return }
        searches += 1
        if index == nil, searches > 128, edges.count > 64 { index = BoxIndex(edges.map(\.box)) }
        if let index {
            index.search(box, visit)
        } else {
            for number in edges.indices where edges[number].box.meets(box) { visit(number) }
        }
    }

    /// Whether the ground holds a point of another layer, once the layers are moved.
    mutating func holds(_ point: Point, _ shift: Shift) -> Bool {
        var inside = false
        let edges = edges
        search(Box(minX: point.x, minY: point.y, maxX: .max, maxY: point.y)) { number in
            if shift.rayCrosses(from: point, edges[number]) { inside.toggle() }
        }
        return inside
    }
}
