import Formats
import Service

/// A page of HTML, written so that it is well-formed XML too: what is written into it as text stays text. It reads without its script, its
/// style and its font.
struct Page {
    private let visit: Visit?
    let language: Language
    private let title: String
    /// What stands in the field of the form at its head.
    private let asked: String
    private var body = ""

    /// - Parameters:
    ///   - visit: whose form and switch of language stand at its head; nil for a page without.
    ///   - asked: what was typed for this page.
    init(_ language: Language, title: String, of visit: Visit? = nil, asked: String = "", _ fill: (inout Page) -> Void) {
        self.language = language
        self.title = title
        self.visit = visit
        self.asked = asked
        fill(&self)
    }

    /// An element with attributes, and what stands in it.
    mutating func element(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], _ fill: (inout Page) -> Void) {
        open(name, attributes)
        fill(&self)
        body += "</\(name)>\n"
    }

    /// An element with a text alone.
    mutating func element(_ name: StaticString, _ text: String) { element(name, [:], text) }

    /// An element with attributes and a text alone.
    mutating func element(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>, _ text: String) {
        open(name, attributes)
        body += "\(Self.marked(text))</\(name)>\n"
    }

    /// A text whose short isolates without blanks are elements: a code is not broken at its hyphens then. What a line might not hold stays as
    /// it is.
    private static func marked(_ text: String) -> String {
        var (marked, rest) = ("", text.unicodeScalars[...])
        while let start = rest.firstIndex(of: "\u{2066}"), let end = rest[start...].firstIndex(of: "\u{2069}") {
            let code = String(rest[rest.index(after: start)..<end])
            let isShort = code.unicodeScalars.count <= 24 && !code.contains(" ")
            marked += Markup.escaped(String(rest[..<start])) + (isShort ? "<bdi dir=\"ltr\">" : "\u{2066}") + Markup.escaped(code)
            marked += isShort ? "</bdi>" : "\u{2069}"
            rest = rest[rest.index(after: end)...]
        }
        return marked + Markup.escaped(String(rest))
    }

    /// An element that holds nothing and has no end.
    mutating func void(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>) { open(name, attributes, end: " />\n") }

    private mutating func open(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>, end: String = ">") {
        body += "<\(name)"
        for (attribute, value) in attributes { body += " \(attribute)=\"\(Markup.escaped(value))\"" }
        body += end
    }

    mutating func preformatted(_ text: String) { element("pre", text) }

    mutating func heading(_ text: String) { element("h2", text) }

    mutating func paragraph(_ text: String) { element("p", text) }

    mutating func list(_ items: [String]) {
        element("ul") { page in
            for item in items { page.element("li", item) }
        }
    }

    /// Pictures with what they mean; a picture is named by its data or address.
    mutating func symbols(_ symbols: [(picture: String, meaning: String)]) {
        element("ul", ["class": "symbols"]) { page in
            for symbol in symbols {
                page.element("li") { page in
                    page.void("img", ["alt": "", "src": symbol.picture])
                    page.element("span", symbol.meaning)
                }
            }
        }
    }

    mutating func links(_ links: [(text: String, address: String)]) {
        element("ul") { page in
            for link in links { page.element("li") { $0.element("a", ["href": link.address], link.text) } }
        }
    }

    /// Rows of cells under heads; each cell takes its direction from its own first letter.
    mutating func table(_ heads: [String], _ rows: [[String]]) {
        element("div", ["class": "wide", "tabindex": "0"]) { page in
            page.element("table") { page in
                page.element("thead") { page in
                    page.element("tr") { page in for head in heads { page.element("th", ["scope": "col"], head) } }
                }
                page.element("tbody") { page in
                    for row in rows {
                        page.element("tr") { page in for cell in row { page.element("td", ["dir": "auto"], cell) } }
                    }
                }
            }
        }
    }

    /// The place of a map, hidden until the script draws it, with what it shows.
    mutating func map(_ data: [(name: String, value: String)]) {
        body +=
            "<div id=\"map\" hidden=\"hidden\" tabindex=\"0\" role=\"application\" aria-label=\"\(Markup.escaped(language("نقشه", "Map")))\""
        let library = visit?.site.assets.hasMap == true ? [(name: "library", value: "/assets/leaflet")] : []
        for (name, value) in library + data { body += " data-\(name)=\"\(Markup.escaped(value))\"" }
        body += "></div>\n"
    }

    /// The map's signs and their meaning, which the script fetches when they are first wanted.
    mutating func legend(_ address: String) {
        let title = language("راهنمای نقشه", "The map's legend")
        element("details", ["class": "screen", "data-legend": address + "&f=json"]) { page in
            page.element("summary", title)
            page.element("p") { page in page.element("a", ["href": address + "&f=html"], title) }
        }
    }

    /// The form that a place is asked for in.
    mutating func askingForm(_ visit: Visit, asked: String) {
        let language = language
        element("form", ["class": "ask", "action": "/find", "method": "get", "role": "search"]) { page in
            page.element("label", ["for": "q"], language("نشانی، کد قطعه، یا مختصات", "An address, a parcel's code, or coordinates"))
            page.void(
                "input",
                [
                    "type": "search", "id": "q", "name": "q", "value": asked, "dir": "auto", "autocomplete": "off", "maxlength": "400",
                    "data-suggest": "1", "required": "required",
                ])
            page.element("button", ["type": "submit"], language("بپرس", "Ask"))
            for name in ["on", "known"] {
                if let value = visit[name] { page.void("input", ["type": "hidden", "name": "\(name)", "value": value]) }
            }
            page.void("input", ["type": "hidden", "name": "lang", "value": language.rawValue])
        }
    }

    var bytes: [UInt8] {
        let direction = language == .fa ? "rtl" : "ltr"
        let title = Markup.escaped(title)
        var head = Page(language, title: "") { _ in }
        if let visit { head.addHeader(visit, asked: asked) }
        return Array(
            """
            <!DOCTYPE html>
            <html lang="\(language.rawValue)" dir="\(direction)">
            <head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" /><title>\(title)</title>
            <link rel="icon" href="data:," /><link rel="stylesheet" href="/assets/page.css" /><script defer="defer" src="/assets/page.js"></script></head>
            <body>
            \(head.body)<main id="main"><h1>\(Self.marked(self.title))</h1>
            \(body)</main>
            </body>
            </html>

            """.utf8)
    }

    private mutating func addHeader(_ visit: Visit, asked: String) {
        let language = language
        let other: Language = language == .fa ? .en : .fa
        element("header") { page in
            page.element("a", ["class": "name", "href": "/?f=html&lang=\(language.rawValue)"], language("شهرساز", "Shahrsaz"))
            page.askingForm(visit, asked: asked)
            page.element("nav") { page in
                page.element(
                    "a", ["href": visit.path(setting: [("lang", other.rawValue)]), "lang": other.rawValue, "hreflang": other.rawValue],
                    other == .fa ? "فارسی" : "English")
            }
        }
    }
}
