/// A geometry as a GeoPackage stores it: the standard's header with an envelope, then well-known binary, in metres of the
/// city's CRS with three decimals.
package enum GeoPackageBlob {
    /// Little-endian bytes of a POINT, MULTILINESTRING or MULTIPOLYGON; the multiple also for a single part, so that a
    /// feature table has one type. What has no point at all is flagged empty and has no envelope.
    package static func encode(_ geometry: Geometry, grid: Grid, srsID: Int32) -> [UInt8] {
        let box = geometry.box
        var writer = WKBWriter(capacity: 64 + 16 * geometry.pointCount)
        writer.byte(0x47)
        writer.byte(0x50)
        writer.byte(0)
        writer.byte(box == nil ? 0b1_0001 : 0b0_0011)
        writer.word(UInt32(bitPattern: srsID))
        if let box {
            let low = grid.metres(Point(x: box.minX, y: box.minY))
            let high = grid.metres(Point(x: box.maxX, y: box.maxY))
            for bound in [low.x, high.x, low.y, high.y] { writer.number(bound) }
        }
        switch geometry {
        case .point(let point):
            writer.head(1)
            writer.point(point, grid)
        case .line(let lines):
            writer.head(5)
            writer.count(lines.count)
            for line in lines {
                writer.head(2)
                writer.count(line.count)
                for point in line { writer.point(point, grid) }
            }
        case .area(let area):
            writer.head(6)
            writer.count(area.polygons.count)
            for polygon in area.polygons {
                writer.head(3)
                writer.count(1 + polygon.holes.count)
                writer.ring(polygon.shell, grid)
                for hole in polygon.holes { writer.ring(hole, grid) }
            }
        }
        return writer.bytes
    }

    /// Reads a stored geometry back on to the grid. Every place must lie on it to 10⁻⁶ m, every ring be closed and have three
    /// points; Z, M, the envelope and the SRS are not read. Only what the header flags as empty may be.
    package static func decode(_ bytes: RawSpan, grid: Grid) throws(WKBFault) -> Geometry {
        var reader = WKBReader { x, y in grid.pointOnGrid(x: x, y: y) }
        let header = try header(bytes)
        try reader.read(bytes, from: header.length)
        let kind = WKBFault.kind(points: reader.points.count, lines: reader.lines.count, polygons: reader.polygons.count)
        switch (reader.points.count, reader.lines.isEmpty, reader.polygons.isEmpty) {
        case (1, true, true): return .point(reader.points[0])
        case (0, false, true): return .line(reader.lines)
        case (0, true, false): return .area(try area(reader.polygons))
        case (0, true, true) where header.isEmpty && reader.outermost == 5: return .line([])
        case (0, true, true) where header.isEmpty && reader.outermost == 6: return .area(MultiPolygon([]))
        default: throw kind
        }
    }

    package static func decode(_ bytes: [UInt8], grid: Grid) throws(WKBFault) -> Geometry {
        unsafe try decode(bytes.span.bytes, grid: grid)
    }

    /// Checks the header (GeoPackage 1.3, clause 2.1.3) and finds where it ends.
    private static func header(_ bytes: RawSpan) throws(WKBFault) -> (length: Int, isEmpty: Bool) {
        guard bytes.byteCount >= 8 else { throw .notGeoPackage }
        func byte(_ offset: Int) -> UInt8 { unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self) }
        let flags = byte(3)
        let envelope = [0, 32, 48, 48, 64]
        let code = Int(flags >> 1 & 0b111)
        guard byte(0) == 0x47, byte(1) == 0x50, byte(2) == 0, flags & 0b10_0000 == 0, code < envelope.count else {
            throw .notGeoPackage
        }
        guard bytes.byteCount >= 8 + envelope[code] else { throw .truncated(offset: 8) }
        return (8 + envelope[code], flags & 0b1_0000 != 0)
    }

    private static func area(_ polygons: [[[Point]]]) throws(WKBFault) -> MultiPolygon {
        var area = MultiPolygon([])
        area.polygons.reserveCapacity(polygons.count)
        for rings in polygons {
            var holes: [Ring] = []
            holes.reserveCapacity(rings.count - 1)
            for ring in rings.dropFirst() { holes.append(try opened(ring)) }
            area.polygons.append(Polygon(shell: try opened(rings[0]), holes: holes))
        }
        return area
    }

    /// A ring without its closing point.
    private static func opened(_ points: [Point]) throws(WKBFault) -> Ring {
        guard points.count >= 4, points.first == points.last else { throw .ring }
        var ring = Ring(points)
        ring.points.removeLast()
        return ring
    }
}

extension Grid {
    /// The grid point at a place in metres, when the place is no further than 10⁻⁶ m from it in x and in y.
    func pointOnGrid(x: Double, y: Double) -> Point? {
        guard let point = point(x: x, y: y) else { return nil }
        let (eastings, northings) = millimetres(point)
        guard (x * 1000 - Double(eastings)).magnitude <= 1e-3, (y * 1000 - Double(northings)).magnitude <= 1e-3 else { return nil }
        return point
    }
}

extension Geometry {
    fileprivate var pointCount: Int {
        switch self {
        case .point: 1
        case .line(let lines): lines.reduce(0) { $0 + $1.count + 1 }
        case .area(let area): area.polygons.reduce(0) { $0 + $1.holes.reduce($1.shell.points.count + 3) { $0 + $1.points.count + 2 } }
        }
    }
}

extension WKBWriter {
    fileprivate mutating func point(_ point: Point, _ grid: Grid) {
        let (x, y) = grid.metres(point)
        number(x)
        number(y)
    }

    fileprivate mutating func ring(_ ring: Ring, _ grid: Grid) {
        guard let first = ring.points.first else { return count(0) }
        count(ring.points.count + 1)
        for point in ring.points { self.point(point, grid) }
        point(first, grid)
    }
}
