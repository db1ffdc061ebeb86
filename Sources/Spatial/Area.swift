/// Twice the signed area in mm² within a closed ring, positive for a counter-clockwise one; exact (the shoelace formula).
///
/// For a ring that does not cross itself it is at most 8 × 10¹⁸. A ring that winds around ground many times, which
/// `MultiPolygon.flaw` refuses, is held at the ends of Int64.
func twiceRingArea(_ points: Span<Point>) -> Int64 {
    guard !points.isEmpty else { return 0 }
    let first = points[0]
    var sum: Int128 = 0
    var last = Vector(x: 0, y: 0)
    for place in 1..<points.count {
        let next = first.vector(to: points[place])
        sum += Int128(cross(last, next))
        last = next
    }
    return Int64(clamping: sum)
}

extension Ring {
    /// Twice the signed area in mm²: see `twiceRingArea`.
    package var twiceArea: Int64 { twiceRingArea(points.span) }

    /// The length of the ring in millimetres.
    package var perimeter: Double {
        var sum = 0.0
        forEachEdge { sum += $0.vector.length }
        return sum
    }

    /// The same ring run the other way.
    package var reversed: Ring { Ring(points.reversed()) }
}

extension MultiPolygon {
    /// Twice the ground's area in mm²: the shells less their holes, whichever way the rings run. Exact for valid ground.
    package var twiceArea: Int64 {
        var sum: Int128 = 0
        for polygon in polygons {
            sum += Int128(polygon.shell.twiceArea.magnitude)
            for hole in polygon.holes { sum -= Int128(hole.twiceArea.magnitude) }
        }
        return Int64(clamping: sum)
    }

    /// The ground's area in whole mm²; half a mm² is rounded to even.
    package var area: Int64 { Fixed(whole: twiceArea).halfRounded }

    /// The length of all rings, holes included, in millimetres.
    package var perimeter: Double {
        polygons.reduce(0) { sum, polygon in
            polygon.holes.reduce(sum + polygon.shell.perimeter) { $0 + $1.perimeter }
        }
    }

    /// The same ground with its shells counter-clockwise and its holes clockwise: the ground lies left of every edge.
    package var oriented: MultiPolygon {
        MultiPolygon(
            polygons.map { polygon in
                Polygon(
                    shell: polygon.shell.twiceArea < 0 ? polygon.shell.reversed : polygon.shell,
                    holes: polygon.holes.map { $0.twiceArea > 0 ? $0.reversed : $0 })
            })
    }
}
