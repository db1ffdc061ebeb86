extension JSON {
    /// Reads exactly one JSON value (RFC 8259), with nothing around it but blanks.
    ///
    /// Stricter than the RFC demands where a lenient reader would guess: a repeated key, invalid UTF-8, half a surrogate pair,
    /// a byte-order mark and a number beyond the range of a double are faults. A number too small for a double is zero.
    /// `depth` bounds the arrays and objects that stand inside one another; above 512 it counts as 512, which a thread's stack holds.
    package init(parsing bytes: [UInt8], depth: Int = 64) throws(JSON.Fault) {
        var reader = JSONReader(bytes, limit: min(depth, 512))
        self = try reader.document()
    }

    package init(parsing text: String, depth: Int = 64) throws(JSON.Fault) {
        try self.init(parsing: Array(text.utf8), depth: depth)
    }
}

/// A recursive descent over bytes that are known to be UTF-8.
struct JSONReader {
    let bytes: [UInt8]
    private let limit: Int
    var at = 0

    init(_ bytes: [UInt8], limit: Int) {
        self.bytes = bytes
        self.limit = limit
    }

    mutating func document() throws(JSON.Fault) -> JSON {
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw fault(.notUTF8, at: error.byteOffsets.lowerBound)
        }
        skipBlanks()
        let value = try value(depth: 0)
        skipBlanks()
        guard at == bytes.count else { throw expected("the end of the text") }
        return value
    }

    /// The byte under the cursor; at the end NUL, which JSON allows nowhere.
    var byte: UInt8 { at < bytes.count ? bytes[at] : 0 }

    private mutating func skipBlanks() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x09, 0x0A, 0x0D: at += 1
            default: return
            }
        }
    }

    private mutating func value(depth: Int) throws(JSON.Fault) -> JSON {
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: throw expected("a value")
        }
    }

    private mutating func word(_ name: StaticString, _ value: JSON) throws(JSON.Fault) -> JSON {
        let start = at
        for expected in "\(name)".utf8 {
            guard byte == expected else { throw fault(.expected("\(name)", found: found(at: at)), at: start) }
            at += 1
        }
        return value
    }

    private mutating func array(depth: Int) throws(JSON.Fault) -> JSON {
        guard depth < limit else { throw fault(.tooDeep(limit: limit), at: at) }
        at += 1
        skipBlanks()
        var items: [JSON] = []
        if byte == UInt8(ascii: "]") {
            at += 1
            return .array(items)
        }
        while true {
            items.append(try value(depth: depth + 1))
            skipBlanks()
            switch byte {
            case UInt8(ascii: ","):
                at += 1
                skipBlanks()
            case UInt8(ascii: "]"):
                at += 1
                return .array(items)
            default: throw expected("',' or ']' after an item of an array")
            }
        }
    }

    private mutating func object(depth: Int) throws(JSON.Fault) -> JSON {
        guard depth < limit else { throw fault(.tooDeep(limit: limit), at: at) }
        at += 1
        skipBlanks()
        var fields: [String: JSON] = [:]
        if byte == UInt8(ascii: "}") {
            at += 1
            return .object(fields)
        }
        while true {
            guard byte == UInt8(ascii: "\"") else { throw expected("a key in double quotes") }
            let start = at
            let key = try string()
            skipBlanks()
            guard byte == UInt8(ascii: ":") else { throw expected("':' after the key \"\(key)\"") }
            at += 1
            skipBlanks()
            let value = try value(depth: depth + 1)
            guard fields.updateValue(value, forKey: key) == nil else { throw fault(.duplicateKey(key), at: start) }
            skipBlanks()
            switch byte {
            case UInt8(ascii: ","):
                at += 1
                skipBlanks()
            case UInt8(ascii: "}"):
                at += 1
                return .object(fields)
            default: throw expected("',' or '}' after the value of the key \"\(key)\"")
            }
        }
    }
}

extension JSONReader {
    func expected(_ what: String) -> JSON.Fault {
        fault(.expected(what, found: found(at: at)), at: at)
    }

    func fault(_ reason: JSON.Fault.Reason, at offset: Int) -> JSON.Fault {
        let position = TextPosition(of: offset, in: bytes)
        return JSON.Fault(line: position.line, column: position.column, reason: reason)
    }

    private func found(at offset: Int) -> String {
        guard offset < bytes.count else { return "the end of the text" }
        let window = bytes[offset..<min(offset + 4, bytes.count)]
        guard let scalar = String(decoding: window, as: UTF8.self).unicodeScalars.first else { return "the end of the text" }
        if scalar == "\u{FEFF}" { return "a byte-order mark" }
        if scalar.properties.generalCategory == .control { return "the control character U+" + Hex.text(UInt16(scalar.value)) }
        return "'\(scalar)'"
    }
}
