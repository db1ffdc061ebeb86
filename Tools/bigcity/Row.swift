/// One row of a block's lots along one street.
struct Row {
    /// A lot: one or more outlines and the holes in them, counter-clockwise and clockwise.
    struct Lot {
        var outlines: [[[Spot]]]
    }

    private(set) var lots: [Lot] = []
    let isNorth: Bool
    /// By lot: its border along the street from west to east, ends included.
    private var fronts: [[Spot]] = []
    /// The lots inside others.
    private var inner: [Lot] = []
    /// What no lot covers: holes left open.
    private(set) var openings: [[Spot]] = []

    init(cuts: [Double], front: Double, spine: [Spot], dice: inout Dice) {
        isNorth = front > spine[0].y
        let inward = isNorth ? -1.0 : 1.0
        let depth = (spine[0].y - front).magnitude
        var sides: [[Spot]] = []
        for cut in cuts {
            let bends = cut > cuts[0] && cut < cuts[cuts.count - 1] && dice.chance(0.5)
            sides.append(bends ? [Spot(cut + dice.between(-0.9, 0.9), front + inward * depth * dice.between(0.3, 0.7))] : [])
        }
        for lot in 0..<cuts.count - 1 {
            let (west, east) = (cuts[lot], cuts[lot + 1])
            var line = lot == 0 ? [Spot(west, front + inward * 2), Spot(west + 2, front)] : [Spot(west, front)]
            if dice.chance(0.55) { line.append(Spot((west + east) / 2 + dice.between(-0.4, 0.4), front + inward * dice.between(0, 0.35))) }
            line += lot == cuts.count - 2 ? [Spot(east - 2, front), Spot(east, front + inward * 2)] : [Spot(east, front)]
            fronts.append(line)
            let back = spine.filter { west <= $0.x && $0.x <= east }
            let ring = line + sides[lot + 1] + back.reversed() + sides[lot].reversed()
            lots.append(Lot(outlines: [[isNorth ? ring.reversed() : ring]]))
            if east - west > 21, dice.chance(0.3) { openHole(in: lot, at: Spot((west + east) / 2, front + inward * depth / 2), &dice) }
        }
        joinApart(&dice)
    }

    /// Cuts a lot out of another's middle; one time in three nothing is put into it.
    private mutating func openHole(in lot: Int, at middle: Spot, _ dice: inout Dice) {
        let (width, height) = (dice.between(3.5, 5), dice.between(3.5, 5))
        let hole = [
            middle + Spot(-width, -height), middle + Spot(-width, height), middle + Spot(width, height), middle + Spot(width, -height),
        ]
        lots[lot].outlines[0].append(hole)
        if dice.chance(0.66) { inner.append(Lot(outlines: [[hole.reversed()]])) } else { openings.append(hole) }
    }

    /// Makes one lot of two that have a third between them, now and then.
    private mutating func joinApart(_ dice: inout Dice) {
        var lot = 0
        while lot + 2 < lots.count {
            if dice.chance(0.008), lots[lot].outlines[0].count == 1, lots[lot + 2].outlines.allSatisfy({ $0.count == 1 }) {
                lots[lot].outlines += lots[lot + 2].outlines
                lots[lot + 2].outlines = []
            }
            lot += 3
        }
        lots = lots.filter { !$0.outlines.isEmpty } + inner
    }

    var wholeFront: [Spot] { fronts.dropFirst().reduce(into: fronts[0]) { $0 += $1.dropFirst() } }
    var firstCorner: Spot { fronts[0][0] }
    var lastCorner: Spot { fronts[fronts.count - 1].last ?? fronts[0][0] }
}
