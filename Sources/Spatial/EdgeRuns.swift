extension MultiPolygon {
    /// Whether some edge of one comes within a distance of some edge of the other; the limit counts as within. Exact.
    ///
    /// Borders that meet are at distance 0. A negative limit is never met.
    package func edgeRuns(within millimetres: Int64, ofBorderOf other: MultiPolygon) -> Bool {
        guard millimetres >= 0, let box else { return false }
        let limit = min(millimetres, Edge.farthest)
        let reach = box.grown(by: limit)
        var border = Linework(self)
        let edges = border.edges
        var near = false
        other.forEachEdge { edge in
            guard !near, edge.box.meets(reach) else { return }
            border.search(edge.box.grown(by: limit)) { number in
                near = near || edge.comes(within: limit, of: edges[number])
            }
        }
        return near
    }
}

extension Edge {
    /// Whether the edges cross or an end of one comes within a distance of the other: elsewhere they are not nearest. Exact.
    func comes(within millimetres: Int64, of other: Edge) -> Bool {
        crosses(other)
            || comes(within: millimetres, of: other.from) || comes(within: millimetres, of: other.to)
            || other.comes(within: millimetres, of: from) || other.comes(within: millimetres, of: to)
    }

    private func crosses(_ other: Edge) -> Bool {
        if case .crossing = contact(with: other) { return true }
        return false
    }
}
