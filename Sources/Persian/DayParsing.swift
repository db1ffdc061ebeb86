/// Why a text names no day.
package enum DayFault: Error, Hashable, Sendable, CustomStringConvertible {
    case notADay(String)
    case yearNotFirst(String)
    case ambiguous(String)
    case yearOutOfRange(String, year: Int)
    case noSuchMonth(String, month: Int)
    case noSuchDay(String, day: Int, lastDay: Int)

    package var description: String {
        switch self {
        case .notADay(let text): "\"\(text)\" is no day; expected ISO such as 2026-11-23 or Jalali such as 1405-09-02"
        case .yearNotFirst(let text): "\"\(text)\" has its year at the end; expected the year first, such as 1405-09-02"
        case .ambiguous(let text):
            "\"\(text)\" may be a Jalali or a Gregorian day; expected signs between year, month and day, such as 2026-11-23"
        case .yearOutOfRange(let text, let year):
            "\"\(text)\": the year \(year) is out of range; expected Jalali 1206 to 1498 or Gregorian 1700 to 9999"
        case .noSuchMonth(let text, let month): "\"\(text)\": there is no month \(month); expected 1 to 12"
        case .noSuchDay(let text, let day, let lastDay):
            "\"\(text)\": there is no day \(day) in that month of that year; expected 1 to \(lastDay)"
        }
    }
}

extension Day {
    /// A day as planners and clerks write it: year, month and day in this order, parted by `-` or `/`, in Persian, Arabic or ASCII
    /// digits, month and day with or without a leading zero. A year below 1700 is Jalali, any other Gregorian.
    ///
    /// Eight digits without signs are a Jalali day of 13… or 14…, as old tables have them (14020114); any other eight are refused.
    /// The order is never guessed: 02/09/1405 is refused, and so is a year of two digits.
    package init(parsing text: String) throws(DayFault) {
        guard let runs = SeparatedDigits.runs(text) else { throw .notADay(text) }
        if runs.count == 1, runs[0].count == 8 {
            guard runs[0].hasPrefix("13") || runs[0].hasPrefix("14") else { throw .ambiguous(text) }
            let digits = runs[0]
            try self.init(text, year: digits.prefix(4), month: digits.dropFirst(4).prefix(2), day: digits.suffix(2))
        } else {
            guard runs.count == 3 else { throw .notADay(text) }
            guard runs[0].count == 4 else { throw runs[2].count == 4 ? .yearNotFirst(text) : .notADay(text) }
            guard runs[1].count <= 2, runs[2].count <= 2 else { throw .notADay(text) }
            try self.init(text, year: runs[0], month: runs[1], day: runs[2])
        }
    }

    private init(_ text: String, year: Substring, month: Substring, day: Substring) throws(DayFault) {
        guard let year = Int(year), let month = Int(month), let day = Int(day) else { throw .notADay(text) }
        let isJalali = year < 1700
        guard !isJalali || Jalali.years.contains(year) else { throw .yearOutOfRange(text, year: year) }
        guard (1...12).contains(month) else { throw .noSuchMonth(text, month: month) }
        let lastDay = isJalali ? Jalali.length(ofMonth: month, year: year) : Gregorian.length(ofMonth: month, year: year)
        guard (1...lastDay).contains(day) else { throw .noSuchDay(text, day: day, lastDay: lastDay) }
        if let jalali = Jalali(year: year, month: month, day: day) {
            self.init(jalali)
        } else {
            self.init(number: Int32(Gregorian(year: year, month: month, day: day).number))
        }
    }
}
