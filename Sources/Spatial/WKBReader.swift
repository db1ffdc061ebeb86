/// Reads well-known binary from a borrowed span, turning every x and y into a place of the caller's; nil refuses it.
struct WKBReader<Place> {
    private(set) var points: [Place] = []
    private(set) var lines: [[Place]] = []
    private(set) var polygons: [[[Place]]] = []
    /// The type of the geometry itself, without its dimensions; its members' types may differ.
    private(set) var outermost: UInt32 = 0
    private(set) var metZ = false
    private(set) var metM = false

    private let place: (_ x: Double, _ y: Double) -> Place?
    private var offset = 0

    init(place: @escaping (_ x: Double, _ y: Double) -> Place?) {
        self.place = place
    }

    /// Reads one geometry that must fill the span from an offset on.
    mutating func read(_ bytes: RawSpan, from start: Int = 0) throws(WKBFault) {
        offset = start
        try geometry(bytes, member: nil, depth: 0)
        guard offset == bytes.byteCount else { throw .trailing(offset: offset) }
    }

    private struct Head {
        let isLittle: Bool
        let type: UInt32
        /// Bytes of one point: 16, 24 or 32.
        let stride: Int
    }

    /// The type that a multiple's members must have; nil where any may stand.
    private static func memberType(of type: UInt32) -> UInt32? {
        4...6 ~= type ? type - 3 : nil
    }

    private mutating func geometry(_ bytes: RawSpan, member: UInt32?, depth: Int) throws(WKBFault) {
        let start = offset
        guard depth <= WKB.depthLimit else { throw .tooDeep(offset: start) }
        let head = try self.head(bytes)
        guard member == nil || member == head.type else { throw .wrongMember(head.type, offset: start) }
        if depth == 0 { outermost = head.type }
        switch head.type {
        case 1:
            points.append(contentsOf: try places(bytes, 1, head))
        case 2:
            let line = try places(bytes, count(bytes, head, least: head.stride), head)
            if !line.isEmpty { lines.append(line) }
        case 3:
            let ringCount = try count(bytes, head, least: 4)
            var rings: [[Place]] = []
            rings.reserveCapacity(ringCount)
            for _ in 0..<ringCount { rings.append(try places(bytes, count(bytes, head, least: head.stride), head)) }
            if !rings.isEmpty { polygons.append(rings) }
        default:
            for _ in 0..<(try count(bytes, head, least: 5)) {
                try geometry(bytes, member: Self.memberType(of: head.type), depth: depth + 1)
            }
        }
    }

    private mutating func head(_ bytes: RawSpan) throws(WKBFault) -> Head {
        let start = offset
        guard bytes.byteCount - offset >= 5 else { throw .truncated(offset: start) }
        let order = unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
        guard order <= 1 else { throw .byteOrder(order, offset: start) }
        offset += 1
        let word = word(bytes, isLittle: order == 1)
        let plain = word & 0x0FFF_FFFF
        let (dimensions, type) = plain.quotientAndRemainder(dividingBy: 1000)
        guard dimensions <= 3, 1...7 ~= type, word & 0x1000_0000 == 0 else { throw .unknownType(word, offset: start) }
        let hasZ = word & 0x8000_0000 != 0 || dimensions & 1 != 0
        let hasM = word & 0x4000_0000 != 0 || dimensions & 2 != 0
        if word & 0x2000_0000 != 0 {
            guard bytes.byteCount - offset >= 4 else { throw .truncated(offset: start) }
            offset += 4
        }
        metZ = metZ || hasZ
        metM = metM || hasM
        return Head(isLittle: order == 1, type: type, stride: 16 + (hasZ ? 8 : 0) + (hasM ? 8 : 0))
    }

    /// A count of parts that take up at least so many bytes each.
    private mutating func count(_ bytes: RawSpan, _ head: Head, least: Int) throws(WKBFault) -> Int {
        guard bytes.byteCount - offset >= 4 else { throw .truncated(offset: offset) }
        let count = word(bytes, isLittle: head.isLittle)
        guard Int(count) <= (bytes.byteCount - offset) / least else { throw .count(count, offset: offset - 4) }
        return Int(count)
    }

    private mutating func places(_ bytes: RawSpan, _ count: Int, _ head: Head) throws(WKBFault) -> [Place] {
        guard bytes.byteCount - offset >= count * head.stride else { throw .truncated(offset: offset) }
        var places: [Place] = []
        places.reserveCapacity(count)
        for _ in 0..<count {
            let x = number(bytes, at: offset, isLittle: head.isLittle)
            let y = number(bytes, at: offset + 8, isLittle: head.isLittle)
            guard x.isFinite, y.isFinite else { throw .notFinite(offset: offset) }
            guard let place = place(x, y) else { throw .offGrid(x: x, y: y) }
            places.append(place)
            offset += head.stride
        }
        return places
    }

    /// The next four bytes; the caller has made sure that they are there.
    private mutating func word(_ bytes: RawSpan, isLittle: Bool) -> UInt32 {
        let value = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
        offset += 4
        return isLittle ? UInt32(littleEndian: value) : UInt32(bigEndian: value)
    }

    private func number(_ bytes: RawSpan, at offset: Int, isLittle: Bool) -> Double {
        let value = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
        return Double(bitPattern: isLittle ? UInt64(littleEndian: value) : UInt64(bigEndian: value))
    }
}
