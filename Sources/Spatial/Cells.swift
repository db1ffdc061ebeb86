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
    var arrangement = Arrangement()
    arrangement.lay(base, under: layers)
    return arrangement.cells(total: base.area)
}

/// The area in whole mm², half to even, and the perimeter in millimetres of the ground that two areas share.
///
/// Both are 0 when the two only touch. The same whichever comes first.
package func sharedArea(_ first: MultiPolygon, _ second: MultiPolygon) -> (area: Int64, perimeter: Double) {
    var arrangement = Arrangement()
    arrangement.lay(first, under: [second])
    let part = arrangement.part(of: 0)
    return (part.twiceArea.halfRounded, part.perimeter)
}

/// How much of the base lies in at least one of the layers, in whole mm².
package func unionArea(of base: MultiPolygon, cutBy layers: [MultiPolygon]) -> Int64 {
    cells(of: base, cutBy: layers).reduce(0) { $0 + ($1.members.isEmpty ? 0 : $1.area) }
}

extension Arrangement {
    /// Lays a base under layers that are nowhere indexed: each is looked through for what is near.
    fileprivate mutating func lay(_ base: MultiPolygon, under layers: [MultiPolygon]) {
        beginBase()
        base.forEachBorderEdge { add($0) }
        guard let ground = base.box, let first = base.firstEdge?.from else { return settle { _, _, _ in false } }
        var linework = layers.map { $0.box?.meets(ground) == true ? Linework($0) : nil }
        var reach = ground
        var cutting: [Int] = []
        for (member, lines) in linework.enumerated() {
            guard let lines else { continue }
            var isNear = false
            for edge in lines.edges where edge.meets(ground) {
                isNear = true
                reach = reach.united(with: edge.box)
            }
            if isNear {
                cutting.append(member)
            } else if linework[member]?.holds(first, .stands) == true {
                add(covering: member)
            }
        }
        // One layer crosses no other, so that what is far from the base plays no part.
        if cutting.count < 2 { reach = ground }
        for member in cutting {
            beginLayer(member)
            layers[member].forEachBorderEdge { if $0.edge.meets(reach) { add($0) } }
        }
        settle { member, point, shift in linework[member]?.holds(point, shift) ?? false }
    }

    /// The parts that have ground, their areas cut to whole mm² that add up to the base's.
    func cells(total: Int64) -> [Cell] {
        let found = zip(sets.members, parts)
            .filter { $0.1.perimeter > 0 }
            .sorted { $0.0.lexicographicallyPrecedes($1.0) }
        let areas = apportioned(found.map(\.1.twiceArea), total: total)
        return zip(found, areas).map { Cell(members: $0.0, area: $1, perimeter: $0.1.perimeter) }
    }
}

extension MultiPolygon {
    fileprivate var firstEdge: Edge? {
        var first: Edge?
        forEachEdge { if first == nil { first = $0 } }
        return first
    }
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
