/// An exact decimal of at most six places: a rule's value, a measure or a share, in whole millionths.
///
/// Square millimetres are millionths of a square metre, so areas carry over without rounding.
package struct Decimal: Hashable, Comparable, Sendable {
    package let millionths: Int64

    package init(millionths: Int64) {
        self.millionths = millionths
    }

    package static func < (one: Decimal, other: Decimal) -> Bool { one.millionths < other.millionths }

    /// The nearest double; its shortest digits are this decimal's for up to fifteen significant digits.
    package var double: Double { Double(millionths) / 1_000_000 }
}
