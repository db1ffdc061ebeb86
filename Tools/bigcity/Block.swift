/// A block on the drawing board: two rows of lots, back to back along a spine.
///
/// A corner of one lot that lies on another's border is a corner of that one too.
struct Block {
    private(set) var south: Row
    private(set) var north: Row
    /// From west to east, ends included.
    private let spine: [Spot]

    init(x: Lattice.Extent, y: Lattice.Extent, dice: Dice) {
        var dice = dice
        let southern = Self.cuts(x, &dice)
        var northern = Self.cuts(x, &dice)
        // Lots that nearly meet back to back do meet: no border is shorter than a metre.
        for index in northern.indices {
            if let near = southern.first(where: { ($0 - northern[index]).magnitude < 1.2 }) { northern[index] = near }
        }
        let middle = (y.lowerBound + y.upperBound) / 2
        spine = Set(southern + northern).sorted().map { Spot($0, middle + dice.between(-0.4, 0.4)) }
        south = Row(cuts: southern, front: y.lowerBound, spine: spine, dice: &dice)
        north = Row(cuts: northern, front: y.upperBound, spine: spine, dice: &dice)
    }

    /// Where a row is cut into lots, its ends included. Most lots are 5 to 17 m wide, a few up to 45.
    private static func cuts(_ x: Lattice.Extent, _ dice: inout Dice) -> [Double] {
        var cuts = [x.lowerBound]
        while true {
            let throwing = dice.unit()
            var tail = 1.0
            for _ in 0..<20 { tail *= throwing }
            let next = cuts[cuts.count - 1] + 5.4 + 10 * throwing + 2 * throwing * throwing * throwing + 26 * tail
            if next > x.upperBound - 5.2 { break }
            cuts.append(next)
        }
        cuts.append(x.upperBound)
        return cuts
    }

    /// The border of the whole block, with every corner of a lot on it.
    var outline: [Spot] {
        south.wholeFront + [spine[spine.count - 1]] + north.wholeFront.reversed() + [spine[0]]
    }

    /// The border of one row, with every corner of a lot on it.
    func outline(of row: Row) -> [Spot] {
        row.isNorth ? spine + row.wholeFront.reversed() : row.wholeFront + spine.reversed()
    }

    /// The eastern and western sides between the cut corners, from south to north.
    var eastSide: [Spot] { [south.lastCorner, spine[spine.count - 1], north.lastCorner] }
    var westSide: [Spot] { [south.firstCorner, spine[0], north.firstCorner] }
}
