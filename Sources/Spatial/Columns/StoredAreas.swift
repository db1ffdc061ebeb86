extension ShapeTableWriter {
    /// Adds an area straight from the form that `GeoPackageBlob.encode` gives it: little-endian, with a box, polygons without Z or M.
    ///
    /// False, with nothing added, for every other form, right or wrong: `GeoPackageBlob.decode` reads those, or says what is wrong.
    mutating func appendStoredArea(_ blob: UnsafeRawBufferPointer, _ grid: Grid) -> Bool {
        guard var cursor = unsafe Cursor(blob) else { return false }
        // "GP", version 0; a box of x and y, little-endian, not empty. The SRS and the box are not read.
        guard cursor.left >= 49, cursor.word() == 0x0300_5047 else { return false }
        cursor.skip(36)
        guard cursor.isHead(6) else { return false }
        let before = (rings: rings.count, starts: starts.count, points: points.count)
        guard let box = appendPolygons(&cursor, grid) else {
            rings.removeSubrange(before.rings...)
            starts.removeSubrange(before.starts...)
            points.removeSubrange(before.points...)
            return false
        }
        kinds.append(ShapeTable.Kind.area.rawValue)
        parts.append(UInt32(rings.count - 1))
        boxes.append(box)
        return true
    }

    /// The box around the shells; nil where something is not as it should be.
    private mutating func appendPolygons(_ cursor: inout Cursor, _ grid: Grid) -> Box? {
        let polygonCount = cursor.word()
        guard polygonCount > 0 else { return nil }
        var box = Box.nowhere
        for _ in 0..<polygonCount {
            guard cursor.left >= 9, cursor.isHead(3) else { return nil }
            let ringCount = cursor.word()
            guard ringCount > 0 else { return nil }
            for ring in 0..<ringCount {
                guard let around = appendRing(&cursor, grid) else { return nil }
                if ring == 0 { box = box.united(with: around) }
            }
            rings.append(UInt32(starts.count - 1))
        }
        return cursor.left == 0 ? box : nil
    }

    private mutating func appendRing(_ cursor: inout Cursor, _ grid: Grid) -> Box? {
        guard cursor.left >= 4 else { return nil }
        let count = Int(cursor.word())
        guard count >= 4, count <= cursor.left / 16 else { return nil }
        var box = Box.nowhere
        let first = points.count
        for _ in 1..<count {
            guard let point = cursor.point(grid) else { return nil }
            points.append(point)
            box.extend(to: point)
        }
        guard cursor.point(grid) == points[first] else { return nil }
        starts.append(UInt32(points.count))
        return box
    }
}

/// A place in stored bytes, moved on by reading. The reader has made sure that what it asks for is there.
@safe
private struct Cursor {
    private var place: UnsafeRawPointer
    private(set) var left: Int

    /// Nil where there are no bytes.
    @unsafe init?(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return nil }
        unsafe place = start
        left = bytes.count
    }

    mutating func skip(_ count: Int) {
        unsafe place += count
        left -= count
    }

    mutating func word() -> UInt32 {
        defer { skip(4) }
        return unsafe UInt32(littleEndian: place.loadUnaligned(as: UInt32.self))
    }

    /// Whether here begins a little-endian geometry of a type.
    mutating func isHead(_ type: UInt32) -> Bool {
        let order = unsafe place.load(as: UInt8.self)
        skip(1)
        return word() == type && order == 1
    }

    /// As `Grid.pointOnGrid` has it.
    mutating func point(_ grid: Grid) -> Point? {
        guard let x = millimetres(from: grid.originX), let y = millimetres(from: grid.originY) else { return nil }
        return Point(x: x, y: y)
    }

    private mutating func millimetres(from origin: Int64) -> Int32? {
        let exact = unsafe Double(bitPattern: UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))) * 1000
        skip(8)
        guard exact.magnitude < 1e15 else { return nil }
        // Added to 1.5 · 2⁵², a number below 2⁵¹ is rounded to a whole one, ties to even, which stands in the low bits then.
        let shift = 0x1.8p52
        let shifted = exact + shift
        let offset = Int64(bitPattern: shifted.bitPattern) - Int64(bitPattern: shift.bitPattern) - origin
        guard (exact - (shifted - shift)).magnitude <= 1e-3, offset.magnitude <= Int64(Point.limit).magnitude else { return nil }
        return Int32(truncatingIfNeeded: offset)
    }
}
