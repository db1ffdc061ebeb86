/// A request target in origin form (RFC 9112 section 3.2.1): a path and a query, each decoded once.
enum Target {
    /// Refused are other forms, bytes that may not stand in a target, encodings that hide a slash, a dot or a NUL, empty and dotted
    /// segments, and what is no UTF-8.
    static func parts(_ target: [UInt8]) throws(Gate.Refusal) -> (path: [String], query: [QueryItem]) {
        guard target.first == UInt8(ascii: "/"), target.allSatisfy(mayStand) else { throw .target }
        let halves = target.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
        return (try path(halves[0]), halves.count > 1 ? try query(halves[1]) : [])
    }

    /// Not `" < > \ ^ ` { | }` and `#`: a fragment is never sent.
    private static func mayStand(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x22, 0x23, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B...0x7D, 0x7F...: false
        default: true
        }
    }

    private static func path(_ bytes: ArraySlice<UInt8>) throws(Gate.Refusal) -> [String] {
        var segments = bytes.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        if segments.last?.isEmpty == true { segments.removeLast() }
        var path: [String] = []
        path.reserveCapacity(segments.count)
        for segment in segments {
            guard !segment.isEmpty else { throw .path("//") }
            let decoded = try decoded(segment, plusIsBlank: false)
            guard
                !segment.contains(UInt8(ascii: "%"))
                    || !decoded.utf8.contains(where: { [0x2F, 0x5C, 0x2E].contains($0) && hides($0, segment) })
            else { throw .path(String(decoding: segment, as: UTF8.self)) }
            guard decoded != ".", decoded != ".." else { throw .path(decoded) }
            path.append(decoded)
        }
        return path
    }

    /// Whether a character stands in a segment in encoded form.
    private static func hides(_ character: UInt8, _ segment: ArraySlice<UInt8>) -> Bool {
        segment.indices.dropLast(2).contains { place in
            segment[place] == UInt8(ascii: "%") && digit(segment[place + 1]) == character >> 4
                && digit(segment[place + 2]) == character & 15
        }
    }

    private static func query(_ bytes: ArraySlice<UInt8>) throws(Gate.Refusal) -> [QueryItem] {
        var items: [QueryItem] = []
        for pair in bytes.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true) {
            let sides = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = try decoded(sides[0], plusIsBlank: true)
            items.append(QueryItem(name: name, value: sides.count > 1 ? try decoded(sides[1], plusIsBlank: true) : ""))
        }
        return items
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>, plusIsBlank: Bool) throws(Gate.Refusal) -> String {
        let isPlain = !bytes.contains { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }
        // What may stand in a target is a text as it is.
        if isPlain { return String(decoding: bytes, as: UTF8.self) }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let byte = bytes[place]
            if byte == UInt8(ascii: "%") {
                guard place + 2 < bytes.endIndex, let high = digit(bytes[place + 1]), let low = digit(bytes[place + 2]) else {
                    throw .encoding(String(decoding: bytes[place..<min(place + 3, bytes.endIndex)], as: UTF8.self))
                }
                decoded.append(high << 4 | low)
                place += 3
            } else {
                decoded.append(plusIsBlank && byte == UInt8(ascii: "+") ? 0x20 : byte)
                place += 1
            }
        }
        // A tab or a line's end may stand in a filter; other control characters mean harm or damage.
        guard let text = String(validating: decoded, as: UTF8.self),
            !decoded.contains(where: { $0 < 0x20 && ![0x09, 0x0A, 0x0D].contains($0) || $0 == 0x7F })
        else { throw .encoding(String(decoding: bytes.prefix(60), as: UTF8.self)) }
        return text
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
