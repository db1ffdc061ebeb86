/// Texts of a DXF drawing as a person reads them.
package enum DXFText {
    /// Takes apart `\U+06CC` (a letter that the drawing's code page has not) and `\M+nXXXX`'s cousins are left as they stand;
    /// of MTEXT's formatting GDAL leaves nothing.
    package static func unescaped(_ text: String) -> String {
        guard text.contains("\\U+") || text.contains("\\u+") else { return text }
        var scalars = String.UnicodeScalarView()
        var rest = Array(text.unicodeScalars)[...]
        var high: UInt32?
        while let scalar = rest.first {
            guard scalar == "\\", let unit = unit(rest) else {
                flush(&high, into: &scalars)
                scalars.append(scalar)
                rest.removeFirst()
                continue
            }
            rest.removeFirst(7)
            take(unit, after: &high, into: &scalars)
        }
        flush(&high, into: &scalars)
        return String(scalars)
    }

    /// The code unit of `\U+XXXX` at the beginning.
    private static func unit(_ scalars: ArraySlice<Unicode.Scalar>) -> UInt32? {
        let head = Array(scalars.prefix(7))
        guard head.count == 7, head[1] == "U" || head[1] == "u", head[2] == "+" else { return nil }
        var digits = ""
        for scalar in head[3...] {
            guard scalar.properties.isASCIIHexDigit else { return nil }
            digits.unicodeScalars.append(scalar)
        }
        return UInt32(digits, radix: 16)
    }

    /// A letter beyond U+FFFF is written as two surrogates; half of a pair becomes U+FFFD.
    private static func take(_ unit: UInt32, after high: inout UInt32?, into scalars: inout String.UnicodeScalarView) {
        if let first = high, 0xDC00...0xDFFF ~= unit {
            high = nil
            if let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (unit - 0xDC00)) { scalars.append(scalar) }
            return
        }
        flush(&high, into: &scalars)
        if 0xD800...0xDBFF ~= unit {
            high = unit
        } else {
            scalars.append(Unicode.Scalar(unit) ?? "\u{FFFD}")
        }
    }

    private static func flush(_ high: inout UInt32?, into scalars: inout String.UnicodeScalarView) {
        if high != nil { scalars.append("\u{FFFD}") }
        high = nil
    }
}
