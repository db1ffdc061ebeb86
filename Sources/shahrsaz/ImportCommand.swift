import Formats
import Persian
import Service
import Store

extension Command {
    static let `import` = concurrent(
        syntax: Syntax(
            "import", operands: "FILE|MANIFEST.json", count: 1...1, "پرونده‌ای را می‌خواند، می‌سنجد و آمادهٔ پذیرش می‌کند",
            "reads a file, checks it, and stages it as a delivery",
            [
                .init(
                    "as", "ROLE", "نقش: parcels, streets, addresses, zones, overlay, boundary, plans, provisions, parameters",
                    "the role: parcels, streets, addresses, zones, overlay, boundary, plans, provisions, parameters"),
                .init("layer", "L", "نام لایه در شهر (پیش‌فرض: نقش)", "the layer's name in the city (default: the role)"),
                .init("source-layer", "S", "لایه‌ای از پرونده که خوانده شود", "the file's layer to read"),
                .init("plan", "ID", "طرحی که این لایه از آن است", "the plan that the layer belongs to"),
                .init("crs", "EPSG:n", "دستگاه مختصات پرونده، اگر خودش نمی‌گوید", "the file's CRS, where it does not say"),
                .init("encoding", "E", "رمزگذاری متن‌ها، مانند windows-1256", "the encoding of its texts, such as windows-1256"),
                .init("map", "FIELD=COLUMN", repeats: true, "هر فیلد از کدام ستون", "which column a field is read from"),
                .init("accuracy", "M", "دقت اعلام‌شدهٔ لایه به متر", "the layer's stated accuracy in metres"),
                .init("date", "DAY", "روزی که داده وصف می‌کند", "the day that the data describe"),
                .init("stale-after", "DAY", "روزی که از آن داده کهنه است", "the first day on which the data count as stale"),
                .init("covers", "city|FILE", "لایه چه جایی را می‌پوشاند", "what the layer covers"),
                .init(flag: "accept", "پس از خواندن بپذیر", "accept what was read at once"), .by, .reason, .allow, .losses, .judgedOn,
                .json,
            ])
    ) { (arguments, language) async throws(Failure) in
        let path = arguments.operands[0]
        let isManifest = path.lowercased().hasSuffix(".json") && !arguments.has("as")
        let code = try isManifest ? importManifest(path, arguments, language) : importFile(path, arguments, language)
        if arguments.has("accept") { await makeReady(arguments, language) }
        return code
    }

    private static func importFile(_ path: String, _ arguments: Arguments, _ language: Language) throws(Failure) -> ExitCode {
        guard let name = arguments.value("as") else {
            throw .badInput(
                "import نقش می‌خواهد: --as یکی از \(roles) (یا فهرست تحویل‌ها: پرونده‌ای .json بدون --as)",
                "import expects --as ROLE, one of \(roles) (or a manifest, a file named .json without --as)")
        }
        guard let role = Role(rawValue: name), role != .layer else {
            let nearest = Nearest.name(to: name, among: roleNames)
            throw .badInput(
                "--as «\(name)»: یکی از این‌ها انتظار می‌رفت: \(roles)" + Nearest.suggestion(nearest, .fa),
                "--as «\(name)»: expected one of \(roles)" + Nearest.suggestion(nearest, .en))
        }
        var order = ImportOrder(file: path, role: role)
        order.layer = arguments.value("layer").map { Folding.stored($0) }
        order.sourceLayer = arguments.value("source-layer")
        order.plan = arguments.value("plan").map { Folding.code($0) }
        order.crs = arguments.value("crs")
        order.encoding = arguments.value("encoding")
        order.accuracy = try accuracy(arguments)
        order.dataDay = try day(arguments, "date")
        order.staleAfter = try day(arguments, "stale-after")
        order.covers = arguments.value("covers").map { $0 == "city" ? .city : .file($0) } ?? .unstated
        for pair in arguments.all("map") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else {
                throw .badInput("--map به شکل FIELD=COLUMN است، نه «\(pair)»", "--map expects FIELD=COLUMN, not «\(pair)»")
            }
            guard order.map.updateValue(String(parts[1]), forKey: String(parts[0])) == nil else {
                throw .badInput("--map \(parts[0]) دو بار داده شد", "--map \(parts[0]) was given twice")
            }
        }
        let by = arguments.has("accept") ? try who(arguments, "import --accept") : nil
        let file = try open(arguments, language, for: .writing)
        let intake = try serving { () throws(ServiceError) in try take(order, into: file, language) }
        Terminal.print(arguments.has("json") ? intake.json.canonical() + [10] : Array(intake.text(language, file: path).utf8))
        if let by, isSound(intake, language) {
            let judge = try acceptance(in: file, of: order.role, arguments)
            _ = try judged(judge, file, arguments, language) { () throws(ServiceError) in
                [try accept(intake.number, in: file, by: by, reason: arguments.value("reason"))]
            }
        }
        try closing(file)
        return intake.faults.isEmpty ? .done : .wanting
    }

    /// Takes a whole town in. The city is made where it is not there yet.
    private static func importManifest(_ path: String, _ arguments: Arguments, _ language: Language) throws(Failure) -> ExitCode {
        let bytes = try OperatingSystem.read(path)
        let manifest = try serving { () throws(ServiceError) in try Manifest(path: path, bytes: bytes) }
        let by = arguments.has("accept") ? try who(arguments, "import --accept") : nil
        let city = cityPath(arguments)
        if !OperatingSystem.exists(city) {
            try serving { () throws(ServiceError) in try manifest.city.found(at: city, now: .now) }
        }
        let file = try open(arguments, language, for: .writing)
        let orders = [manifest.boundary].compactMap(\.self) + manifest.deliveries
        var wanting = false
        func taken(_ order: ImportOrder) throws(ServiceError) -> Intake {
            let intake = try take(order, into: file, language)
            wanting = wanting || !intake.faults.isEmpty
            Terminal.print(arguments.has("json") ? intake.json.canonical() + [10] : Array(intake.text(language, file: order.file).utf8))
            return intake
        }
        if let by {
            // Judged at its end, as one change; where there is no parcel yet each delivery is accepted for itself.
            let judge = try acceptance(in: file, of: nil, arguments)
            _ = try judged(judge, file, arguments, language) { () throws(ServiceError) in
                var revisions: [Revision] = []
                for order in orders {
                    let intake = try taken(order)
                    guard isSound(intake, language) else { continue }
                    revisions.append(try accept(intake.number, in: file, by: by, reason: arguments.value("reason")))
                }
                return revisions
            }
        } else {
            try serving { () throws(ServiceError) in for order in orders { _ = try taken(order) } }
        }
        try closing(file)
        return wanting ? .wanting : .done
    }

    /// Whether a delivery may be accepted in passing: one that as a whole is in doubt is decided by a person who has looked at it.
    private static func isSound(_ intake: Intake, _ language: Language) -> Bool {
        guard intake.faults.contains(where: { $0.row == nil && $0.severity == .error }) else { return true }
        Terminal.complain(
            language(
                "تحویل \(intake.number) پذیرفته نشد، چون کل آن محل تردید است؛ پس از بررسی: accept \(intake.number)",
                "delivery \(intake.number) was not accepted, for the whole of it is in doubt; once looked at: accept \(intake.number)"))
        return false
    }

    private static let roleNames = Role.allCases.filter { $0 != .layer }.map(\.rawValue)
    private static let roles = roleNames.joined(separator: ", ")

    private static func accuracy(_ arguments: Arguments) throws(Failure) -> Int64? {
        guard let metres = try decimal(arguments, "accuracy") else { return nil }
        guard metres.millionths >= 0, metres.millionths <= 1_000_000_000 else {
            throw .badInput("--accuracy از ۰ تا ۱۰۰۰ متر است", "--accuracy expects 0 to 1000 metres")
        }
        return metres.millionths / 1000
    }
}
