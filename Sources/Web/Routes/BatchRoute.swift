import Formats
import Persian
import Planning
import Service
import Synchronization

extension Site {
    static let batchForm = Route(
        "/batch", "جدولی از جاها بدهید و جدول پاسخ‌ها را بگیرید", "the form by which a table of places is sent and its answers come back",
        forms: [.html]
    ) { visit throws(Problem) in .now(visit.page(BatchPage.form(visit))) }

    /// Nothing is kept of what is sent, and nothing that the server has is changed by it: there are no cookies and no users, so that a form on
    /// another site can do nothing here that whoever fills it in could not do themselves, and needs no token against it.
    static let batch = Route(
        "/batch", "پاسخ جدولی از جاها", "the answers to a table of places that is sent as a form's file", method: .post,
        takes: ["multipart/form-data"], forms: [.html, .csv, .lines]
    ) { visit throws(Problem) in
        let sent = try BatchSent(visit)
        let known = try sent.visit.known()
        return .later {
            visit.answering { () throws(Problem) in
                let open = try Problem.serving { () throws(ServiceError) in try visit.site.desk.town(known) }
                return try sent.answered(open)
            }
        }
    }
}

/// A table that was sent, with what the form's other fields say.
struct BatchSent: Sendable {
    /// Its parameters are the form's fields.
    let visit: Visit
    let table: [UInt8]
    let fileName: String
    private let on: Day
    private let given: [String: Fact.Value]
    private let form: Form

    /// Rows that one table may have, and rows that are answered at a time, between which other connections have their turn.
    private static let mostRows = 100_000
    private static let atATime = 8
    private static let names = ["file", "table", "name", "crs", "on", "known", "fact", "f"]

    init(_ visit: Visit) throws(Problem) {
        try visit.takesBody()
        let fields = visit.request.form ?? []
        var values: [QueryItem] = []
        for field in fields {
            guard Self.names.contains(field.name) else {
                throw Problem(
                    400, "unknown-parameter", "فیلد «\(field.name.prefix(80))» در این‌جا نیست؛ هست: \(Self.names.joined(separator: "، "))",
                    "no field «\(field.name.prefix(80))» here; there are \(Self.names.joined(separator: ", "))")
            }
            guard field.name == "fact" || fields.count(where: { $0.name == field.name }) == 1 else {
                throw Problem(
                    400, "repeated", "\(field.name) دو بار داده شد؛ یک بار انتظار می‌رفت", "\(field.name) was given twice; once was expected"
                )
            }
            if !["file", "table"].contains(field.name), !field.bytes.isEmpty {
                guard let text = String(validating: field.bytes, as: UTF8.self) else {
                    throw .badValue(field.name, "", "متنی با UTF-8", "a text in UTF-8")
                }
                values.append(QueryItem(name: field.name, value: text))
            }
        }
        self.visit = Visit(
            site: visit.site, request: visit.request, route: visit.route, places: [:], values: values, form: visit.form,
            language: visit.language)
        // Beside a file may stand the table of the page before, to have it in another form.
        let file = fields.first { $0.name == "file" && !$0.bytes.isEmpty }
        guard let sent = file ?? fields.first(where: { $0.name == "table" && !$0.bytes.isEmpty }) else {
            throw Problem(
                400, "no-file", "پرونده‌ای برگزیده نشده یا تهی است؛ جدولی CSV انتظار می‌رفت",
                "no file was chosen, or it is empty; a table as CSV was expected")
        }
        table = sent.bytes
        fileName = String((file?.fileName ?? self.visit["name"] ?? "table.csv").prefix(120))
        on = try self.visit.legalDay()
        given = try self.visit.facts()
        guard let named = self.visit["f"] else {
            form = visit.form
            return
        }
        guard let form = visit.route.forms.first(where: { $0.name == named }) else {
            let names = visit.route.forms.map(\.name).joined(separator: ", ")
            throw .badValue("f", named, "یکی از \(names)", "one of \(names)")
        }
        self.form = form
    }

    func answered(_ open: OpenTown) throws(Problem) -> Response {
        let crs = visit["crs"].map { $0.uppercased() } ?? open.town.ground.city.crs
        let questions = try Problem.serving { () throws(ServiceError) in
            try BatchQuestion.read(table, nil, crs: crs, file: fileName)
        }
        guard questions.count <= Self.mostRows else {
            throw Problem(413, "too-many", "بیش از \(Self.mostRows) سطر", "over \(Self.mostRows) rows")
        }
        switch form {
        case .html: return visit.page(try BatchPage.answers(self, questions, open))
        case .csv:
            // Spreadsheets take a table for UTF-8 by its mark.
            let head = "\u{FEFF}" + CSV.line(AnswerLine.columns(open.town.law.catalogue))
            return streamed(questions, head: Array(head.utf8), open) { (answerer, question) in self.line(question, answerer, open) }
        default: return streamed(questions, head: [], open) { (answerer, question) in answerer.lines(for: [question]) }
        }
    }

    /// Asks one question; what is wrong with it in words.
    func answer(
        _ question: Result<BatchQuestion, BatchQuestion.Refused>, _ answerer: Answerer
    ) -> (id: String, place: Question.Place?, answer: Answer?, problem: String) {
        switch question {
        case .failure(let refused): return (refused.id, nil, nil, refused.message(in: visit.language))
        case .success(let question):
            do throws(ServiceError) {
                return (question.id, question.place, try answerer.answer(Question(place: question.place, on: on, given: given)), "")
            } catch {
                return (question.id, question.place, nil, error.message(in: visit.language))
            }
        }
    }

    /// Lends an answerer of the day and the facts that were sent.
    func asking<Result>(_ open: OpenTown, _ ask: (Answerer) throws(ServiceError) -> sending Result) throws(Problem) -> Result {
        try Problem.serving { () throws(ServiceError) in try open.asked(on: on, given: given, ask) }
    }

    private func line(_ question: Result<BatchQuestion, BatchQuestion.Refused>, _ answerer: Answerer, _ open: OpenTown) -> [UInt8] {
        let catalogue = open.town.law.catalogue
        let (id, _, answer, problem) = answer(question, answerer)
        let cells =
            answer.map { AnswerLine($0, visit.language, catalogue: catalogue).cells(id: id, catalogue) }
            ?? AnswerLine.cells(id: id, problem: problem, catalogue)
        return Array(CSV.line(cells).utf8)
    }

    private func streamed(
        _ questions: [Result<BatchQuestion, BatchQuestion.Refused>], head: [UInt8], _ open: OpenTown,
        _ line: @escaping @Sendable (Answerer, Result<BatchQuestion, BatchQuestion.Refused>) -> [UInt8]
    ) -> Response {
        let next = Mutex(-1)
        let (on, given) = (on, given)
        return Response(
            200,
            fields: [
                ("Content-Type", form.type), ("Cache-Control", "no-store"),
                ("Content-Disposition", "attachment; filename=\"answers.\(form.name)\""),
            ],
            body: .pieces {
                let range = next.withLock { next -> Range<Int>? in
                    guard next >= 0 else {
                        next = 0
                        return nil
                    }
                    let range = next..<min(next + Self.atATime, questions.count)
                    next = range.upperBound
                    return range
                }
                guard let range else { return head.isEmpty ? Array("".utf8) : head }
                guard !range.isEmpty else { return nil }
                return try? open.asked(on: on, given: given) { (answerer) throws(ServiceError) in
                    range.flatMap { line(answerer, questions[$0]) }
                }
            })
    }
}
