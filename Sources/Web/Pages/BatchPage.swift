import Formats
import Persian
import Planning
import Service

/// A table of places sent, and the table of their answers.
enum BatchPage {
    /// Rows that a page shows; the other forms have all.
    private static let mostShown = 500
    /// The longest table that a page carries with it, to be had in another form without choosing the file again.
    private static let mostCarried = 1 << 20

    static func form(_ visit: Visit) -> Page {
        let language = visit.language
        return Page(language, title: language("پرسش دسته‌ای", "Many places at once"), of: visit) { page in
            page.paragraph(
                language(
                    "جدولی CSV از جاها بفرستید؛ جدول پاسخ‌ها همان‌جا نشان داده یا به شما داده می‌شود. چیزی از آن نگه داشته نمی‌شود.",
                    "Send a table of places as CSV; the table of their answers is shown, or given to you. Nothing of it is kept."))
            page.list([
                language("ستون‌ها یکی از این سه: ", "The columns are one of these: ")
                    + ["id,x,y", "id,parcel", "id,address"].map(language.code).joined(separator: language("، ", ", ")),
                language(
                    "جداکننده ویرگول، نقطه‌ویرگول یا Tab؛ متن UTF-8، چنان‌که صفحه‌گسترده‌ها ذخیره می‌کنند",
                    "Cells parted by commas, semicolons or tabs; text in UTF-8, as spreadsheets save it"),
                language("تا ۱۰۰٬۰۰۰ سطر و ۱۶ مگابایت", "Up to 100,000 rows and 16 MiB"),
            ])
            page.element(
                "form",
                ["class": "plain", "action": "/batch?lang=\(language.rawValue)", "method": "post", "enctype": "multipart/form-data"]
            ) { page in
                page.element("p") { page in
                    page.element("label", ["for": "file"], language("پرونده ", "File "))
                    page.void(
                        "input",
                        ["type": "file", "id": "file", "name": "file", "required": "required", "accept": ".csv,.txt,.tsv,text/csv"])
                }
                page.field("crs", language("دستگاه x و y (خالی: شهر)", "CRS of x and y (blank: the city's)"), "")
                page.field("on", language("روز حقوقی (خالی: امروز)", "Legal day (blank: today)"), "")
                page.field("known", language("نسخهٔ داده (خالی: اکنون)", "Data revision (blank: the newest)"), "")
                page.ways(language)
            }
        }
    }

    static func answers(
        _ sent: BatchSent, _ questions: [Result<BatchQuestion, BatchQuestion.Refused>], _ open: OpenTown
    ) throws(Problem) -> Page {
        let (visit, catalogue) = (sent.visit, open.town.law.catalogue)
        let language = visit.language
        struct Row: Sendable {
            let id: String
            let line: AnswerLine?
            let problem: String
            let address: String?
        }
        let rows = try sent.asking(open) { (answerer) throws(ServiceError) in
            questions.prefix(mostShown).map { question in
                let (id, place, answer, problem) = sent.answer(question, answerer)
                return Row(
                    id: id, line: answer.map { AnswerLine($0, language, catalogue: catalogue) }, problem: problem,
                    address: answer == nil ? nil : place.map { visit.answerAddress($0) })
            }
        }
        let heads = [
            language("شناسه", "Id"), language("جا", "Place"), language("تراکم و ارتفاع", "Density and height"),
            language("کاربری‌های مجاز", "Permitted uses"), language("لازم یا نادرست", "Needed or wrong"),
        ]
        let wrong = rows.count { $0.line == nil }
        return Page(language, title: language("پاسخ جدول ", "Answers to ") + Isolates.firstStrong(sent.fileName), of: visit) { page in
            page.paragraph(
                language(
                    "\(language.number(questions.count)) سطر؛ \(language.number(wrong)) سطر از آنچه این‌جاست پاسخی ندارد.",
                    "\(questions.count) rows; \(wrong) of those shown here have no answer."))
            if questions.count > mostShown {
                page.paragraph(
                    language(
                        "\(language.number(mostShown)) سطر نخست نشان داده شده است؛ \(language.number(questions.count - mostShown)) سطر دیگر در csv و jsonl هست.",
                        "The first \(mostShown) rows are shown; \(questions.count - mostShown) more are in csv and jsonl."))
            }
            if sent.table.count <= mostCarried, let table = String(validating: sent.table, as: UTF8.self) {
                page.element(
                    "form",
                    [
                        "class": "plain screen", "action": "/batch?lang=\(language.rawValue)", "method": "post",
                        "enctype": "multipart/form-data",
                    ]
                ) { page in
                    page.element("textarea", ["name": "table", "hidden": "hidden"], "\n" + table)
                    page.void("input", ["type": "hidden", "name": "name", "value": sent.fileName])
                    for item in visit.values where !["f", "name"].contains(item.name) {
                        page.void("input", ["type": "hidden", "name": item.name, "value": item.value])
                    }
                    page.files(language)
                }
            }
            page.element("table", ["class": "cards list"]) { page in
                page.row(heads: heads)
                page.element("tbody") { page in
                    for row in rows {
                        page.element("tr", ["class": row.line == nil ? "wrong" : "right"]) { page in
                            page.element("th", ["scope": "row"]) { $0.element("bdi", row.id.isEmpty ? "—" : row.id) }
                            page.element("td", ["data-side": heads[1]]) { page in
                                guard let line = row.line, let address = row.address else { return }
                                let name =
                                    line.parcels.isEmpty
                                    ? language("جایی بیرون از قطعه‌ها", "in no parcel")
                                    : line.parcels.map(language.code).joined(separator: language("، ", ", "))
                                page.element("a", ["href": address], name)
                                if !line.zones.isEmpty {
                                    page.element(
                                        "p", ["class": "soft"], line.zones.map(language.code).joined(separator: language("، ", ", ")))
                                }
                            }
                            page.element("td", ["data-side": heads[2]]) { page in
                                if let main = row.line?.main, !main.isEmpty { page.list(main) }
                            }
                            page.element(
                                "td", ["data-side": heads[3]],
                                (row.line?.useNames ?? []).joined(separator: language("، ", ", ")))
                            page.element("td", ["class": "open", "data-side": heads[4]]) { page in
                                if !row.problem.isEmpty { page.element("p", ["dir": "auto"], row.problem) }
                                if let open = row.line?.open, !open.isEmpty { page.list(open) }
                            }
                        }
                    }
                }
            }
        }
    }
}

extension Page {
    /// In which form the answers are wanted.
    fileprivate mutating func ways(_ language: Language) {
        element("p") { page in
            page.element("button", ["type": "submit", "name": "f", "value": "html"], language("نشان بده", "Show"))
            page.files(language)
        }
    }

    fileprivate mutating func files(_ language: Language) {
        element("button", ["type": "submit", "name": "f", "value": "csv"], language("جدول CSV بده", "Give me CSV"))
        element("button", ["type": "submit", "name": "f", "value": "jsonl"], language("سطرهای JSON بده", "Give me JSON lines"))
    }
}

extension Visit {
    /// The page of one place of a table, on the day and with what was said of all.
    fileprivate func answerAddress(_ place: Question.Place) -> String {
        let handed = values.filter { ["on", "known", "fact"].contains($0.name) }.map { ($0.name, $0.value) }
        return "/answer?" + Percent.query(place.query + handed + [("f", "html"), ("lang", language.rawValue)])
    }
}
