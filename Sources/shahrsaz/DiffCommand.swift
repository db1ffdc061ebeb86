import Formats
import Glibc
import Persian
import Planning
import Service
import Store

extension Syntax.Option {
    static let on = Syntax.Option(
        "on", "DAY", "روز حقوقی (پیش‌فرض: امروز در تهران)", "the legal day, ISO or Jalali (default: today in Tehran)")
    static let known = Syntax.Option(
        "known", "REVISION|TIME", "آنچه تا آن نسخه یا زمان دانسته بود", "as known at a revision, or the last accepted by a time")
    static let all = Syntax.Option(flag: "all", "همهٔ سطرها", "every line")
    static let format = Syntax.Option("format", "text|json|geojson", "شکل خروجی", "the form of what is printed")
}

extension Command {
    /// Lines of a list on a terminal, past which the rest is counted and announced.
    static let lineLimit = 60

    static let diff = Command(
        syntax: Syntax(
            "diff", "هر قطعه‌ای که پاسخش دگرگون می‌شود: پیش و پس", "every parcel whose answer changes: before and after",
            [
                .init("from", "REV|DAY", "نسخه یا روز پیش", "the revision or day before"),
                .init("to", "REV|DAY", "نسخه یا روز پس (پیش‌فرض: نسخهٔ کنونی)", "the revision or day after (default: the newest revision)"),
                .init(
                    "delivery", "N", "تحویلی که هنوز پذیرفته نشده، در برابر اکنون",
                    "a delivery not accepted yet, against what stands"),
                .on, .format, .json, .all, .losses,
            ])
    ) { (arguments, language) throws(Failure) in
        let format = try listForm(arguments)
        let (before, after) = try sides(arguments, language)
        let change = try compared(before, after, language)
        if let out = arguments.value("losses") { try OperatingSystem.write(change.losses.csv, to: out) }
        switch format {
        case "json": Terminal.print(change.bytes)
        case "geojson":
            Terminal.print(try serving { () throws(ServiceError) in try change.geoJSON(before, after) })
        default:
            Terminal.print(
                change.text(
                    language, catalogue: after.town.law.catalogue, limit: arguments.has("all") ? nil : lineLimit))
        }
        return .done
    }

    /// The form that a list of parcels is printed in.
    static func listForm(_ arguments: Arguments) throws(Failure) -> String {
        let format = arguments.value("format") ?? (arguments.has("json") ? "json" : "text")
        guard ["text", "json", "geojson"].contains(format) else {
            throw .badInput(
                "--format یکی از text و json و geojson است، نه «\(format)»", "--format expects text, json or geojson, not «\(format)»")
        }
        return format
    }

    static func compared(_ before: Side, _ after: Side, _ language: Language) throws(Failure) -> TownChange {
        defer { Terminal.endProgress() }
        return try serving { () throws(ServiceError) in
            try TownChange(before, after, threads: OperatingSystem.cores) { done, count in
                Terminal.progress(
                    language("سنجش پیش و پس: \(done) از \(count) قطعه", "before and after: \(done) of \(count) parcels"))
            }
        }
    }

    private static func sides(_ arguments: Arguments, _ language: Language) throws(Failure) -> (before: Side, after: Side) {
        let on = try day(arguments, "on")
        if let text = arguments.value("delivery") {
            guard !arguments.has("from"), !arguments.has("to") else {
                throw .badInput("--delivery با --from و --to نمی‌آید", "--delivery goes without --from and --to")
            }
            guard let number = Int(Digits.latin(text)), number > 0 else {
                throw .badInput("«\(text)» شمارهٔ تحویل نیست", "«\(text)» is no number of a delivery")
            }
            let legal = on ?? OperatingSystem.today
            // What stands is read first: its atlas may have to be made by connections of their own.
            let before = try known(arguments, .newest)
            let file = try open(arguments, language, for: .writing)
            let after = try serving { () throws(ServiceError) in
                try file.supposing(number, Decision(by: "diff", osUser: OperatingSystem.user, reason: nil, at: .now))
            }
            return (Side(before, on: legal), Side(after, on: legal))
        }
        guard let from = arguments.value("from") else {
            throw .badInput(
                "diff یکی از این دو را می‌خواهد: --from (و --to)، یا --delivery N", "diff expects --from (and --to), or --delivery N")
        }
        let (before, after) = (try moment(from, "from"), try arguments.value("to").map { (text) throws(Failure) in try moment(text, "to") })
        if case .day? = after, case .day = before, on != nil {
            throw .badInput("--on با دو روز نمی‌آید: هر سو روز خودش را دارد", "--on goes without two days: each side has its own")
        }
        let legal = on ?? OperatingSystem.today
        return (try side(before, arguments, legal), try side(after ?? .now, arguments, legal))
    }

    private static func moment(_ text: String, _ option: String) throws(Failure) -> NamedSide {
        if let side = NamedSide(asked: text) { return side }
        throw .badInput(
            "--\(option) شمارهٔ نسخه یا روزی مانند 1404-07-01 می‌خواهد، نه «\(text)»",
            "--\(option) expects a revision's number or a day such as 1404-07-01, not «\(text)»")
    }

    private static func side(_ named: NamedSide, _ arguments: Arguments, _ legal: Day) throws(Failure) -> Side {
        switch named {
        case .revision(let number): Side(try known(arguments, .revision(number)), on: legal)
        case .day(let day): Side(try known(arguments, .newest), on: day)
        case .now: Side(try known(arguments, .newest), on: legal)
        }
    }

    /// A revision whole, every page of its atlas checked.
    static func known(_ arguments: Arguments, _ known: Known) throws(Failure) -> Town {
        let path = cityPath(arguments)
        return try serving { () throws(ServiceError) in
            try Shelf(city: path) { message in
                // Every page was sound when the work began: the disk is failing.
                Terminal.complain(message)
                exit(ExitCode.machine.rawValue)
            }.town(known, checked: true)
        }
    }
}
