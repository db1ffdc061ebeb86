extension MultiPolygon {
    /// Where a point lies with respect to ground.
    package enum Position: Hashable, Sendable {
        case inside
        case boundary
        case outside
    }

    /// Where the point lies: exact, no tolerance.
    ///
    /// A point on any edge or vertex of any ring is on the boundary. Elsewhere it is inside when a ray from it crosses the
    /// rings an odd number of times, which for valid ground (holes in their shells, polygons apart) is the OGC meaning.
    package func position(of point: Point) -> Position {
        var inside = false
        for polygon in polygons {
            for ring in polygon.rings where ring.crosses(rayFrom: point, &inside) { return .boundary }
        }
        return inside ? .inside : .outside
    }
}

extension Ring {
    /// Flips `inside` for every edge that the ray from the point to the east crosses; true when the point is on the ring.
    func crosses(rayFrom point: Point, _ inside: inout Bool) -> Bool {
        guard var a = points.last else { return false }
        for b in points {
            defer { a = b }
            if (a.y > point.y) == (b.y > point.y) {
                // The edge stays on one side of the ray's line, or lies below it with an end or the whole of it on the line.
                guard max(a.y, b.y) == point.y, min(a.x, b.x) <= point.x, point.x <= max(a.x, b.x) else { continue }
                if orientation(a, b, point) == 0 { return true }
            } else {
                let side = orientation(a, b, point)
                if side == 0 { return true }
                if (side > 0) == (b.y > a.y) { inside.toggle() }
            }
        }
        return false
    }
}
