import Formats
import Service

extension Visit {
    /// The page on which a place is asked for.
    func start(_ open: OpenTown, _ title: String, _ description: String, _ links: [Hyperlink]) throws(Problem) -> Reply {
        let map = try MapPlace(self, open)
        let page = Page(language, title: title, of: self) { page in
            page.paragraph(description + ".")
            page.paragraph(
                language(
                    "نشانی یا کد قطعه را بنویسید، یا روی نقشه بزنید. پاسخ همان است که شهرداری می‌بیند، با بندی که آن را گفته است.",
                    "Type an address or a parcel's code, or touch the map. The answer is the one that the municipality sees, with the clause that says so."
                ))
            map.write(to: &page)
            page.element("p") { page in
                page.element("a", ["href": "/verify?f=html&lang=\(language.rawValue)"], language("سنجش گواهی", "Verify a certificate"))
            }
            page.element("details") { page in
                page.element("summary", language("برای شهرسازان", "For planners"))
                page.links(plannersLinks)
            }
            page.element("details") { page in
                page.element("summary", language("برای برنامه‌ها", "For programs"))
                page.links(links.dropFirst(route.forms.count).map { ($0.title, $0.href) })
            }
        }
        return .now(self.page(page))
    }

    /// What planners have beside the answer.
    private var plannersLinks: [(text: String, address: String)] {
        let pages = [
            ("/diff", language("دو روز یا دو نسخهٔ شهر", "Two days or two revisions of the town")),
            ("/provisions", language("ضوابط طرح‌ها، و اینکه هر بند کجا حاکم است", "The plans' provisions, and where each clause decides")),
            ("/batch", language("پرسش دسته‌ای با پرونده", "Many places at once, by a file")),
        ]
        let waiting = ("/deliveries", language("تحویل‌های در انتظار پذیرش", "Deliveries that wait to be accepted"))
        return (pages + (site.settings.showsDeliveries ? [waiting] : [])).map { ($0.1, "\($0.0)?f=html&lang=\(language.rawValue)") }
    }

    /// A page that is asked for anew each time.
    func page(_ page: Page) -> Response {
        var response = Response(type: Form.html.type, page.bytes)
        response.fields += [("Cache-Control", "no-cache"), ("Content-Language", language.rawValue)]
        return response
    }
}

extension Problem {
    /// As a page for people: what was wrong, what was expected, and the form to ask again.
    func page(_ visit: Visit) -> Response {
        let language = visit.language
        let page = Page(language, title: title(language), of: visit, asked: visit["q"] ?? visit["address"] ?? visit["parcel"] ?? "") {
            page in
            page.element("p", ["dir": "auto"], language(persian, english))
            let successors = members["successors"]?.asArray?.compactMap(\.asString) ?? []
            if !successors.isEmpty {
                page.heading(language("اکنون در آن‌جا", "There now"))
                page.links(successors.map { ($0, "/answer?parcel=\(Percent.encoded($0))&f=html&lang=\(language.rawValue)") })
            }
        }
        var response = visit.page(page)
        response.status = status
        response.fields += fields
        return response
    }
}
