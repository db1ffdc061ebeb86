package import Store
import Synchronization

/// A city open for questions from many threads at once, which takes up a new revision when there is one.
///
/// Every question is answered by one revision from its first step to its last: who asks holds the town that it asks.
package final class Desk: Sendable {
    private let city: String
    private let shelf: Shelf
    private let state: Mutex<State>

    private struct State {
        var newest: OpenTown
        /// How the city looked when its newest revision was asked for.
        var sight: Sight
        /// Older revisions that were asked for of late, the last first.
        var older: [OpenTown] = []
    }

    /// Older revisions that stay open.
    private static let kept = 3

    /// Opens the city's newest revision, every page of it checked.
    ///
    /// - Parameter damaged: what to do when a page fails after all: the disk is failing.
    package init(city: String, damaged: @escaping @Sendable (String) -> Never) throws(ServiceError) {
        shelf = try Shelf(city: city, damaged: damaged)
        self.city = city
        let sight = Sight(of: city)
        state = Mutex(State(newest: OpenTown(try shelf.town(.newest, checked: true)), sight: sight))
    }

    package var newest: OpenTown { state.withLock { $0.newest } }

    /// Whether the city's file is where it was.
    package var cityIsThere: Bool { Sight(of: city).file != nil }

    /// Takes up the newest revision where the city's file looks otherwise than before; what is asked meanwhile is answered by the last.
    /// To be called from one thread, now and then.
    ///
    /// - Returns: the revision that is new; nil where none is.
    package func refresh() throws(ServiceError) -> Int? {
        let sight = Sight(of: city)
        guard sight.file != nil, sight != state.withLock({ $0.sight }) else { return nil }
        let town = try shelf.town(.newest, checked: true)
        return state.withLock { state in
            state.sight = sight
            guard town.revision != state.newest.town.revision || town.root != state.newest.town.root else { return nil }
            state.older.insert(state.newest, at: 0)
            state.older = Array(state.older.prefix(Self.kept))
            state.newest = OpenTown(town)
            return town.revision
        }
    }

    /// A revision that is open already; nil where it has to be looked for.
    package func openTown(_ known: Known) -> OpenTown? {
        state.withLock { state in
            switch known {
            case .newest: state.newest
            case .revision(let number): ([state.newest] + state.older).first { $0.town.revision == number }
            case .time: nil
            }
        }
    }

    /// A revision, opened where it is not yet: that may take as long as to compile it.
    package func town(_ known: Known) throws(ServiceError) -> OpenTown {
        if let open = openTown(known) { return open }
        let town = try shelf.town(known, checked: true)
        if let open = openTown(.revision(town.revision)) { return open }
        let open = OpenTown(town)
        state.withLock { state in
            state.older.insert(open, at: 0)
            state.older = Array(state.older.prefix(Self.kept))
        }
        return open
    }

    /// The city as it would be if a waiting delivery were accepted, and the revision that it would follow. The service writes to no city:
    /// the delivery is accepted in a copy beside the atlases, which is gone afterwards, and whoever holds the writer's lock is not hindered.
    package func supposed(_ delivery: Int) throws(ServiceError) -> (before: OpenTown, after: Town) {
        let after = try shelf.supposed(delivery)
        return (try town(.revision(after.revision - 1)), after)
    }

    /// The deliveries that wait to be accepted, oldest first.
    package func waitingDeliveries() throws(ServiceError) -> [Delivery] {
        let file = try file()
        return try storing { () throws(StoreError) in try file.deliveries().filter { $0.status == .staged } }
    }

    /// All revisions, oldest first.
    package func revisions() throws(ServiceError) -> [Revision] {
        let file = try file()
        return try storing { () throws(StoreError) in try file.revisions() }
    }

    /// The city's file, opened to be read: for what no atlas holds.
    package func file() throws(ServiceError) -> CityFile {
        try storing { () throws(StoreError) in try CityFile.open(city, for: .reading) }
    }
}
