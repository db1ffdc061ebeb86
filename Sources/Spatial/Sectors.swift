/// The different sets of layers that hold the ground right around a point, each a sorted list of layer numbers.
///
/// A layer that holds the point strictly inside is in every set. At a layer's boundary the edges that end at the point or run
/// through it part the directions into sectors, and each sector has the layers that lie there: on the edge between two parcels
/// that is one set for each. The sets are sorted; the empty one is among them where a sector is in no layer. Exact.
package func surroundings(of point: Point, in layers: [MultiPolygon]) -> [[Int]] {
    var around: [Int] = []
    var bordering: [Int] = []
    var directions: Set<Vector> = []
    for (number, layer) in layers.enumerated() {
        switch layer.position(of: point) {
        case .outside: break
        case .inside: around.append(number)
        case .boundary:
            bordering.append(number)
            layer.forEachEdge { edge in
                guard edge.holds(point) else { return }
                for end in [edge.from, edge.to] where end != point { directions.insert(point.vector(to: end)) }
            }
        }
    }
    var rays: [Vector] = []
    for ray in directions.sorted(by: { $0.comesBefore($1) }) where rays.last?.comesBefore(ray) ?? true { rays.append(ray) }
    var found: Set<[Int]> = rays.isEmpty ? [around] : []
    for (place, ray) in rays.enumerated() {
        let germ = Germ(point: point, direction: ray.bisector(to: rays[(place + 1) % rays.count]))
        found.insert((around + bordering.filter { germ.lies(in: layers[$0]) }).sorted())
    }
    return found.sorted { $0.lexicographicallyPrecedes($1) }
}

extension Vector {
    /// The order of directions counter-clockwise from the east; exact. Directions that are equal have no order.
    fileprivate func comesBefore(_ other: Vector) -> Bool {
        isUpper != other.isUpper ? isUpper : cross(self, other) > 0
    }

    private var isUpper: Bool { y > 0 || (y == 0 && x > 0) }

    /// A direction strictly between this one and the next one counter-clockwise.
    fileprivate func bisector(to next: Vector) -> Vector {
        // Less than half a turn apart their sum lies between them; else a quarter turn from the first does.
        cross(self, next) > 0 ? Vector(x: x + next.x, y: y + next.y) : Vector(x: -y, y: x)
    }
}
