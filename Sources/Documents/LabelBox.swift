internal import Glibc
import Spatial

/// The box around a label, turned about its middle.
struct LabelBox: Hashable {
    let middle: Position
    let halfWidth: Double
    let halfHeight: Double
    /// In radians, clockwise on the picture, from −π/2 to π/2: letters never stand on their heads.
    let angle: Double

    var corners: [Position] {
        let (cosine, sine) = (cos(angle), sin(angle))
        return [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)].map { side in
            let (x, y) = (side.0 * halfWidth, side.1 * halfHeight)
            return Position(x: middle.x + x * cosine - y * sine, y: middle.y + x * sine + y * cosine)
        }
    }

    /// Seen from the box: its middle the origin, its sides level.
    func local(_ place: Position) -> Position {
        let (x, y) = (place.x - middle.x, place.y - middle.y)
        return Position(x: x * cos(angle) + y * sin(angle), y: y * cos(angle) - x * sin(angle))
    }

    /// Whether two boxes have ground in common: none of the four directions of their sides parts them.
    func meets(_ other: LabelBox) -> Bool { !isParted(from: other) && !other.isParted(from: self) }

    private func isParted(from other: LabelBox) -> Bool {
        let places = other.corners.map(local)
        return places.allSatisfy { $0.x >= halfWidth } || places.allSatisfy { $0.x <= -halfWidth }
            || places.allSatisfy { $0.y >= halfHeight } || places.allSatisfy { $0.y <= -halfHeight }
    }

    /// Whether any edge of some rings comes into the box. If not, and the middle lies inside, so does all of the box.
    func isCrossed(by rings: [[Position]]) -> Bool {
        for ring in rings {
            guard var from = ring.last.map(local) else { continue }
            for place in ring {
                let to = local(place)
                if crosses(from, to) { return true }
                from = to
            }
        }
        return false
    }

    private func crosses(_ from: Position, _ to: Position) -> Bool {
        var (enter, leave) = (0.0, 1.0)
        let (dx, dy) = (to.x - from.x, to.y - from.y)
        for (step, room) in [
            (-dx, from.x + halfWidth), (dx, halfWidth - from.x), (-dy, from.y + halfHeight), (dy, halfHeight - from.y),
        ] {
            if step < 0 { enter = max(enter, room / step) } else if step > 0 { leave = min(leave, room / step) }
            if step == 0, room < 0 { return false }
        }
        return enter < leave
    }

    /// Moved to the middle of the ground's stretch through it, across and then along its direction, twice.
    func centred(in rings: [[Position]]) -> LabelBox {
        var middle = self.middle
        for isAcross in [true, false, true, false] {
            let box = LabelBox(middle: middle, halfWidth: halfWidth, halfHeight: halfHeight, angle: angle)
            var (before, after) = (-Double.infinity, Double.infinity)
            for ring in rings {
                guard var from = ring.last.map(box.local) else { continue }
                for place in ring {
                    let to = box.local(place)
                    let (a, b) = isAcross ? (from, to) : (Position(x: from.y, y: from.x), Position(x: to.y, y: to.x))
                    if (a.x <= 0) != (b.x <= 0) {
                        let height = a.y + (b.y - a.y) * (-a.x) / (b.x - a.x)
                        if height <= 0 { before = max(before, height) }
                        if height >= 0 { after = min(after, height) }
                    }
                    from = to
                }
            }
            let step = (before + after) / 2
            guard step.isFinite else { return box }
            let (cosine, sine) = (cos(angle), sin(angle))
            middle = Position(x: middle.x - (isAcross ? step * sine : -step * cosine), y: middle.y + step * (isAcross ? cosine : sine))
        }
        return LabelBox(middle: middle, halfWidth: halfWidth, halfHeight: halfHeight, angle: angle)
    }
}

/// The angle that letters along a stretch are turned by.
func readingAngle(from: Position, to: Position) -> Double {
    let (dx, dy) = to.x < from.x ? (from.x - to.x, from.y - to.y) : (to.x - from.x, to.y - from.y)
    return dx == 0 ? -.pi / 2 : atan2(dy, dx)
}
