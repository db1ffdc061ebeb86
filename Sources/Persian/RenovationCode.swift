/// A renovation code (کد نوسازی): district, region, block, house, building, apartment, shop.
///
/// Seven whole numbers, compared one by one as numbers; a zero says that the level is absent. A screen from right to left
/// shows the code reversed, and nothing in it tells which way it was copied: it is read as given.
package struct RenovationCode: Hashable, Comparable, Sendable {
    /// Exactly seven, none negative.
    package let parts: [Int32]

    package init?(parts: [Int32]) {
        guard parts.count == 7, parts.allSatisfy({ $0 >= 0 }) else { return nil }
        self.parts = parts
    }

    /// Seven numbers of at most nine digits, all joined by `-` or all by `/`, in any digits; nil for anything else.
    package init?(parsing text: String) {
        guard let runs = SeparatedDigits.runs(text), runs.allSatisfy({ $0.count <= 9 }) else { return nil }
        self.init(parts: runs.compactMap { Int32($0) })
    }

    package static func < (one: RenovationCode, other: RenovationCode) -> Bool {
        one.parts.lexicographicallyPrecedes(other.parts)
    }

    /// `1-10-84-1-0-0-0`.
    package var text: String { parts.map(String.init).joined(separator: "-") }

    /// The text that keeps its order inside a line from right to left.
    package var display: String { Isolates.leftToRight(text) }
}
