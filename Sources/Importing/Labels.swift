package import Spatial

/// The texts of a drawing, found by the ring that they stand in.
package struct Labels {
    package struct Label: Hashable, Sendable {
        package let text: String
        package let layer: String
        package let place: Position

        package init(text: String, layer: String, place: Position) {
            self.text = text
            self.layer = layer
            self.place = place
        }
    }

    /// From west to east.
    private let labels: [Label]

    package init(_ labels: [Label]) {
        self.labels = labels.sorted { $0.place.x < $1.place.x }
    }

    /// The different texts inside a closed ring, from west to east; what stands on the line may count or not.
    package func inside(_ ring: [Position]) -> [String] {
        guard let west = ring.map(\.x).min(), let east = ring.map(\.x).max() else { return [] }
        var texts: [String] = []
        for label in labels[firstIndex(from: west)...] {
            if label.place.x > east { break }
            if Self.holds(ring, label.place), !texts.contains(label.text) { texts.append(label.text) }
        }
        return texts
    }

    private func firstIndex(from west: Double) -> Int {
        var (low, high) = (0, labels.count)
        while low < high {
            let middle = (low + high) / 2
            if labels[middle].place.x < west { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether a ray to the east crosses the ring an odd number of times. A label's place is loose: doubles will do.
    private static func holds(_ ring: [Position], _ place: Position) -> Bool {
        guard var from = ring.last else { return false }
        var inside = false
        for to in ring {
            if (from.y > place.y) != (to.y > place.y),
                place.x < from.x + (place.y - from.y) / (to.y - from.y) * (to.x - from.x)
            {
                inside.toggle()
            }
            from = to
        }
        return inside
    }
}
