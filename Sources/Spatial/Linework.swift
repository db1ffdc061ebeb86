/// The edges of some ground's rings in order, and a search among them.
struct Linework {
    let edges: [Edge]
    let box: Box?
    private var searches = 0
    private var index: BoxIndex?

    init(_ ground: MultiPolygon) {
        box = ground.box
        var edges: [Edge] = []
        edges.reserveCapacity(ground.polygons.reduce(0) { $0 + $1.holes.reduce($1.shell.points.count) { $0 + $1.points.count } })
        ground.forEachEdge { edges.append($0) }
        self.edges = edges
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

    /// Whether the ground holds the place of a germ that does not run along its border.
    mutating func holds(_ germ: Germ) -> Bool {
        var inside = false
        let edges = edges
        search(Box(minX: germ.point.x, minY: germ.point.y, maxX: .max, maxY: germ.point.y)) { number in
            if germ.rayCrosses(edges[number]) { inside.toggle() }
        }
        return inside
    }
}
