@testable import Spatial

extension Random {
    /// Two grounds made to touch each other in awkward ways: the second is the first one moved, cut, turned inside out…
    static func contrived(_ chance: inout Chance, keeping passes: (MultiPolygon) -> Bool) -> (MultiPolygon, MultiPolygon) {
        let size = [6, 30, 50_000][chance.number(0...2)]
        let placing = Placing.any(reach: 2 * size, &chance)
        let first = ground(&chance, size: size, corners: 9, placing, keeping: passes)
        let shell = first.polygons[0].shell.points
        for _ in 0..<20 {
            let second = neighbour(of: first, along: shell, size: size, placing, &chance)
            if passes(second) { return (first, second) }
        }
        return (first, first)
    }

    private static func neighbour(
        of ground: MultiPolygon, along shell: [Point], size: Int, _ placing: Placing, _ chance: inout Chance
    ) -> MultiPolygon {
        let start = chance.number(0...(shell.count - 1))
        let (a, b) = (shell[start], shell[(start + 1) % shell.count])
        let step = (Int64(chance.number(-1...1)), Int64(chance.number(-1...1)))
        func alone(_ points: [Point]) -> MultiPolygon { MultiPolygon([Polygon(shell: Ring(points))]) }
        switch chance.number(0...8) {
        case 0:  // A millimetre apart.
            return ground.moved(step)
        case 1:  // One corner a millimetre off: long slivers along two edges.
            var moved = ground
            moved.polygons[0].shell.points[start] = a.moved(step)
            return moved
        case 2:  // What fills a hole, or the shell with its holes filled.
            if let hole = ground.polygons[0].holes.first { return alone(hole.points) }
            return alone(shell)
        case 3:  // A triangle on an edge, on either side of it.
            return alone([a, b, placing.point(chance.number(-size...size), chance.number(-size...size))])
        case 4:  // Moved along one of its own edges: collinear runs.
            return ground.moved((Int64(b.x) - Int64(a.x), Int64(b.y) - Int64(a.y)))
        case 5:  // A spike one millimetre wide at its foot, out of or into the ground, ending at a corner.
            return alone([a, a.moved((1, 0)), placing.point(chance.number(-size...size), chance.number(-size...size))])
        case 6:  // A part of its corners.
            let kept = shell.enumerated().filter { $0.offset != start && ($0.offset + start) % 3 != 0 }.map(\.element)
            return alone(kept.count > 2 ? kept : shell)
        case 7:  // Another drawing on the same lattice.
            return Random.ground(&chance, size: max(1, size / 2), corners: 6, placing) { $0.flaw() == nil }
        default:  // A frame whose hole is the shell.
            let reach = 2 * size
            let frame = [(-reach, -reach), (reach, -reach), (reach, reach), (-reach, reach)].map { placing.point($0.0, $0.1) }
            return MultiPolygon([Polygon(shell: Ring(frame), holes: [Ring(shell)])])
        }
    }
}

extension Point {
    func moved(_ step: (Int64, Int64)) -> Point {
        Point(
            x: min(max(Int32(Int64(x) + step.0), -Point.limit), Point.limit),
            y: min(max(Int32(Int64(y) + step.1), -Point.limit), Point.limit))
    }
}

extension MultiPolygon {
    func mapped(_ change: (Point) -> Point) -> MultiPolygon {
        MultiPolygon(
            polygons.map { polygon in
                Polygon(shell: Ring(polygon.shell.points.map(change)), holes: polygon.holes.map { Ring($0.points.map(change)) })
            })
    }

    /// Moved, or less far where a point would leave the grid: then the step is halved.
    func moved(_ step: (Int64, Int64)) -> MultiPolygon {
        guard let box else { return self }
        var step = step
        let limit = Int64(Point.limit)
        while Int64(box.minX) + step.0 < -limit || Int64(box.maxX) + step.0 > limit
            || Int64(box.minY) + step.1 < -limit || Int64(box.maxY) + step.1 > limit
        {
            step = (step.0 / 2, step.1 / 2)
        }
        return mapped { $0.moved(step) }
    }
}
