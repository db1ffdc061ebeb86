import Formats
import Glibc
import Persian
import Service
import Store

/// Steps that several commands take.
extension Command {
    static func cityPath(_ arguments: Arguments) -> String {
        arguments.value("city") ?? Environment.value("SHAHRSAZ_CITY") ?? "city.gpkg"
    }

    static func open(_ arguments: Arguments, _ language: Language, for purpose: CityFile.Purpose) throws(Failure) -> CityFile {
        let file = try storing { () throws(StoreError) in try CityFile.open(cityPath(arguments), for: purpose) }
        notice(file.headStanding, of: cityPath(arguments), language)
        return file
    }

    /// Says where the head beside a city shows that something is amiss with it; what only reads goes on.
    static func notice(_ standing: HeadStanding, of city: String, _ language: Language) {
        if let text = standing.warning(city: city, language) { Terminal.complain(text) }
    }

    static func closing(_ file: CityFile) throws(Failure) {
        try storing { () throws(StoreError) in try file.close() }
    }

    static func storing<Result>(_ step: () throws(StoreError) -> Result) throws(Failure) -> Result {
        do { return try step() } catch { throw .service(.store(error)) }
    }

    static func take(_ order: ImportOrder, into file: CityFile, _ language: Language) throws(ServiceError) -> Intake {
        defer { Terminal.endProgress() }
        return try file.take(order, with: .beside(), now: .now) { count in
            Terminal.progress(language("\(order.file): \(count) ردیف", "\(order.file): \(count) rows"))
        }
    }

    /// Accepts a delivery as it is, not judged by what it does to parcels.
    static func accept(
        _ number: Int, in file: CityFile, by: String, reason: String?
    ) throws(ServiceError) -> Revision {
        do throws(StoreError) {
            return try file.accept(
                number, Decision(by: by, osUser: OperatingSystem.user, reason: reason.map { Folding.stored($0) }, at: .now))
        } catch {
            throw .store(error)
        }
    }

    /// Makes the newest revision's atlas and takes the second opinions, so that the next question need not. A question does without
    /// both, so what fails here is not the command's failure.
    static func makeReady(_ arguments: Arguments, _ language: Language) async {
        do throws(ServiceError) {
            let shelf = try Shelf(city: cityPath(arguments)) { message in
                Terminal.complain(message)
                exit(ExitCode.machine.rawValue)
            }
            try await shelf.prepare(on: OperatingSystem.today) { done, count in
                Terminal.progress(
                    language("نظر دوم دربارهٔ مساحت‌ها: \(done) از \(count) قطعه", "second opinion on areas: \(done) of \(count) parcels"))
            }
            Terminal.endProgress()
        } catch {
            Terminal.endProgress()
            Terminal.complain(error.message(in: language))
        }
    }

    /// Who decides, why, and when: for what enters the log.
    static func decision(_ arguments: Arguments, _ command: String) throws(Failure) -> Decision {
        let reason = arguments.value("reason").map { Folding.stored($0) }
        return Decision(by: try who(arguments, command), osUser: OperatingSystem.user, reason: reason, at: .now)
    }

    static func who(_ arguments: Arguments, _ command: String) throws(Failure) -> String {
        guard let by = arguments.value("by").map({ Folding.stored($0) }), !by.isEmpty else {
            throw .badInput("\(command) نام تصمیم‌گیرنده را می‌خواهد: --by WHO", "\(command) expects --by WHO: the person who decides")
        }
        return by
    }

    static func number(_ arguments: Arguments) throws(Failure) -> Int {
        let text = Digits.latin(arguments.operands[0])
        guard let number = Int(text), number > 0 else {
            throw .badInput("«\(text)» شمارهٔ تحویل نیست", "«\(text)» is no number of a delivery")
        }
        return number
    }

    static func decimal(_ arguments: Arguments, _ name: String) throws(Failure) -> Decimal? {
        guard let text = arguments.value(name) else { return nil }
        guard let decimal = Decimal(parsing: Digits.latinNumber(text)) else {
            throw .badInput(
                "--\(name) عددی با حداکثر شش رقم اعشار می‌خواهد، نه «\(text)»",
                "--\(name) expects a number of at most six decimals, not «\(text)»")
        }
        return decimal
    }

    static func day(_ arguments: Arguments, _ name: String) throws(Failure) -> Day? {
        guard let text = arguments.value(name) else { return nil }
        do {
            return try Day(parsing: text)
        } catch {
            throw .badInput("--\(name): \(error.message(in: .fa))", "--\(name): \(error.message(in: .en))")
        }
    }
}
