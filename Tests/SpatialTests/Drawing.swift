@testable import Spatial

/// SplitMix64 (Steele, Lea and Flood, 2014): the same numbers on every machine.
struct Chance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}

/// How a drawing on small whole numbers is put on the grid: turned by quarters, enlarged and moved.
struct Placing {
    var scale: Int64 = 1
    var x: Int64 = 0
    var y: Int64 = 0
    var quarters = 0

    func point(_ x: Int, _ y: Int) -> Point {
        var (a, b) = (Int64(x), Int64(y))
        for _ in 0..<quarters { (a, b) = (-b, a) }
        return Point(x: Int32(a * scale + self.x), y: Int32(b * scale + self.y))
    }

    /// Placings that bring a drawing of at most ±`reach` into every corner of the grid, at several sizes.
    static func any(reach: Int, _ chance: inout Chance) -> Placing {
        let most = Int64(Point.limit) / Int64(reach)
        let scale = [1, 1, 10, 1_000, 37, max(1, most / 1_000), most][chance.number(0...6)]
        let room = Int64(Point.limit) - scale * Int64(reach)
        let corner: [Int64] = [0, room, -room, min(room, 12_345_677)]
        return Placing(scale: scale, x: corner[chance.number(0...3)], y: corner[chance.number(0...3)], quarters: chance.number(0...3))
    }
}

/// Ground drawn by hand: rings of (x, y), the shell first.
enum Sketch {
    static func ground(_ rings: [[(Int, Int)]], _ placing: Placing = Placing()) -> MultiPolygon {
        let drawn = rings.map { Ring($0.map { placing.point($0.0, $0.1) }) }
        return MultiPolygon([Polygon(shell: drawn[0], holes: Array(drawn.dropFirst()))])
    }

    /// Rings written as "x y, x y, …", parted by semicolons.
    static func ground(_ text: String, _ placing: Placing = Placing()) -> MultiPolygon {
        ground(
            text.split(separator: ";").map { ring in
                ring.split(separator: ",").map { point in
                    let numbers = point.split(separator: " ").compactMap { Int($0) }
                    return (numbers[0], numbers[1])
                }
            }, placing)
    }

    static func square(_ x: Int, _ y: Int, _ side: Int) -> [(Int, Int)] {
        [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
    }
}

/// Random ground that is meant to be valid, but on a coarse lattice often is not: the tests sort it out.
enum Random {
    /// A ring around a middle: its points sorted by direction, at random distances.
    static func star(_ chance: inout Chance, middle: (Int, Int), radius: Int, corners: Int) -> [(Int, Int)] {
        var points: [(Int, Int)] = []
        for _ in 0..<corners {
            points.append((chance.number(-radius...radius), chance.number(-radius...radius)))
        }
        points.removeAll { $0 == (0, 0) }
        points.sort { a, b in
            let (upperA, upperB) = (a.1 > 0 || (a.1 == 0 && a.0 > 0), b.1 > 0 || (b.1 == 0 && b.0 > 0))
            if upperA != upperB { return upperA }
            let turn = a.0 * b.1 - a.1 * b.0
            return turn != 0 ? turn > 0 : a.0 * a.0 + a.1 * a.1 < b.0 * b.0 + b.1 * b.1
        }
        return points.map { ($0.0 + middle.0, $0.1 + middle.1) }
    }

    /// Columns of random heights side by side over a ragged base: long collinear runs and right angles.
    static func columns(_ chance: inout Chance, size: Int) -> [(Int, Int)] {
        let width = max(1, size / 6)
        let columns = chance.number(1...min(6, size))
        let start = width * (chance.number(-6...(6 - columns)))
        let tops = (0..<columns).map { _ in chance.number(1...6) * width }
        let bottoms = (0..<columns).map { _ in chance.number(-6...0) * width }
        var ring: [(Int, Int)] = []
        for column in 0..<columns {
            ring += [(start + column * width, bottoms[column]), (start + (column + 1) * width, bottoms[column])]
        }
        for column in (0..<columns).reversed() {
            ring += [(start + (column + 1) * width, tops[column]), (start + column * width, tops[column])]
        }
        return ring
    }

    /// Drawings of one to three polygons with up to two holes, on a lattice of ±`size`; each part is kept if it passes.
    static func ground(
        _ chance: inout Chance, size: Int, corners: Int, _ placing: Placing, keeping passes: (MultiPolygon) -> Bool
    ) -> MultiPolygon {
        var ground = MultiPolygon([])
        let parts = [1, 1, 1, 1, 2, 3][chance.number(0...5)]
        var tries = 0
        while ground.polygons.isEmpty || (ground.polygons.count < parts && tries < 3 * parts) {
            tries += 1
            let radius = chance.number(1...size)
            let room = size - radius
            let middle = (chance.number(-room...room), chance.number(-room...room))
            let shell =
                chance.number(0...3) == 0
                ? columns(&chance, size: size)
                : star(&chance, middle: middle, radius: radius, corners: chance.number(3...max(3, corners)))
            guard shell.count > 2 else { continue }
            var next = ground
            next.polygons.append(Polygon(shell: Ring(shell.map { placing.point($0.0, $0.1) })))
            guard passes(next) else { continue }
            ground = next
            guard radius > 1, chance.number(0...2) == 0 else { continue }
            for _ in 0..<chance.number(1...3) {
                let hole = star(&chance, middle: middle, radius: max(1, radius / 2), corners: chance.number(3...5))
                guard hole.count > 2 else { continue }
                next.polygons[next.polygons.count - 1].holes.append(Ring(hole.map { placing.point($0.0, $0.1) }))
                if passes(next) { ground = next } else { next = ground }
            }
        }
        return ground
    }

    /// Rings thrown together without any regard to validity, some of them sharing points and edges.
    static func linework(_ chance: inout Chance, size: Int, _ placing: Placing) -> MultiPolygon {
        func ring(within reach: Int) -> Ring {
            switch chance.number(0...5) {
            case 0:
                let corners = chance.number(3...6)
                return Ring((0..<corners).map { _ in placing.point(chance.number(-size...size), chance.number(-size...size)) })
            case 1 where reach == size:
                return Ring(columns(&chance, size: size).map { placing.point($0.0, $0.1) })
            case 2 where reach == size:
                return Ring([(-size, -size), (size, -size), (size, size), (-size, size)].map { placing.point($0.0, $0.1) })
            default:
                let room = size - reach
                let middle = (chance.number(-room...room), chance.number(-room...room))
                let points = star(&chance, middle: middle, radius: reach, corners: chance.number(3...8))
                return Ring((points.count < 3 ? [(0, 0), (1, 0), (0, 1)] : points).map { placing.point($0.0, $0.1) })
            }
        }
        if size > 3, chance.number(0...7) == 0 {
            // Holes around the same middle in a frame.
            let frame = [(-size, -size), (size, -size), (size, size), (-size, size)]
            let holes = (0..<chance.number(1...3)).map { _ in
                let points = star(&chance, middle: (0, 0), radius: chance.number(1...(size - 1)), corners: 4)
                return points.count < 3 ? [(0, 0), (1, 0), (0, 1)] : points
            }
            return Sketch.ground([frame] + holes, placing)
        }
        return MultiPolygon(
            (0..<[1, 1, 2, 3][chance.number(0...3)]).map { _ in
                let shell = ring(within: chance.number(0...1) == 0 ? size : max(1, size / 2))
                let holes = (0..<[0, 0, 1, 2, 3][chance.number(0...4)]).map { _ in ring(within: max(1, size / 3)) }
                return Polygon(shell: shell, holes: holes)
            })
    }
}
