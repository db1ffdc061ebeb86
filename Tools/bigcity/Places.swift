package import Spatial

extension City {
    /// Points spread evenly over the city, streets and the outer half of the outermost ones included.
    package func uniformPoints(_ count: Int, seed: UInt64 = 1) -> [Point] {
        var dice = Dice(seed, .places)
        return (0..<count).map { _ in terrain.point(Spot(dice.unit() * lattice.width, dice.unit() * lattice.height)) }
    }

    /// Points on borders and a millimetre off them: half of parcels, three in ten of zones, the rest of overlays; corners, the
    /// middles of edges, places on an edge, each rounded to the grid.
    package func borderPoints(_ count: Int, seed: UInt64 = 1) -> [Point] {
        var dice = Dice(seed, .places, 1)
        return (0..<count).map { number in
            let shapes = number % 10 < 5 ? parcels : number % 10 < 8 ? zones : overlays
            let corners = shapes.corners(of: dice.below(shapes.starts.count - 1))
            let start = dice.below(corners.count)
            let from = shapes.points[corners.lowerBound + start]
            let to = shapes.points[corners.lowerBound + (start + 1) % corners.count]
            let share = [0, 0.5, dice.unit()][dice.below(3)]
            let off = dice.chance(0.5) ? (0, 0) : (dice.below(3) - 1, dice.below(3) - 1)
            func between(_ a: Int32, _ b: Int32, _ off: Int) -> Int32 {
                Int32((Double(a) + share * (Double(b) - Double(a))).rounded()) + Int32(off)
            }
            return Point(x: between(from.x, to.x, off.0), y: between(from.y, to.y, off.1))
        }
    }
}
