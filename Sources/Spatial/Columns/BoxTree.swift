/// A packed tree over some of a table's features: finds those whose boxes meet a box, of any kind, in about logarithmic time.
///
/// As `BoxIndex`, but in columns: the boxes lie along a Hilbert curve and are bundled by sixteens, level over level. Borders
/// count: boxes that only touch meet.
package struct BoxTree: Sendable {
    static let bundleBits = 4

    /// Feature numbers, along the curve.
    let features: Column<UInt32>
    /// The features' boxes in that order, then those around each bundle, level by level; the root is the last.
    let boxes: Column<Box>
    /// By level, and one more: its first box.
    let levels: [Int]

    /// Nil where a column is missing or the two do not go with each other.
    ///
    /// - Parameter name: what the tree's sections begin with.
    package init?(_ sections: SectionTable, name: String) {
        guard let features = sections.column(name + ".features", of: UInt32.self),
            let boxes = sections.column(name + ".boxes", of: Box.self)
        else { return nil }
        levels = Self.levels(over: features.count)
        guard levels.last == boxes.count else { return nil }
        self.features = features
        self.boxes = boxes
    }

    private static func levels(over count: Int) -> [Int] {
        var levels = [0]
        var size = count
        while size > 0 {
            levels.append((levels.last ?? 0) + size)
            size = size == 1 ? 0 : (size + 1 << bundleBits - 1) >> bundleBits
        }
        return levels
    }

    /// The numbers of the features whose boxes meet the box, ascending.
    package func features(meeting box: Box, into found: inout [Int]) {
        found.removeAll(keepingCapacity: true)
        guard levels.count > 1 else { return }
        search(box, levels.count - 2, 0..<1, &found)
        Self.sort(&found)
    }

    /// Sorts numbers that all differ. Where they lie close, each is marked in a row of bits: several times as fast.
    private static func sort(_ numbers: inout [Int]) {
        guard let least = numbers.min(), let most = numbers.max() else { return }
        guard (most - least) / 64 < 8 * numbers.count else { return numbers.sort() }
        var marks = [UInt64](repeating: 0, count: (most - least) / 64 + 1)
        for number in numbers { marks[(number - least) / 64] |= 1 << UInt64((number - least) % 64) }
        numbers.removeAll(keepingCapacity: true)
        for (place, mark) in marks.enumerated() {
            var rest = mark
            while rest != 0 {
                numbers.append(least + 64 * place + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }

    /// The candidates for an area: the features whose boxes meet its box.
    package func features(near area: MultiPolygon, into found: inout [Int]) {
        features(meeting: area.box ?? .nowhere, into: &found)
    }

    private func search(_ box: Box, _ level: Int, _ range: Range<Int>, _ found: inout [Int]) {
        let bundle = unsafe boxes.elements(levels[level] + range.lowerBound..<levels[level] + range.upperBound)
        for place in range {
            let around = unsafe bundle[place - range.lowerBound]
            guard around.meets(box) else { continue }
            if level == 0 || box.holds(around) {
                let bits = level * Self.bundleBits
                let all = unsafe features.elements(place << bits..<min((place + 1) << bits, features.count))
                for number in all.indices { found.append(Int(unsafe all[number])) }
            } else {
                let start = place << Self.bundleBits
                search(box, level - 1, start..<min(start + 1 << Self.bundleBits, levels[level] - levels[level - 1]), &found)
            }
        }
    }

    /// Visits the features whose boxes meet the box, in the tree's order.
    @inline(__always)
    package func forEach(meeting box: Box, _ visit: (_ feature: Int) -> Void) {
        guard levels.count > 1 else { return }
        // A bundle of each level under the root, as a stack: a tree over 2³² features has eight.
        var open = InlineArray<9, Range<Int>>(repeating: 0..<0)
        var level = levels.count - 2
        open[level] = 0..<1
        while level < levels.count - 1 {
            guard let place = open[level].first else {
                level += 1
                continue
            }
            open[level] = place + 1..<open[level].upperBound
            guard boxes[levels[level] + place].meets(box) else { continue }
            if level == 0 {
                visit(Int(features[place]))
            } else {
                let start = place << Self.bundleBits
                open[level - 1] = start..<min(start + 1 << Self.bundleBits, levels[level] - levels[level - 1])
                level -= 1
            }
        }
    }

    /// Builds the tree over some features, as sections; those without geometry are left out. The same features give the same
    /// bytes whatever their order.
    package static func sections(for shapes: ShapeTable, features: some Sequence<Int>, name: String, into sections: inout Sections) {
        // A pointer for all: through the column each box would cost its memory a retain.
        let all = unsafe shapes.boxes.elements(0..<shapes.count)
        let kept = features.filter { shapes.kind($0) != .none }
        var whole = Box.nowhere
        for feature in kept { whole = unsafe whole.united(with: all[feature]) }
        /// By place on the curve, then by number: that in the upper half, this in the lower.
        var keyed: [UInt64] = []
        keyed.reserveCapacity(kept.count)
        for feature in kept { keyed.append(UInt64(unsafe all[feature].hilbert(in: whole)) << 32 | UInt64(feature)) }
        keyed.sort()
        let sorted = keyed.map { UInt32(truncatingIfNeeded: $0) }
        var boxes: [Box] = []
        boxes.reserveCapacity(sorted.count + sorted.count / 8 + 8)
        for feature in sorted { boxes.append(unsafe all[Int(feature)]) }
        let levels = levels(over: boxes.count)
        for (start, end) in zip(levels, levels.dropFirst()).dropLast() {
            for first in stride(from: start, to: end, by: 1 << bundleBits) {
                boxes.append(boxes[first..<min(first + 1 << bundleBits, end)].reduce(.nowhere) { $0.united(with: $1) })
            }
        }
        sections.add(name + ".features", sorted)
        sections.add(name + ".boxes", boxes)
    }
}
