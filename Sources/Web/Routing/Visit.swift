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
    /// The parameters of the query, each one that the route takes; only those that may stand several times do.
    let values: [QueryItem]
    let form: Form
    let language: Language

    /// The same without what a form's fields left blank: a browser sends those too.
    var filled: Visit {
        Visit(
            site: site, request: request, route: route, places: places, values: values.filter { !$0.value.isEmpty }, form: form,
            language: language)
    }

    subscript(name: String) -> String? { values.first { $0.name == name }?.value }

    /// - Throws: 415 where the body is of a type that the route does not take.
    func takesBody() throws(Problem) {
        let type = request.field("content-type")?.prefix { $0 != ";" }.filter { $0 != " " }.lowercased() ?? ""
        guard !route.takes.contains(type) else { return }
        let list = route.takes.joined(separator: ", ")
        throw Problem(
            415, "media-type", "«\(type.prefix(80))»: یکی از این‌ها انتظار می‌رفت: \(list)",
            "«\(type.prefix(80))»: one of these was expected: \(list)")
    }

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
        return try asking("known") { () throws(AskingFault) in
            // A clock beyond the years that we count is no clock.
            try Known(asked: text, now: Moment(seconds: site.now) ?? .epoch)
        }
    }

    func facts() throws(Problem) -> [String: Fact.Value] {
        try asking("fact") { () throws(AskingFault) in try .init(asked: values.filter { $0.name == "fact" }.map(\.value)) }
    }

    /// Reads what was typed for a parameter.
    private func asking<Result>(_ name: String, _ read: () throws(AskingFault) -> Result) throws(Problem) -> Result {
        do { return try read() } catch {
            var problem = Problem(400, "bad-value", error.message(in: .fa), error.message(in: .en))
            problem.members["parameter"] = .string(name)
            throw problem
        }
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
