import Formats
import Persian
import Service
import Synchronization

extension Site {
    static let diff = Route(
        "/diff", "هر قطعه‌ای که پاسخش دگرگون شده", "every parcel whose answer is not the same on two sides",
        [
            Parameter("from", .text, required: true, "نسخه یا روز پیش", "the revision or day before"),
            Parameter("to", .text, "نسخه یا روز پس (پیش‌فرض: اکنون)", "the revision or day after (default: the newest revision)"),
            Parameter("on", .day, "روز حقوقی (پیش‌فرض: امروز)", "the legal day of both (default: today in Tehran)"),
        ],
        forms: [.json, .geoJSON]
    ) { visit throws(Problem) in
        guard let from = visit["from"] else {
            throw Problem(400, "missing", "from لازم است: نسخه یا روز", "from is needed: a revision's number or a day")
        }
        let (before, after) = (try side(from, "from"), try visit["to"].map { (text) throws(Problem) in try side(text, "to") })
        if case .day = before, case .day? = after, visit["on"] != nil {
            throw Problem(400, "conflict", "on با دو روز نمی‌آید", "on goes without two days: each side has its own")
        }
        let day = try visit.legalDay()
        return .later {
            visit.answering { () throws(Problem) in
                let (one, other) = (try before.side(visit.site.desk, day), try (after ?? NamedSide.now).side(visit.site.desk, day))
                let key = [one, other].map { "\($0.town.revision) \($0.day.number)" }.joined(separator: " ") + visit.form.name
                var response = Response(
                    type: visit.form.type,
                    try visit.site.differences.bytes(key) { () throws(ServiceError) in
                        let change = try TownChange(one, other, threads: 1)
                        return visit.form == .geoJSON ? try change.geoJSON(one, other) : change.bytes
                    })
                response.fields.append(("Cache-Control", "no-cache"))
                return response
            }
        }
    }

    private static func side(_ text: String, _ name: String) throws(Problem) -> NamedSide {
        if let side = NamedSide(asked: text) { return side }
        throw .badValue(name, text, "شمارهٔ نسخه یا روزی مانند 1404-07-01", "a revision's number, or a day such as 1404-07-01")
    }
}

extension NamedSide {
    fileprivate func side(_ desk: Desk, _ day: Day) throws(Problem) -> Side {
        try Problem.serving { () throws(ServiceError) in
            switch self {
            case .revision(let number): Side(try desk.town(.revision(number)).town, on: day)
            case .day(let own): Side(desk.newest.town, on: own)
            case .now: Side(desk.newest.town, on: day)
            }
        }
    }
}

/// Whole towns compared: one at a time, for each costs as much as thousands of answers, and remembered.
final class Differences: Sendable {
    private let state = Mutex((isBusy: false, made: [(key: String, bytes: [UInt8])]()))
    private static let kept = 4

    func bytes(_ key: String, _ make: () throws(ServiceError) -> [UInt8]) throws(Problem) -> [UInt8] {
        let known: [UInt8]? = try state.withLock { (state) throws(Problem) in
            if let made = state.made.first(where: { $0.key == key }) { return made.bytes }
            guard !state.isBusy else { throw .overloaded }
            state.isBusy = true
            return nil
        }
        if let known { return known }
        defer { state.withLock { $0.isBusy = false } }
        let bytes = try Problem.serving(make)
        state.withLock { state in
            state.made.insert((key, bytes), at: 0)
            if state.made.count > Self.kept { state.made.removeLast() }
        }
        return bytes
    }
}
