/// Which zone each block of the lattice belongs to, in one layer.
struct ZoneMap {
    /// By cell; numbered from 0 without gaps.
    private(set) var zones: [Int32] = []
    private(set) var count = 0

    /// Every block goes to the nearest of scattered centres, each with its own reach and the borders ragged; one zone in seven
    /// is a single block (a park, a school) inside another.
    init(_ lattice: Lattice, wanted: Int, layer: Int, seed: UInt64) {
        var dice = Dice(seed, .zones, layer)
        let islands = min(wanted / 7, lattice.cells / 8)
        let centres = (0..<max(wanted - islands, 1)).map { _ in
            (at: Spot(dice.unit() * lattice.width, dice.unit() * lattice.height), reach: dice.between(0.6, 1.4))
        }
        zones = (0..<lattice.cells).map { cell in
            let (column, row) = lattice.place(of: cell)
            let middle = Spot(lattice.easts[column] + lattice.easts[column + 1], lattice.norths[row] + lattice.norths[row + 1]) / 2
            let ragged = middle + Spot(dice.between(-45, 45), dice.between(-45, 45))
            var nearest = (zone: 0, distance: Double.infinity)
            for (zone, centre) in centres.enumerated() {
                let arm = ragged - centre.at
                let distance = (arm * arm).sum() * centre.reach
                if distance < nearest.distance { nearest = (zone, distance) }
            }
            return Int32(nearest.zone)
        }
        for island in 0..<islands { zones[dice.below(zones.count)] = Int32(centres.count + island) }
        renumber()
    }

    private mutating func renumber() {
        var numbers: [Int32: Int32] = [:]
        for cell in zones.indices {
            let number = numbers[zones[cell], default: Int32(numbers.count)]
            numbers[zones[cell]] = number
            zones[cell] = number
        }
        count = numbers.count
    }

    /// All blocks in one zone: the city's limit.
    init(whole lattice: Lattice) {
        zones = Array(repeating: 0, count: lattice.cells)
        count = 1
    }
}
