import Documents
import Formats
import Glibc
import Service
import Store

/// Reads a signed answer, and makes its certificate as PDF: as a process of its own, so that no question waits for Pango.
///
/// What is printed is borne out first: the signature by the city's keys, the answer by asking its question again.
enum Printing {
    static func run() -> Never {
        let words = Array(CommandLine.arguments.dropFirst())
        if words.contains("--map") { map(words.filter { $0 != "--map" }) }
        let order: PrintOrder
        do throws(PrintRefusal) { order = try PrintOrder(words) } catch { end(error.text, .badInput) }
        MapFont.begin()
        let language = order.language
        let signed: StoredAnswer
        do throws(StoredAnswer.Unfit) {
            signed = try StoredAnswer(input())
        } catch {
            switch error {
            case .notJSON(let fault): end(language(fault.message(in: .fa), "\(fault)"), .badInput)
            case .notAnAnswer:
                end(
                    language(
                        "پاسخ شهرساز انتظار می‌رفت، با question و certificate", "an answer was expected, with question and certificate"),
                    .badInput)
            }
        }
        do throws(ServiceError) {
            let bytes = try certificate(signed, order)
            try deliver(bytes, to: order.pdf, language)
            exit(ExitCode.done.rawValue)
        } catch {
            end(error.message(in: language), error.exitCode)
        }
    }

    private static func map(_ words: [String]) -> Never {
        let order: MapOrder
        do throws(PrintRefusal) { order = try MapOrder(words) } catch { end(error.text, .badInput) }
        guard let day = order.on else { end("--on", .badInput) }
        do throws(ServiceError) {
            switch try Mapping(order, on: day).picture() {
            case .success(let bytes): try deliver(bytes, to: order.png, order.language)
            case .failure(let error): end(order.language(error.persian, error.english), .machine)
            }
            exit(ExitCode.done.rawValue)
        } catch {
            end(error.message(in: order.language), error.exitCode)
        }
    }

    /// The standard style sheet, or that with what a file says.
    static func style(_ path: String?, _ language: Language) -> MapStyleSheet {
        guard let path else { return .standard }
        do throws(DocumentError) { return try MapStyleSheet(file: path) } catch {
            end("\(path): \(language(error.persian, error.english))", .badInput)
        }
    }

    /// Makes or replaces a file, or writes to the standard output where it is `-`.
    private static func deliver(_ bytes: [UInt8], to path: String, _ language: Language) throws(ServiceError) {
        guard path == "-" else {
            do throws(StoreError) { return try NewFile.replace(path, with: bytes) } catch { throw .store(error) }
        }
        guard put(bytes) else {
            let reason = unsafe String(cString: strerror(errno))
            end(language("در خروجی نمی‌توان نوشت: \(reason)", "the output can't be written to: \(reason)"), .machine)
        }
    }

    private static func certificate(_ signed: StoredAnswer, _ order: PrintOrder) throws(ServiceError) -> [UInt8] {
        let language = order.language
        let file: CityFile
        do throws(StoreError) { file = try CityFile.open(order.city, for: .reading) } catch { throw .store(error) }
        if let fault = try signed.fault(in: file) { end(fault.message(in: language), .wanting) }
        MapDrawing.begin()
        guard let (question, revision) = signed.asked else {
            end(language("پرسش پاسخ خوانده نمی‌شود", "the answer's question can't be read"), .badInput)
        }
        let town = try Shelf(city: order.city) { end($0, .machine) }.town(.revision(revision))
        let answerer = try Answerer(town, on: question.on, given: question.given)
        let answer = try answerer.answer(question)
        let replay = try signed.replay(against: answer)
        if !replay.holds { end(replay.text(language), .wanting) }
        let paper = CertificatePaper(
            answer: answer, signed: signed, town: town, city: file.city.name, language: language, publicAddress: order.publicAddress,
            isFull: order.isFull, buildable: order.isFull ? try answerer.buildable(of: answer) : nil, style: style(order.style, language))
        do throws(DocumentError) {
            try MapFont.check()
            return try paper.bytes()
        } catch {
            end(language(error.persian, error.english), .machine)
        }
    }

    /// All of the standard input.
    private static func input() -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(STDIN_FILENO, $0.baseAddress, $0.count) }
            guard count > 0 else { return all }
            all += buffer[..<count]
        }
    }

    /// Writes all of it to the standard output; false where that fails.
    private static func put(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    static func end(_ reason: String, _ code: ExitCode) -> Never {
        let line = Array("shahrsaz: \(reason)\n".utf8)
        _ = unsafe line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
        exit(code.rawValue)
    }
}
