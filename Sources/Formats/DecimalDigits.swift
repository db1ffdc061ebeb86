/// Whole numbers and millionths in ASCII digits, without a string in between.
enum DecimalDigits {
    static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        var reversed = InlineArray<20, UInt8>(repeating: 0)
        var count = 0
        var rest = value
        repeat {
            reversed[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            count += 1
            rest /= 10
        } while rest > 0
        while count > 0 {
            count -= 1
            bytes.append(reversed[count])
        }
    }

    /// The shortest form: no point in a whole number, no zero at the end of a fraction.
    static func append(millionths: UInt64, to bytes: inout [UInt8]) {
        append(millionths / 1_000_000, to: &bytes)
        var fraction = millionths % 1_000_000
        guard fraction > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        var unit: UInt64 = 100_000
        while fraction > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: fraction / unit))
            fraction %= unit
            unit /= 10
        }
    }
}
