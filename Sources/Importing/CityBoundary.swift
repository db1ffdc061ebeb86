import Spatial

/// The city's boundary, asked of every feature: does it lie outside altogether?
struct CityBoundary {
    private let area: MultiPolygon
    private let box: Box?

    init(_ area: MultiPolygon) {
        self.area = area
        box = area.box
    }

    /// False only where the two have no point in common.
    func meets(_ geometry: Geometry) -> Bool {
        guard let box, let other = geometry.box, box.meets(other) else { return false }
        let chains = geometry.chains
        if chains.contains(where: { chain in chain.contains { area.position(of: $0) != .outside } }) { return true }
        if case .area(let ground) = geometry,
            area.rings.contains(where: { ring in
                ring.points.contains { other.holds($0) && ground.position(of: $0) != .outside }
            })
        {
            return true
        }
        return chains.contains { crosses($0, other) }
    }

    /// Metres from a geometry that does not meet the city to the nearest part of its boundary.
    func distance(to geometry: Geometry) -> Double {
        // Of two things apart, one comes nearest with a corner.
        let theirs = geometry.chains.joined().map { Geometry.area(area).distance(to: $0) }.min() ?? .infinity
        let ours = area.rings.flatMap(\.points).map { geometry.distance(to: $0) }.min() ?? .infinity
        return min(theirs, ours) / 1000
    }

    private func crosses(_ chain: [Point], _ box: Box) -> Bool {
        for ring in area.rings {
            guard var from = ring.points.last else { continue }
            for to in ring.points {
                defer { from = to }
                guard
                    Box(minX: min(from.x, to.x), minY: min(from.y, to.y), maxX: max(from.x, to.x), maxY: max(from.y, to.y))
                        .meets(box)
                else { continue }
                for (a, b) in zip(chain, chain.dropFirst()) where Self.cross(from, to, a, b) { return true }
            }
        }
        return false
    }

    /// Whether two edges cross in their insides; exact within `Point.limit`. Ends on the other were looked at before.
    private static func cross(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Bool {
        func side(_ p: Point, _ q: Point, _ r: Point) -> Int64 {
            ((Int64(q.x) - Int64(p.x)) * (Int64(r.y) - Int64(p.y)) - (Int64(q.y) - Int64(p.y)) * (Int64(r.x) - Int64(p.x))).signum()
        }
        return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
    }
}

extension Geometry {
    /// Its lines, those of rings with the closing point.
    fileprivate var chains: [[Point]] {
        switch self {
        case .point(let point): [[point]]
        case .line(let parts): parts
        case .area(let area): area.rings.map { $0.points + $0.points.prefix(1) }
        }
    }
}
