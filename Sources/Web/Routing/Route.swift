import Formats
import Service

/// One line of the table of routes.
final class Route: Sendable {
    let method: Request.Method
    /// Its segments; what stands in braces is a parameter of that name.
    let path: [String]
    let parameters: [Parameter]
    /// The media types of the bodies that it takes.
    let takes: [String]
    /// The forms it can be had in, the first of which is the usual one.
    let forms: [Form]
    let persian: String
    let english: String
    /// Names of the query beside the declared ones that it takes, such as a collection's queryables.
    let further: @Sendable (Visit) -> [String]
    let respond: @Sendable (Visit) throws(Problem) -> Reply

    init(
        _ path: String, _ persian: String, _ english: String, _ parameters: [Parameter] = [],
        method: Request.Method = .get, takes: [String] = [], forms: [Form] = [.json],
        further: @escaping @Sendable (Visit) -> [String] = { _ in [] },
        respond: @escaping @Sendable (Visit) throws(Problem) -> Reply
    ) {
        self.method = method
        self.path = path.split(separator: "/").map(String.init)
        self.parameters = parameters
        self.takes = takes
        self.forms = forms
        self.persian = persian
        self.english = english
        self.further = further
        self.respond = respond
    }

    /// The path as OpenAPI writes it.
    var template: String { "/" + path.joined(separator: "/") }

    /// What stands for the parameters of the path; nil where it is another path.
    func matches(_ segments: [String]) -> [String: String]? {
        guard segments.count == path.count else { return nil }
        var values: [String: String] = [:]
        for (pattern, segment) in zip(path, segments) {
            if pattern.first == "{" {
                values[String(pattern.dropFirst().dropLast())] = segment
            } else if pattern != segment {
                return nil
            }
        }
        return values
    }
}

/// A form of a resource: what `f` calls it, and its media type.
struct Form: Hashable, Sendable {
    let name: String
    let type: String
    /// Media types by which it may be asked for beside its own.
    var also: [String] = []
    /// What else `f` may call it.
    var otherName: String?

    static let json = Form(name: "json", type: "application/json")
    static let geoJSON = Form(name: "geojson", type: "application/geo+json", also: ["application/json"], otherName: "json")
    static let text = Form(name: "text", type: "text/plain; charset=utf-8")
    static let html = Form(name: "html", type: "text/html; charset=utf-8")
    static let lines = Form(name: "jsonl", type: "application/x-ndjson", also: ["application/jsonl"])
    static let csv = Form(name: "csv", type: "text/csv; charset=utf-8")
    static let schema = Form(name: "json", type: "application/schema+json", also: ["application/json"])
    static let openAPI = Form(
        name: "json", type: "application/vnd.oai.openapi+json;version=3.0",
        also: ["application/json", "application/openapi+json", "application/vnd.oai.openapi+json"])
    static let metrics = Form(name: "text", type: "text/plain; version=0.0.4; charset=utf-8")

    /// The media type without its parameters.
    var bareType: String { String(type.prefix { $0 != ";" }) }
}
