import Formats
import Service
import Store

extension Command {
    static let lint = Command(
        syntax: Syntax(
            "lint", "جدول‌های طرح را می‌سنجد: ناسازگاری، ضابطهٔ بی‌اثر، بازهٔ بی‌ضابطه",
            "looks through the planners' tables: contradictions, provisions that never win, bands with no rule",
            [.on, .known, .init("format", "text|json|csv", "شکل خروجی", "the form of what is printed"), .json])
    ) { (arguments, language) throws(Failure) in
        let format = arguments.value("format") ?? (arguments.has("json") ? "json" : "text")
        guard ["text", "json", "csv"].contains(format) else {
            throw .badInput(
                "--format یکی از text و json و csv است، نه «\(format)»", "--format expects text, json or csv, not «\(format)»")
        }
        let (known, on) = (try knownRevision(arguments), try day(arguments, "on") ?? OperatingSystem.today)
        let file = try open(arguments, language, for: .reading)
        let faults = try serving { () throws(ServiceError) in try file.lint(known, on: on) }
        switch format {
        case "json": Terminal.print(faults.json.canonical() + [10])
        case "csv": Terminal.print(faults.csv)
        default: Terminal.print(faults.text(language))
        }
        return faults.isEmpty ? .done : .wanting
    }
}
