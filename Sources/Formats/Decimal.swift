/// An exact decimal of at most six places: a rule's value, a measure or a share, in whole millionths.
///
/// Square millimetres are millionths of a square metre, so areas carry over without rounding.
package struct Decimal: Hashable, Comparable, Sendable {
    package let millionths: Int64

    package init(millionths: Int64) {
        self.millionths = millionths
    }

    package static let zero = Decimal(millionths: 0)

    /// No decimal that comes from outside is larger than this many units, so that nine of them add up without overflow.
    package static let limit: Int64 = 1_000_000_000_000

    package static func < (one: Decimal, other: Decimal) -> Bool { one.millionths < other.millionths }

    /// The nearest double; its shortest digits are this decimal's for up to fifteen significant digits.
    package var double: Double { Double(millionths) / 1_000_000 }
}

extension Decimal {
    /// A whole number; nil beyond ±`limit`.
    package init?(_ whole: some BinaryInteger) {
        guard let whole = Int64(exactly: whole), whole.magnitude <= UInt64(Self.limit) else { return nil }
        self.init(millionths: whole * 1_000_000)
    }

    /// The decimal whose nearest double this is; nil where it has more than six places, is not finite or is beyond ±`limit`.
    package init?(exactly value: Double) {
        self.init(rounding: value)
        guard double == value else { return nil }
    }

    /// The nearest millionth, ties to even; nil where the value is not finite or is beyond ±`limit`.
    package init?(rounding value: Double) {
        guard value.magnitude <= Double(Self.limit) else { return nil }
        self.init(millionths: Int64((value * 1_000_000).rounded(.toNearestOrEven)))
    }

    /// An optional sign, digits, and at most six places after a point; a digit on either side of the point.
    ///
    /// Nil for anything else: blanks, an exponent, digits that are not ASCII, a seventh place (even a zero), more than `limit`.
    package init?(parsing text: String) {
        var digits = text.utf8[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        var millionths: Int64 = 0
        var unit: Int64 = 1_000_000
        var hasPoint = false
        var hasDigit = false
        for byte in digits {
            if byte == UInt8(ascii: "."), hasDigit, !hasPoint {
                hasPoint = true
                hasDigit = false
                continue
            }
            guard case let digit = byte &- UInt8(ascii: "0"), digit < 10 else { return nil }
            hasDigit = true
            if hasPoint {
                unit /= 10
                guard unit > 0 else { return nil }
                millionths += Int64(digit) * unit
            } else {
                guard millionths < Self.limit * 100_000 || (millionths == Self.limit * 100_000 && digit == 0) else { return nil }
                millionths = millionths * 10 + Int64(digit) * unit
            }
        }
        guard hasDigit, millionths <= Self.limit * 1_000_000 else { return nil }
        self.init(millionths: isNegative ? -millionths : millionths)
    }
}

extension Decimal: CustomStringConvertible {
    /// The shortest exact digits: `1.2`, `150`, `-0.000001`.
    package var description: String {
        var bytes: [UInt8] = []
        if millionths < 0 { bytes.append(UInt8(ascii: "-")) }
        DecimalDigits.append(millionths.magnitude, places: 6, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
