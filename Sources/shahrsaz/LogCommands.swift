import Formats
import Persian
import Service
import Store

extension Command {
    static let log = Command(
        syntax: Syntax(
            "log", operands: "[verify]", count: 0...1, "دفتر شهر؛ با verify همهٔ آن سنجیده می‌شود",
            "the city's log; `log verify` goes through all of it", [.json])
    ) { (arguments, language) throws(Failure) in
        guard arguments.operands.isEmpty || arguments.operands == ["verify"] else {
            throw .badInput(
                "log تنها verify را می‌شناسد، نه «\(arguments.operands[0])»", "log knows verify alone, not «\(arguments.operands[0])»")
        }
        let city = cityPath(arguments)
        guard arguments.operands.isEmpty else {
            let file = try storing { () throws(StoreError) in try CityFile.open(city, for: .reading) }
            let report = try storing { () throws(StoreError) in try file.verifyLog() }
            Terminal.print(arguments.has("json") ? report.json.canonical() + [10] : Array(report.text(language, city: city).utf8))
            return report.faults.isEmpty ? .done : .wanting
        }
        let file = try open(arguments, language, for: .reading)
        let entries = try storing { () throws(StoreError) in try file.logEntries() }
        Terminal.print(arguments.has("json") ? entries.json.canonical() + [10] : Array(entries.text(language).utf8))
        return .done
    }

    static let backup = Command(
        syntax: Syntax(
            "backup", operands: "FILE", count: 1...1, "رونوشتی از کل شهر، هنگام کار هم",
            "copies the whole city, also while it is written to")
    ) { (arguments, language) throws(Failure) in
        let path = arguments.operands[0]
        let file = try open(arguments, language, for: .reading)
        let head = try storing { () throws(StoreError) in try file.backup(to: path) }
        let entries = head?.count ?? 0
        Terminal.print(
            language(
                "پشتیبان: \(path)، \(entries) ثبت. کلید پنهان در آن نیست؛ جداگانه نگهش دارید\n",
                "backup: \(path), \(entries) entries. The secret key is not in it; keep a copy of its own\n"))
        return .done
    }

    static let restore = Command(
        syntax: Syntax(
            "restore", operands: "FILE", count: 1...1, "پشتیبانی را جای شهر می‌نشاند؛ آنچه بود می‌ماند",
            "puts a backup in the city's place; what stood there is kept", [.by, .reason])
    ) { (arguments, language) throws(Failure) in
        guard arguments.value("reason") != nil else {
            throw .badInput("restore دلیل می‌خواهد: --reason", "restore expects --reason")
        }
        let decision = try decision(arguments, "restore")
        let restore = try storing { () throws(StoreError) in
            try Restore.run(arguments.operands[0], inPlaceOf: cityPath(arguments), decision)
        }
        let kept = restore.kept.map { language("؛ آنچه بود: \($0)", "; what stood there: \($0)") } ?? ""
        Terminal.print(
            language(
                "بازگردانده شد: \(arguments.operands[0])، ثبت \(restore.end.count)\(kept). کلید پنهان دست نخورد\n",
                "restored: \(arguments.operands[0]), entry \(restore.end.count)\(kept). The secret key was not touched\n"))
        return .done
    }
}
