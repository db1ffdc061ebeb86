/// The edges of one layer's rings in order, and a search among them.
struct Linework {
    private(set) var edges: [Edge] = []
    private(set) var rings: [Outline] = []
    let box: Box?
    /// The numbers of the edges whose boxes meet that of the ground that matters, ascending.
    let near: [Int]

    private var searches = 0
    private var index: BoxIndex?

    struct Outline {
        /// The ring's edges.
        let edges: Range<Int>
        /// 1 where the ground lies left of the ring as it runs, −1 where it lies right of it.
        let side: Int
    }

    /// The ground's edges; of other edges than those near the box only searches without `near` speak.
    init(_ ground: MultiPolygon, near box: Box? = nil) {
        self.box = ground.box
        var edges: [Edge] = []
        edges.reserveCapacity(ground.polygons.reduce(0) { $0 + $1.holes.reduce($1.shell.points.count) { $0 + $1.points.count } })
        var rings: [Outline] = []
        for polygon in ground.polygons {
            for (place, ring) in polygon.rings.enumerated() {
                let start = edges.count
                ring.forEachEdge { edges.append($0) }
                guard edges.count > start else { continue }
                rings.append(Outline(edges: start..<edges.count, side: (ring.twiceArea < 0) == (place == 0) ? -1 : 1))
            }
        }
        (self.edges, self.rings) = (edges, rings)
        near = box.map { box in edges.indices.filter { edges[$0].box.meets(box) } } ?? []
    }

    /// Visits the number of every edge whose box meets this one, or only those among `near`.
    ///
    /// One after the other at first; an index is made once so many searches have been made that it pays.
    mutating func search(_ box: Box, amongNear: Bool = false, _ visit: (Int) -> Void) {
        guard let own = self.box, own.meets(box) else { return }
        searches += 1
        if index == nil, searches > 128, edges.count > 64 { index = BoxIndex(edges.map(\.box)) }
        if let index {
            index.search(box, visit)
        } else if amongNear {
            for number in near where edges[number].box.meets(box) { visit(number) }
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
