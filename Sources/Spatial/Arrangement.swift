/// A base and layers laid over each other: the base's ground cut into the sets of layers that hold it.
///
/// Green's theorem: each edge P→Q adds ½(P × Q)(t₁ − t₀), for every stretch between two crossings, to the set on its left and
/// takes it from the set on its right; the two differ in the edge's own layer. Walking along a ring, the set changes at every
/// crossing. `Shift` sees to it that layers cross properly or not at all, so that no overlay graph is needed and nothing can
/// fail. |P × Q| is at most 2 × 10¹⁸.
///
/// Only edges near the base are walked along. The edges of all layers come from whoever has them at hand, as does whether a
/// layer holds the place where a walk begins. Ground must be valid: of other linework the sums mean nothing. One arrangement may
/// be used again and again, and keeps its memory.
struct Arrangement {
    /// What the base shares with exactly the members of one set.
    struct Part {
        var twiceArea = Fixed.zero
        var perimeter = 0.0
    }

    /// Whether a member's ground holds a point of another layer, once they are moved.
    typealias Holding = (_ member: Int, _ point: Point, _ shift: Shift) -> Bool

    private struct Layer {
        /// What its sets call it; the base, layer 0, is in none.
        let member: Int
        var edges: Range<Int>
        /// Whether an edge of it crosses the base's border or lies on one line with it.
        var meetsBase = false
    }

    private(set) var sets = MembershipSets()
    /// By the set's number.
    private(set) var parts: [Part] = []
    private var layers: [Layer] = []
    private var edges = EdgeHeap()
    private var lines = BorderLines()
    private var crossings: [Crossing] = []
    /// The members whose ground holds all of the base.
    private var covering = 0

    /// Forgets all and awaits the base's edges.
    mutating func beginBase() {
        edges.removeAll()
        layers.removeAll(keepingCapacity: true)
        covering = 0
        // The sets are worth keeping from one base to the next, up to a point.
        if sets.members.count > 64 { sets = MembershipSets() }
        layers.append(Layer(member: -1, edges: 0..<0))
    }

    /// Forgets all layers but the base.
    mutating func keepBase() {
        edges.removeAll(from: layers[0].edges.upperBound)
        layers.removeSubrange(1...)
        covering = 0
    }

    /// Awaits the edges of the next layer. Members are added in ascending order; those that cover the base, at any time.
    mutating func beginLayer(_ member: Int) {
        layers.append(Layer(member: member, edges: edges.count..<edges.count))
    }

    /// A layer that holds all of the base and has no edge near it.
    mutating func add(covering member: Int) { covering = sets.toggled(covering, member) }

    /// Adds an edge to the base or to the layer begun last: of the base all, of a layer those that meet the base's box; where there
    /// are several layers, also those that meet another layer's edge of that kind.
    mutating func add(_ edge: BorderEdge) {
        edges.append(edge, layer: layers.count - 1)
        layers[layers.count - 1].edges = layers[layers.count - 1].edges.lowerBound..<edges.count
    }

    /// Lays them over each other and fills the parts.
    mutating func settle(_ holds: Holding) {
        parts.removeAll(keepingCapacity: true)
        parts += repeatElement(Part(), count: sets.members.count)
        lines.removeAll()
        let ground = edges.box(of: layers[0].edges)
        for layer in layers.indices { walk(layer, near: ground, holds) }
        for bound in lines.settled() {
            parts[bound.set].twiceArea += bound.twiceArea
            parts[bound.set].perimeter += bound.length
        }
    }

    /// What the base shares with one member and no other.
    mutating func part(of member: Int) -> Part { parts[toggled(0, member)] }

    private mutating func toggled(_ set: Int, _ member: Int) -> Int {
        let toggled = sets.toggled(set, member)
        if toggled >= parts.count { parts += repeatElement(Part(), count: toggled + 1 - parts.count) }
        return toggled
    }

    /// The members that hold a place, beside that of the edge walked along.
    private struct Holders {
        var isInBase: Bool
        var set: Int
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
    private mutating func walk(_ layer: Int, near ground: Box, _ holds: Holding) {
        var last: (end: Point, holders: Holders)?
        for number in layers[layer].edges {
            let border = edges[number]
            guard layer == 0 || border.edge.meets(ground) else { continue }
            let start: Holders
            if let last, last.end == border.edge.from {
                start = last.holders
            } else {
                start = holders(of: border.edge.from, of: layer, holds)
            }
            // What begins outside and crosses no border of the base stays outside.
            let staysOutside = layer != 0 && !layers[layer].meetsBase && !start.isInBase
            last = (border.edge.to, staysOutside ? start : follow(border, of: layer, from: start))
        }
    }

    private mutating func holders(of point: Point, of layer: Int, _ holds: Holding) -> Holders {
        var holders = Holders(
            isInBase: layer == 0 || edges.holds(point, Shift(layer: layer, against: 0), layers[0].edges), set: covering)
        for other in layers.indices.dropFirst() where other != layer {
            let member = layers[other].member
            if holds(member, point, Shift(layer: layer, against: other)) { holders.set = toggled(holders.set, member) }
        }
        return holders
    }

    /// Books the stretches of one edge and gives the holders at its end.
    private mutating func follow(_ border: BorderEdge, of layer: Int, from start: Holders) -> Holders {
        let touches = findCrossings(along: border.edge, of: layer)
        let line = touches ? lines.line(of: border.edge) : nil
        if layer == 0 {
            for crossing in crossings { layers[crossing.layer].meetsBase = true }
            if touches { for other in layers.indices { layers[other].meetsBase = true } }
        }
        var holders = start
        var mark = Mark(at: .zero, place: line.map { lines[$0].place(of: border.edge.from) })
        for crossing in crossings {
            let next = Mark(at: crossing.at, place: line.map { lines[$0].place(of: crossing.edge) })
            if holders.isInBase { book(border, of: layer, on: line, from: mark, to: next, set: holders.set) }
            mark = next
            if crossing.layer == 0 {
                holders.isInBase.toggle()
            } else {
                holders.set = toggled(holders.set, layers[crossing.layer].member)
            }
        }
        if holders.isInBase {
            let end = Mark(at: .one, place: line.map { lines[$0].place(of: border.edge.to) })
            book(border, of: layer, on: line, from: mark, to: end, set: holders.set)
        }
        return holders
    }

    /// Finds the crossings in the edge's order, and whether any edge of another layer lies on the same line near it.
    private mutating func findCrossings(along edge: Edge, of layer: Int) -> Bool {
        var found: [Crossing] = []
        swap(&found, &crossings)
        found.removeAll(keepingCapacity: true)
        var touches = false
        edges.search(edge.box, beside: layers[layer].edges) { other, number in
            switch Shift(layer: layer, against: number).meeting(edge, other) {
            case .none: break
            case .collinear: touches = true
            case .crossing(let at): found.append(Crossing(at: at, layer: number, edge: other))
            }
        }
        swap(&found, &crossings)
        // The order of crossings at one place does not matter: the stretch between them has no length.
        if crossings.count > 1 { crossings.sort { $0.at < $1.at } }
        return touches
    }

    /// Gives a stretch that lies in the base to the sets on its two sides: the layer's own side is 1 (left) or −1 (right) of it.
    /// Beyond the base's own edges nothing is counted.
    private mutating func book(
        _ border: BorderEdge, of layer: Int, on line: Int?, from start: Mark, to end: Mark, set: Int
    ) {
        guard start.at < end.at else { return }
        let own = layer == 0 ? set : toggled(set, layers[layer].member)
        if let line, let from = start.place, let to = end.place {
            lines.add(line, set: own, side: border.side, from: from, to: to)
            if layer != 0 { lines.add(line, set: set, side: -border.side, from: from, to: to) }
            return
        }
        let moment = Int64(border.side) * cross(Vector(border.edge.from), Vector(border.edge.to))
        let twiceArea = Fixed(moment, times: end.at) - Fixed(moment, times: start.at)
        let length = border.edge.vector.length * (end.at - start.at)
        parts[own].twiceArea += twiceArea
        parts[own].perimeter += length
        guard layer != 0 else { return }
        parts[set].twiceArea -= twiceArea
        parts[set].perimeter += length
    }
}
