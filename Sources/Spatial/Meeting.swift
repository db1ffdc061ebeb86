extension Geometry {
    /// Whether the geometry and some ground share a point, borders counting: exact.
    ///
    /// The work is the product of their corners: for ground of few.
    package func meets(_ ground: MultiPolygon) -> Bool {
        guard let own = box, let other = ground.box, own.meets(other) else { return false }
        switch self {
        case .point(let point): return ground.position(of: point) != .outside
        case .line(let parts):
            return parts.contains { part in
                guard let first = part.first else { return false }
                if ground.position(of: first) != .outside { return true }
                return zip(part, part.dropFirst()).contains { ground.isTouched(by: Edge(from: $0, to: $1)) }
            }
        case .area(let area):
            // A part of it lies in the ground as a whole, or an edge comes to an edge; ground of several parts may lie in it by one.
            return area.polygons.contains { $0.shell.points.first.map { ground.position(of: $0) != .outside } ?? false }
                || ground.polygons.contains { $0.shell.points.first.map { area.position(of: $0) != .outside } ?? false }
                || area.rings.contains { ring in
                    var isTouched = false
                    ring.forEachEdge { isTouched = isTouched || ground.isTouched(by: $0) }
                    return isTouched
                }
        }
    }
}

extension MultiPolygon {
    fileprivate func isTouched(by edge: Edge) -> Bool {
        let box = edge.box
        var isTouched = false
        forEachEdge { own in
            guard !isTouched, own.box.meets(box) else { return }
            if case .none = own.contact(with: edge) { return }
            isTouched = true
        }
        return isTouched
    }
}
