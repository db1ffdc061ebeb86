/// A double as ECMAScript's `Number::toString` writes it: the shortest digits that read back as the same double, and of
/// those the nearest (ECMA-262, 6.1.6.1.20), which RFC 8785 prescribes.
enum ECMAScriptNumber {
    static func append(_ value: Double, to bytes: inout [UInt8]) {
        guard value.isFinite else {
            bytes.append(contentsOf: "null".utf8)
            return
        }
        if value == 0 {
            bytes.append(UInt8(ascii: "0"))
            return
        }
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let magnitude = value.magnitude
        // A decimal of at most fifteen digits that reads back as this double is its shortest: no two such decimals share one.
        if magnitude >= 1e-6, magnitude < 1e15 {
            let places = magnitude < 1e6 ? 9 : magnitude < 1e9 ? 6 : 0
            let unit = magnitude < 1e6 ? 1e9 : magnitude < 1e9 ? 1e6 : 1
            let units = (magnitude * unit).rounded()
            if units / unit == magnitude {
                DecimalDigits.append(UInt64(units), places: places, to: &bytes)
                return
            }
        }
        var shortest = Shortest(magnitude)
        shortest.append(to: &bytes)
    }

    /// The shortest digits d₁d₂…dₖ of a positive double, which is 0.d₁d₂…dₖ × 10^point.
    private struct Shortest {
        private var digits: [UInt8] = []
        private var point = 0

        /// Swift describes a double by the same shortest digits; only the layout differs.
        init(_ value: Double) {
            var exponent = 0
            var hasPoint = false
            let text = Array(value.description.utf8)
            for (index, byte) in text.enumerated() {
                if byte == UInt8(ascii: ".") {
                    hasPoint = true
                } else if byte == UInt8(ascii: "e") {
                    exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
                    break
                } else if digits.isEmpty, byte == UInt8(ascii: "0") {
                    if hasPoint { point -= 1 }
                } else {
                    digits.append(byte)
                    if !hasPoint { point += 1 }
                }
            }
            point += exponent
            while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        }

        mutating func append(to bytes: inout [UInt8]) {
            let count = digits.count
            switch point {
            case count...21 where count <= 21:
                bytes.append(contentsOf: digits)
                bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: point - count))
            case 1...21:
                bytes.append(contentsOf: digits[..<point])
                bytes.append(UInt8(ascii: "."))
                bytes.append(contentsOf: digits[point...])
            case -5...0:
                bytes.append(contentsOf: "0.".utf8)
                bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -point))
                bytes.append(contentsOf: digits)
            default:
                bytes.append(contentsOf: digits[..<1])
                if count > 1 {
                    bytes.append(UInt8(ascii: "."))
                    bytes.append(contentsOf: digits[1...])
                }
                bytes.append(UInt8(ascii: "e"))
                bytes.append(UInt8(ascii: point > 0 ? "+" : "-"))
                DecimalDigits.append(UInt64((point - 1).magnitude), places: 0, to: &bytes)
            }
        }
    }
}
