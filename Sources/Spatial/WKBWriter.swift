/// Writes well-known binary in either byte order.
struct WKBWriter {
    private(set) var bytes: [UInt8] = []
    let isLittle: Bool

    init(isLittle: Bool = true, capacity: Int = 0) {
        self.isLittle = isLittle
        bytes.reserveCapacity(capacity)
    }

    mutating func byte(_ value: UInt8) {
        bytes.append(value)
    }

    mutating func word(_ value: UInt32) {
        append(isLittle ? value.littleEndian : value.bigEndian)
    }

    mutating func number(_ value: Double) {
        append(isLittle ? value.bitPattern.littleEndian : value.bitPattern.bigEndian)
    }

    mutating func head(_ type: UInt32) {
        byte(isLittle ? 1 : 0)
        word(type)
    }

    /// A count; 2³² places would take 64 GiB.
    mutating func count(_ count: Int) {
        word(UInt32(clamping: count))
    }

    private mutating func append(_ value: some FixedWidthInteger) {
        unsafe withUnsafeBytes(of: value) { unsafe bytes.append(contentsOf: $0) }
    }
}

extension WKB {
    /// Writes a shape: a POINT, MULTIPOINT, MULTILINESTRING or MULTIPOLYGON, or a GEOMETRYCOLLECTION of those when there are
    /// several kinds or none. Two dimensions, no SRID; rings are written as they are.
    package static func encode(_ shape: Shape, bigEndian: Bool = false) -> [UInt8] {
        var writer = WKBWriter(isLittle: !bigEndian)
        let kinds = (shape.points.isEmpty ? 0 : 1) + (shape.lines.isEmpty ? 0 : 1) + (shape.polygons.isEmpty ? 0 : 1)
        if kinds != 1 {
            writer.head(7)
            writer.count(kinds)
        }
        if !shape.points.isEmpty { writer.points(shape.points) }
        if !shape.lines.isEmpty {
            writer.head(5)
            writer.count(shape.lines.count)
            for line in shape.lines {
                writer.head(2)
                writer.positions(line)
            }
        }
        if !shape.polygons.isEmpty {
            writer.head(6)
            writer.count(shape.polygons.count)
            for polygon in shape.polygons {
                writer.head(3)
                writer.count(polygon.count)
                for ring in polygon { writer.positions(ring) }
            }
        }
        return writer.bytes
    }
}

extension WKBWriter {
    fileprivate mutating func points(_ points: [Position]) {
        if points.count > 1 {
            head(4)
            count(points.count)
        }
        for point in points {
            head(1)
            position(point)
        }
    }

    fileprivate mutating func positions(_ positions: [Position]) {
        count(positions.count)
        for position in positions { self.position(position) }
    }

    private mutating func position(_ position: Position) {
        number(position.x)
        number(position.y)
    }
}
