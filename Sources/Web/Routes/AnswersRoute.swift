import Formats
import Persian
import Planning
import Service
import Synchronization

extension Site {
    /// Questions that one request may hold, and answers that are made at a time, between which other connections have their turn.
    private static let mostQuestions = 100_000
    private static let atATime = 8

    static let answers = Route(
        "/answers", "پرسش‌های بسیار، هر خط یکی", "many questions, one a line", asked, method: .post,
        takes: [Form.lines.type, "application/jsonl", "application/json"], forms: [.lines]
    ) { visit throws(Problem) in
        try visit.takesBody()
        let (on, known, given) = (try visit.legalDay(), try visit.known(), try visit.facts())
        let lines = visit.request.body.split(separator: 10).filter { !$0.allSatisfy { $0 == 0x20 || $0 == 0x0D } }
        guard lines.count <= mostQuestions else {
            throw Problem(413, "too-many", "بیش از \(mostQuestions) پرسش", "over \(mostQuestions) questions")
        }
        @Sendable func streamed(_ open: OpenTown) -> Response {
            let next = Mutex(0)
            return Response(
                200, fields: [("Content-Type", Form.lines.type), ("Cache-Control", "no-store")],
                body: .pieces {
                    let range = next.withLock { next in
                        let range = next..<min(next + atATime, lines.count)
                        next = range.upperBound
                        return range
                    }
                    return range.isEmpty ? nil : open.lines(for: range.map { ($0, lines[$0]) }, on: on, given: given)
                })
        }
        if let open = visit.site.desk.openTown(known) { return .now(streamed(open)) }
        return .later {
            visit.answering { () throws(Problem) in
                streamed(try Problem.serving { () throws(ServiceError) in try visit.site.desk.town(known) })
            }
        }
    }
}

extension OpenTown {
    /// A line for each question: `{"answer","id"}` or `{"id","problem"}`, as the command line's batch has them.
    fileprivate func lines(for questions: [(Int, ArraySlice<UInt8>)], on day: Day, given: [String: Fact.Value]) -> [UInt8] {
        let read = questions.map { BatchQuestion.read(json: Array($0.1), line: $0.0 + 1, crs: town.ground.city.crs) }
        do throws(ServiceError) {
            return try asked(on: day, given: given) { (answerer) throws(ServiceError) in answerer.lines(for: read) }
        } catch {
            return JSON.object(["problem": .string(error.message(in: .en))]).canonical() + [10]
        }
    }
}
