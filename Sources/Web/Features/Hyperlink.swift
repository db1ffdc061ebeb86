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

/// Text as a part of an address.
enum Percent {
    /// All but RFC 3986's unreserved characters is encoded.
    static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = Array("0123456789ABCDEF".unicodeScalars)
                encoded += "%"
                encoded.unicodeScalars.append(digits[Int(byte >> 4)])
                encoded.unicodeScalars.append(digits[Int(byte & 15)])
            }
        }
        return encoded
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
        let query = items.map { Percent.encoded($0.name) + "=" + Percent.encoded($0.value) }.joined(separator: "&")
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
