/// An edge by the places of its ends among a table's points, and whose it is.
struct BoundaryEdge: BitwiseCopyable {
    let from: UInt32
    let to: UInt32
    let feature: UInt32
}

extension ShapeTable {
    /// Visits the edges of a feature's rings; points repeated in a row make no edge.
    @inline(__always)
    func forEachEdge(of feature: Int, _ visit: (_ from: Int, _ to: Int, _ a: Point, _ b: Point) -> Void) {
        for ring in allRings(of: feature) {
            let corners = corners(of: ring)
            guard var last = corners.last else { continue }
            // A pointer for the whole ring: through the column each point would cost its memory a retain.
            let points = unsafe points.elements(corners)
            var a = unsafe points[corners.count - 1]
            for corner in corners {
                let b = unsafe points[corner - corners.lowerBound]
                if a != b { visit(last, corner, a, b) }
                (last, a) = (corner, b)
            }
        }
    }
}

/// The edges of a range of features, put together by block.
struct EdgePile {
    /// By block, and one more: its first edge.
    let starts: [UInt32]
    /// In each block in the order of the features.
    let edges: [BoundaryEdge]

    init(_ plan: LocationPlan, features: Range<Int>) {
        var starts = [UInt32](repeating: 0, count: plan.blockCount + 2)
        // Counted two places on, so that after filling each start stands in its own place.
        plan.forEachEdgeBlock(features) { block, _, _, _ in starts[block + 2] += 1 }
        for block in starts.indices.dropFirst() { starts[block] += starts[block - 1] }
        edges = unsafe [BoundaryEdge](unsafeUninitializedCapacity: Int(starts[plan.blockCount + 1])) { place, count in
            plan.forEachEdgeBlock(features) { block, from, to, feature in
                unsafe place.initializeElement(
                    at: Int(starts[block + 1]), to: BoundaryEdge(from: UInt32(from), to: UInt32(to), feature: UInt32(feature)))
                starts[block + 1] += 1
            }
            count = Int(starts[plan.blockCount])
        }
        starts.removeLast()
        self.starts = starts
    }

    func range(_ block: Int) -> Range<Int> { Int(starts[block])..<Int(starts[block + 1]) }
}
