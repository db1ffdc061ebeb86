extension JSONReader {
    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    /// The number that begins under the cursor, as the nearest double.
    mutating func number() throws(JSON.Fault) -> Double {
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
