package import Formats
package import Persian

/// The language that a person reads. Only rendering knows it: answers and errors inside carry codes.
package enum Language: String, Sendable {
    case fa, en

    package func callAsFunction(_ persian: String, _ english: String) -> String {
        self == .fa ? persian : english
    }

    /// A number as a person reads it.
    package func number(_ decimal: Decimal) -> String {
        self == .fa ? Digits.persianNumber(decimal.description) : decimal.description
    }

    package func number(_ count: Int) -> String {
        self == .fa ? Digits.persian(String(count)) : String(count)
    }

    /// A share as a percentage.
    package func percent(_ share: Decimal) -> String {
        let percent = Decimal(millionths: share.millionths.multipliedReportingOverflow(by: 100).partialValue).rounded(places: 2)
        return self == .fa ? number(percent) + "٪" : number(percent) + " %"
    }

    /// A day in the reader's calendar.
    package func day(_ day: Day) -> String {
        guard self == .fa, let jalali = day.jalali else { return day.iso }
        let month = String(jalali.month)
        let dayOfMonth = String(jalali.day)
        return Isolates.leftToRight(
            Digits.persian("\(jalali.year)/\(month.count < 2 ? "0" : "")\(month)/\(dayOfMonth.count < 2 ? "0" : "")\(dayOfMonth)"))
    }

    /// A day in both calendars, the reader's first.
    package func bothDays(_ day: Day) -> String {
        self == .fa && day.jalali != nil
            ? self.day(day) + " (" + Isolates.leftToRight(day.iso) + ")" : day.iso + (day.jalali.map { " (" + $0.text + ")" } ?? "")
    }

    /// A row's place in its file: "line 12", "feature 3".
    func line(_ line: String) -> String {
        guard self == .fa else { return line }
        for (english, persian) in [("line ", "سطر "), ("feature ", "عارضهٔ ")] where line.hasPrefix(english) {
            return persian + Digits.persian(String(line.dropFirst(english.count)))
        }
        return line
    }

    /// A place as it was asked for.
    package func place(_ place: Question.Place) -> String {
        switch place {
        case .point(let x, let y, let crs): self("نقطهٔ ", "point ") + code("\(x) \(y) \(crs)")
        case .parcel(let code): self("قطعهٔ ", "parcel ") + self.code(code)
        case .address(let text): self("نشانی ", "address ") + Isolates.firstStrong(text)
        }
    }

    /// A code, kept from the surrounding text's direction.
    package func code(_ code: String) -> String { Isolates.leftToRight(code) }
}
