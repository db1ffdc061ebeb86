/// A packed tree over boxes that are all known beforehand: finds the ones that meet a box in about logarithmic time.
///
/// The boxes are laid out by the Hilbert curve through their middles and bundled by sixteens, level over level
/// (the packed Hilbert R-tree of Kamel and Faloutsos, 1993). Edges count: boxes that only touch meet.
package struct BoxIndex: Sendable {
    private static let bundle = 16

    /// Level by level, the boxes themselves first and the root last.
    private var levels: [[Box]] = []
    /// The position in the given list of each box on the lowest level.
    private var order: [Int32] = []

    package init(_ boxes: [Box]) {
        guard let first = boxes.first else { return }
        let whole = boxes.reduce(first) { $0.united(with: $1) }
        let keys = boxes.map { $0.hilbert(in: whole) }
        // Ties keep their order, so that the same boxes are always visited in the same order.
        order = (0..<Int32(boxes.count)).sorted { (keys[Int($0)], $0) < (keys[Int($1)], $1) }
        var level = order.map { boxes[Int($0)] }
        levels.append(level)
        while level.count > 1 {
            level = stride(from: 0, to: level.count, by: Self.bundle).map { start in
                level[start..<min(start + Self.bundle, level.count)].reduce(level[start]) { $0.united(with: $1) }
            }
            levels.append(level)
        }
    }

    /// Visits the position, in the list given at the start, of every box that meets this one.
    package func search(_ box: Box, _ visit: (Int) -> Void) {
        guard let root = levels.last?.first, root.meets(box) else { return }
        search(box, level: levels.count - 1, from: 0, to: 1, visit)
    }

    private func search(_ box: Box, level: Int, from: Int, to: Int, _ visit: (Int) -> Void) {
        for position in from..<to where levels[level][position].meets(box) {
            if level == 0 {
                visit(Int(order[position]))
            } else {
                let start = position * Self.bundle
                search(box, level: level - 1, from: start, to: min(start + Self.bundle, levels[level - 1].count), visit)
            }
        }
    }
}

extension Box {
    /// How far along a Hilbert curve of 2¹⁶ × 2¹⁶ cells over the whole the middle of the box lies.
    func hilbert(in whole: Box) -> UInt32 {
        func cell(_ low: Int32, _ high: Int32, _ least: Int32, _ most: Int32) -> UInt32 {
            let middle = (Int64(low) + Int64(high)) / 2 - Int64(least)
            return UInt32(clamping: middle * 65_535 / max(1, Int64(most) - Int64(least)))
        }
        var x = cell(minX, maxX, whole.minX, whole.maxX)
        var y = cell(minY, maxY, whole.minY, whole.maxY)
        var distance: UInt32 = 0
        var side: UInt32 = 1 << 15
        while side > 0 {
            let right: UInt32 = x & side > 0 ? 1 : 0
            let upper: UInt32 = y & side > 0 ? 1 : 0
            distance += side &* side &* ((3 * right) ^ upper)
            // In the lower half the curve runs with the axes changed for each other, in its right quarter also backwards; without
            // branches, which nobody could foretell.
            let lower = upper &- 1
            let backwards = lower & (0 &- right) & 65_535
            let difference = (x ^ y) & lower
            x ^= difference ^ backwards
            y ^= difference ^ backwards
            side >>= 1
        }
        return distance
    }
}
