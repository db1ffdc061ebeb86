import Formats
import Persian
import Planning
import Service
import Store

/// A request at its route: its parameters checked, its form and language chosen.
struct Visit: Sendable {
    let site: Site
    let request: Request
    let route: Route
    /// What stands for the parameters of the path.
    let places: [String: String]
    /// The declared parameters of the query, by name.
    let values: [String: [String]]
    let form: Form
    let language: Language

    subscript(name: String) -> String? { values[name]?.first }

    /// The parameter of the path.
    func place(_ name: String) -> String { places[name] ?? "" }

    func whole(_ name: String) throws(Problem) -> Int? {
        guard let text = self[name] else { return nil }
        guard case .whole(let range, _)? = route.parameters.first(where: { $0.name == name })?.kind else { return nil }
        guard let number = Int(Digits.latin(text)), range.contains(number) else {
            throw .badValue(
                name, text, "عددی درست از \(range.lowerBound) تا \(range.upperBound)",
                "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func number(_ name: String) throws(Problem) -> Double? {
        guard let text = self[name] else { return nil }
        guard let number = Coordinate.parse(text) else { throw .badValue(name, text, "عددی متناهی", "a finite number") }
        return number
    }

    func day(_ name: String) throws(Problem) -> Day? {
        guard let text = self[name] else { return nil }
        do { return try Day(parsing: text) } catch {
            throw Problem(400, "bad-value", "\(name): \(error.message(in: .fa))", "\(name): \(error.message(in: .en))")
        }
    }

    /// The legal day that is asked about: today in Tehran where none is named.
    func legalDay() throws(Problem) -> Day { try day("on") ?? site.today }

    func known() throws(Problem) -> Known {
        guard let text = self["known"] else { return .newest }
        if let number = Int(Digits.latin(text)) { return .revision(number) }
        guard let time = Moment(text), time.seconds <= site.now else {
            throw .badValue(
                "known", text, "شمارهٔ نسخه یا زمانی گذشته مانند 2026-11-23T12:00:00Z",
                "a revision's number, or a time until now such as 2026-11-23T12:00:00Z")
        }
        return .time(time)
    }

    func facts() throws(Problem) -> [String: Fact.Value] {
        var given: [String: Fact.Value] = [:]
        for fact in values["fact"] ?? [] {
            let parts = fact.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                throw .badValue("fact", fact, "NAME=VALUE، مانند frontage=12", "NAME=VALUE, such as frontage=12")
            }
            guard given.updateValue(Fact.Value(typed: String(parts[1])), forKey: String(parts[0])) == nil else {
                throw Problem(400, "repeated", "دانستهٔ \(parts[0]) دو بار داده شد", "the fact \(parts[0]) was given twice")
            }
        }
        return given
    }
}

extension Problem {
    static func badValue(_ name: String, _ value: String, _ persian: String, _ english: String) -> Problem {
        let shown = value.count > 80 ? value.prefix(80) + "…" : value[...]
        var problem = Problem(
            400, "bad-value", "\(name)=«\(shown)»: \(persian) انتظار می‌رفت", "\(name)=«\(shown)»: expected \(english)")
        problem.members["parameter"] = .string(name)
        return problem
    }

    /// Runs a step of the service's.
    static func serving<Result>(_ step: () throws(ServiceError) -> Result) throws(Problem) -> Result {
        do { return try step() } catch { throw Problem(error) }
    }
}
