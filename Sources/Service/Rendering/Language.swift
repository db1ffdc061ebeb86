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

    /// A share as a percentage; in Persian with its sign on the left, whatever stands before it (U+061C).
    package func percent(_ share: Decimal) -> String {
        let percent = Decimal(millionths: share.millionths.multipliedReportingOverflow(by: 100).partialValue).rounded(places: 2)
        return self == .fa ? "\u{2067}\u{061C}" + number(percent) + "٪\u{2069}" : number(percent) + " %"
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

    /// A name, or another text that somebody delivered, in the middle of ours: its first strong letter gives its direction.
    package func name(_ text: String) -> String { Isolates.firstStrong(text) }
}
