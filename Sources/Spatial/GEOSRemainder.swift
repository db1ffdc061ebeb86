internal import CGEOS

/// Some ground that is taken from an area.
package struct Taking: Hashable, Sendable {
    /// Lines of at least two points each; what lies nearer to one of them than a distance in millimetres is taken. Nil takes all.
    package var near: Near?
    /// It is taken only where all of these are, and none of those.
    package var inside: [MultiPolygon]
    package var outside: [MultiPolygon]

    package struct Near: Hashable, Sendable {
        package var lines: [[Point]]
        package var millimetres: Double

        package init(_ lines: [[Point]], millimetres: Double) {
            self.lines = lines
            self.millimetres = millimetres
        }
    }

    package init(near: Near?, inside: [MultiPolygon] = [], outside: [MultiPolygon] = []) {
        self.near = near
        self.inside = inside
        self.outside = outside
    }
}

/// Ground on a grid a thousand times finer than the city's: what is left of an area between curves has no corners on millimetres.
package struct FineGround: Hashable, Sendable {
    /// Polygons, shell first and counter-clockwise, holes clockwise, the closing point not repeated; millimetres of the city's grid.
    package let polygons: [[[Position]]]
    /// In whole mm², half to even, from the coordinates' whole micrometres.
    package let area: Int64
}

extension GEOS {
    /// How many chords stand for a quarter of a circle so that it lacks at most 0.0005 m², up to 1 km: (π/4)(π/2n)²/6 of the radius' square.
    private static func fineChords(_ millimetres: Double) -> Int32 { Int32(max(8, min(26_000, (26 * millimetres / 1000).rounded(.up)))) }

    /// What is left of an area without some ground, worked out on a grid of 10⁻⁶ m.
    ///
    /// The ground near a line has round ends and corners; chords stand for them, so that what is left is too large by at most 0.0005 m² for each
    /// quarter circle. A metre of border adds 10⁻⁶ m² to what the area may be off by. All areas must be valid.
    package func remainder(of area: MultiPolygon, without takings: [Taking]) throws(SpatialError) -> FineGround {
        let corner = Corner(area.box)
        var left = try handle(area, from: corner)
        for taking in takings {
            var taken: GEOSHandle
            if let near = taking.near {
                guard near.millimetres.isFinite, near.millimetres.magnitude <= Double(Point.limit) else {
                    throw .outOfGrid(operation: "buffer")
                }
                let lines = try handle(.line(near.lines), from: corner)
                let chords = Self.fineChords(near.millimetres)
                taken = unsafe try owned(GEOSBuffer_r(context, lines.pointer, near.millimetres, chords), "buffer")
            } else {
                taken = try handle(area, from: corner)
            }
            for other in taking.inside {
                let other = try handle(other, from: corner)
                taken = unsafe try owned(GEOSIntersectionPrec_r(context, taken.pointer, other.pointer, Self.precision), "intersection")
            }
            for other in taking.outside {
                let other = try handle(other, from: corner)
                taken = unsafe try owned(GEOSDifferencePrec_r(context, taken.pointer, other.pointer, Self.precision), "difference")
            }
            left = unsafe try owned(GEOSDifferencePrec_r(context, left.pointer, taken.pointer, Self.precision), "difference")
        }
        return FineGround(try polygons(of: left), from: corner)
    }
}

extension FineGround {
    fileprivate init(_ polygons: [[[(x: Double, y: Double)]]], from corner: GEOS.Corner) {
        var twice: Int128 = 0
        var drawn: [[[Position]]] = []
        for rings in polygons {
            var polygon: [[Position]] = []
            var own: Int128 = 0
            for ring in rings {
                let area = Self.twiceArea(ring)
                let (isShell, runsLeft) = (polygon.isEmpty, area > 0)
                own += Int128(isShell ? 1 : -1) * (runsLeft ? area : -area)
                let places = ring.map { Position(x: $0.x + Double(corner.x), y: $0.y + Double(corner.y)) }
                polygon.append(isShell == runsLeft ? places : places.reversed())
            }
            // What is under half a mm² is a trace of rounding: two borders that met, a micrometre apart.
            guard own > 1_000_000 else { continue }
            twice += own
            drawn.append(polygon)
        }
        let unit: Int128 = 2_000_000
        let (quotient, rest) = twice.quotientAndRemainder(dividingBy: unit)
        let up = 2 * rest > unit || (2 * rest == unit && quotient % 2 != 0)
        self.init(polygons: drawn, area: Int64(clamping: quotient + (up ? 1 : 0)))
    }

    /// Twice the signed area of a ring in square micrometres.
    private static func twiceArea(_ ring: [(x: Double, y: Double)]) -> Int128 {
        func micrometres(_ value: Double) -> Int64 { Int64((value * 1000).rounded(.toNearestOrEven)) }
        var sum: Int128 = 0
        for (place, next) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
            sum +=
                Int128(micrometres(place.x)) * Int128(micrometres(next.y)) - Int128(micrometres(next.x)) * Int128(micrometres(place.y))
        }
        return sum
    }
}
