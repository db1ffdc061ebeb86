extension JSONReader {
    /// The string that begins under the cursor, unescaped.
    mutating func string() throws(JSON.Fault) -> String {
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
