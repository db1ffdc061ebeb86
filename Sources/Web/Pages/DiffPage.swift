import Formats
import Persian
import Planning
import Service
import Store

/// A whole town on two sides as pages: the form that asks, what differs, and the deliveries that wait.
enum DiffPage {
    private static let parcelsOnPage = 100
    /// Parcels that a map is drawn of: more would be a stain.
    private static let mostDrawn = 2_000

    /// The form alone.
    static func asking(_ visit: Visit) throws(Problem) -> Response {
        let language = visit.language
        let revisions = try choices(visit)
        return visit.page(
            Page(language, title: language("دو روز یا دو نسخهٔ شهر", "Two days or two revisions of the town"), of: visit) { page in
                page.paragraph(
                    language(
                        "هر قطعه‌ای که پاسخش در دو سو یکی نیست: دو روزِ قانون، یا دو نسخهٔ داده.",
                        "Every parcel whose answer is not the same on two sides: two days of the law, or two revisions of the data."))
                page.sides(visit, revisions)
            })
    }

    static func page(_ difference: Difference, _ visit: Visit) throws(Problem) -> Response {
        let language = visit.language
        let sheet = TownChangeSheet(difference.change, language, catalogue: difference.after.town.law.catalogue)
        let revisions = visit["delivery"] == nil ? try choices(visit) : []
        let title =
            visit["delivery"].map {
                language("آنچه تحویل ", "What delivery ") + language.code($0) + language(" دگرگون می‌کند", " would change")
            }
            ?? language("آنچه در شهر دگرگون شده", "What differs in the town")
        // From a waiting delivery there is no way on: nobody can ask for what is not accepted.
        let each =
            visit["delivery"] == nil ? visit.way("/compare", keeping: ["from", "to", "on"]) : visit.way("/answer", keeping: ["on"])
        let isDrawn = (1...mostDrawn).contains(sheet.count)
        let shapes = isDrawn ? [("shapes", visit.path(setting: [("f", "geojson"), ("page", nil)])), ("each", each + "&parcel=")] : []
        let map = try MapPlace(shapes, visit, visit.site.desk.newest)
        let (number, range) = try visit.range(of: sheet.count, each: parcelsOnPage)
        let parcels = sheet.parcels(range)
        return visit.page(
            Page(language, title: title, of: visit) { page in
                page.element("dl") { page in
                    for (name, side) in [(language("پیش", "Before"), sheet.before), (language("پس", "After"), sheet.after)] {
                        page.element("dt", name)
                        page.element("dd", side)
                    }
                }
                page.list(sheet.summary)
                if visit["delivery"] == nil { page.sides(visit, revisions) }
                map.write(to: &page)
                if sheet.count > mostDrawn {
                    page.paragraph(
                        language(
                            "بیش از \(language.number(mostDrawn)) قطعه روی نقشهٔ این صفحه کشیده نمی‌شود؛ همه در geojson هست.",
                            "More than \(mostDrawn) parcels are not drawn on this page's map; geojson has them all."))
                }
                if !sheet.parameters.isEmpty {
                    page.heading(language("ضابطه‌ها", "Rules"))
                    page.cards(
                        [language("ضابطه", "Rule"), language("قطعه", "Parcels"), language("زمین", "Ground")],
                        sheet.parameters.map { [$0.name, $0.parcels, $0.area] })
                }
                if !parcels.isEmpty {
                    page.heading(language("قطعه‌ها", "Parcels"))
                    page.write(parcels, visit, each: each)
                }
                page.pages(number, of: (sheet.count + parcelsOnPage - 1) / parcelsOnPage, from: range, all: sheet.count, visit)
                page.programForms(visit)
            })
    }

    static func deliveries(_ waiting: [Delivery], _ visit: Visit) -> Response {
        let language = visit.language
        let heads = [
            language("شماره", "Number"), language("پرونده", "File"), language("نقش و لایه", "Role and layer"), language("ردیف", "Rows"),
            language("ایراد", "Faults"), language("رسیده در", "Came on"),
        ]
        return visit.page(
            Page(language, title: language("تحویل‌های در انتظار", "Waiting deliveries"), of: visit) { page in
                guard !waiting.isEmpty else {
                    page.paragraph(language("هیچ تحویلی در انتظار پذیرش نیست.", "No delivery waits to be accepted."))
                    return
                }
                page.element("table", ["class": "cards list"]) { page in
                    page.row(heads: heads)
                    page.element("tbody") { page in
                        for delivery in waiting {
                            page.element("tr") { page in
                                page.element("th", ["scope": "row"]) { page in
                                    page.element(
                                        "a",
                                        ["href": "/diff?delivery=\(delivery.number)&f=html&lang=\(language.rawValue)"],
                                        language(
                                            "تحویل \(language.number(delivery.number)): چه دگرگون می‌کند",
                                            "Delivery \(delivery.number): what it would change"))
                                }
                                let place = [delivery.role.rawValue, delivery.layer, delivery.plan].compactMap(\.self).joined(
                                    separator: " · ")
                                let cells = [
                                    language.code(delivery.file), language.code(place), language.number(delivery.features),
                                    language.number(delivery.faults), language.day(Day.today(inTehranAt: delivery.stagedAt.seconds)),
                                ]
                                for (head, cell) in zip(heads.dropFirst(), cells) { page.element("td", ["data-side": head], cell) }
                            }
                        }
                    }
                }
            })
    }

    /// The revisions that there are, newest first, each with the day on which it was accepted.
    private static func choices(_ visit: Visit) throws(Problem) -> [(number: Int, text: String)] {
        let language = visit.language
        let revisions = try Problem.serving { () throws(ServiceError) in try visit.site.desk.revisions() }
        return revisions.reversed().map { revision in
            let day = Day.today(inTehranAt: revision.decision.at.seconds)
            return (
                revision.number,
                language("نسخهٔ \(language.number(revision.number)) · ", "revision \(revision.number) · ") + language.day(day)
            )
        }
    }
}

extension Visit {
    /// The beginning of an address to which a parameter is added: some of this page's parameters handed on.
    func way(_ path: String, _ items: [(String, String)] = [], keeping names: [String]) -> String {
        let kept = values.filter { names.contains($0.name) }.map { ($0.name, $0.value) }
        return path + "?" + Percent.query(items + kept + [("f", "html"), ("lang", language.rawValue)])
    }
}

extension Page {
    fileprivate mutating func sides(_ visit: Visit, _ revisions: [(number: Int, text: String)]) {
        let language = self.language
        element("form", ["class": "plain", "action": "/diff", "method": "get"]) { page in
            page.field("from", language("پیش (روز یا نسخه)", "Before (day or revision)"), visit["from"] ?? "", list: "revisions")
            page.field(
                "to", language("پس (روز یا نسخه؛ خالی: اکنون)", "After (day or revision; blank: now)"), visit["to"] ?? "", list: "revisions"
            )
            page.field("on", language("روز حقوقیِ نسخه‌ها (خالی: امروز)", "Legal day of revisions (blank: today)"), visit["on"] ?? "")
            page.element("datalist", ["id": "revisions"]) { page in
                for revision in revisions { page.element("option", ["value": "\(revision.number)"], revision.text) }
            }
            page.hidden(visit, without: ["from", "to", "on", "page", "delivery"])
            page.element("button", ["type": "submit"], language("بسنج", "Compare"))
        }
    }

    /// A table of words whose rows are cards on a narrow screen.
    mutating func cards(_ heads: [String], _ rows: [[String]]) {
        element("table", ["class": "cards"]) { page in
            page.row(heads: heads)
            page.element("tbody") { page in
                for row in rows {
                    page.element("tr") { page in
                        page.element("th", ["scope": "row"], row[0])
                        for (head, cell) in zip(heads, row).dropFirst() { page.element("td", ["data-side": head], cell) }
                    }
                }
            }
        }
    }

    /// A table's heads.
    mutating func row(heads: [String]) {
        element("thead") { page in
            page.element("tr") { page in for head in heads { page.element("th", ["scope": "col"], head) } }
        }
    }

    fileprivate mutating func write(_ parcels: [TownChangeSheet.Parcel], _ visit: Visit, each: String) {
        let language = self.language
        let heads = [
            language("قطعه", "Parcel"), language("چه شد", "What became of it"), language("چه چیزش", "Of what"),
            language("زمین (متر مربع)", "Ground (m²)"), language("از دست می‌دهد", "Loses"),
        ]
        element("table", ["class": "cards list"]) { page in
            page.row(heads: heads)
            page.element("tbody") { page in
                for parcel in parcels {
                    page.element("tr") { page in
                        page.element("th", ["scope": "row"]) { page in
                            page.element("a", ["href": each + "&parcel=" + Percent.encoded(parcel.code)]) { page in
                                page.element("bdi", parcel.code)
                            }
                        }
                        page.element("td", ["data-side": heads[1]], parcel.kind)
                        page.element("td", ["data-side": heads[2]]) { page in
                            page.element("details") { page in
                                page.element("summary", parcel.what.joined(separator: language("، ", ", ")))
                                page.list(parcel.lines)
                            }
                        }
                        page.element("td", ["data-side": heads[3]], parcel.area)
                        page.element("td", ["data-side": heads[4]], parcel.losses.joined(separator: language("؛ ", "; ")))
                    }
                }
            }
        }
    }

    /// Which part of a list this page shows, and the way to the others.
    mutating func pages(_ number: Int, of count: Int, from range: Range<Int>, all: Int, _ visit: Visit) {
        guard count > 1 || number > 1 else { return }
        let language = self.language
        element("nav", ["class": "screen", "aria-label": language("صفحه‌ها", "Pages")]) { page in
            page.paragraph(
                language(
                    "\(language.number(range.lowerBound + 1)) تا \(language.number(range.upperBound)) از \(language.number(all))",
                    "\(range.lowerBound + 1) to \(range.upperBound) of \(all)"))
            if number > 1 {
                page.element("a", ["href": visit.path(setting: [("page", "\(number - 1)")]), "rel": "prev"], language("پیشین", "Previous"))
            }
            if number < count {
                page.element("a", ["href": visit.path(setting: [("page", "\(number + 1)")]), "rel": "next"], language("بعدی", "Next"))
            }
        }
    }
}
