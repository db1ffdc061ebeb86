/// Writes areas of a table as a GeoJSON feature collection (RFC 7946), in degrees of seven decimals: about a centimetre.
///
/// Belongs to one thread at a time, as its projector does.
package struct FeatureCollection {
    private let shapes: ShapeTable
    private let grid: Grid
    private let projector: Projector
    /// The corners of the areas at hand, one after the other.
    private var corners: [Position] = []

    package init(of shapes: ShapeTable, on grid: Grid, by projector: Projector) {
        self.shapes = shapes
        self.grid = grid
        self.projector = projector
    }

    /// The bytes for some features, each with its number as `id`; what is no area is left out. Rings run as they do in the table
    /// and are closed by their first corner.
    package mutating func bytes(of features: [Int]) throws(SpatialError) -> [UInt8] {
        let areas = features.filter { shapes.kind($0) == .area }
        try project(areas)
        var rings = 0
        for area in areas { rings += shapes.allRings(of: area).count }
        let capacity = 64 + 128 * areas.count + 40 * rings + Pen.mostForPlace * (corners.count + rings)
        return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            var pen = unsafe Pen(buffer)
            pen.write("{\"type\":\"FeatureCollection\",\"features\":[")
            var corner = 0
            for (place, area) in areas.enumerated() {
                pen.write(place == 0 ? "\n" : ",\n")
                draw(area, from: &corner, with: &pen)
            }
            pen.write("]}\n")
            count = pen.count
        }
    }

    private mutating func project(_ areas: [Int]) throws(SpatialError) {
        corners.removeAll(keepingCapacity: true)
        for area in areas {
            for corner in shapes.allPoints(of: area) {
                let (x, y) = grid.metres(shapes.points[corner])
                corners.append(Position(x: x, y: y))
            }
        }
        let projector = projector
        var span = corners.mutableSpan
        try projector.toDegrees(&span)
    }

    private func draw(_ area: Int, from corner: inout Int, with pen: inout Pen) {
        pen.write("{\"type\":\"Feature\",\"id\":")
        pen.write(whole: area)
        pen.write(",\"properties\":{},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[")
        for (number, part) in shapes.parts(of: area).enumerated() {
            pen.write(number == 0 ? "[" : ",[")
            for (number, ring) in shapes.rings(of: part).enumerated() {
                pen.write(number == 0 ? "[" : ",[")
                let ring = corner..<corner + shapes.corners(of: ring).count
                for corner in ring { pen.write(corners[corner], ",") }
                pen.write(corners[ring.lowerBound], "]")
                corner = ring.upperBound
            }
            pen.write("]")
        }
        pen.write("]}}")
    }
}

/// Writes JSON's pieces into a buffer that is large enough.
@safe
private struct Pen {
    /// `[-123.1234567,-12.1234567]` and a comma, and the eight digits that are written at once.
    static let mostForPlace = 32

    private let buffer: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    private let limit: Int

    init(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
        unsafe self.buffer = UnsafeMutableRawBufferPointer(buffer)
        limit = buffer.count
    }

    @inline(__always)
    mutating func write(_ text: StaticString) {
        precondition(count + text.utf8CodeUnitCount <= limit)
        unsafe (UnsafeMutableRawBufferPointer(rebasing: buffer[count...])).copyMemory(
            from: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        count += text.utf8CodeUnitCount
    }

    mutating func write(whole number: Int) {
        for digit in String(number).utf8 { write(byte: digit) }
    }

    /// A place in degrees, and what follows it.
    @inline(__always)
    mutating func write(_ place: Position, _ end: StaticString) {
        write("[")
        write(degrees: place.x)
        write(",")
        write(degrees: place.y)
        write("]")
        write(end)
    }

    @inline(__always)
    private mutating func write(degrees: Double) {
        if degrees < 0 { write("-") }
        let units = UInt64((degrees.magnitude * 1e7).rounded(.toNearestOrEven))
        let (whole, rest) = units.quotientAndRemainder(dividingBy: 10_000_000)
        if whole >= 100 { write(byte: UInt8(truncatingIfNeeded: 48 + whole / 100)) }
        if whole >= 10 { write(byte: UInt8(truncatingIfNeeded: 48 + whole / 10 % 10)) }
        write(byte: UInt8(truncatingIfNeeded: 48 + whole % 10))
        write(byte: UInt8(ascii: "."))
        unsafe buffer.storeBytes(of: Self.digits(rest * 10).littleEndian, toByteOffset: count, as: UInt64.self)
        count += 7
    }

    @inline(__always)
    private mutating func write(byte: UInt8) {
        unsafe buffer.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    /// The eight decimal digits of a number, the first in the lowest byte: split by four, by two and by one in all lanes at once.
    @inline(__always)
    private static func digits(_ number: UInt64) -> UInt64 {
        let fours = number / 10_000 | number % 10_000 << 32
        let hundreds = (fours &* 10_486) >> 20 & 0x7F_0000_007F
        let twos = hundreds | (fours &- 100 &* hundreds) << 16
        let tens = (twos &* 103) >> 10 & 0x000F_000F_000F_000F
        return (tens | (twos &- 10 &* tens) << 8) | 0x3030_3030_3030_3030
    }
}
