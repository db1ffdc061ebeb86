import Formats
import Persian

/// A number as people type it for a coordinate: Persian digits and decimal separators too.
package enum Coordinate {
    /// Nil for what is no finite number, or is written in another base.
    package static func parse(_ text: String) -> Double? {
        let folded = Digits.latinNumber(text).trimmed
        guard !folded.isEmpty, folded.utf8.allSatisfy({ "+-.eE0123456789".utf8.contains($0) }) else { return nil }
        guard let number = Double(folded), number.isFinite else { return nil }
        return number
    }
}

extension String {
    fileprivate var trimmed: Substring {
        let start = drop(while: \.isWhitespace)
        return start[..<(start.lastIndex(where: { !$0.isWhitespace }).map { start.index(after: $0) } ?? start.endIndex)]
    }
}
