import Formats
import Persian
import Planning
import Service
import Store

extension Syntax.Option {
    static let allow = Syntax.Option(
        "allow", "FILE.csv", "آنچه قطعه‌ها اجازه دارند از دست بدهند: parcel,what,parameter,reason",
        "what parcels may lose: parcel,what,parameter,reason")
    static let losses = Syntax.Option(
        "losses", "OUT.csv", "آنچه قطعه‌ها از دست می‌دهند، برای نوشتن دلیل و --allow",
        "where to write what parcels would lose, to give reasons and hand to --allow")
    static let judgedOn = Syntax.Option(
        "on", "DAY", "روز حقوقی سنجش پیش و پس (پیش‌فرض: امروز)", "the legal day that before and after are compared on (default: today)")
}

extension Command {
    static let acceptance = concurrent(
        syntax: Syntax(
            "accept", operands: "N", count: 1...1,
            "دگرگونی پاسخ‌ها را نشان می‌دهد و تحویل را می‌پذیرد؛ زیان بی‌اجازهٔ هیچ قطعه‌ای پذیرفته نمی‌شود",
            "shows what changes and accepts a delivery; what a parcel would lose must be allowed by name",
            [.by, .reason, .allow, .losses, .judgedOn, .json])
    ) { (arguments, language) async throws(Failure) in
        let (number, by) = (try number(arguments), try who(arguments, "accept"))
        let file = try open(arguments, language, for: .writing)
        let role = try storing { () throws(StoreError) in try file.delivery(number).role }
        let judge = try acceptance(in: file, of: role, arguments)
        let revisions = try judged(judge, file, arguments, language) { () throws(ServiceError) in
            [try accept(number, in: file, by: by, reason: arguments.value("reason"))]
        }
        for revision in revisions {
            Terminal.print(
                arguments.has("json")
                    ? revision.json.canonical() + [10]
                    : Array(
                        language("نسخهٔ \(revision.number): \(revision.root.hex)\n", "revision \(revision.number): \(revision.root.hex)\n")
                            .utf8))
        }
        try closing(file)
        await makeReady(arguments, language)
        return .done
    }

    /// How what is about to be accepted is judged: against what stands, on the day and with the file that the arguments name.
    ///
    /// - Parameter role: what is delivered; nil for several deliveries at once. Addresses decide nothing of a parcel.
    static func acceptance(in file: CityFile, of role: Role?, _ arguments: Arguments) throws(Failure) -> Acceptance {
        var allowed = AllowanceTable.nothing
        if let path = arguments.value("allow") {
            let bytes = try OperatingSystem.read(path)
            allowed = try serving { () throws(ServiceError) in try AllowanceTable(file: path, bytes: bytes) }
        }
        let holdsParcels = try storing { () throws(StoreError) in try file.holdsParcels() }
        return Acceptance(
            before: try holdsParcels && role != .addresses ? known(arguments, .newest) : nil,
            on: try day(arguments, "on") ?? OperatingSystem.today,
            allowing: allowed, threads: OperatingSystem.cores)
    }

    /// Does what accepts, showing what it changes before it is judged.
    static func judged(
        _ acceptance: Acceptance, _ file: CityFile, _ arguments: Arguments, _ language: Language,
        _ change: () throws(ServiceError) -> [Revision]
    ) throws(Failure) -> [Revision] {
        defer { Terminal.endProgress() }
        do throws(ServiceError) {
            return try acceptance.judging(
                file,
                progress: { done, count in
                    Terminal.progress(
                        language("سنجش پیش و پس: \(done) از \(count) قطعه", "before and after: \(done) of \(count) parcels"))
                },
                show: { change, town in
                    Terminal.endProgress()
                    guard !arguments.has("json") else { return }
                    Terminal.print(change.summaryText(language, catalogue: town.law.catalogue))
                }, change: change)
        } catch {
            if case .loses(let losses) = error {
                if arguments.has("json") { Terminal.print(losses.json.canonical() + [10]) }
                if let out = arguments.value("losses") { try OperatingSystem.write(losses.csv, to: out) }
            }
            throw .service(error)
        }
    }
}
