import Foundation
import Synchronization
import Testing

/// `$SHAHRSAZ_PUBLICATIONS` says how many revisions are published; 200 is what the server must hold.
@Suite("Publishing under load") struct PublishingTests {
    private static let day = "1404-07-01"

    /// What clients heard: by revision and question the different answers, and how often.
    private struct Heard {
        var answers: [Int: [String: Set<Data>]] = [:]
        var count = 0
        var wrong: [String] = []
    }

    @Test("While revisions are published every answer is one revision's, whole, with the command line's bytes, and the newest within 2 s")
    func published() async throws {
        let publications = ProcessInfo.processInfo.environment["SHAHRSAZ_PUBLICATIONS"].flatMap { Int($0) } ?? 10
        let city = try await SampleTown.copy()
        let server = try LiveServer(city)
        let heard = Mutex(Heard())
        let isOver = Atomic(false)
        let points = Self.points
        let threads = (0..<3).map { lane in
            Thread {
                while !isOver.load(ordering: .relaxed) { Self.ask(points, from: lane, server, heard, isOver) }
            }
        }
        for thread in threads { thread.start() }
        var longest = Duration.zero
        for round in 1...publications {
            let revision = try publish(round, city)
            let begun = ContinuousClock.now
            while try server.get("/health").json["revision"] as? Int != revision, begun.duration(to: .now) < .seconds(10) { usleep(10_000) }
            longest = max(longest, begun.duration(to: .now))
        }
        usleep(300_000)
        isOver.store(true, ordering: .relaxed)
        for thread in threads { while !thread.isFinished { usleep(10_000) } }
        let all = heard.withLock { $0 }
        #expect(all.wrong.isEmpty, "\(all.wrong.prefix(3))")
        #expect(longest < .seconds(2))
        #expect(all.answers.count > publications / 2)
        var mixed: [String] = []
        for (revision, answers) in all.answers {
            for (point, bodies) in answers {
                let words = ["at"] + point.split(separator: " ").map(String.init)
                let own = try Program.run(words + ["--on", Self.day, "--known", "\(revision)", "--json"], city: city)
                if bodies != [own.out] { mixed.append("\(point) at revision \(revision): \(bodies.count) answers") }
            }
        }
        #expect(mixed.isEmpty, "\(mixed.count): \(mixed.prefix(3))")
        // The revisions differ in what was asked, so that a mixture would show.
        let newest = all.answers.mapValues { answers in Set(answers.values.flatMap { $0 }) }
        #expect(Set(newest.values).count == newest.count)
        print(
            """
            publishing: \(publications) revisions, \(all.count) answers of \(all.answers.count) revisions, \(mixed.count) mixed; \
            taken up within \(longest)
            """)
    }

    /// Asks each point once on one connection.
    private static func ask(
        _ points: [String], from lane: Int, _ server: LiveServer, _ heard: borrowing Mutex<Heard>, _ isOver: borrowing Atomic<Bool>
    ) {
        do {
            let wire = try Wire(server.place)
            for place in points.indices where !isOver.load(ordering: .relaxed) {
                let point = points[(place + lane * 13) % points.count]
                let sides = point.split(separator: " ")
                try wire.send(Wire.request("/answer?x=\(sides[0])&y=\(sides[1])&on=\(day)"))
                let answer = try wire.answer()
                guard answer.status == 200, let certificate = answer.json["certificate"] as? [String: Any],
                    let revision = certificate["revision"] as? Int
                else {
                    heard.withLock { $0.wrong.append("\(point): \(answer.status) \(answer.text.prefix(200))") }
                    continue
                }
                heard.withLock {
                    $0.answers[revision, default: [:]][point, default: []].insert(answer.body)
                    $0.count += 1
                }
            }
        } catch {
            heard.withLock { $0.wrong.append("\(error)") }
        }
    }

    /// Accepts a small delivery: one provision's number, or one parameter's label.
    private func publish(_ round: Int, _ city: URL) throws -> Int {
        let scratch = try Scratch()
        let (role, file) = round.isMultiple(of: 2) ? ("parameters", "../parameters.csv") : ("provisions", "provisions.csv")
        let text = try String(contentsOf: SampleTown.folder.appending(path: file), encoding: .utf8)
        let changed =
            role == "parameters"
            ? text.replacingOccurrences(of: "حداکثر تراکم ساختمانی", with: "حداکثر تراکم ساختمانی \(round)")
            : text.replacingOccurrences(of: "max,180,percent", with: "max,\(180 + round),percent")
        #expect(changed != text)
        let delivery = scratch.url.appending(path: "\(role).csv")
        try changed.write(to: delivery, atomically: true, encoding: .utf8)
        let ended = try Program.run(["import", delivery.path, "--as", role, "--accept", "--by", "t"], city: city)
        guard ended.code == 0 else { throw Standing.Unsound(city: city.path, why: ended.err) }
        let revisions =
            try JSONSerialization.jsonObject(with: try Program.run(["revisions", "--json"], city: city).out) as? [[String: Any]]
        return try #require(revisions?.compactMap { $0["number"] as? Int }.max())
    }

    /// Over the town, every 80 m.
    private static var points: [String] {
        (0..<6).flatMap { row in (0..<8).map { column in "\(712_700 + 80 * column) \(4_021_300 + 80 * row)" } }
    }
}
