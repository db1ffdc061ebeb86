import Spatial

extension MultiPolygon {
    /// The tip of the first spike, where a ring runs out and back along one line, as a closed CAD polyline may; nil where a flaw
    /// has another cause.
    func spike(explaining flaw: Flaw) -> Point? {
        guard flaw.kind == .selfTouching || flaw.kind == .selfCrossing else { return nil }
        for ring in rings {
            var points: [Point] = []
            for point in ring.points where point != points.last { points.append(point) }
            if points.count > 1, points.first == points.last { points.removeLast() }
            guard points.count > 2 else { continue }
            for (place, tip) in points.enumerated() {
                let before = points[(place + points.count - 1) % points.count]
                let after = points[(place + 1) % points.count]
                if orientation(before, tip, after) == 0, turnsBack(from: before, at: tip, to: after) { return tip }
            }
        }
        return nil
    }

    private func turnsBack(from before: Point, at tip: Point, to after: Point) -> Bool {
        let (x, y) = (Int64(before.x) - Int64(tip.x), Int64(before.y) - Int64(tip.y))
        let (u, v) = (Int64(after.x) - Int64(tip.x), Int64(after.y) - Int64(tip.y))
        // Along one line the signs alone tell; products would not fit 64 bits everywhere.
        return x.signum() * u.signum() + y.signum() * v.signum() > 0
    }
}
