/// Durations in nanoseconds, counted in steps of at most a 64th of themselves.
struct Histogram {
    private var counts = [Int](repeating: 0, count: 64 * 60)
    private(set) var count = 0
    private(set) var most = 0
    private var sum = 0.0

    mutating func add(_ nanoseconds: Int) {
        let value = max(0, nanoseconds)
        counts[Self.place(value)] += 1
        count += 1
        most = max(most, value)
        sum += Double(value)
    }

    var mean: Double { count == 0 ? 0 : sum / Double(count) }

    /// The duration that a part of all does not exceed, rounded up to its step.
    func quantile(_ part: Double) -> Int {
        let wanted = max(1, Int((part * Double(count)).rounded(.up)))
        var seen = 0
        for (place, count) in counts.enumerated() where count > 0 {
            seen += count
            if seen >= wanted { return min(most, Self.end(of: place)) }
        }
        return most
    }

    private static func place(_ value: Int) -> Int {
        guard value >= 64 else { return value }
        let shift = Int.bitWidth - value.leadingZeroBitCount - 7
        return min(64 * (shift + 1) + (value >> shift) - 64, 64 * 60 - 1)
    }

    private static func end(of place: Int) -> Int {
        guard place >= 64 else { return place }
        let shift = place / 64 - 1
        return ((place % 64 + 65) << shift) - 1
    }
}
