/// A civil day, counted from 1970-01-01. It has no time and no zone: whoever reads a clock says where.
package struct Day: Hashable, Comparable, Sendable {
    package let number: Int32

    package init(number: Int32) {
        self.number = number
    }

    package static func < (one: Day, other: Day) -> Bool { one.number < other.number }
}
