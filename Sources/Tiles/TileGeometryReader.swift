extension TileShape {
    /// The geometry that commands draw (MVT 2.1, 4.3); nil for one whose type is said to be unknown.
    ///
    /// Coordinates are summed in 64 bits, as files of others leave the 32 of a step.
    init?(_ commands: ProtobufReader, _ kind: UInt64, isStrict: Bool) throws(TileFault) {
        var brush = Brush(rest: commands)
        switch kind {
        case 0: return nil
        case 1:
            let points = try brush.steps(.moveTo, counts: 1...Brush.most)
            guard brush.isAtEnd else { throw brush.rest.fault(.badCommand) }
            self = .points(points)
        case 2:
            var lines: [[TilePoint]] = []
            repeat { lines.append(try brush.path(atLeast: 1, isStrict: isStrict)) } while !brush.isAtEnd
            self = .lines(lines)
        case 3:
            var polygons: [[[TilePoint]]] = []
            repeat {
                let ring = try brush.path(atLeast: 2, isStrict: isStrict)
                try brush.close()
                let area = Self.twiceArea(ring)
                if isStrict, area == 0 { throw brush.rest.fault(.flatRing) }
                if area > 0 || !isStrict && polygons.isEmpty {
                    polygons.append([ring])
                } else if polygons.isEmpty {
                    throw brush.rest.fault(.holeFirst)
                } else {
                    polygons[polygons.count - 1].append(ring)
                }
            } while !brush.isAtEnd
            self = .polygons(polygons)
        default: throw commands.fault(.badType)
        }
    }

    /// The surveyor's formula.
    private static func twiceArea(_ ring: [TilePoint]) -> Int128 {
        var sum: Int128 = 0
        for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
            sum &+= Int128(a.x) * Int128(b.y) - Int128(b.x) * Int128(a.y)
        }
        return sum
    }
}

/// Follows the commands of a geometry.
private struct Brush {
    enum Command: UInt64 {
        case moveTo = 1
        case lineTo = 2
        case closePath = 7
    }

    /// The greatest count that a command has room for.
    static let most = 1 << 29 - 1

    var rest: ProtobufReader
    private var place = TilePoint(x: 0, y: 0)

    init(rest: ProtobufReader) { self.rest = rest }

    var isAtEnd: Bool { rest.isAtEnd }

    /// A move, and lines from there.
    mutating func path(atLeast least: Int, isStrict: Bool) throws(TileFault) -> [TilePoint] {
        var points = try steps(.moveTo, counts: 1...1)
        points += try steps(.lineTo, counts: least...Self.most)
        for (from, to) in zip(points, points.dropFirst()) where isStrict && from == to { throw rest.fault(.noLength) }
        return points
    }

    mutating func close() throws(TileFault) {
        _ = try command(.closePath, counts: 1...1)
    }

    mutating func steps(_ wanted: Command, counts: ClosedRange<Int>) throws(TileFault) -> [TilePoint] {
        let count = try command(wanted, counts: counts)
        var points: [TilePoint] = []
        for _ in 0..<count {
            guard !rest.isAtEnd else { throw rest.fault(.missingSteps) }
            let x = try step()
            guard !rest.isAtEnd else { throw rest.fault(.missingSteps) }
            place = TilePoint(x: place.x + x, y: place.y + (try step()))
            points.append(place)
        }
        return points
    }

    private mutating func command(_ wanted: Command, counts: ClosedRange<Int>) throws(TileFault) -> Int {
        guard !rest.isAtEnd else { throw rest.fault(.missingSteps) }
        let number = try word()
        guard number & 7 == wanted.rawValue else { throw rest.fault(.badCommand) }
        let count = Int(number >> 3)
        guard counts.contains(count) else { throw rest.fault(.badCount) }
        return count
    }

    private mutating func step() throws(TileFault) -> Int {
        let zigzag = try word()
        return Int(Int64(zigzag >> 1) ^ -Int64(zigzag & 1))
    }

    private mutating func word() throws(TileFault) -> UInt64 {
        let word = try rest.varint()
        guard word <= 0xFFFF_FFFF else { throw rest.fault(.longVarint) }
        return word
    }
}
