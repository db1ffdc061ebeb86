import Formats
import Planning
import Service

/// The provisions as pages: the law's list with what chooses from it, and where one clause decides.
enum ProvisionsPage {
    private static let linesOnPage = 100
    /// Shapes that a map is drawn of: more would be a stain.
    private static let mostDrawn = 4_000

    static func page(_ provisions: [Provision], _ visit: Visit, _ open: OpenTown) throws(Problem) -> Page {
        let (language, law) = (visit.language, open.town.law)
        let sheet = ProvisionSheet(language, catalogue: law.catalogue)
        let (number, range) = try visit.range(of: provisions.count, each: linesOnPage)
        let heads = [
            language("بند", "Clause"), language("هدف", "Target"), language("ضابطه", "Rule"), language("مقدار", "Value"),
            language("شرط", "Condition"), language("شرح", "Text"), language("کجا؟", "Where?"),
        ]
        return Page(language, title: language("ضوابط طرح‌ها", "The plans' provisions"), of: visit) { page in
            page.element("form", ["class": "plain", "action": "/provisions", "method": "get"]) { page in
                page.choice("plan", language("طرح", "Plan"), visit["plan"], law.allPlans.map { ($0.id, "\($0.id) · \($0.title)") })
                page.field("target", language("پهنه یا حریم", "Zone or overlay"), visit["target"] ?? "")
                page.choice(
                    "parameter", language("ضابطه", "Rule"), visit["parameter"],
                    law.catalogue.parameters.map { ($0.code, sheet.label($0.code)) })
                page.hidden(visit, without: ["plan", "target", "parameter", "clause", "page"])
                page.element("button", ["type": "submit"], language("نشان بده", "Show"))
            }
            page.paragraph(
                language("\(language.number(provisions.count)) ضابطه", "\(provisions.count) provisions"))
            guard !range.isEmpty else { return }
            page.element("table", ["class": "cards list"]) { page in
                page.row(heads: heads)
                page.element("tbody") { page in
                    for provision in provisions[range] {
                        page.element("tr") { page in
                            page.element(
                                "th", ["class": "code", "scope": "row"],
                                language.code(provision.plan) + language("، ", ", ") + language.code(provision.clause))
                            page.element("td", ["data-side": heads[1]], language.code(provision.target.description))
                            page.element("td", ["data-side": heads[2]], sheet.label(provision.parameter))
                            page.element("td", ["data-side": heads[3]]) { page in
                                page.paragraph(sheet.says(provision))
                                let holds = sheet.holds(provision)
                                if !holds.isEmpty { page.element("p", ["class": "soft"], holds) }
                            }
                            page.element("td", ["data-side": heads[4]], provision.condition.map { language.code($0.text) } ?? "")
                            page.element("td", ["dir": "auto"], provision.text)
                            page.element("td") { page in
                                page.element(
                                    "a",
                                    ["href": visit.whereAddress(provision.plan, provision.clause)],
                                    language("کجا حاکم است؟", "Where does it decide?"))
                            }
                        }
                    }
                }
            }
            page.pages(number, of: (provisions.count + linesOnPage - 1) / linesOnPage, from: range, all: provisions.count, visit)
        }
    }

    static func page(_ bearing: Bearing, _ visit: Visit, _ open: OpenTown) throws(Problem) -> Page {
        let language = visit.language
        let (found, catalogue) = (bearing.found, open.town.law.catalogue)
        let sheet = WhereaboutsSheet(found, language, catalogue: catalogue)
        let provisions = ProvisionSheet(language, catalogue: catalogue)
        let each = visit.way("/answer", keeping: ["on", "known"])
        let isDrawn = (1...mostDrawn).contains(found.grounds.count)
        let shapes = isDrawn ? [("shapes", visit.path(setting: [("f", "geojson"), ("page", nil)])), ("each", each + "&parcel=")] : []
        let map = try MapPlace(shapes, visit, open)
        let (number, range) = try visit.range(of: sheet.count, each: linesOnPage)
        let heads = [
            language("قطعه", "Parcel"), language("چه می‌کند", "What it does"), language("ضابطه", "Rule"), language("در برابر", "Against"),
            language("در", "In"), language("زمین (متر مربع)", "Ground (m²)"),
        ]
        return Page(language, title: sheet.title, of: visit) { page in
            page.element("p", ["class": "soft"], sheet.seen)
            page.element("ul") { page in
                for provision in found.provisions {
                    page.element("li") { page in
                        page.element(
                            "span",
                            language.code(provision.target.description) + " · " + provisions.label(provision.parameter) + ": "
                                + provisions.says(provision)
                                + (provision.condition.map { " · " + language.code($0.text) } ?? ""))
                        if !provision.text.isEmpty { page.element("p", ["dir": "auto"], provision.text) }
                    }
                }
            }
            page.cards(
                [language("چه می‌کند", "It"), language("قطعه", "Parcels"), language("زمین (متر مربع)", "Ground (m²)")],
                sheet.sums.map { [$0.name, $0.parcels, $0.area] })
            map.write(to: &page)
            if isDrawn { page.mapKey(sheet.sums.map { ($0.part.rawValue, $0.name) }) }
            if found.grounds.count > mostDrawn {
                page.paragraph(
                    language(
                        "این همه قطعه روی نقشهٔ این صفحه کشیده نمی‌شود؛ همه در geojson هست.",
                        "So many parcels are not drawn on this page's map; geojson has them all."))
            }
            if range.isEmpty {
                page.paragraph(language("این بند در این روز به هیچ قطعه‌ای نمی‌رسد.", "On this day the clause bears on no parcel."))
            } else {
                page.element("table", ["class": "cards list"]) { page in
                    page.row(heads: heads)
                    page.element("tbody") { page in
                        for line in sheet.lines(range) {
                            page.element("tr") { page in
                                page.element("th", ["scope": "row"]) { page in
                                    page.element("a", ["href": each + "&parcel=" + Percent.encoded(line.parcel)]) {
                                        $0.element("bdi", line.parcel)
                                    }
                                }
                                page.element("td", ["data-side": heads[1]]) { page in
                                    page.paragraph(line.part)
                                    if !line.why.isEmpty { page.element("p", ["class": "soft"], line.why) }
                                }
                                page.element("td", ["data-side": heads[2]]) { page in
                                    page.paragraph(line.rule)
                                    page.paragraph(line.value)
                                }
                                page.element("td", ["data-side": heads[3]], line.against)
                                page.element("td", ["data-side": heads[4]], line.zones)
                                page.element("td", ["data-side": heads[5]], line.area)
                            }
                        }
                    }
                }
            }
            page.pages(number, of: (sheet.count + linesOnPage - 1) / linesOnPage, from: range, all: sheet.count, visit)
            page.programForms(visit)
        }
    }
}

extension Visit {
    /// - Throws: where a page of a list is asked for that is no number, or in a form that has no pages.
    func checkPage() throws(Problem) {
        guard try whole("page") != nil, form != .html else { return }
        throw Problem(400, "conflict", "page تنها با f=html می‌آید", "page goes with f=html alone")
    }

    /// Which page of a list is asked for, and what stands on it; empty past its end.
    func range(of count: Int, each: Int) throws(Problem) -> (number: Int, range: Range<Int>) {
        let number = try whole("page") ?? 1
        let start = min((number - 1) * each, count)
        return (number, start..<min(start + each, count))
    }

    fileprivate func whereAddress(_ plan: String, _ clause: String) -> String {
        way("/where", [("plan", plan), ("clause", clause)], keeping: ["on", "known"])
    }
}

extension Page {
    /// A list from which one may be chosen, or none.
    fileprivate mutating func choice(_ name: String, _ label: String, _ chosen: String?, _ options: [(code: String, text: String)]) {
        let language = self.language
        element("p") { page in
            page.element("label", ["for": name], label + " ")
            page.element("select", ["id": name, "name": name]) { page in
                page.element("option", ["value": ""], language("همه", "All"))
                for option in options {
                    if option.code == chosen {
                        page.element("option", ["value": option.code, "selected": "selected"], option.text)
                    } else {
                        page.element("option", ["value": option.code], option.text)
                    }
                }
            }
        }
    }
}
