/// A part of some ground, told apart by the layers that hold it.
package struct Cell: Hashable, Sendable {
    /// The numbers of the layers that hold it, ascending; empty when none does.
    package let members: [Int]
    /// In whole mm².
    package let area: Int64
    /// In millimetres, with the borders of its holes and of all its pieces. Layers that touch within the cell leave no trace in it.
    package let perimeter: Double
}

/// Cuts the base into cells, one for each set of layers that hold some of it, sorted by their members.
///
/// Whether a cell has ground is decided exactly: what only touches makes no cell, and the thinnest sliver makes one, be it of
/// area 0 after rounding. The areas add up to the base's area: each is cut to whole mm² and the rest, less than one mm² a cell,
/// goes to those with the largest fractions. The base and the layers must be valid, and the layers may overlap.
package func cells(of base: MultiPolygon, cutBy layers: [MultiPolygon]) -> [Cell] {
    let arrangement = Arrangement(base: base, layers: layers)
    // The base is layer 0 of the arrangement.
    let found = zip(arrangement.sets.members, arrangement.parts)
        .filter { $0.1.perimeter > 0 }
        .map { (members: $0.0.map { $0 - 1 }, part: $0.1) }
        .sorted { $0.members.lexicographicallyPrecedes($1.members) }
    let areas = apportioned(found.map(\.part.twiceArea), total: base.area)
    return zip(found, areas).map { Cell(members: $0.members, area: $1, perimeter: $0.part.perimeter) }
}

/// The area in whole mm², half to even, and the perimeter in millimetres of the ground that two areas share.
///
/// Both are 0 when the two only touch. The same whichever comes first.
package func sharedArea(_ first: MultiPolygon, _ second: MultiPolygon) -> (area: Int64, perimeter: Double) {
    guard let box = first.box, let other = second.box, box.meets(other) else { return (0, 0) }
    let arrangement = Arrangement(base: first, layers: [second])
    for (members, part) in zip(arrangement.sets.members, arrangement.parts) where members == [1] {
        return (part.twiceArea.halfRounded, part.perimeter)
    }
    return (0, 0)
}

/// How much of the base lies in at least one of the layers, in whole mm².
package func unionArea(of base: MultiPolygon, cutBy layers: [MultiPolygon]) -> Int64 {
    cells(of: base, cutBy: layers).reduce(0) { $0 + ($1.members.isEmpty ? 0 : $1.area) }
}

/// Halves twice the areas to whole numbers that add up to the total, by largest remainder; of equal ones the earlier gains.
private func apportioned(_ twiceAreas: [Fixed], total: Int64) -> [Int64] {
    let unit: Int128 = 1 << (Fixed.places + 1)
    let exact = twiceAreas.map { max($0.scaled, 0) }
    var whole = exact.map { Int64(clamping: $0 / unit) }
    let missing = total - whole.reduce(0, +)
    let byRest = exact.indices.sorted { (-(exact[$0] % unit), $0) < (-(exact[$1] % unit), $1) }
    for place in byRest.prefix(Int(clamping: max(missing, 0))) { whole[place] += 1 }
    return whole
}
