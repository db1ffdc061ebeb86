@testable import Spatial

/// The area two grounds share, read a third time in exact fractions and by another way: both are cut into triangles with a
/// sign, each pair of triangles is clipped by Sutherland and Hodgman's method, and the pieces' areas are added.
enum ThirdReading {
    /// A place as (x / w, y / w), w > 0.
    private struct Place {
        var x: Whole
        var y: Whole
        var w: Whole
    }

    private struct Triangle {
        let corners: [Point]
        let sign: Int
    }

    /// Twice the shared area in mm², times 2¹⁹²; off by less than the number of triangles' corners.
    static func twiceSharedArea(_ a: MultiPolygon, _ b: MultiPolygon) -> Whole {
        var sum = Whole(0)
        let others = triangles(b)
        for first in triangles(a) {
            for second in others where Box(around: first.corners)!.meets(Box(around: second.corners)!) {
                let piece = twiceArea(of: clipped(first, by: second))
                sum = sum + piece * Whole(first.sign * second.sign)
            }
        }
        return sum
    }

    /// What the reading says of ours: nil when it bears it out, to half a mm² and to whether there is any ground at all.
    static func objection(to shared: (area: Int64, perimeter: Double), of a: MultiPolygon, and b: MultiPolygon) -> String? {
        let exact = twiceSharedArea(a, b)
        let unit = Whole(1).shifted(byDigits: 6)
        let apart = exact - Whole(2 * shared.area) * unit
        let slack = Whole(1).shifted(byDigits: 4)
        if apart > unit + slack || apart < -unit - slack { return "exactly \(exact.double / unit.double / 2)" }
        let isSome = exact > Whole(1_000_000)
        return isSome == (shared.perimeter > 0) ? nil : "exactly \(exact.double / unit.double / 2), ours has \(shared.perimeter) mm"
    }

    private static func triangles(_ ground: MultiPolygon) -> [Triangle] {
        ground.oriented.rings.flatMap { ring in
            zip(ring.points.dropFirst(), ring.points.dropFirst(2)).compactMap { second, third in
                let sign = orientation(ring.points[0], second, third)
                if sign == 0 { return nil }
                return Triangle(corners: sign > 0 ? [ring.points[0], second, third] : [ring.points[0], third, second], sign: sign)
            }
        }
    }

    private static func clipped(_ triangle: Triangle, by other: Triangle) -> [Place] {
        var places = triangle.corners.map { Place(x: Whole($0.x), y: Whole($0.y), w: Whole(1)) }
        for (corner, next) in zip(other.corners, other.corners.dropFirst() + other.corners.prefix(1)) where !places.isEmpty {
            let (dx, dy) = (Whole(Int64(next.x) - Int64(corner.x)), Whole(Int64(next.y) - Int64(corner.y)))
            let sides = places.map { dx * ($0.y - Whole(corner.y) * $0.w) - dy * ($0.x - Whole(corner.x) * $0.w) }
            var kept: [Place] = []
            for (number, place) in places.enumerated() {
                let after = (number + 1) % places.count
                let (s, t, end) = (sides[number], sides[after], places[after])
                if s.signum >= 0 { kept.append(place) }
                guard s.signum * t.signum < 0 else { continue }
                // At (t·p − s·q) / (t·w − s·w′) the line is met; turned so that w stays positive.
                let (f, g) = t.signum > 0 ? (t, -s) : (-t, s)
                kept.append(Place(x: f * place.x + g * end.x, y: f * place.y + g * end.y, w: f * place.w + g * end.w))
            }
            places = kept
        }
        return places
    }

    private static func twiceArea(of places: [Place]) -> Whole {
        var sum = Whole(0)
        for (place, next) in zip(places, places.dropFirst() + places.prefix(1)) {
            sum = sum + (place.x * next.y - place.y * next.x).shifted(byDigits: 6) / (place.w * next.w)
        }
        return sum
    }
}
