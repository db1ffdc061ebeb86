/// How a zone's border runs from one crossing to the next: 68 % along the street, 18 % on a frontage as it was digitised,
/// within 12 cm of it, and 14 % through the lots.
struct Course {
    private enum Kind {
        case street, frontage, lots
    }

    private let lattice: Lattice
    private let layer: Int
    private let seed: UInt64

    init(_ lattice: Lattice, layer: Int, seed: UInt64) {
        self.lattice = lattice
        self.layer = layer
        self.seed = seed
    }

    /// The crossing a step starts from, and the places on the way; its end is the next step's.
    func spots(along step: Step) -> [Spot] {
        let start = Spot(lattice.easts[step.x], lattice.norths[step.y])
        switch step.heading {
        case .east, .north: return [start] + way(step)
        case .west: return [start] + way(Step(x: step.x - 1, y: step.y, heading: .east)).reversed()
        case .south: return [start] + way(Step(x: step.x, y: step.y - 1, heading: .north)).reversed()
        }
    }

    /// The places between the crossings, for a step east or north: the same for the zones on both sides.
    private func way(_ step: Step) -> [Spot] {
        let runsEast = step.heading == .east
        let sides = [step.left, step.right].filter { lattice.cell($0.column, $0.row) != nil }
        // Along the city's limit all layers have the same border.
        let layer = sides.count == 2 ? layer : 0
        var dice = Dice(seed &+ UInt64(layer), .course, step.x << 1 | (runsEast ? 1 : 0), step.y)
        guard let side = sides.randomly(&dice) else { return [] }
        let throwing = dice.unit()
        let kind: Kind = sides.count < 2 || throwing < 0.68 ? .street : throwing < 0.86 ? .frontage : .lots

        let along = runsEast ? lattice.columns[side.column] : lattice.rows[side.row]
        let across = runsEast ? lattice.rows[side.row] : lattice.columns[side.column]
        let line = runsEast ? lattice.norths[step.y] : lattice.easts[step.x]
        let isBeyond = across.lowerBound > line
        let front = isBeyond ? across.lowerBound : across.upperBound
        let inward = isBeyond ? 1.0 : -1.0
        func spot(_ distance: Double, _ depth: Double) -> Spot {
            runsEast ? Spot(distance, front + inward * depth) : Spot(front + inward * depth, distance)
        }
        switch kind {
        case .street:
            let middle = (front - line).magnitude
            return stations(from: along.lowerBound, to: along.upperBound, &dice).map { spot($0, dice.between(-1.5, 1.5) - middle) }
        case .frontage:
            return stations(from: along.lowerBound + 0.6, to: along.upperBound - 0.6, &dice).map { spot($0, dice.between(-0.12, 0.12)) }
        case .lots:
            // Within the triangle that the corners' bisectors cut off, where no other border of this block comes.
            let depth = dice.between(4, 11)
            let corner = depth + 2.6
            let inside = stations(from: along.lowerBound + corner, to: along.upperBound - corner, &dice)
            return [spot(along.lowerBound + 0.6, -0.2)] + inside.map { spot($0, depth + dice.between(-2, 2)) }
                + [spot(along.upperBound - 0.6, -0.2)]
        }
    }

    /// Both ends, and a place about every 9 m between them.
    private func stations(from start: Double, to end: Double, _ dice: inout Dice) -> [Double] {
        let count = max(1, Int((end - start) / 9))
        let pitch = (end - start) / Double(count)
        return (0...count).map { station in
            start + pitch * (Double(station) + (station == 0 || station == count ? 0 : dice.between(-0.3, 0.3)))
        }
    }
}

extension Array {
    fileprivate func randomly(_ dice: inout Dice) -> Element? { isEmpty ? nil : self[dice.below(count)] }
}
