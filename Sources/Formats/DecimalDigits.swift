/// Decimals in ASCII digits, without a string in between.
enum DecimalDigits {
    /// A number counted in units of ten to the minus `places`, at most nineteen, in its shortest form: no point in a whole number, no
    /// zero at the end of a fraction.
    static func append(_ units: UInt64, places: Int, to bytes: inout [UInt8]) {
        var rest = units
        var places = places
        while places > 0, rest.isMultiple(of: 10) {
            rest /= 10
            places -= 1
        }
        // Twenty digits, a point, and no room to spare; filled from the end.
        var text = InlineArray<21, UInt8>(repeating: 0)
        var start = 21
        var written = 0
        repeat {
            if written == places, places > 0 {
                start -= 1
                text[start] = UInt8(ascii: ".")
            }
            start -= 1
            text[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            written += 1
        } while rest > 0 || written <= places
        bytes.append(addingCapacity: 21 - start) { room in
            for index in start..<21 { room.append(text[index]) }
        }
    }
}
