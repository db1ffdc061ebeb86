import Spatial

/// What lies across the town without regard to its lots: rivers and faults as strips, power lines and qanats as lines,
/// neighbourhoods of monuments as round areas.
struct OverlayDrawing {
    let width: Double
    let height: Double
    let terrain: Terrain
    let seed: UInt64

    /// 29 in a town of 15,000 parcels, some 100 in a city of 500,000.
    func overlays(parcels: Int) -> [(overlay: City.Overlay, shape: Geometry)] {
        let eighth = Double(parcels).squareRoot().squareRoot().squareRoot()
        return (0..<max(5, Int(0.79 * eighth * eighth * eighth))).map { number in
            var dice = Dice(seed, .overlays, number)
            let (kind, shape) = overlay(number % 10, &dice)
            return (City.Overlay(kind: kind, code: "\(kind)-\(number + 1)"), shape)
        }
    }

    private func overlay(_ kind: Int, _ dice: inout Dice) -> (String, Geometry) {
        switch kind {
        case 0: ("river", strip(halfWidth: 12...30, reach: 1, &dice))
        case 1: ("fault", strip(halfWidth: 20...40, reach: 0.7, &dice))
        case 2: ("powerLine", .line([laid(wander(reach: 0.8, step: 60, &dice), &dice)]))
        case 3: ("qanat", .line([laid(wander(reach: 0.4, step: 25, &dice), &dice)]))
        default: ("heritage", round(&dice))
        }
    }

    /// Relative to the city's middle, turned as the city is.
    private func ground(_ spot: Spot) -> Point {
        let place = 1000 * terrain.turned(spot)
        return Point(x: Int32(place.x.rounded()), y: Int32(place.y.rounded()))
    }

    /// Across the town from west to east or from south to north.
    private func laid(_ spots: [Spot], _ dice: inout Dice) -> [Point] {
        let runsNorth = dice.chance(0.5)
        return spots.map { ground(runsNorth ? Spot(-$0.y, $0.x) : $0) }
    }

    /// A line within the city that gains ground eastward with every step, so that it cannot cross itself.
    private func wander(reach: Double, step: Double, _ dice: inout Dice) -> [Spot] {
        let length = reach * min(width, height)
        let start = dice.between(-0.5, 0.5) * (min(width, height) - length) - length / 2
        var (y, slope) = (dice.between(-0.45, 0.45) * height, 0.0)
        return (0...max(4, Int(length / step))).map { stop in
            slope = (slope + dice.between(-0.12, 0.12)) * 0.97 - 0.04 * y / height
            y += slope * step
            return Spot(start + Double(stop) * step, y)
        }
    }

    private func strip(halfWidth: ClosedRange<Double>, reach: Double, _ dice: inout Dice) -> Geometry {
        let line = wander(reach: reach, step: 14, &dice)
        let arms = line.map { _ in Spot(0, dice.between(halfWidth.lowerBound, halfWidth.upperBound)) }
        let south = line.indices.map { line[$0] - arms[$0] }
        let north = line.indices.reversed().map { line[$0] + arms[$0] }
        return .area(MultiPolygon([Polygon(shell: Ring(laid(south + north, &dice)))]))
    }

    /// Seen whole from its middle, so that it cannot cross itself.
    private func round(_ dice: inout Dice) -> Geometry {
        let middle = Spot(dice.between(-0.5, 0.5) * width, dice.between(-0.5, 0.5) * height)
        let radius = dice.between(40, 260)
        let quarter = 12 + dice.below(50)
        var ring: [Spot] = []
        for side in [1.0, -1.0] {
            for step in -quarter..<quarter {
                let tangent = Double(step) / Double(quarter)
                let direction = Spot(1 - tangent * tangent, 2 * tangent) / (1 + tangent * tangent)
                ring.append(middle + direction * (side * radius * dice.between(0.85, 1)))
            }
        }
        return .area(MultiPolygon([Polygon(shell: Ring(ring.map(ground)))]))
    }
}
