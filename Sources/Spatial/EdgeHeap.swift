/// One edge of the border of some ground, and on which side of it the ground lies.
struct BorderEdge {
    let edge: Edge
    /// 1 where the ground lies left of the edge as it runs, −1 where it lies right of it.
    let side: Int
}

extension MultiPolygon {
    /// Visits the edges ring by ring, as `forEachEdge` does.
    func forEachBorderEdge(_ visit: (BorderEdge) -> Void) {
        for polygon in polygons {
            for (place, ring) in polygon.rings.enumerated() {
                let side = (ring.twiceArea < 0) == (place == 0) ? -1 : 1
                ring.forEachEdge { visit(BorderEdge(edge: $0, side: side)) }
            }
        }
    }
}

/// The edges of an arrangement, layer by layer, and a search among them.
struct EdgeHeap {
    private struct Item {
        let edge: Edge
        let box: Box
        let side: Int32
        let layer: Int32
    }

    private var items: [Item] = []
    private var searches = 0
    private var index: BoxIndex?

    var count: Int { items.count }

    subscript(_ number: Int) -> BorderEdge { BorderEdge(edge: items[number].edge, side: Int(items[number].side)) }

    mutating func append(_ edge: BorderEdge, layer: Int) {
        items.append(Item(edge: edge.edge, box: edge.edge.box, side: Int32(edge.side), layer: Int32(layer)))
    }

    mutating func removeAll(from start: Int = 0) {
        items.removeSubrange(start...)
        searches = 0
        index = nil
    }

    func box(of numbers: Range<Int>) -> Box {
        numbers.reduce(.nowhere) { $0.united(with: items[$1].box) }
    }

    /// Visits the edges, but for one layer's own, whose boxes meet this one, in ascending order.
    ///
    /// One after the other at first; an index is made once so many searches have been made that it pays.
    @inline(__always)
    mutating func search(_ box: Box, beside own: Range<Int>, _ visit: (Edge, _ layer: Int) -> Void) {
        searches += 1
        if index == nil, searches > 128, items.count > 128 { index = BoxIndex(items.map(\.box)) }
        if let index {
            var found: [Int] = []
            index.search(box) { if !own.contains($0) { found.append($0) } }
            for number in found.sorted() { visit(items[number].edge, Int(items[number].layer)) }
            return
        }
        for number in items.indices where items[number].box.meets(box) && !own.contains(number) {
            visit(items[number].edge, Int(items[number].layer))
        }
    }

    /// Whether the ground within these edges holds a point of another layer, once the layers are moved.
    func holds(_ point: Point, _ shift: Shift, _ numbers: Range<Int>) -> Bool {
        var inside = false
        guard let index else {
            for number in numbers where shift.rayCrosses(from: point, items[number].edge) { inside.toggle() }
            return inside
        }
        index.search(Box(minX: point.x, minY: point.y, maxX: .max, maxY: point.y)) { number in
            if numbers.contains(number), shift.rayCrosses(from: point, items[number].edge) { inside.toggle() }
        }
        return inside
    }
}
