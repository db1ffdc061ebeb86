import Formats
import Glibc
import Persian
import Service
import Store

extension Command {
    static let certificate = Command(
        syntax: Syntax(
            "certificate", operands: "[CODE | X Y]", count: 0...2, "گواهی ضوابط روی کاغذ، امضاشده: PDF",
            "the zoning certificate on paper, signed: a PDF",
            [
                .init("pdf", "FILE", "پرونده‌ای که ساخته یا جایگزین می‌شود", "the file to be made or replaced"),
                .init(
                    flag: "full", "گزارش کامل: زمین، آنچه کنار رفت، لایه‌ها، سندها و رویدادها نیز",
                    "the full report: the ground, what lost, layers, sources and events too"),
                .init("address", "TEXT", "نشانی، به جای کد یا نقطه", "an address instead of a code or a point"),
                .init(
                    "answer", "ANSWER.json", "پاسخی که پیش‌تر امضا شد، به جای پرسش تازه: همان شماره، همان بایت‌ها",
                    "an answer signed before, instead of a question: the same number, the same bytes"),
                .init(
                    "public", "URL", "نشانی سرویس شهر، که کد QR به آن می‌رود، مانند https://plan.example.ir",
                    "the city's service, to which the QR code leads, such as https://plan.example.ir"),
                .style, pointCRS,
            ] + circumstantial + [.key] + issuing)
    ) { (arguments, language) throws(Failure) in
        guard let out = arguments.value("pdf"), !out.isEmpty else {
            throw .badInput("certificate پرونده‌ای می‌خواهد: --pdf FILE", "certificate expects --pdf FILE")
        }
        let printer = try Printer()
        let address = try publicAddress(arguments)
        // Before a number is spent on what can't be written.
        guard OperatingSystem.hasWritableFolder(out) else {
            throw .machine("\(out): در این پوشه نمی‌توان نوشت", "\(out): its folder can't be written to")
        }
        let answer = try arguments.has("answer") ? signedBefore(arguments) : signedNow(arguments, language)
        var words = ["--pdf", out]
        if let address { words += ["--public", address] }
        if arguments.has("full") { words.append("--full") }
        throw printer.become(words, arguments, language, input: answer)
    }

    /// What the QR code's address begins with.
    private static func publicAddress(_ arguments: Arguments) throws(Failure) -> String? {
        guard let value = arguments.value("public") else { return nil }
        guard value.hasPrefix("http://") || value.hasPrefix("https://"), value.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            value.utf8.count <= 500, !value.contains("?"), !value.contains("#")
        else {
            throw .badInput(
                "--public نشانی‌ای مانند https://plan.example.ir می‌خواهد، نه «\(value)»",
                "--public expects an address such as https://plan.example.ir, not «\(value)»")
        }
        return value.hasSuffix("/") ? String(value.dropLast()) : value
    }

    private static func signedBefore(_ arguments: Arguments) throws(Failure) -> [UInt8] {
        let others = ["address", "crs", "on", "known", "fact", "key", "issue", "by", "reason"].filter { arguments.has($0) }
        guard arguments.operands.isEmpty, others.isEmpty else {
            let other = others.first.map { "--" + $0 } ?? arguments.operands[0]
            throw .badInput(
                "--answer پرسش خود را دارد؛ «\(other)» با آن نمی‌آید", "--answer has its question; «\(other)» does not go with it")
        }
        return try OperatingSystem.read(arguments.value("answer") ?? "")
    }

    private static func signedNow(_ arguments: Arguments, _ language: Language) throws(Failure) -> [UInt8] {
        guard arguments.has("address") != (arguments.operands.count > 0) else {
            throw .badInput(
                "certificate یکی را می‌خواهد: کد قطعه، X Y، --address یا --answer",
                "certificate expects one of a parcel's code, X Y, --address and --answer")
        }
        let town = try town(arguments, language, known: try knownRevision(arguments), checked: true) { message in
            Terminal.complain(message)
            exit(ExitCode.machine.rawValue)
        }
        let (day, given) = try circumstances(arguments)
        let place: Question.Place =
            if let text = arguments.value("address") {
                .address(text)
            } else if arguments.operands.count == 2 {
                try point(arguments, "certificate", in: town)
            } else {
                .parcel(arguments.operands[0])
            }
        let signer = try citySigner(arguments, language)
        let file = arguments.has("issue") ? try open(arguments, language, for: .writing) : nil
        let issuer = try file.map { (file) throws(Failure) in Issuer(file, try decision(arguments, "--issue")) }
        let answer = try serving { () throws(ServiceError) in
            let answerer = try Answerer(town, on: day, given: given)
            return try signer.signed(try answerer.answer(Question(place: place, on: day, given: given)), by: issuer)
        }
        if let file { try closing(file) }
        return answer.bytes
    }
}
