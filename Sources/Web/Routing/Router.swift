import Formats
import Service

/// Finds a request's route, checks its parameters against what the route declares, and chooses form and language.
struct Router: Sendable {
    let routes: [Route]
    /// By the first segment of the path: few, so that a request looks at few.
    private let byStart: [String: [Route]]

    init(_ routes: [Route]) {
        self.routes = routes
        byStart = Dictionary(grouping: routes) { $0.path.first ?? "" }
    }

    /// The language of a request before its route is known.
    static func language(_ query: [QueryItem], _ fields: [HeaderField]) -> Language {
        query.first { $0.name == "lang" }.flatMap { Language(rawValue: $0.value) }
            ?? Accepting.language(fields.first { $0.name == "accept-language" }?.value) ?? .fa
    }

    func reply(to request: Request, at site: Site) -> Reply {
        let language = Self.language(request.query, request.fields)
        do throws(Problem) {
            return try answered(request, at: site, language)
        } catch {
            return .now(refusal(error, request, at: site, language))
        }
    }

    /// A problem in words: as a page for who would rather have one.
    func refusal(_ problem: Problem, _ request: Request, at site: Site, _ language: Language) -> Response {
        let named = request.query.first { $0.name == "f" }?.value
        guard named == "html" || (named == nil && Accepting.form(request.field("accept"), of: [.json, .html]) == .html) else {
            return problem.response(language)
        }
        return problem.page(
            Visit(site: site, request: request, route: Site.landing, places: [:], values: request.query, form: .html, language: language))
    }

    /// The methods that a path has.
    private func methods(_ path: [String]) -> [Request.Method] {
        let own = Set((byStart[path.first ?? ""] ?? []).filter { $0.matches(path) != nil }.map(\.method))
        guard !own.isEmpty else { return [] }
        return (own.contains(.get) ? [.get, .head] : []) + (own.contains(.post) ? [.post] : []) + [.options]
    }

    private func answered(_ request: Request, at site: Site, _ language: Language) throws(Problem) -> Reply {
        let wanted = request.method == .head ? .get : request.method
        for route in byStart[request.path.first ?? ""] ?? [] where route.method == wanted {
            guard let places = route.matches(request.path) else { continue }
            return try visited(route, places, request, at: site, language)
        }
        let methods = methods(request.path)
        guard !methods.isEmpty else { throw unknown(request.path) }
        let allow = methods.map(\.rawValue).joined(separator: ", ")
        if request.method == .options {
            return .now(
                Response(
                    204,
                    fields: [
                        ("Allow", allow), ("Access-Control-Allow-Methods", allow),
                        ("Access-Control-Allow-Headers", "Content-Type, If-None-Match, Accept-Language"),
                        ("Access-Control-Max-Age", "86400"),
                    ]))
        }
        var problem = Problem(405, "method", "این‌جا تنها \(allow) پذیرفته است", "only \(allow) is taken here")
        problem.fields = [("Allow", allow)]
        throw problem
    }

    private func unknown(_ path: [String]) -> Problem {
        let asked = "/" + path.joined(separator: "/")
        let nearest = Nearest.name(to: asked, among: routes.map(\.template))
        return Problem(
            404, "no-such-resource", "\(asked.prefix(120)) در این‌جا نیست" + Nearest.suggestion(nearest, .fa),
            "there is no \(asked.prefix(120)) here" + Nearest.suggestion(nearest, .en))
    }

    private func visited(
        _ route: Route, _ places: [String: String], _ request: Request, at site: Site, _ language: Language
    ) throws(Problem) -> Reply {
        let form = try form(request, route)
        let visit = Visit(
            site: site, request: request, route: route, places: places, values: request.query, form: form, language: language)
        var further: [String]?
        for (place, item) in request.query.enumerated() {
            let number = route.parameters.firstIndex { $0.name == item.name && !$0.isInPath }
            if number == nil, item.name != "f", item.name != "lang" {
                let more = further ?? route.further(visit)
                further = more
                guard more.contains(item.name) else { throw Problem.unknownParameter(item.name, route, more) }
                guard !item.value.isEmpty else { throw .badValue(item.name, "", "متنی", "a text") }
            }
            guard number.map({ route.parameters[$0].repeats }) == true || !request.query[..<place].contains(where: { $0.name == item.name })
            else {
                throw .repeated(item.name)
            }
            if let number, case .oneOf(let allowed) = route.parameters[number].kind, !allowed.contains(item.value) {
                let list = allowed.joined(separator: ", ")
                throw .badValue(item.name, item.value, "یکی از \(list)", "one of \(list)")
            }
        }
        if let lang = visit["lang"], Language(rawValue: lang) == nil { throw .badValue("lang", lang, "fa یا en", "fa or en") }
        return try route.respond(visit)
    }

    /// What `f` names, else what `Accept` prefers.
    private func form(_ request: Request, _ route: Route) throws(Problem) -> Form {
        if let named = request.query.first(where: { $0.name == "f" })?.value {
            if let form = route.forms.first(where: { $0.name == named || $0.bareType == named || $0.otherName == named }) { return form }
            let names = route.forms.map(\.name).joined(separator: ", ")
            throw .badValue("f", named, "یکی از \(names)", "one of \(names)")
        }
        if let form = Accepting.form(request.field("accept"), of: route.forms) { return form }
        let types = route.forms.map(\.bareType).joined(separator: ", ")
        throw Problem(406, "not-acceptable", "این‌جا \(types) را می‌توان گرفت", "available are \(types)")
    }
}

extension Problem {
    fileprivate static func repeated(_ name: String) -> Problem {
        var problem = Problem(
            400, "repeated", "\(name.prefix(80)) دو بار داده شد؛ یک بار انتظار می‌رفت",
            "\(name.prefix(80)) was given twice; once was expected")
        problem.members["parameter"] = .string(name)
        return problem
    }

    fileprivate static func unknownParameter(_ name: String, _ route: Route, _ further: [String]) -> Problem {
        let known = route.parameters.filter { !$0.isInPath }.map(\.name) + ["f", "lang"] + further
        let nearest = Nearest.name(to: name, among: known)
        let list = known.joined(separator: ", ")
        var problem = Problem(
            400, "unknown-parameter",
            "پارامتر «\(name.prefix(80))» در این‌جا نیست" + (nearest == nil ? "؛ هست: \(list)" : Nearest.suggestion(nearest, .fa)),
            "no parameter «\(name.prefix(80))» here" + (nearest == nil ? "; there are \(list)" : Nearest.suggestion(nearest, .en)))
        problem.members["parameter"] = .string(name)
        if let nearest { problem.members["nearest"] = .string(nearest) }
        return problem
    }
}

extension Router {
    /// The path of a request's route as the table has it; nil where there is none.
    func template(of request: Request) -> String? {
        byStart[request.path.first ?? ""]?.first { $0.matches(request.path) != nil }?.template
    }
}
