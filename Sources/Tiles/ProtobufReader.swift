/// Reads the fields of one message, strictly: what is not as expected is a fault at its byte.
struct ProtobufReader {
    private let bytes: [UInt8]
    private(set) var offset: Int
    private let end: Int
    private let place: String

    init(_ bytes: [UInt8]) {
        self.init(bytes, 0..<bytes.count, place: "")
    }

    private init(_ bytes: [UInt8], _ range: Range<Int>, place: String) {
        self.bytes = bytes
        offset = range.lowerBound
        end = range.upperBound
        self.place = place
    }

    /// The same message, its faults said to lie at a place.
    func at(_ place: String) -> ProtobufReader { ProtobufReader(bytes, offset..<end, place: place) }

    var isAtEnd: Bool { offset == end }

    func fault(_ kind: TileFault.Kind) -> TileFault { TileFault(kind: kind, place: place, offset: offset) }

    /// The next field's number and wire type; nil at the end.
    mutating func field() throws(TileFault) -> (number: UInt64, wire: UInt64)? {
        if isAtEnd { return nil }
        let tag = try varint()
        return (tag >> 3, tag & 7)
    }

    mutating func varint() throws(TileFault) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard offset < end else { throw fault(.cutOff) }
            let byte = bytes[offset]
            guard shift < 63 || byte < 2 else { throw fault(.longVarint) }
            offset += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw fault(.longVarint)
    }

    mutating func number(_ wire: UInt64) throws(TileFault) -> UInt64 {
        guard wire == 0 else { throw fault(.wireType) }
        return try varint()
    }

    /// A number of 4 or 8 bytes, the lowest first.
    mutating func fixed(_ count: Int, _ wire: UInt64) throws(TileFault) -> UInt64 {
        guard wire == (count == 4 ? 5 : 1) else { throw fault(.wireType) }
        guard end - offset >= count else { throw fault(.cutOff) }
        defer { offset += count }
        return bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The content of a field that states its length.
    mutating func message(_ wire: UInt64) throws(TileFault) -> ProtobufReader {
        guard wire == 2 else { throw fault(.wireType) }
        guard let count = Int(exactly: try varint()), count <= end - offset else { throw fault(.cutOff) }
        defer { offset += count }
        return ProtobufReader(bytes, offset..<offset + count, place: place)
    }

    mutating func text(_ wire: UInt64) throws(TileFault) -> String {
        let content = try message(wire)
        guard let text = String(validating: bytes[content.offset..<content.end], as: UTF8.self) else { throw content.fault(.badText) }
        return text
    }

    /// Passes over a field that extends the standard where it lets others do so.
    mutating func skip(_ wire: UInt64) throws(TileFault) {
        switch wire {
        case 0: _ = try varint()
        case 1: _ = try fixed(8, wire)
        case 2: _ = try message(wire)
        case 5: _ = try fixed(4, wire)
        default: throw fault(.wireType)
        }
    }
}
