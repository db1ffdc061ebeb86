import Formats
import Glibc
import Persian
import Planning
import Service
import Store

extension Command {
    static let circumstantial: [Syntax.Option] = [
        .on, .known,
        .init(
            "fact", "NAME=VALUE", repeats: true, "دانسته‌ای دربارهٔ قطعه، مانند frontage=12", "a fact about the place, such as frontage=12"),
    ]

    private static let asked: [Syntax.Option] =
        circumstantial + [
            .init(
                flag: "plainly", "از ردیف‌های پروندهٔ شهر، بی اطلس: برای سنجش یکی با دیگری",
                "from the rows of the city's file, without its atlas: to check the one against the other")
        ]

    private static let signing: [Syntax.Option] = [
        .init(flag: "sign", "پاسخ را با کلید شهر امضا می‌کند", "sign the answer with the city's key"), .key,
    ]

    static let issuing: [Syntax.Option] = [
        .init(flag: "issue", "به گواهی شماره می‌دهد و در دفتر ثبت می‌کند", "number the certificate and enter it in the log"), .by, .reason,
    ]

    private static let form: [Syntax.Option] = [
        .init(
            "format", "text|json|geojson|pdf", "شکل خروجی؛ pdf همیشه با امضاست، مانند certificate",
            "the form of the answer; pdf is always signed, as `certificate` makes it"), .json,
    ]

    static let pointCRS = Syntax.Option(
        "crs", "EPSG:n", "دستگاه نقطه (پیش‌فرض: شهر)؛ x شرق یا طول، نخست",
        "the point's CRS (default: the city's); x is east or longitude, first")

    static let at = Command(
        syntax: Syntax(
            "at", operands: "X Y", count: 2...2, "ضوابط یک نقطه", "the regulations at a point",
            [pointCRS] + asked + form + signing + issuing)
    ) { (arguments, language) throws(Failure) in
        try ask(arguments, language) { (town) throws(Failure) in
            try point(arguments, "at", in: town)
        }
    }

    static let parcel = Command(
        syntax: Syntax(
            "parcel", operands: "CODE", count: 1...1, "ضوابط یک قطعه", "the regulations of a parcel",
            asked + form + signing + issuing)
    ) { (arguments, language) throws(Failure) in
        try ask(arguments, language) { _ in .parcel(arguments.operands[0]) }
    }

    static let address = Command(
        syntax: Syntax(
            "address", operands: "TEXT", count: 1...64, "ضوابط یک نشانی", "the regulations at an address",
            asked + form + signing + issuing)
    ) { (arguments, language) throws(Failure) in
        try ask(arguments, language) { _ in .address(arguments.operands.joined(separator: " ")) }
    }

    static let batch = concurrent(
        syntax: Syntax(
            "batch", operands: "< in.csv > out.jsonl", "پرسش‌های بسیار، هر خط یکی", "many questions, one a line",
            [
                .init(flag: "points", "ستون‌های id,x,y", "columns id,x,y"),
                .init(flag: "parcels", "ستون‌های id,parcel", "columns id,parcel"),
                .init(flag: "addresses", "ستون‌های id,address", "columns id,address"),
                .init("crs", "EPSG:n", "دستگاه نقطه‌ها (پیش‌فرض: شهر)", "the points' CRS (default: the city's)"),
                .init("threads", "N", "شمار رشته‌ها (پیش‌فرض: همهٔ هسته‌ها)", "threads (default: all cores)"),
            ] + asked + signing)
    ) { (arguments, language) async throws(Failure) in
        let kinds = [BatchQuestion.Kind.points, .parcels, .addresses].filter { arguments.has($0.rawValue) }
        guard kinds.count == 1, let kind = kinds.first else {
            throw .badInput(
                "batch یکی از این‌ها را می‌خواهد: --points، --parcels، --addresses", "batch expects one of --points, --parcels, --addresses")
        }
        var threads = OperatingSystem.cores
        if let text = arguments.value("threads") {
            guard let count = Int(Digits.latin(text)), (1...256).contains(count) else {
                throw .badInput("--threads از ۱ تا ۲۵۶ است", "--threads expects 1 to 256")
            }
            threads = count
        }
        let signer = try signer(arguments, language)
        let town = try town(arguments, language, known: try knownRevision(arguments), checked: true) { message in
            // Every page was sound when the batch began: the disk is failing.
            Terminal.complain(message)
            exit(ExitCode.machine.rawValue)
        }
        let (day, given) = try circumstances(arguments)
        let input = try Terminal.input()
        let questions = try serving { () throws(ServiceError) in
            try BatchQuestion.read(input, kind, crs: arguments.value("crs") ?? town.ground.city.crs)
        }
        var problems = 0
        do throws(ServiceError) {
            try await town.answer(questions, on: day, given: given, threads: threads, signer: signer) { bytes, failed, done in
                Terminal.print(bytes)
                problems += failed
                Terminal.progress(language("\(done) از \(questions.count)", "\(done) of \(questions.count)"))
            }
        } catch {
            throw .service(error)
        }
        Terminal.endProgress()
        return problems == 0 ? .done : .wanting
    }

    /// Asks one question and prints the answer as wanted.
    ///
    /// - Parameter checked: every page of the atlas is checked before it is asked.
    private static func ask(
        _ arguments: Arguments, _ language: Language, checked: Bool = false,
        _ place: @escaping @Sendable (Town) throws(Failure) -> Question.Place
    ) throws(Failure) -> ExitCode {
        let format = arguments.value("format") ?? (arguments.has("json") ? "json" : "text")
        guard ["text", "json", "geojson", "pdf"].contains(format) else {
            throw .badInput(
                "--format یکی از text و json و geojson و pdf است، نه «\(format)»",
                "--format expects text, json, geojson or pdf, not «\(format)»")
        }
        let printer: Printer? = if format == "pdf" { try Printer() } else { nil }
        if printer != nil { try Printer.refuseTerminal() }
        let isSigned = arguments.has("sign") || printer != nil
        guard isSigned || !arguments.has("issue") else {
            throw .badInput(
                "--issue با --sign یا --format pdf می‌آید: تنها گواهی امضاشده شماره می‌گیرد",
                "--issue goes with --sign or --format pdf: only a signed certificate is numbered")
        }
        guard !isSigned || format != "geojson" else {
            throw .badInput(
                "GeoJSON گواهی ندارد؛ --sign با text یا json می‌آید", "GeoJSON has no certificate; --sign goes with text or json")
        }
        // A page of the atlas that turns out damaged: nothing has been printed yet, so that the question is asked once more, of an
        // atlas checked whole. That one may be damaged again only where it can be neither removed nor written, and is then not used.
        let town = try town(arguments, language, known: try knownRevision(arguments), checked: checked || arguments.has("issue")) { _ in
            let code: ExitCode
            do throws(Failure) {
                code = try ask(arguments, language, checked: true, place)
            } catch {
                Terminal.complain(error.message(in: language))
                code = error.code
            }
            exit(code.rawValue)
        }
        // It stays until the process ends: to take it apart costs a good part of an answer and helps nobody.
        unsafe _ = Unmanaged.passRetained(town.ground)
        unsafe _ = Unmanaged.passRetained(town.law)
        let (day, given) = try circumstances(arguments)
        let question = Question(place: try place(town), on: day, given: given)
        let signer = isSigned ? try citySigner(arguments, language) : nil
        let file = arguments.has("issue") ? try open(arguments, language, for: .writing) : nil
        let issuer = try file.map { (file) throws(Failure) in Issuer(file, try decision(arguments, "--issue")) }
        let bytes: [UInt8]
        do throws(ServiceError) {
            let answerer = try Answerer(town, on: day, given: given)
            unsafe _ = Unmanaged.passRetained(answerer)
            var answer = try answerer.answer(question)
            if let signer { answer = try signer.signed(answer, by: issuer) }
            bytes =
                switch format {
                case "json", "pdf": answer.bytes
                case "geojson": try answerer.geoJSON(answer)
                default: Array(answer.text(language, catalogue: town.law.catalogue).utf8)
                }
            if printer == nil { Terminal.print(bytes) }
            do throws(StoreError) { try file?.close() } catch { throw .store(error) }
        } catch {
            if case .addressFits(_, let candidates) = error, format == "json" || format == "geojson" {
                Terminal.print(JSON.object(["candidates": .array(candidates.map(\.json))]).canonical() + [10])
            }
            throw .service(error)
        }
        if let printer { throw printer.become(["--pdf", Printer.output], arguments, language, input: bytes) }
        return .done
    }

    /// The town as it is known to the question.
    ///
    /// - Parameter damaged: goes on from where a page of its atlas turns out damaged.
    static func town(
        _ arguments: Arguments, _ language: Language, known: Known, checked: Bool = false, damaged: @escaping @Sendable (String) -> Never
    ) throws(Failure) -> Town {
        let (path, plainly) = (cityPath(arguments), arguments.has("plainly"))
        return try serving { () throws(ServiceError) in
            if plainly { return try Town(plainly: path, known) }
            return try Shelf(city: path, damaged: damaged, noticed: { notice($0, of: path, language) }).town(known, checked: checked)
        }
    }

    /// The point that two arguments name.
    static func point(_ arguments: Arguments, _ command: String, in town: Town) throws(Failure) -> Question.Place {
        let numbers = try coordinates(arguments, command)
        return .point(x: numbers[0], y: numbers[1], crs: arguments.value("crs") ?? town.ground.city.crs)
    }

    static func coordinates(_ arguments: Arguments, _ command: String) throws(Failure) -> [Double] {
        guard let x = Coordinate.parse(arguments.operands[0]), let y = Coordinate.parse(arguments.operands[1]) else {
            let given = arguments.operands.joined(separator: " ")
            throw .badInput(
                "\(command) دو عدد متناهی می‌خواهد، X Y؛ «\(given)» چنین نیست",
                "\(command) expects two finite numbers, X Y; «\(given)» is not")
        }
        return [x, y]
    }

    /// The day and facts of a question.
    static func circumstances(_ arguments: Arguments) throws(Failure) -> (Day, [String: Fact.Value]) {
        let day = try day(arguments, "on") ?? OperatingSystem.today
        let given: [String: Fact.Value] = try asking { () throws(AskingFault) in try .init(asked: arguments.all("fact")) }
        return (day, given)
    }

    /// The revision that `--known` names.
    static func knownRevision(_ arguments: Arguments) throws(Failure) -> Known {
        guard let text = arguments.value("known") else { return .newest }
        return try asking { () throws(AskingFault) in try Known(asked: text, now: .now) }
    }
}
