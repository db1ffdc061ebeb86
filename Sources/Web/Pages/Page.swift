import Formats
import Service

/// A page of HTML: what is written into it as text stays text.
struct Page {
    private let language: Language
    private let title: String
    private var body = ""

    init(_ language: Language, title: String, _ fill: (inout Page) -> Void) {
        self.language = language
        self.title = title
        fill(&self)
    }

    mutating func preformatted(_ text: String) { body += "<pre>\(Markup.escaped(text))</pre>\n" }

    mutating func heading(_ text: String) { body += "<h2>\(Markup.escaped(text))</h2>\n" }

    mutating func paragraph(_ text: String) { body += "<p>\(Markup.escaped(text))</p>\n" }

    mutating func list(_ items: [String]) {
        body += "<ul>\n" + items.map { "<li dir=\"auto\">\(Markup.escaped($0))</li>\n" }.joined() + "</ul>\n"
    }

    /// Pictures with what they mean; a picture is named by its data or address.
    mutating func symbols(_ symbols: [(picture: String, meaning: String)]) {
        body +=
            "<ul class=\"symbols\">\n"
            + symbols.map { "<li><img alt=\"\" src=\"\(Markup.escaped($0.picture))\"> \(Markup.escaped($0.meaning))</li>\n" }.joined()
            + "</ul>\n"
    }

    mutating func links(_ links: [(text: String, address: String)]) {
        body +=
            "<ul>\n" + links.map { "<li><a href=\"\(Markup.escaped($0.address))\">\(Markup.escaped($0.text))</a></li>\n" }.joined()
            + "</ul>\n"
    }

    /// Rows of cells under heads; each cell takes its direction from its own first letter.
    mutating func table(_ heads: [String], _ rows: [[String]]) {
        body +=
            "<div class=\"wide\"><table><thead><tr>" + heads.map { "<th>\(Markup.escaped($0))</th>" }.joined() + "</tr></thead><tbody>\n"
        for row in rows { body += "<tr>" + row.map { "<td dir=\"auto\">\(Markup.escaped($0))</td>" }.joined() + "</tr>\n" }
        body += "</tbody></table></div>\n"
    }

    var bytes: [UInt8] {
        let direction = language == .fa ? "rtl" : "ltr"
        let title = Markup.escaped(title)
        return Array(
            """
            <!doctype html>
            <html lang="\(language.rawValue)" dir="\(direction)">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>\(title)</title>
            <style>\(Self.style)</style></head>
            <body><main><h1>\(title)</h1>
            \(body)</main></body>
            </html>

            """.utf8)
    }

    private static let style = """
        body{font-family:Vazirmatn,"Noto Sans Arabic",Tahoma,sans-serif;line-height:1.7;margin:0;color:#1a1a1a;background:#fff}
        main{max-width:72rem;margin:auto;padding:1rem}
        pre{white-space:pre-wrap;overflow-wrap:anywhere;font-family:inherit}
        .wide{overflow-x:auto}
        .symbols{list-style:none;padding:0}.symbols img{vertical-align:middle;margin-inline-end:.5rem;background:#fff}
        table{border-collapse:collapse}
        th,td{border:1px solid #bbb;padding:.25rem .6rem;text-align:start}
        a{color:#0b57a4}
        @media(prefers-color-scheme:dark){body{color:#eee;background:#16181b}th,td{border-color:#555}a{color:#8ec3ff}}
        """
}
