import Planning
import Service

/// A place on two sides as a page: one table, what differs said by a sign and a word.
enum ComparePage {
    static func page(
        _ comparison: PlaceComparison, _ visit: Visit, _ open: OpenTown, catalogue: ParameterCatalogue
    ) throws(Problem) -> Page {
        let language = visit.language
        let sheet = ComparisonSheet(comparison, language, catalogue: catalogue)
        let map = try MapPlace([("compare", visit.path(setting: [("f", "geojson")]))], visit, open)
        let place = sheet.parts.map(\.title).joined(separator: language("، ", ", "))
        let title = language("مقایسهٔ دو پاسخ: ", "Two answers compared: ") + (place.isEmpty ? language("این‌جا", "here") : place)
        return Page(language, title: title, of: visit, asked: visit["address"] ?? visit["parcel"] ?? "") { page in
            page.element("dl") { page in
                for (name, side) in [(language("پیش", "Before"), sheet.before), (language("پس", "After"), sheet.after)] {
                    page.element("dt", name)
                    page.element("dd", side)
                }
            }
            page.sides(visit)
            map.write(to: &page)
            page.mapKey([
                ("before", language("پیش: خط‌چین", "before: dashed")), ("after", language("پس: خط پیوسته", "after: solid")),
            ])
            if sheet.parts.isEmpty {
                page.paragraph(language("در هیچ‌یک از دو سو چیزی این‌جا نیست.", "There is nothing here on either side."))
            }
            for part in sheet.parts { page.write(part, language) }
            page.programForms(visit)
        }
    }
}

extension Page {
    fileprivate mutating func write(_ part: ComparisonSheet.Part, _ language: Language) {
        element("section") { page in
            page.heading(part.title)
            page.element("p", ["class": "verdict"], part.verdict)
            if !part.losses.isEmpty {
                page.element("section", ["class": "warning"]) { page in
                    page.element("h3", language("آنچه از دست می‌دهد", "What it loses"))
                    page.list(part.losses)
                }
            }
            guard !part.groups.isEmpty else { return }
            let heads = [
                language("ضابطه", "Rule"), language("پیش", "Before"), language("پس", "After"), language("چه شد", "What became of it"),
            ]
            page.element("table", ["class": "cards compare"]) { page in
                page.row(heads: heads)
                for group in part.groups {
                    page.element("tbody") { page in
                        page.element("tr") { page in page.element("th", ["scope": "rowgroup", "colspan": "4"], group.title) }
                        for row in group.rows { page.write(row, heads, language) }
                    }
                }
            }
        }
    }

    private mutating func write(_ row: ComparisonSheet.Row, _ heads: [String], _ language: Language) {
        element("tr", ["class": row.mark.rawValue]) { page in
            page.element("th", ["scope": "row"], row.name)
            for (head, value, clause) in [(heads[1], row.before, row.beforeClause), (heads[2], row.after, row.afterClause)] {
                page.element("td", ["data-side": head]) { page in
                    page.paragraph(value)
                    if !clause.isEmpty { page.element("p", ["class": "soft"], clause) }
                }
            }
            page.element("td") { page in
                page.element("p", ["class": "mark"], language.words(row.mark))
                if !row.ground.isEmpty { page.element("p", ["class": "soft"], row.ground) }
            }
        }
    }

    /// What is drawn how on the map: each kind of line by its class in the style.
    mutating func mapKey(_ lines: [(kind: String, meaning: String)]) {
        element("ul", ["class": "key mapkey"]) { page in
            for line in lines {
                page.element("li") { page in
                    page.element("svg", ["viewBox": "0 0 48 14", "aria-hidden": "true"]) { page in
                        page.element("line", ["class": line.kind, "x1": "0", "y1": "7", "x2": "48", "y2": "7"]) { _ in }
                    }
                    page.element("span", line.meaning)
                }
            }
        }
    }

    /// The same for programs.
    mutating func programForms(_ visit: Visit) {
        element("p", ["class": "screen"]) { page in
            for form in ["json", "geojson"] {
                page.element("a", ["href": visit.path(setting: [("f", form), ("page", nil)])], form)
            }
        }
    }

    /// The fields of the two sides, filled in as they were asked.
    fileprivate mutating func sides(_ visit: Visit) {
        let language = language
        element("form", ["class": "plain", "action": "/compare", "method": "get"]) { page in
            page.field("from", language("پیش (روز یا نسخه)", "Before (day or revision)"), visit["from"] ?? "")
            page.field("to", language("پس (روز یا نسخه)", "After (day or revision)"), visit["to"] ?? "")
            page.hidden(visit, without: ["from", "to"])
            page.element("button", ["type": "submit"], language("بسنج", "Compare"))
            page.element(
                "a", ["href": visit.path(setting: [("from", visit["to"]), ("to", visit["from"])])],
                language("جابه‌جا کردن پیش و پس", "Swap before and after"))
        }
    }

    /// A field with its name, in which people write from whichever side their letters begin.
    mutating func field(_ name: String, _ label: String, _ value: String, list: String? = nil) {
        element("p") { page in
            page.element("label", ["for": name], label + " ")
            if let list {
                page.void("input", ["id": name, "name": name, "value": value, "dir": "auto", "maxlength": "60", "list": list])
            } else {
                page.void("input", ["id": name, "name": name, "value": value, "dir": "auto", "maxlength": "60"])
            }
        }
    }

    /// What a form hands on: the parameters of this page, and its language.
    mutating func hidden(_ visit: Visit, without names: Set<String>) {
        for item in visit.values where !names.contains(item.name) && !["f", "lang"].contains(item.name) {
            void("input", ["type": "hidden", "name": item.name, "value": item.value])
        }
        void("input", ["type": "hidden", "name": "f", "value": "html"])
        void("input", ["type": "hidden", "name": "lang", "value": language.rawValue])
    }

    /// On an answer's page: the way to the same place on another day or at another revision.
    ///
    /// - Parameter parcel: what the place is compared by where an address was asked for.
    mutating func comparing(_ visit: Visit, parcel: String?) {
        let language = language
        element("details", ["class": "screen"]) { page in
            page.element("summary", language("مقایسه با روز یا نسخه‌ای دیگر", "Compare with another day or revision"))
            page.element("form", ["class": "plain", "action": "/compare", "method": "get"]) { page in
                page.field(
                    "from", language("روز (مانند ۱۴۰۳/۰۱/۰۱) یا شمارهٔ نسخه", "A day (such as 2024-03-20) or a revision's number"), "")
                if visit["address"] != nil, let parcel {
                    page.void("input", ["type": "hidden", "name": "parcel", "value": parcel])
                    page.hidden(visit, without: ["address", "sign"])
                } else {
                    page.hidden(visit, without: ["sign"])
                }
                page.element("button", ["type": "submit"], language("بسنج", "Compare"))
            }
        }
    }
}
