package import Persian
package import Planning
import Store
import Synchronization

/// A revision that many threads ask: each question has an answerer for itself while it is answered, and all of one day share what they
/// worked out of parcels.
package final class OpenTown: Sendable {
    package let town: Town
    /// Which revision it is, and what answers: what is answered alike under the same stamp stays.
    package let stamp: String
    private let circles = Mutex<[Circle]>([])
    private let layers = Mutex<Published?>(nil)

    /// The answerers of one day and one set of facts.
    private final class Circle: Sendable {
        let day: Day
        let given: [String: Fact.Value]
        let standings: Standings
        let idle = Mutex<[Lane]>([])

        init(day: Day, given: [String: Fact.Value], standings: Standings) {
            self.day = day
            self.given = given
            self.standings = standings
        }
    }

    /// Days and sets of facts that are remembered.
    private static let most = 8

    /// Of a day asked for without facts, as most are; and of each other day and set of facts.
    private static func standings(plain: Bool) -> Standings {
        plain ? Standings(parcels: 20_000, stencilBytes: 128 << 20) : Standings(parcels: 500, stencilBytes: 4 << 20)
    }

    init(_ town: Town) {
        self.town = town
        stamp = "\(town.revision)-\(town.root.hex.prefix(16))-\(Version.text)"
    }

    /// Lends an answerer for a day and facts.
    package func asked<Result>(
        on day: Day, given: [String: Fact.Value] = [:], _ ask: (Answerer) throws(ServiceError) -> sending Result
    ) throws(ServiceError) -> Result {
        let circle = circle(day, given)
        let lane: Lane
        if let idle = circle.idle.withLock({ $0.popLast() }) {
            lane = idle
        } else {
            lane = Lane(try Answerer(town, on: day, given: given, sharing: circle.standings))
        }
        defer { circle.idle.withLock { if $0.count < 64 { $0.append(lane) } } }
        return try lane.ask(ask)
    }

    /// What of it is published, made when it is first asked for.
    package func published() throws(ServiceError) -> Published {
        try layers.withLock { (layers) throws(ServiceError) in
            if let layers { return layers }
            let made = try Published(town)
            layers = made
            return made
        }
    }

    private func circle(_ day: Day, _ given: [String: Fact.Value]) -> Circle {
        circles.withLock { circles in
            if let first = circles.first, first.day == day, first.given == given { return first }
            if let place = circles.firstIndex(where: { $0.day == day && $0.given == given }) {
                let circle = circles.remove(at: place)
                circles.insert(circle, at: 0)
                return circle
            }
            let circle = Circle(day: day, given: given, standings: Self.standings(plain: given.isEmpty))
            circles.insert(circle, at: 0)
            if circles.count > Self.most { circles.removeLast() }
            return circle
        }
    }
}
