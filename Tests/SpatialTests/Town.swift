@testable import Spatial

/// A small made-up town for the location index: features with their groups.
struct Town {
    var features: [(ground: MultiPolygon, group: UInt8)] = []

    var shapes: ShapeTable {
        var writer = ShapeTableWriter()
        for feature in features { writer.append(.area(feature.ground)) }
        return writer.table
    }

    var groups: [UInt8] { features.map(\.group) }

    func sections(threads: Int = 2) -> Sections {
        var sections = Sections()
        LocationIndex.sections(for: shapes, groups: groups, threads: threads, into: &sections)
        return sections
    }

    var index: LocationIndex { LocationIndex(sections().table)! }

    mutating func add(_ rings: [[Point]], _ group: UInt8) {
        add(MultiPolygon([Polygon(shell: Ring(rings[0]), holes: rings.dropFirst().map { Ring($0) })]), group)
    }

    mutating func add(_ ground: MultiPolygon, _ group: UInt8) { features.append((ground, group)) }
}

/// A bent net of lines: its knots, and the middles between them, are moved about, the same wherever they are asked for.
struct Net {
    let seed: UInt64
    /// In millimetres.
    let step: Double
    let bend: Double
    let turn: (cos: Double, sin: Double)
    let middle: (x: Double, y: Double)

    init(seed: UInt64, step: Double, bend: Double = 0.2, turn: Double = 0.3, middle: (Double, Double) = (0, 0)) {
        self.seed = seed
        self.step = step
        self.bend = bend
        // Any turn that is not a whole one will do; the library's sine is not needed for it.
        let size = (1 + turn * turn).squareRoot()
        self.turn = (1 / size, turn / size)
        self.middle = middle
    }

    /// A place at half steps.
    func knot(_ x: Int, _ y: Int) -> Point {
        var chance = Chance(seed: seed ^ UInt64(truncatingIfNeeded: x &* 1_000_003) ^ UInt64(truncatingIfNeeded: y) << 32)
        let (u, v) = (
            Double(x) / 2 + bend * Double.random(in: -1...1, using: &chance),
            Double(y) / 2 + bend * Double.random(in: -1...1, using: &chance)
        )
        return Point(
            x: Int32((middle.x + step * (u * turn.cos - v * turn.sin)).rounded()),
            y: Int32((middle.y + step * (u * turn.sin + v * turn.cos)).rounded()))
    }

    /// The outline of a rectangle of whole meshes, with every knot on it and, where asked, the middles.
    func ring(_ x: Range<Int>, _ y: Range<Int>, middles: Bool = true) -> [Point] {
        var ring: [Point] = []
        let by = middles ? 1 : 2
        let (left, right, low, high) = (2 * x.lowerBound, 2 * x.upperBound, 2 * y.lowerBound, 2 * y.upperBound)
        for place in stride(from: left, to: right, by: by) { ring.append(knot(place, low)) }
        for place in stride(from: low, to: high, by: by) { ring.append(knot(right, place)) }
        for place in stride(from: right, to: left, by: -by) { ring.append(knot(place, high)) }
        for place in stride(from: high, to: low, by: -by) { ring.append(knot(left, place)) }
        return ring
    }
}

extension Town {
    enum Kind: CaseIterable {
        /// Lots and zones are partitions; zones cut lots.
        case clean
        /// Zones of two layers are exact unions of lots.
        case degenerate
        /// Lots and zones overlap, gap, repeat and lie within each other.
        case dirty
    }

    /// A town of about `size`² lots, with streets between, lots in lots, lots of several parts and with holes.
    static func made(_ kind: Kind, size: Int, seed: UInt64, step: Double = 16_000, bend: Double = 0.2, middle: (Double, Double) = (0, 0))
        -> Town
    {
        var town = Town()
        var chance = Chance(seed: seed)
        let net = Net(seed: seed, step: step, bend: bend, middle: middle)
        var pending: [[Point]] = []
        for row in stride(from: -size / 2, to: size / 2, by: 4) {
            for column in stride(from: -size / 2, to: size / 2, by: 4) {
                town.addLots(net, column, row, &pending, &chance)
            }
        }
        func zones(_ net: Net, _ size: Int, _ width: Int, middles: Bool = true) {
            for row in stride(from: -size / 2, to: size / 2, by: width) {
                for column in stride(from: -size / 2, to: size / 2, by: width) where chance.number(0...9) > 0 {
                    town.add([net.ring(column..<column + width, row..<row + width, middles: middles)], 1)
                }
            }
        }
        switch kind {
        case .clean, .dirty:
            zones(Net(seed: seed + 1, step: 2.3 * step, turn: -0.7, middle: middle), size / 2, 4)
            zones(Net(seed: seed + 2, step: 5.1 * step, turn: 1.1, middle: middle), size / 4, 2, middles: false)
        case .degenerate:
            zones(net, size, 8)
            zones(net, size, 12)
        }
        // A river across it all, and a ring road.
        let course = Net(seed: seed + 3, step: 3 * step, turn: 0.9, middle: middle)
        town.add([course.ring(-size / 3..<size / 3, 0..<1)], 1)
        town.add([course.ring(-4..<4, -4..<4), course.ring(-3..<3, -3..<3)], 1)
        if kind == .dirty { town.soil(&chance, step) }
        return town
    }

    /// The lots of a block of 4 × 4 meshes; the last row and column of meshes of every second one are streets.
    private mutating func addLots(_ net: Net, _ column: Int, _ row: Int, _ pending: inout [[Point]], _ chance: inout Chance) {
        switch chance.number(0...9) {
        case 0:  // A lot around another one, or around a hole.
            add([net.ring(column..<column + 3, row..<row + 3), net.ring(column + 1..<column + 2, row + 1..<row + 2)], 0)
            if chance.number(0...1) == 0 { add([net.ring(column + 1..<column + 2, row + 1..<row + 2)], 0) }
        case 1:  // One large lot.
            add([net.ring(column..<column + 4, row..<row + 4)], 0)
        case 2:  // Nothing.
            return
        default:
            for y in row..<row + 4 {
                for x in column..<column + 4 {
                    let ring = net.ring(x..<x + 1, y..<y + 1)
                    switch chance.number(0...15) {
                    case 0: pending.append(ring)
                    case 1: continue
                    default: add([ring], 0)
                    }
                }
            }
            if pending.count > 2 {
                add(MultiPolygon(pending.map { Polygon(shell: Ring($0)) }), 0)
                pending = []
            }
        }
    }

    /// Moves some features by up to a step or by a millimetre, repeats some, and lets some rest within others.
    private mutating func soil(_ chance: inout Chance, _ step: Double) {
        for number in features.indices {
            let far = Int(step)
            switch chance.number(0...11) {
            case 0:
                features[number].ground = features[number].ground.moved(
                    (Int64(chance.number(-far...far)), Int64(chance.number(-far...far))))
            case 1: features[number].ground = features[number].ground.moved((Int64(chance.number(-1...1)), Int64(chance.number(-1...1))))
            case 2: for _ in 0..<chance.number(1...3) { features.append(features[number]) }
            case 3: features.append((features[number].ground, 1 - features[number].group))
            default: continue
            }
        }
    }
}
