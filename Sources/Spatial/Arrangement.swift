/// A base and layers laid over each other: the base's ground cut into the sets of layers that hold it.
///
/// Green's theorem: each edge P→Q adds ½(P × Q)(t₁ − t₀), for every stretch between two crossings, to the set on its left and
/// takes it from the set on its right; the two differ in the edge's own layer. Walking along a ring, the set changes at every
/// crossing. `Shift` sees to it that layers cross properly or not at all, so that no overlay graph is needed and nothing can
/// fail. |P × Q| is at most 2 × 10¹⁸.
///
/// The base is layer 0; the others follow it. Ground must be valid: of other linework the sums mean nothing.
struct Arrangement {
    /// What the base shares with exactly the layers of one set.
    struct Part {
        var twiceArea = Fixed.zero
        var perimeter = 0.0
    }

    private(set) var sets = MembershipSets()
    /// By the set's number.
    private(set) var parts: [Part] = []
    private var layers: [Linework]
    private var lines: [BorderLine] = []
    private var lineNumbers: [BorderLine.Key: Int] = [:]

    init(base: MultiPolygon, layers: [MultiPolygon]) {
        guard let ground = base.box else {
            self.layers = []
            return
        }
        self.layers = ([base] + layers).map { Linework($0, near: ground) }
        for layer in self.layers.indices { walk(layer) }
        parts += Array(repeating: Part(), count: sets.members.count - parts.count)
        for line in lines {
            line.settle { set, twiceArea, length in
                parts[set].twiceArea += twiceArea
                parts[set].perimeter += length
            }
        }
    }

    /// The layers that hold a place, beside that of the edge walked along.
    private struct Holders {
        var isInBase: Bool
        var set = 0
    }

    private struct Crossing {
        let at: Ratio
        let layer: Int
        let edge: Edge
    }

    /// A place on an edge: the ratio of its length, and where it lies on its border line if it has one.
    private struct Mark {
        let at: Ratio
        let place: Ratio?
    }

    /// Walks along a layer's edges near the base. The holders are looked up where a run of them begins, then followed.
    private mutating func walk(_ layer: Int) {
        let linework = layers[layer]
        guard !linework.near.isEmpty, let box = linework.box else { return }
        let others = layers.indices.filter { $0 != layer && layers[$0].box?.meets(box) == true }
        var near = linework.near[...]
        for ring in linework.rings {
            var holders: (at: Int, Holders)?
            while let number = near.first, number < ring.edges.upperBound {
                near.removeFirst()
                let edge = linework.edges[number]
                let start = holders.flatMap { $0.at == number ? $0.1 : nil } ?? self.holders(of: edge.from, of: layer, among: others)
                holders = (number + 1, follow(edge, of: layer, side: ring.side, among: others, from: start))
            }
        }
    }

    private mutating func holders(of point: Point, of layer: Int, among others: [Int]) -> Holders {
        var holders = Holders(isInBase: layer == 0)
        for other in others where layers[other].holds(point, Shift(layer: layer, against: other)) {
            if other == 0 { holders.isInBase = true } else { holders.set = sets.toggled(holders.set, other) }
        }
        return holders
    }

    /// Books the stretches of one edge and gives the holders at its end.
    private mutating func follow(
        _ edge: Edge, of layer: Int, side: Int, among others: [Int], from start: Holders
    ) -> Holders {
        let (crossings, touches) = crossings(along: edge, of: layer, with: others)
        let line = touches ? borderLine(of: edge) : nil
        var holders = start
        var mark = Mark(at: .zero, place: line.map { lines[$0].place(of: edge.from) })
        for crossing in crossings {
            let next = Mark(at: crossing.at, place: line.map { lines[$0].place(of: crossing.edge) })
            if holders.isInBase { book(edge, of: layer, side: side, on: line, from: mark, to: next, set: holders.set) }
            mark = next
            if crossing.layer == 0 {
                holders.isInBase.toggle()
            } else {
                holders.set = sets.toggled(holders.set, crossing.layer)
            }
        }
        if holders.isInBase {
            let end = Mark(at: .one, place: line.map { lines[$0].place(of: edge.to) })
            book(edge, of: layer, side: side, on: line, from: mark, to: end, set: holders.set)
        }
        return holders
    }

    /// The crossings in the edge's order, and whether any edge of another layer lies on the same line near it.
    private mutating func crossings(along edge: Edge, of layer: Int, with others: [Int]) -> (crossings: [Crossing], touches: Bool) {
        var crossings: [Crossing] = []
        var touches = false
        let box = edge.box
        for other in others {
            let shift = Shift(layer: layer, against: other)
            let edges = layers[other].edges
            layers[other].search(box, amongNear: layer == 0) { number in
                switch shift.meeting(edge, edges[number]) {
                case .none: break
                case .collinear: touches = true
                case .crossing(let at): crossings.append(Crossing(at: at, layer: other, edge: edges[number]))
                }
            }
        }
        // The order of crossings at one place does not matter: the stretch between them has no length.
        if crossings.count > 1 { crossings.sort { $0.at < $1.at } }
        return (crossings, touches)
    }

    /// Gives a stretch that lies in the base to the sets on its two sides: the layer's own side is 1 (left) or −1 (right) of it.
    /// Beyond the base's own edges nothing is counted.
    private mutating func book(
        _ edge: Edge, of layer: Int, side: Int, on line: Int?, from start: Mark, to end: Mark, set: Int
    ) {
        guard start.at < end.at else { return }
        let own = layer == 0 ? set : sets.toggled(set, layer)
        if let line, let from = start.place, let to = end.place {
            lines[line].add(set: own, side: side, from: from, to: to)
            if layer != 0 { lines[line].add(set: set, side: -side, from: from, to: to) }
            return
        }
        if parts.count < sets.members.count { parts += Array(repeating: Part(), count: sets.members.count - parts.count) }
        let moment = Int64(side) * cross(Vector(edge.from), Vector(edge.to))
        let twiceArea = Fixed(moment, times: end.at) - Fixed(moment, times: start.at)
        let length = edge.vector.length * (end.at - start.at)
        parts[own].twiceArea += twiceArea
        parts[own].perimeter += length
        guard layer != 0 else { return }
        parts[set].twiceArea -= twiceArea
        parts[set].perimeter += length
    }

    /// The number of the line that the edge lies on.
    private mutating func borderLine(of edge: Edge) -> Int {
        let key = BorderLine.Key(edge)
        if let known = lineNumbers[key] { return known }
        lines.append(BorderLine(key, from: edge.from))
        lineNumbers[key] = lines.count - 1
        return lines.count - 1
    }
}
