/// A civil day, counted from 1970-01-01. It has no time and no zone: whoever reads a clock says where.
package struct Day: Hashable, Comparable, Sendable {
    package let number: Int32

    package init(number: Int32) {
        self.number = number
    }

    package static func < (one: Day, other: Day) -> Bool { one.number < other.number }
}

extension Day {
    /// The civil day in Tehran at a moment: UTC+03:30 all year since 1401, when summer time was abolished.
    ///
    /// Moments before that had an hour more in summer, which this does not know. Beyond the range of a day it is the last one.
    package static func today(inTehranAt unixSeconds: Int64) -> Day {
        let seconds = min(max(unixSeconds, Int64.min / 2), Int64.max / 2) + 12_600
        let days = seconds / 86_400 - (seconds % 86_400 < 0 ? 1 : 0)
        return Day(number: Int32(clamping: days))
    }
}

/// Days from one until before another; without `from` since ever, without `until` for ever.
package struct Period: Hashable, Sendable {
    package let from: Day?
    package let until: Day?

    package init(from: Day? = nil, until: Day? = nil) {
        self.from = from
        self.until = until
    }

    /// The day that a rule takes effect belongs to it, the day that it ends does not.
    package func contains(_ day: Day) -> Bool {
        if let from, day < from { return false }
        if let until, day >= until { return false }
        return true
    }

    /// Whether it holds no day: it ends on the day that it begins, or before.
    package var isEmpty: Bool {
        guard let from, let until else { return false }
        return until <= from
    }
}
