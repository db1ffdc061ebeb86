import Formats
import Persian
import Planning
import Service
import Store
import Synchronization

extension Site {
    static let diff = Route(
        "/diff", "هر قطعه‌ای که پاسخش دگرگون شده", "every parcel whose answer is not the same on two sides",
        [
            Parameter("from", .text, "نسخه یا روز پیش", "the revision or day before"),
            Parameter("to", .text, "نسخه یا روز پس (پیش‌فرض: اکنون)", "the revision or day after (default: the newest revision)"),
            Parameter("on", .day, "روز حقوقی (پیش‌فرض: امروز)", "the legal day of both (default: today in Tehran)"),
            Parameter(
                "delivery", .whole(1...999_999_999, usual: nil), "تحویل منتظری که در برابر اکنون سنجیده شود، به جای from و to",
                "a waiting delivery, against what stands, instead of from and to; where the server shows deliveries"),
            Parameter("page", .whole(1...1_000_000, usual: 1), "صفحهٔ فهرست (در html)", "the page of the list, in html"),
        ],
        forms: [.json, .geoJSON, .html]
    ) { visit throws(Problem) in
        let visit = visit.filled
        let asked = try DiffAsked(visit)
        return .later {
            visit.answering { () throws(Problem) in
                guard let difference = try asked.difference(visit) else { return try DiffPage.asking(visit) }
                switch visit.form {
                case .html: return try DiffPage.page(difference, visit)
                case .geoJSON:
                    return visit.fresh(
                        try Problem.serving { () throws(ServiceError) in
                            try difference.change.geoJSON(difference.before, difference.after)
                        })
                default: return visit.fresh(difference.change.bytes)
                }
            }
        }
    }

    static let deliveries = Route(
        "/deliveries", "تحویل‌هایی که در انتظار پذیرش‌اند", "the deliveries that wait to be accepted, where the server shows them",
        forms: [.json, .html]
    ) { visit throws(Problem) in
        guard visit.site.settings.showsDeliveries else { throw .deliveriesHidden }
        return .later {
            visit.answering { () throws(Problem) in
                let waiting = try Problem.serving { () throws(ServiceError) in try visit.site.desk.waitingDeliveries() }
                guard visit.form == .html else { return visit.fresh(waiting.json.canonical() + [10]) }
                return DiffPage.deliveries(waiting, visit)
            }
        }
    }
}

/// A change of the town with the sides that it was found between.
struct Difference: Sendable {
    let before: Side
    let after: Side
    let change: TownChange
}

/// What is asked for of two sides.
private enum DiffAsked: Sendable {
    case sides(NamedSide, NamedSide, on: Day)
    case delivery(Int, on: Day)
    /// A page whose fields are still to be filled in.
    case nothing

    init(_ visit: Visit) throws(Problem) {
        let (from, to, number) = (try visit.side("from"), try visit.side("to"), try visit.whole("delivery"))
        try visit.checkPage()
        let day = try visit.legalDay()
        if let number {
            guard visit.site.settings.showsDeliveries else { throw .deliveriesHidden }
            guard from == nil, to == nil else {
                throw Problem(400, "conflict", "delivery با from و to نمی‌آید", "delivery goes without from and to")
            }
            self = .delivery(number, on: day)
            return
        }
        guard let from else {
            guard visit.form == .html, to == nil else {
                throw Problem(400, "missing", "from لازم است: نسخه یا روز", "from is needed: a revision's number or a day")
            }
            self = .nothing
            return
        }
        if case .day = from, case .day? = to, visit["on"] != nil {
            throw Problem(400, "conflict", "on با دو روز نمی‌آید", "on goes without two days: each side has its own")
        }
        self = .sides(from, to ?? .now, on: day)
    }

    func difference(_ visit: Visit) throws(Problem) -> Difference? {
        let desk = visit.site.desk
        switch self {
        case .nothing: return nil
        case .sides(let from, let to, let day):
            let (one, other) = (try from.side(desk, day), try to.side(desk, day))
            let key = [one, other].map { "\($0.town.revision) \($0.day.number)" }.joined(separator: " ")
            return try visit.site.differences.value(key) { () throws(ServiceError) in
                Difference(before: one, after: other, change: try TownChange(one, other, threads: 1))
            }
        case .delivery(let number, let day):
            return try visit.site.differences.value("delivery \(number) \(desk.newest.stamp) \(day.number)") { () throws(ServiceError) in
                let (before, after) = try desk.supposed(number)
                let (one, other) = (Side(before.town, on: day), Side(after, on: day))
                return Difference(before: one, after: other, change: try TownChange(one, other, threads: 1))
            }
        }
    }
}

extension Problem {
    static let deliveriesHidden = Problem(
        403, "deliveries-hidden", "این کارساز تحویل‌های منتظر را نشان نمی‌دهد؛ کارسازی که با serve --deliveries show آغاز شده انتظار می‌رفت",
        "this server shows no waiting deliveries; one that was started with serve --deliveries show was expected")
}

extension Visit {
    /// The side of a comparison that a parameter names; nil where it was not given.
    func side(_ name: String) throws(Problem) -> NamedSide? {
        guard let text = self[name] else { return nil }
        if let side = NamedSide(asked: text) { return side }
        throw .badValue(name, text, "شمارهٔ نسخه یا روزی مانند 1404-07-01", "a revision's number, or a day such as 1404-07-01")
    }
}

extension NamedSide {
    /// - Parameters:
    ///   - day: of a side that names none.
    ///   - known: the revision of a side that names none.
    func side(_ desk: Desk, _ day: Day, _ known: Known = .newest) throws(Problem) -> Side {
        try Problem.serving { () throws(ServiceError) in
            switch self {
            case .revision(let number): Side(try desk.town(.revision(number)).town, on: day)
            case .day(let own): Side(try desk.town(known).town, on: own)
            case .now: Side(try desk.town(known).town, on: day)
            }
        }
    }
}

/// What was worked out of a whole town: one at a time, for each costs as much as thousands of answers, and remembered.
final class Remembered<Value: Sendable>: Sendable {
    private let state = Mutex((isBusy: false, made: [(key: String, value: Value)]()))
    private var kept: Int { 4 }

    func value(_ key: String, _ make: () throws(ServiceError) -> Value) throws(Problem) -> Value {
        let known: Value? = try state.withLock { (state) throws(Problem) in
            if let made = state.made.first(where: { $0.key == key }) { return made.value }
            guard !state.isBusy else { throw .overloaded }
            state.isBusy = true
            return nil
        }
        if let known { return known }
        defer { state.withLock { $0.isBusy = false } }
        let value = try Problem.serving(make)
        state.withLock { state in
            state.made.insert((key, value), at: 0)
            if state.made.count > kept { state.made.removeLast() }
        }
        return value
    }
}
