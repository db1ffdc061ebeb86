import Foundation
import Persian
import Testing

@Suite("Jalali calendar")
struct JalaliTests {
    static let official = realData("persian/jalali_nowruz_official_1206_1498.tsv")

    @Test("Every official first day from 1206 to 1498 is met, and so is every leap year", .enabled(if: official != nil))
    func matchesOfficial() throws {
        let lines = try String(contentsOf: #require(Self.official), encoding: .utf8).split(separator: "\n")
            .filter { $0.first?.isNumber == true }.map { $0.split(separator: "\t").map(String.init) }
        #expect(lines.count == 293)
        for line in lines {
            let year = try #require(Int(line[0]))
            let first = try #require(Jalali(year: year, month: 1, day: 1))
            #expect(Day(first).iso == line[2])
            #expect(Day(iso: line[2])?.jalali == first)
            #expect((Jalali(year: year, month: 12, day: 30) != nil) == (line[1] != "0"), "\(year)")
        }
    }

    @Test("Days follow one another without gap from 1206-01-01 to 1498-12-30, and come back from their numbers")
    func everyDay() throws {
        var number = try #require(Day(iso: "1827-03-22")).number
        for year in Jalali.years {
            for month in 1...12 {
                for day in 1...31 {
                    guard let jalali = Jalali(year: year, month: month, day: day) else { continue }
                    let counted = Day(number: number)
                    if Day(jalali) != counted || counted.jalali != jalali { Issue.record("\(jalali.text) is not \(counted.iso)") }
                    number += 1
                }
            }
        }
        #expect(Day(number: number).iso == "2120-03-21")
        #expect(Day(number: number).jalali == nil)
        #expect(try Day(number: #require(Day(iso: "1827-03-22")).number - 1).jalali == nil)
    }

    @Test("Foundation's Persian calendar agrees on every eleventh day")
    func foundation() throws {
        var calendar = Calendar(identifier: .persian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        let first = try #require(Day(iso: "1827-03-22")).number
        let last = try #require(Day(iso: "2120-03-19")).number
        for number in stride(from: first, through: last, by: 11) {
            let date = Date(timeIntervalSince1970: Double(number) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let jalali = try #require(Day(number: number).jalali)
            #expect(parts.year == jalali.year && parts.month == jalali.month && parts.day == jalali.day)
        }
    }

    @Test(
        "The thirtieth of Esfand is there in leap years alone",
        arguments: [
            (1403, true), (1404, false), (1408, true), (1407, false), (1375, true), (1370, true), (1374, false), (1399, true), (1210, true),
        ])
    func esfand(year: Int, isThere: Bool) {
        #expect((Jalali(year: year, month: 12, day: 30) != nil) == isThere)
    }

    @Test(
        "Impossible parts are refused",
        arguments: [
            (1405, 0, 1), (1405, 13, 1), (1405, 1, 0), (1405, 1, 32), (1405, 7, 31), (1205, 1, 1), (1499, 1, 1), (0, 1, 1), (Int.max, 1, 1),
            (1405, Int.min, 1),
        ])
    func impossible(year: Int, month: Int, day: Int) {
        #expect(Jalali(year: year, month: month, day: day) == nil)
    }

    @Test("Days far away have no Jalali date and do not trap", arguments: [Int32.min, -1_000_000, 1_000_000, Int32.max])
    func farAway(number: Int32) {
        #expect(Day(number: number).jalali == nil)
    }
}
