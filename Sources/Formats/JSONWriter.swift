extension JSON {
    /// RFC 8785's bytes: keys in the order of their UTF-16 units, ECMAScript's shortest numbers, only the escapes that must be.
    ///
    /// A number that is not finite has no JSON form and is written `null`, as ECMAScript's `JSON.stringify` does; the reader
    /// never makes one.
    package func canonical() -> [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return bytes
    }

    /// `canonical()` as text.
    package var text: String { String(decoding: canonical(), as: UTF8.self) }

    /// Appends the canonical bytes, so that many values share one buffer.
    package func append(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(true): bytes.append(contentsOf: "true".utf8)
        case .bool(false): bytes.append(contentsOf: "false".utf8)
        case .number(let value): ECMAScriptNumber.append(value, to: &bytes)
        case .string(let value): Self.append(value, to: &bytes)
        case .array(let items):
            bytes.append(UInt8(ascii: "["))
            var isFirst = true
            for item in items {
                if !isFirst { bytes.append(UInt8(ascii: ",")) }
                isFirst = false
                item.append(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let fields):
            bytes.append(UInt8(ascii: "{"))
            var isFirst = true
            for (place, _) in Self.inOrder(fields) {
                let (key, value) = fields[place]
                if !isFirst { bytes.append(UInt8(ascii: ",")) }
                isFirst = false
                Self.append(key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                value.append(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// The places of an object's members in the order of their keys.
    ///
    /// Most keys differ in their first eight bytes: places are compared by those, and moved without the members (sorting the members
    /// themselves was an eighth of a batch).
    private static func inOrder(_ fields: [String: JSON]) -> [(place: [String: JSON].Index, start: UInt64)] {
        var places = fields.indices.map { (place: $0, start: start(of: fields[$0].key)) }
        places.sort { one, other in
            one.start == other.start ? precedes(fields[one.place].key, fields[other.place].key) : one.start < other.start
        }
        return places
    }

    /// The ranks of a key's first eight bytes as one number, noughts after its end.
    private static func start(of key: String) -> UInt64 {
        var start: UInt64 = 0
        var count = 0
        for byte in key.utf8.prefix(8) {
            start = start << 8 | UInt64(rank(byte))
            count += 1
        }
        return start << (8 * UInt64(8 - count))
    }

    /// Whether a key stands before another in the order of UTF-16 units.
    ///
    /// That is the order of the UTF-8 bytes, but for scalars above U+FFFF (lead bytes F0…F4): their surrogates sort before
    /// U+E000…U+FFFF (lead bytes EE and EF).
    static func precedes(_ one: String, _ other: String) -> Bool {
        let one = one.utf8Span
        let other = other.utf8Span
        let count = min(one.count, other.count)
        for index in 0..<count {
            let a = one.span[index]
            let b = other.span[index]
            if a != b { return rank(a) < rank(b) }
        }
        return one.count < other.count
    }

    private static func rank(_ byte: UInt8) -> UInt8 { byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        if mustEscape(text) {
            for byte in text.utf8 { append(escaping: byte, to: &bytes) }
        } else {
            bytes.append(contentsOf: text.utf8)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func mustEscape(_ text: String) -> Bool {
        let text = text.utf8Span
        let span = text.span
        for index in span.indices {
            let byte = span[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return true }
        }
        return false
    }

    private static func append(escaping byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
        case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
        case 0x08: bytes.append(contentsOf: "\\b".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        case 0x0C: bytes.append(contentsOf: "\\f".utf8)
        case 0x0D: bytes.append(contentsOf: "\\r".utf8)
        case 0..<0x20:
            bytes.append(contentsOf: "\\u".utf8)
            bytes.append(contentsOf: Hex.text(UInt16(byte)).utf8)
        default: bytes.append(byte)
        }
    }
}
