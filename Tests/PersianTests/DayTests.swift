import Foundation
import Persian
import Testing
import Trials

@Suite("Civil days")
struct DayTests {
    @Test("ISO days are the C library's, over ten thousand years and at every month's ends")
    func gmtime() {
        var random = Seeded(1)
        for round in 0..<40_000 {
            let number = round < 1500 ? Int32(round) : Int32.random(in: -719_000...2_932_000, using: &random)
            var seconds = time_t(number) * 86_400
            var parts = tm()
            gmtime_r(&seconds, &parts)
            let iso = String(format: "%04d-%02d-%02d", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday)
            #expect(Day(number: number).iso == iso)
            #expect(Day(iso: iso)?.number == number)
        }
    }

    @Test(
        "Days outside four-digit years are written with a sign and not read",
        arguments: [
            (Int32.max, "+5881580-07-11"), (Int32.min, "-5877641-06-23"), (2_932_897, "+10000-01-01"), (-719_529, "-0001-12-31"),
            (-719_528, "0000-01-01"),
        ])
    func farAway(number: Int32, iso: String) {
        #expect(Day(number: number).iso == iso)
        #expect(Day(iso: iso) == nil)
    }

    @Test(
        "What is no ISO day is refused",
        arguments: [
            "", "2026-1-1", "2026-00-01", "2026-13-01", "2026-02-29", "2100-02-29", "2026-04-31", "2026-11-00", "26-11-23", "2026/11/23",
            " 2026-11-23",
            "2026-11-23 ", "2026-11-2۳", "+026-11-23", "2026-11-23T00:00", "0000-01-01", "-001-01-01",
        ])
    func notISO(text: String) {
        #expect(Day(iso: text) == nil)
    }

    @Test(
        "A planner's day is read in every usual spelling",
        arguments: [
            "2026-11-23", "1405-09-02", "۱۴۰۵/۹/۲", "1405/09/02", "١٤٠٥/٩/٢", "1405/9/2", "۱۴۰۵-۰۹-۰۲", " 1405/09/02 ",
            "\u{200F}۱۴۰۵/۰۹/۰۲\u{200E}",
            "\u{2066}1405-09-02\u{2069}", "14050902", "۱۴۰۵۰۹۰۲", "2026/11/23", "1405–09–02", "1405\u{2212}9\u{2212}2",
            "\u{202B}1405/9/02\u{202C}",
        ])
    func spellings(text: String) throws {
        #expect(try Day(parsing: text).iso == "2026-11-23")
    }

    @Test("Every month of the year is read as that month, in both calendars", arguments: 1...12)
    func months(month: Int) throws {
        #expect(try Day(parsing: "1405/\(month)/1").jalali == Jalali(year: 1405, month: month, day: 1))
        #expect(try Day(parsing: "1405-\(month)-29").jalali?.month == month)
        #expect(try Day(parsing: "2026-\(month)-1").iso == "2026-" + (month < 10 ? "0" : "") + "\(month)-01")
    }

    @Test(
        "What names no day is refused, and says why",
        arguments: [
            ("", .notADay("")), ("فردا", .notADay("فردا")), ("1405-09", .notADay("1405-09")), ("1405-09-02-01", .notADay("1405-09-02-01")),
            ("1405-9/2", .notADay("1405-9/2")), ("05/9/2", .notADay("05/9/2")), ("1405//2", .notADay("1405//2")),
            ("1405-009-2", .notADay("1405-009-2")),
            ("3-6-7", .notADay("3-6-7")), ("-1405-9-2", .notADay("-1405-9-2")), ("1405.09.02", .notADay("1405.09.02")),
            ("2026-11-23T10:00", .notADay("2026-11-23T10:00")), ("۱۴۰۵۹۲", .notADay("۱۴۰۵۹۲")),
            ("02/09/1405", .yearNotFirst("02/09/1405")), ("20261123", .ambiguous("20261123")), ("12050101", .ambiguous("12050101")),
            ("1404-12-30", .noSuchDay("1404-12-30", day: 30, lastDay: 29)), ("1405/7/31", .noSuchDay("1405/7/31", day: 31, lastDay: 30)),
            ("2026-02-29", .noSuchDay("2026-02-29", day: 29, lastDay: 28)), ("1348/00/00", .noSuchMonth("1348/00/00", month: 0)),
            ("1348/1/0", .noSuchDay("1348/1/0", day: 0, lastDay: 31)), ("1402/13/1", .noSuchMonth("1402/13/1", month: 13)),
            ("14021301", .noSuchMonth("14021301", month: 13)), ("1205-01-01", .yearOutOfRange("1205-01-01", year: 1205)),
            ("1600-01-01", .yearOutOfRange("1600-01-01", year: 1600)), ("0000-01-01", .yearOutOfRange("0000-01-01", year: 0)),
        ] as [(String, DayFault)])
    func refused(text: String, fault: DayFault) {
        #expect(throws: fault) { try Day(parsing: text) }
        #expect(fault.description.hasPrefix("\"\(text)\""))
    }

    @Test("A period holds the day it begins on and not the day it ends on")
    func period() throws {
        let day = try Day(parsing: "1405-09-02")
        let next = Day(number: day.number + 1)
        #expect(Period(from: day, until: next).contains(day))
        #expect(!Period(from: day, until: next).contains(next))
        #expect(!Period(from: next).contains(day))
        #expect(Period(from: day).contains(Day(number: .max)))
        #expect(Period(until: next).contains(Day(number: .min)))
        #expect(!Period(until: day).contains(day))
        #expect(Period().contains(day))
        #expect(Period(from: day, until: day).isEmpty && Period(from: next, until: day).isEmpty)
        #expect(!Period(from: day, until: next).isEmpty && !Period().isEmpty)
    }

    @Test(
        "The day in Tehran begins at half past eight in the evening of UTC",
        arguments: [
            (0, "1970-01-01"), (73_799, "1970-01-01"), (73_800, "1970-01-02"), (-12_600, "1970-01-01"), (-12_601, "1969-12-31"),
            (1_795_392_000, "2026-11-23"), (-99_001, "1969-12-30"), (-99_000, "1969-12-31"),
        ] as [(Int64, String)])
    func tehran(seconds: Int64, iso: String) {
        #expect(Day.today(inTehranAt: seconds).iso == iso)
    }

    @Test("A clock that has lost its mind does not trap")
    func clock() {
        #expect(Day.today(inTehranAt: .max).number == .max)
        #expect(Day.today(inTehranAt: .min).number == .min)
    }
}
