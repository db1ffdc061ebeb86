import Formats
import Planning
import Service

/// An answer as a page: the document holds all of it, the map is an addition.
struct AnswerPage {
    private let sheet: AnswerSheet
    private let visit: Visit
    var language: Language { visit.language }

    init(_ sheet: AnswerSheet, _ visit: Visit) {
        self.sheet = sheet
        self.visit = visit
    }

    /// What a page is made of.
    struct Said {
        let answer: Answer
        /// Of the one parcel that is asked about: the GeoJSON of its buildable envelope, and what may be built on it.
        let parcel: (envelope: [UInt8], buildable: Buildable)?
    }

    static func bytes(_ said: Said, _ visit: Visit, _ open: OpenTown) throws(Problem) -> [UInt8] {
        let answer = said.answer
        let properties = said.parcel.flatMap { try? JSON(parsing: $0.envelope) }?["properties"]
        let sheet = AnswerSheet(
            answer, visit.language, catalogue: open.town.law.catalogue, envelope: properties, buildable: said.parcel?.buildable)
        let map = try MapPlace(answer, visit, open)
        return Page(visit.language, title: sheet.place, of: visit, asked: visit["address"] ?? visit["parcel"] ?? "") { page in
            AnswerPage(sheet, visit).write(to: &page, map)
        }.bytes
    }

    private func write(to page: inout Page, _ map: MapPlace) {
        page.element(
            "p", ["class": "soft"], language("روز ", "On ") + sheet.day + language("، نسخهٔ دادهٔ ", ", data revision ") + sheet.revision)
        map.write(to: &page)
        for parcel in sheet.parcels { write(parcel, to: &page) }
        for line in sheet.envelope { page.element("p", ["class": "envelope"], line) }
        if !sheet.doubts.isEmpty { write(warning: language("نزدیک مرز", "Near an edge"), sheet.doubts, to: &page) }
        if !sheet.asked.isEmpty { writeAsked(to: &page) }
        writeRules(to: &page)
        if let building = sheet.building { write(building, to: &page) }
        writeUses(to: &page)
        for division in sheet.divisions { write(division, to: &page) }
        write(language("حریم‌ها و محدودیت‌ها", "Overlays"), sheet.overlays, to: &page)
        write(language("کشیده‌شده، ولی نافذ نیست", "Drawn here, not in force"), sheet.pending, to: &page)
        write(language("یادداشت‌های طرح‌ها", "Notes of the plans"), sheet.notes, to: &page)
        write(language("ضابطه‌ای یافت نشد برای", "No rule was found for"), sheet.silent, to: &page)
        if !sheet.unchecked.isEmpty { write(warning: language("آنچه بررسی نشد", "What was not checked"), sheet.unchecked, to: &page) }
        write(language("آنچه بررسی شد", "What was checked"), sheet.checked, to: &page)
        writeSources(to: &page)
        page.comparing(visit, parcel: sheet.parcels.count == 1 ? sheet.parcels[0].code : nil)
        writeForms(to: &page)
    }

    /// What the law says, and no more.
    func writeLaw(to page: inout Page) {
        writeRules(to: &page)
        writeUses(to: &page)
        write(language("یادداشت‌های طرح‌ها", "Notes of the plans"), sheet.notes, to: &page)
        if !sheet.unchecked.isEmpty { write(warning: language("آنچه بررسی نشد", "What was not checked"), sheet.unchecked, to: &page) }
    }

    private func write(_ title: String, _ items: [String], to page: inout Page) {
        guard !items.isEmpty else { return }
        page.element("section") { page in
            page.heading(title)
            page.list(items)
        }
    }

    private func write(warning title: String, _ items: [String], to page: inout Page) {
        page.element("section", ["class": "warning"]) { page in
            page.heading(title)
            page.list(items)
        }
    }

    private func write(_ parcel: AnswerSheet.Parcel, to page: inout Page) {
        page.element("section", ["class": "card"]) { page in
            page.element("h2") { page in
                page.element("span", language("قطعهٔ ", "Parcel "))
                page.element("bdi", parcel.code)
            }
            if let address = parcel.address { page.element("p", ["dir": "auto"], address) }
            page.paragraph(parcel.place.joined(separator: language("؛ ", "; ")))
            page.element("dl") { page in
                for area in parcel.areas {
                    page.element("dt", area.name)
                    page.element("dd", area.value)
                }
            }
        }
    }

    /// Facts that rules hang on: given here, the question is asked anew.
    private func writeAsked(to page: inout Page) {
        page.element("section", ["class": "warning"]) { page in
            page.heading(language("برای پاسخ کامل لازم است", "Needed for a whole answer"))
            page.element("form", ["action": "/find", "method": "get"]) { page in
                for fact in sheet.asked {
                    page.element("p") { page in
                        page.element("label", ["for": "fact-\(fact.name)"], fact.label + " ")
                        page.void("input", ["id": "fact-\(fact.name)", "name": "fact.\(fact.name)", "dir": "auto", "maxlength": "60"])
                    }
                }
                for item in visit.values where !["f", "lang"].contains(item.name) {
                    page.void("input", ["type": "hidden", "name": item.name, "value": item.value])
                }
                page.void("input", ["type": "hidden", "name": "lang", "value": language.rawValue])
                page.element("button", ["type": "submit"], language("دوباره بپرس", "Ask again"))
            }
        }
    }

    private func writeRules(to page: inout Page) {
        guard !sheet.groups.isEmpty else { return }
        page.element("section") { page in
            page.heading(language("ضوابط", "Rules"))
            for group in sheet.groups { write(group, to: &page) }
        }
    }

    private func write(_ group: AnswerSheet.Group, to page: inout Page) {
        page.element("table", ["class": "rules"]) { page in
            page.element("caption", group.title)
            page.element("thead") { page in
                page.element("tr") { page in
                    for head in [
                        language("ضابطه", "Rule"), language("مقدار", "Value"), language("شرح", "Text"), language("توضیحات", "Remarks"),
                    ] {
                        page.element("th", ["scope": "col"], head)
                    }
                }
            }
            page.element("tbody") { page in
                for rule in group.rules { page.element("tr") { page in write(rule, to: &page) } }
            }
        }
    }

    private func write(_ rule: AnswerSheet.Rule, to page: inout Page) {
        page.element("th", ["scope": "row"], rule.name)
        page.element("td", ["class": rule.isOpen ? "value open" : "value"], rule.value)
        page.element("td", ["dir": "auto"], rule.text)
        page.element("td") { page in
            if let citation = rule.citation { page.paragraph(citation) }
            if !rule.ground.isEmpty { page.element("p", ["class": "soft"], rule.ground) }
            if !rule.overruled.isEmpty {
                page.element("details") { page in
                    page.element("summary", language("آنچه کنار رفت", "What lost"))
                    page.list(rule.overruled)
                }
            }
        }
    }

    private func writeUses(to page: inout Page) {
        guard !sheet.uses.isEmpty else { return }
        page.element("section") { page in
            page.heading(language("کاربری‌ها", "Uses"))
            for group in sheet.uses {
                page.element("details", group.uses.count <= 12 ? ["open": "open"] : [:]) { page in
                    page.element("summary", "\(group.title) (\(language.number(group.uses.count)))")
                    page.element("ul") { page in
                        for use in group.uses {
                            page.element("li") { page in
                                page.element("b", use.name)
                                if !use.text.isEmpty { page.element("span", ["dir": "auto"], " " + use.text) }
                                if let citation = use.citation { page.element("span", ["class": "soft"], " (" + citation + ")") }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The shares as a bar, which the list beside it says in words.
    private func write(_ division: AnswerSheet.Division, to page: inout Page) {
        page.element("section") { page in
            page.heading(language("سهم پهنه‌ها", "Shares of zones") + ": " + division.layer)
            page.element("svg", ["class": "bar", "viewBox": "0 0 1000 10", "preserveAspectRatio": "none", "aria-hidden": "true"]) { page in
                var start = 0.0
                for (place, share) in division.shares.enumerated() {
                    page.element(
                        "rect",
                        [
                            "class": "share\(place % 6)", "x": "\(start)", "y": "0", "width": "\(1000 * share.part)", "height": "10",
                        ]
                    ) { _ in }
                    start += 1000 * share.part
                }
            }
            page.element("ul", ["class": "key"]) { page in
                for (place, share) in division.shares.enumerated() {
                    page.element("li") { page in
                        page.element("svg", ["viewBox": "0 0 1 1", "aria-hidden": "true"]) { page in
                            page.element("rect", ["class": "share\(place % 6)", "width": "1", "height": "1"]) { _ in }
                        }
                        page.element("span", share.name + language("، ", ", ") + share.value)
                    }
                }
            }
        }
    }

    private func writeSources(to page: inout Page) {
        guard !sheet.sources.isEmpty else { return }
        page.element("section") { page in
            page.heading(language("سندها", "Sources"))
            for source in sheet.sources {
                page.element("details") { page in
                    page.element("summary") { page in
                        page.element("bdi", source.name)
                        page.element("span", ["dir": "auto"], " " + source.title)
                    }
                    page.list(source.details)
                }
            }
        }
    }

    private func writeForms(to page: inout Page) {
        page.element("footer") { page in
            page.element("dl") { page in
                for row in sheet.coordinates {
                    page.element("dt", row.name)
                    page.element("dd", ["class": "copied"], row.value)
                }
                page.element("dt", language("چکیدهٔ داده", "Digest of the data"))
                page.element("dd") { $0.element("bdi", sheet.root + "…") }
            }
            page.element("p", ["class": "screen"]) { page in
                let papers: [(Form, String)] =
                    visit.site.settings.signer == nil
                    ? [] : [(.pdf, language("گواهی، PDF", "Certificate, PDF")), (.report, language("گزارش کامل، PDF", "Full report, PDF"))]
                for (form, name) in papers + [Form.json, .geoJSON, .text].map({ ($0, $0.name) }) {
                    page.element("a", ["href": visit.path(setting: [("f", form.name)])], name)
                }
            }
        }
    }
}
