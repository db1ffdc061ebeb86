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
private struct JSONReader {
    private let bytes: [UInt8]
    private let limit: Int
    private var at = 0

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
    private var byte: UInt8 { at < bytes.count ? bytes[at] : 0 }

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

// MARK: Strings

extension JSONReader {
    private mutating func string() throws(JSON.Fault) -> String {
        at += 1
        let start = at
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\""):
                at += 1
                return String(decoding: bytes[start..<at - 1], as: UTF8.self)
            case UInt8(ascii: "\\"):
                return try escapedString(from: start)
            case 0..<0x20: throw expected("an escape in place of a control character")
            default: at += 1
            }
        }
        throw expected("'\"' at the end of a string")
    }

    /// The rest of a string that holds an escape; what stands before the cursor holds none.
    private mutating func escapedString(from start: Int) throws(JSON.Fault) -> String {
        var text = Array(bytes[start..<at])
        while at < bytes.count {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "\""):
                at += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw expected("an escape in place of a control character")
            default:
                text.append(byte)
                at += 1
            }
        }
        throw expected("'\"' at the end of a string")
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSON.Fault) {
        let start = at
        at += 1
        let letter = byte
        at += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if (0xD800...0xDBFF).contains(code), byte == UInt8(ascii: "\\"), at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "u") {
                at += 2
                let low = try hexadecimal()
                guard (0xDC00...0xDFFF).contains(low) else { throw fault(.loneSurrogate, at: start) }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw fault(.loneSurrogate, at: start) }
            text.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
        default:
            at = start + 1
            throw expected("one of \" \\ / b f n r t u after a backslash")
        }
    }

    private mutating func hexadecimal() throws(JSON.Fault) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Hex.value(of: byte) else { throw expected("four hexadecimal digits after \\u") }
            code = code << 4 + UInt32(digit)
            at += 1
        }
        return code
    }
}

// MARK: Numbers

extension JSONReader {
    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    private mutating func number() throws(JSON.Fault) -> Double {
        let start = at
        let isNegative = byte == UInt8(ascii: "-")
        if isNegative { at += 1 }
        var digits: UInt64 = 0
        var count = 0
        if byte == UInt8(ascii: "0") {
            at += 1
        } else {
            count = try digitRun(into: &digits)
        }
        var places = 0
        if byte == UInt8(ascii: ".") {
            at += 1
            places = try digitRun(into: &digits)
        }
        let hasExponent = byte | 0x20 == UInt8(ascii: "e")
        if hasExponent {
            at += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { at += 1 }
            var ignored: UInt64 = 0
            _ = try digitRun(into: &ignored)
        }
        // Up to 2⁵³ the digits and the power of ten are both exact doubles, so one division rounds right (Clinger 1990).
        if !hasExponent, count + places <= 18, digits <= 1 << 53, places < Self.powersOfTen.count {
            let value = Double(digits) / Self.powersOfTen[places]
            return isNegative ? -value : value
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        guard let value = Double(text), value.isFinite else { throw fault(.notFinite(text), at: start) }
        return value
    }

    /// Passes over one digit or more and answers how many; beyond eighteen digits the sum wraps and is not used.
    private mutating func digitRun(into sum: inout UInt64) throws(JSON.Fault) -> Int {
        let start = at
        while case let digit = byte &- UInt8(ascii: "0"), digit < 10 {
            sum = sum &* 10 &+ UInt64(digit)
            at += 1
        }
        guard at > start else { throw expected("a digit") }
        return at - start
    }
}

// MARK: Faults

extension JSONReader {
    private func expected(_ what: String) -> JSON.Fault {
        fault(.expected(what, found: found(at: at)), at: at)
    }

    private func fault(_ reason: JSON.Fault.Reason, at offset: Int) -> JSON.Fault {
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
