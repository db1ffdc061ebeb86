import Formats
import Service

/// A link of the standards' JSON (RFC 8288 in a body).
struct Hyperlink: Sendable {
    let rel: String
    let href: String
    let type: String
    let title: String

    init(_ rel: String, _ href: String, _ type: String, _ title: String = "") {
        self.rel = rel
        self.href = href
        self.type = type
        self.title = title
    }

    var json: JSON {
        var object: [String: JSON] = ["rel": .string(rel), "href": .string(href), "type": .string(type)]
        if !title.isEmpty { object["title"] = .string(title) }
        return .object(object)
    }
}

extension [Hyperlink] {
    var json: JSON { .array(map(\.json)) }

    /// As a header field (RFC 8288), whose targets are percent-encoded already; nil where a proxy might find it too long.
    var field: String? {
        let field = map { "<\($0.href)>; rel=\"\($0.rel)\"; type=\"\($0.type)\"" }.joined(separator: ", ")
        return field.utf8.count <= 2000 ? field : nil
    }
}

extension Visit {
    /// The address of a path here.
    func address(_ path: String) -> String { site.base(request) + path }

    /// The address of this very request with some parameters set or, where nil, taken out.
    func address(setting changes: [(name: String, value: String?)]) -> String { address(path(setting: changes)) }

    /// As `address(setting:)`, on this server.
    func path(setting changes: [(name: String, value: String?)]) -> String {
        var items = request.query.filter { item in !changes.contains { $0.name == item.name } }
        for (name, value) in changes { if let value { items.append(QueryItem(name: name, value: value)) } }
        let path = request.path.map { "/" + Percent.encoded($0) }.joined()
        let query = Percent.query(items.map { ($0.name, $0.value) })
        return (path.isEmpty ? "/" : path) + (query.isEmpty ? "" : "?" + query)
    }

    /// Links from a resource to itself and to its other forms.
    var ownLinks: [Hyperlink] {
        route.forms.map { other in
            Hyperlink(
                other == form ? "self" : "alternate",
                address(setting: [("f", other == route.forms.first && other == form ? self["f"] : other.name)]),
                other.bareType, language("همین سند", "this document"))
        }
    }
}
