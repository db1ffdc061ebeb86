import Synchronization

/// What other areas leave of an area: the ground that lies in it and in none of them.
package struct Remainder: Sendable {
    /// The whole area, then those that take from it.
    private let layers: [MultiPolygon]
    private let known = Known()

    /// What was found of edges that came near a point: by layer and place in it.
    private final class Known: Sendable {
        let borders = Mutex<[Int: [ClosedRange<Double>]]>([:])
    }

    package init(of whole: MultiPolygon, without others: [MultiPolygon]) {
        layers = [whole] + others
    }

    /// Where the point lies with respect to what is left: exact.
    package func position(of point: Point) -> MultiPolygon.Position {
        let sets = surroundings(of: point, in: layers)
        let left = sets.count { $0 == [0] }
        return left == 0 ? .outside : left == sets.count ? .inside : .boundary
    }

    /// Millimetres from the point to the nearest place on the border of what is left, for each area that draws some of it: the
    /// whole first, then the others in their order; infinite for one that draws none.
    ///
    /// Where no two borders cross on the way it is `Geometry.distance(to:)`; places of crossings are worked out in doubles, to
    /// well under a micrometre.
    package func distances(to point: Point) -> [Double] {
        layers.indices.map { layer in
            var least = Double.infinity
            var place = layer << 40
            layers[layer].forEachEdge { edge in
                place += 1
                guard edge.distance(to: point) < least else { return }
                for stretch in bordering(edge, at: place) { least = min(least, edge.distance(to: point, on: stretch)) }
            }
            return least
        }
    }

    /// As `bordering`, looked for once.
    private func bordering(_ edge: Edge, at place: Int) -> [ClosedRange<Double>] {
        if let known = known.borders.withLock({ $0[place] }) { return known }
        let found = bordering(edge)
        known.borders.withLock { $0[place] = found }
        return found
    }

    /// The stretches of an edge that have what is left on exactly one side.
    private func bordering(_ edge: Edge) -> [ClosedRange<Double>] {
        var cuts = [0.0, 1.0]
        // Its own layer's too: where another ring touches the edge, its sides are not what they are beside that point.
        for other in layers { other.forEachEdge { cuts += edge.cuts(by: $0) } }
        cuts.sort()
        return zip(cuts, cuts.dropFirst()).compactMap { start, end in
            guard start < end else { return nil }
            // A micrometre to either side: nearer than that nothing is told apart.
            let sides = [-1e-3, 1e-3].map { holds(edge.place(at: (start + end) / 2, aside: $0)) }
            return sides[0] == sides[1] ? nil : start...end
        }
    }

    private func holds(_ place: (x: Double, y: Double)) -> Bool {
        layers[0].holds(place) && !layers.dropFirst().contains { $0.holds(place) }
    }
}

extension MultiPolygon {
    /// Whether a ray to the east crosses the rings an odd number of times.
    fileprivate func holds(_ place: (x: Double, y: Double)) -> Bool {
        var inside = false
        forEachEdge { edge in
            let (from, to) = (edge.from, edge.to)
            guard (Double(from.y) > place.y) != (Double(to.y) > place.y) else { return }
            let part = (place.y - Double(from.y)) / Double(edge.vector.y)
            if place.x < Double(from.x) + part * Double(edge.vector.x) { inside.toggle() }
        }
        return inside
    }
}

extension Edge {
    /// The parts of the length at which another edge crosses, touches or begins and ends to run along this one.
    fileprivate func cuts(by other: Edge) -> [Double] {
        guard box.meets(other.box) else { return [] }
        let (start, end) = (twiceTriangle(from, to, other.from), twiceTriangle(from, to, other.to))
        if start == 0 && end == 0 { return [part(of: other.from), part(of: other.to)].filter { $0 > 0 && $0 < 1 } }
        guard start.signum() * end.signum() <= 0 else { return [] }
        let turn = Double(cross(vector, other.vector))
        let part = Double(cross(from.vector(to: other.from), other.vector)) / turn
        return part > 0 && part < 1 ? [part] : []
    }

    private func part(of point: Point) -> Double {
        Double(dot(vector, from.vector(to: point))) / Double(dot(vector, vector))
    }

    /// A place beside the edge: at a part of its length, so many millimetres to the left.
    fileprivate func place(at part: Double, aside: Double) -> (x: Double, y: Double) {
        let along = vector
        let step = aside / along.length
        return (
            Double(from.x) + part * Double(along.x) - step * Double(along.y),
            Double(from.y) + part * Double(along.y) + step * Double(along.x)
        )
    }

    fileprivate func distance(to point: Point, on stretch: ClosedRange<Double>) -> Double {
        let nearest = part(of: point)
        let lowest = stretch.lowerBound == 0 ? -Double.infinity : stretch.lowerBound
        let highest = stretch.upperBound == 1 ? Double.infinity : stretch.upperBound
        if nearest >= lowest, nearest <= highest { return distance(to: point) }
        let end = place(at: nearest < lowest ? lowest : highest, aside: 0)
        let (x, y) = (end.x - Double(point.x), end.y - Double(point.y))
        return (x * x + y * y).squareRoot()
    }
}
