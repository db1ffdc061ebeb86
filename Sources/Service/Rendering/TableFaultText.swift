package import Formats
import Persian
import Planning

extension [TableFault] {
    /// One line a fault, in the order of the tables.
    package func text(_ language: Language) -> String {
        guard !isEmpty else { return language("ایرادی یافت نشد\n", "nothing found\n") }
        var text = ""
        for fault in self {
            text +=
                (fault.fault.severity == .error ? language("ایراد ", "fault ") : language("هشدار ", "warning "))
                + language.code(fault.fault.code)
                + " · " + language.code(fault.file) + language("، ", ", ") + language.line(fault.line) + " · "
                + language.code(fault.subject)
                + (fault.parameter.map { " " + language.code($0) } ?? "") + ": " + fault.message(in: language) + "\n"
        }
        return text + language("\(language.number(count)) مورد\n", "\(count) found\n")
    }

    package var json: JSON { .array(map(\.json)) }

    package var csv: [UInt8] {
        let head = CSV.line(["file", "line", "severity", "code", "subject", "parameter", "other", "fa", "en"])
        return [UInt8](
            (head
                + map {
                    CSV.line([
                        $0.file, $0.line, $0.fault.severity.rawValue, $0.fault.code, $0.subject, $0.parameter ?? "", $0.other ?? "",
                        $0.message(in: .fa), $0.message(in: .en),
                    ])
                }.joined()).utf8)
    }
}

extension TableFault {
    var json: JSON {
        .object([
            "file": .string(file), "line": .string(line), "severity": .string(fault.severity.rawValue), "code": .string(fault.code),
            "subject": .string(subject), "parameter": .init(parameter), "other": .init(other), "fa": .string(message(in: .fa)),
            "en": .string(message(in: .en)),
        ])
    }

    /// What is wrong, and what was expected.
    func message(in language: Language) -> String {
        let against = other.map(language.code) ?? ""
        return switch fault.what {
        case .contradiction:
            language(
                "با \(against) ناسازگار است: همان هدف، رتبه و روز، مقدار دیگر؛ یکی انتظار می‌رفت",
                "contradicts \(against): the same target, rank and day, another value; one of them was expected")
        case .overlap(_, let band):
            language(
                "با \(against) هم‌پوشانی دارد، با مقدار دیگر: \(language.code(band))",
                "overlaps \(against) with another value where \(band)")
        case .neverWins:
            language(
                "هرگز حاکم نمی‌شود: هر جا که صدق می‌کند \(against) بر آن مقدم است",
                "never decides: wherever it applies \(against) comes before it")
        case .gap(let band):
            language("در این بازه ضابطه‌ای نیست: \(language.code(band))", "no rule where \(band)")
        case .zoneUnregulated:
            language("این پهنه کشیده شده و هیچ ضابطه‌ای برایش نیست", "the zone is drawn and no provision regulates it")
        case .undrawn:
            language("هدف این ضابطه در هیچ لایه‌ای کشیده نشده است", "nothing is drawn that its target names")
        case .planDays(let earlier, let later):
            language("ستون \(earlier) پس از \(later) است", "column \(earlier) is after \(later)")
        case .provisionDays(let column):
            language("ستون \(column) بیرون از روزهای طرح است", "column \(column) lies outside the plan's days")
        case .unitsMixed:
            language(
                "یکای این ضابطه با دیگر مقدارهای همین پارامتر یکی نیست (percent و ratio)",
                "its unit is not that of the parameter's other values (percent and ratio)")
        case .scale:
            language(
                "مقدار صد برابر بزرگ‌تر یا کوچک‌تر از دیگر مقدارهای همین پارامتر است؛ یکا را ببینید",
                "the value is a hundredfold off its like; see to its unit")
        case .circle(let column, let plans):
            language(
                "طرح‌ها در ستون \(column) دور می‌زنند: ", "plans go in a circle in column \(column): ")
                + plans.map(language.code).joined(separator: " → ")
        case .planUnknown(let plan, let column):
            language(
                "ستون \(column): طرح \(language.code(plan)) ثبت نشده است", "column \(column): no plan \(plan) is registered")
        }
    }
}
