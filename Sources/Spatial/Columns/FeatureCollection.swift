/// Writes areas of a table as a GeoJSON feature collection (RFC 7946), in degrees of seven decimals: about a centimetre.
///
/// Belongs to one thread at a time, as its projector does.
package struct FeatureCollection {
    private let shapes: ShapeTable
    private let grid: Grid
    private let projector: Projector

    package init(of shapes: ShapeTable, on grid: Grid, by projector: Projector) {
        self.shapes = shapes
        self.grid = grid
        self.projector = projector
    }

    /// The bytes for some features, each with its number as `id`; what is no area is left out. Rings run as they do in the table
    /// and are closed by their first corner.
    package func bytes(of features: [Int]) throws(SpatialError) -> [UInt8] {
        let areas = features.filter { shapes.kind($0) == .area }
        let corners = try corners(of: areas)
        var rings = 0
        for area in areas { rings += shapes.allRings(of: area).count }
        let capacity = 64 + 128 * areas.count + 40 * rings + Pen.mostForPlace * (corners.count + rings)
        return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            var pen = unsafe Pen(buffer)
            pen.write("{\"type\":\"FeatureCollection\",\"features\":[")
            var corner = 0
            for (place, area) in areas.enumerated() {
                pen.write(place == 0 ? "\n" : ",\n")
                draw(area, corners, from: &corner, with: &pen)
            }
            pen.write("]}\n")
            count = pen.count
        }
    }

    /// The corners of areas in degrees, one after the other.
    private func corners(of areas: [Int]) throws(SpatialError) -> [Position] {
        var corners: [Position] = []
        corners.reserveCapacity(8 * areas.count)
        for area in areas {
            // A pointer for the whole run: through the column each point would cost its memory a retain.
            let points = unsafe shapes.points.elements(shapes.allPoints(of: area))
            for number in points.indices {
                let (x, y) = unsafe grid.metres(points[number])
                corners.append(Position(x: x, y: y))
            }
        }
        var span = corners.mutableSpan
        try projector.toDegrees(&span)
        return corners
    }

    private func draw(_ area: Int, _ corners: [Position], from corner: inout Int, with pen: inout Pen) {
        pen.write("{\"type\":\"Feature\",\"id\":")
        pen.write(whole: area)
        pen.write(",\"properties\":{},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[")
        let parts = shapes.parts(of: area)
        let rings = unsafe shapes.rings.elements(parts.lowerBound..<parts.upperBound + 1)
        let first = unsafe Int(rings[0])
        let starts = unsafe shapes.starts.elements(first..<Int(rings[parts.count]) + 1)
        for part in 0..<parts.count {
            pen.write(part == 0 ? "[" : ",[")
            let range = unsafe Int(rings[part]) - first..<Int(rings[part + 1]) - first
            for ring in range {
                pen.write(ring == range.lowerBound ? "[" : ",[")
                let places = unsafe corner..<corner + Int(starts[ring + 1] - starts[ring])
                unsafe corners.span.withUnsafeBufferPointer { corners in
                    for place in places { unsafe pen.write(corners[place], UInt8(ascii: ",")) }
                    if !places.isEmpty { unsafe pen.write(corners[places.lowerBound], UInt8(ascii: "]")) }
                }
                corner = places.upperBound
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
    mutating func write(_ place: Position, _ end: UInt8) {
        precondition(count + Self.mostForPlace <= limit)
        write(byte: UInt8(ascii: "["))
        write(degrees: place.x)
        write(byte: UInt8(ascii: ","))
        write(degrees: place.y)
        write(byte: UInt8(ascii: "]"))
        write(byte: end)
    }

    @inline(__always)
    private mutating func write(degrees: Double) {
        if degrees < 0 { write(byte: UInt8(ascii: "-")) }
        // Adding 2⁵² rounds to a whole number, half to even, and leaves it in the lowest bits.
        let units = (degrees.magnitude * 1e7 + 0x1p52).bitPattern & (1 << 52 - 1)
        let whole = units / 10_000_000
        if whole >= 100 { write(byte: UInt8(truncatingIfNeeded: 48 + whole / 100)) }
        if whole >= 10 { write(byte: UInt8(truncatingIfNeeded: 48 + whole / 10 % 10)) }
        write(byte: UInt8(truncatingIfNeeded: 48 + whole % 10))
        write(byte: UInt8(ascii: "."))
        let digits = Self.digits((units &- whole &* 10_000_000) &* 10)
        unsafe buffer.storeBytes(of: digits.littleEndian, toByteOffset: count, as: UInt64.self)
        count &+= 7
    }

    @inline(__always)
    private mutating func write(byte: UInt8) {
        unsafe buffer.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count &+= 1
    }

    /// The eight decimal digits of a number, the first in the lowest byte: split by four, by two and by one in all lanes at once.
    @inline(__always)
    private static func digits(_ number: UInt64) -> UInt64 {
        let fours = number / 10_000 | (number % 10_000) << 32
        let hundreds = (fours &* 10_486) >> 20 & 0x7F_0000_007F
        let twos = hundreds | (fours &- 100 &* hundreds) << 16
        let tens = (twos &* 103) >> 10 & 0x000F_000F_000F_000F
        return (tens | (twos &- 10 &* tens) << 8) | 0x3030_3030_3030_3030
    }
}
