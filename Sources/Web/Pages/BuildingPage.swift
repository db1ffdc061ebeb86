import Service

extension AnswerPage {
    /// What may be built, floor by floor: a table for each ground and use, its arithmetic beside it.
    func write(_ building: AnswerSheet.Building, to page: inout Page) {
        page.element("section", ["id": "building"]) { page in
            page.heading(language("زیربنای قابل ساخت در طبقات", "What may be built, floor by floor"))
            for one in building.cases { write(one, isAlone: building.cases.count == 1, to: &page) }
            for note in building.notes { page.element("p", ["class": "soft"], note) }
        }
    }

    private func write(_ one: AnswerSheet.Building.Case, isAlone: Bool, to page: inout Page) {
        page.element("details", isAlone ? ["open": "open"] : [:]) { page in
            page.element(
                "summary",
                one.title + ": "
                    + (one.total.isEmpty ? language("هنوز معلوم نیست", "not known yet") : language("حداکثر ", "at most ") + one.total))
            for ground in one.grounds {
                if let refusal = ground.refusal {
                    page.paragraph((ground.name.map { $0 + ": " } ?? "") + refusal)
                } else {
                    write(ground.rows, caption: ground.name ?? "", to: &page)
                }
            }
            if !one.together.isEmpty { write(one.together, caption: language("روی هم", "Together"), to: &page) }
        }
    }

    private func write(_ rows: [AnswerSheet.Building.Row], caption: String, to page: inout Page) {
        page.element("table", ["class": "building"]) { page in
            if !caption.isEmpty { page.element("caption", caption) }
            page.row(heads: [language("سطح", "Level"), language("حداکثر", "At most"), language("حساب", "Arithmetic")])
            page.element("tbody") { page in
                for row in rows {
                    page.element("tr") { page in
                        page.element("th", ["scope": "row"], row.name)
                        if row.value.isEmpty {
                            page.element("td", ["class": "value open"], language("معلوم نیست", "not known"))
                        } else {
                            page.element("td", ["class": "value"], row.value)
                        }
                        page.element("td") { page in
                            for line in row.arithmetic { page.paragraph(line) }
                            for line in row.missing { page.element("p", ["class": "soft"], line) }
                        }
                    }
                }
            }
        }
    }
}
