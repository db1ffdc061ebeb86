/// A step along a street on the lattice, from one crossing to the next.
struct Step {
    enum Heading: Int, CaseIterable {
        case east, north, west, south

        var toTheLeft: Heading { Heading(rawValue: (rawValue + 1) % 4) ?? .east }
        var toTheRight: Heading { Heading(rawValue: (rawValue + 3) % 4) ?? .east }
    }

    /// The crossing it starts from: the number of the street east and north.
    let x: Int
    let y: Int
    let heading: Heading

    var end: (x: Int, y: Int) {
        switch heading {
        case .east: (x + 1, y)
        case .north: (x, y + 1)
        case .west: (x - 1, y)
        case .south: (x, y - 1)
        }
    }

    var left: (column: Int, row: Int) {
        switch heading {
        case .east: (x, y)
        case .north: (x - 1, y)
        case .west: (x - 1, y - 1)
        case .south: (x, y - 1)
        }
    }

    var right: (column: Int, row: Int) {
        switch heading {
        case .east: (x, y - 1)
        case .north: (x, y)
        case .west: (x - 1, y)
        case .south: (x - 1, y - 1)
        }
    }
}

/// The borders of a zone map's connected pieces, as rings of steps with the piece on their left.
struct Tracing {
    /// A piece of one zone: its outer ring and its holes. Rings touch themselves or each other nowhere but at crossings, and no
    /// ring passes a crossing twice.
    struct Piece {
        let zone: Int
        var shell: [Step] = []
        var holes: [[Step]] = []
    }

    private(set) var pieces: [Piece] = []
    private let lattice: Lattice
    /// By cell: the piece it belongs to.
    private var owners: [Int32]

    init(_ map: ZoneMap, on lattice: Lattice) {
        self.lattice = lattice
        owners = Array(repeating: -1, count: lattice.cells)
        for cell in owners.indices where owners[cell] < 0 { flood(from: cell, in: map) }
        var walked = Array(repeating: false, count: 4 * lattice.cells)
        for cell in owners.indices {
            let (column, row) = lattice.place(of: cell)
            let sides = [
                Step(x: column, y: row, heading: .east), Step(x: column + 1, y: row, heading: .north),
                Step(x: column + 1, y: row + 1, heading: .west), Step(x: column, y: row + 1, heading: .south),
            ]
            for side in sides where isBorder(side, of: owners[cell]) && !walked[4 * cell + side.heading.rawValue] {
                add(ring(from: side, &walked), to: Int(owners[cell]))
            }
        }
    }

    private mutating func flood(from cell: Int, in map: ZoneMap) {
        let piece = Int32(pieces.count)
        pieces.append(Piece(zone: Int(map.zones[cell])))
        owners[cell] = piece
        var open = [cell]
        while let next = open.popLast() {
            let (column, row) = lattice.place(of: next)
            for (x, y) in [(column + 1, row), (column, row + 1), (column - 1, row), (column, row - 1)] {
                guard let other = lattice.cell(x, y), owners[other] < 0, map.zones[other] == map.zones[cell] else { continue }
                owners[other] = piece
                open.append(other)
            }
        }
    }

    private func owner(_ place: (column: Int, row: Int)) -> Int32 {
        lattice.cell(place.column, place.row).map { owners[$0] } ?? -1
    }

    private func isBorder(_ step: Step, of piece: Int32) -> Bool {
        owner(step.left) == piece && owner(step.right) != piece
    }

    /// Keeps to the left at every crossing, so that pieces that only meet at a corner stay apart.
    private func ring(from first: Step, _ walked: inout [Bool]) -> [Step] {
        let piece = owner(first.left)
        var ring: [Step] = []
        var step = first
        while let cell = lattice.cell(step.left.column, step.left.row), !walked[4 * cell + step.heading.rawValue] {
            walked[4 * cell + step.heading.rawValue] = true
            ring.append(step)
            let (x, y) = step.end
            let turns = [step.heading.toTheLeft, step.heading, step.heading.toTheRight].map { Step(x: x, y: y, heading: $0) }
            guard let next = turns.first(where: { isBorder($0, of: piece) }) else { break }
            step = next
        }
        return ring
    }

    /// Splits a ring where it comes back to a crossing, and tells holes by their direction.
    private mutating func add(_ ring: [Step], to piece: Int) {
        var open: [Step] = []
        var seen: [SIMD2<Int>: Int] = [:]
        for step in ring {
            let place = SIMD2(step.x, step.y)
            if let start = seen[place] {
                close(Array(open[start...]), in: piece)
                for gone in open[start...] { seen[SIMD2(gone.x, gone.y)] = nil }
                open.removeSubrange(start...)
            }
            seen[place] = open.count
            open.append(step)
        }
        close(open, in: piece)
    }

    private mutating func close(_ ring: [Step], in piece: Int) {
        let twiceArea = ring.reduce(0) { $0 + $1.x * $1.end.y - $1.end.x * $1.y }
        if twiceArea > 0 { pieces[piece].shell = ring } else { pieces[piece].holes.append(ring) }
    }
}
