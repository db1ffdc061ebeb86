/// A day in the Gregorian calendar, reckoned before its time too (ISO 8601); the year 0 is 1 BC.
struct Gregorian {
    let year: Int
    let month: Int
    let day: Int

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    /// Days before 1 January of a year that is at least 1, counted from 0001-01-01.
    private static func days(beforeYear year: Int) -> Int {
        let past = year - 1
        return past * 365 + past / 4 - past / 100 + past / 400
    }

    /// 1970-01-01, counted from 0001-01-01.
    private static let epoch = 719_162

    /// Counted from 1970-01-01; the year is at least 1.
    var number: Int {
        var number = Self.days(beforeYear: year) - Self.epoch + day - 1
        for earlier in 1..<month { number += Self.length(ofMonth: earlier, year: year) }
        return number
    }

    init(number: Int32) {
        // The calendar repeats every 400 years of 146,097 days: reckon in a cycle where every figure is positive.
        let cycles = 15_000
        var rest = Int(number) + Self.epoch + cycles * 146_097
        var year = rest * 400 / 146_097 + 1
        if Self.days(beforeYear: year) > rest { year -= 1 }
        if Self.days(beforeYear: year + 1) <= rest { year += 1 }
        rest -= Self.days(beforeYear: year)
        var month = 1
        while rest >= Self.length(ofMonth: month, year: year) {
            rest -= Self.length(ofMonth: month, year: year)
            month += 1
        }
        self.init(year: year - cycles * 400, month: month, day: rest + 1)
    }
}

extension Day {
    /// Exactly `YYYY-MM-DD` in ASCII digits, years 0001 to 9999; nil for anything else and for a day that does not exist.
    package init?(iso text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            bytes[range].allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
                ? bytes[range].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } : nil
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), year >= 1, (1...12).contains(month),
            (1...Gregorian.length(ofMonth: month, year: year)).contains(day)
        else { return nil }
        self.init(number: Int32(Gregorian(year: year, month: month, day: day).number))
    }

    /// `YYYY-MM-DD`; years outside 0000 to 9999 have a sign and as many digits as they need.
    package var iso: String {
        let date = Gregorian(number: number)
        if (0...9999).contains(date.year) {
            return unsafe String(unsafeUninitializedCapacity: 10) { room in
                func put(_ number: Int, _ places: Range<Int>) {
                    var rest = number
                    for place in places.reversed() {
                        unsafe room[place] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
                        rest /= 10
                    }
                }
                put(date.year, 0..<4)
                put(date.month, 5..<7)
                put(date.day, 8..<10)
                unsafe (room[4], room[7]) = (0x2D, 0x2D)
                return 10
            }
        }
        let sign = date.year < 0 ? "-" : date.year > 9999 ? "+" : ""
        return sign + padded(Int(date.year.magnitude), to: 4) + "-" + padded(date.month, to: 2) + "-" + padded(date.day, to: 2)
    }
}

/// A whole number that is not negative, with zeros before it.
func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
