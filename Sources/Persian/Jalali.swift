/// A day in Iran's official calendar, of the years 1206 to 1498.
///
/// For these years the rule here gives the first days that the University of Tehran's Calendar Centre publishes; beyond them
/// the calendar is not a rule but an observation (noon of the equinox at 52.5° E), so other years are refused.
/// Leap years: (25·y + 11) mod 33 < 8. The 2820-year cycle in many libraries is wrong at 1403/1404, among others.
package struct Jalali: Hashable, Comparable, Sendable {
    package let year: Int
    package let month: Int
    package let day: Int

    package static let years = 1206...1498

    /// Nil for a day that does not exist, such as 1404-12-30, and outside `years`.
    package init?(year: Int, month: Int, day: Int) {
        guard Self.years.contains(year), (1...12).contains(month), (1...Self.length(ofMonth: month, year: year)).contains(day) else {
            return nil
        }
        self.year = year
        self.month = month
        self.day = day
    }

    /// The Jalali day; nil before 1206-01-01 (1827-03-22) and after 1498-12-30 (2120-03-20).
    package init?(_ day: Day) {
        let since = Int(day.number) - Self.number(beforeYear: 1)
        // The mean year is 12,053/33 days.
        guard since >= 0 else { return nil }
        let year = 1 + (33 * since + 3) / 12_053
        let past = Int(day.number) - Self.number(beforeYear: year)
        let month = past < 186 ? past / 31 : (past - 6) / 30
        self.init(year: year, month: month + 1, day: 1 + past - (month < 6 ? month * 31 : month * 30 + 6))
    }

    package static func < (one: Jalali, other: Jalali) -> Bool {
        (one.year, one.month, one.day) < (other.year, other.month, other.day)
    }

    static func isLeap(_ year: Int) -> Bool { (25 * year + 11) % 33 < 8 }

    static func length(ofMonth month: Int, year: Int) -> Int {
        month <= 6 ? 31 : month <= 11 || isLeap(year) ? 30 : 29
    }

    /// The number of 1 Farvardin: Julian day 1,948,320 + 365·(y − 1) + ⌊(8y + 21) / 33⌋, counted from 1970-01-01 (2,440,588).
    private static func number(beforeYear year: Int) -> Int {
        365 * (year - 1) + (8 * year + 21) / 33 - 492_268
    }

    /// Counted from 1970-01-01.
    fileprivate var number: Int {
        Self.number(beforeYear: year) + 31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1
    }

    /// `1405-09-02`, in ASCII digits.
    package var text: String { padded(year, to: 4) + "-" + padded(month, to: 2) + "-" + padded(day, to: 2) }
}

extension Day {
    package init(_ jalali: Jalali) {
        // At most 54,865 for the years that a Jalali day can have.
        self.init(number: Int32(jalali.number))
    }

    /// Nil outside the Jalali years 1206 to 1498.
    package var jalali: Jalali? { Jalali(self) }
}
