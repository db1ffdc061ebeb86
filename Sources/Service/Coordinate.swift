import Formats
import Persian

/// A number as people type it for a coordinate: Persian digits and decimal separators too.
package enum Coordinate {
    /// Nil for what is no finite number, or is written in another base.
    package static func parse(_ text: String) -> Double? {
        let folded = isPlain(text) ? text[...] : Digits.latinNumber(text).trimmed
        guard !folded.isEmpty, folded.utf8.allSatisfy(mayStand) else { return nil }
        guard let number = Double(folded), number.isFinite else { return nil }
        return number
    }

    private static func mayStand(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"),
            UInt8(ascii: "E"):
            true
        default: false
        }
    }

    /// Whether a text needs no folding, as a program's hardly ever does.
    private static func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { (0x2B...0x39).contains($0) } }
}

extension String {
    fileprivate var trimmed: Substring {
        let start = drop(while: \.isWhitespace)
        return start[..<(start.lastIndex(where: { !$0.isWhitespace }).map { start.index(after: $0) } ?? start.endIndex)]
    }
}
