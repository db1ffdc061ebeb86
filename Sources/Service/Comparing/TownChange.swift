package import Persian
import Spatial
package import Store
import Synchronization

/// A revision on a legal day: one side of a change.
package struct Side: Sendable {
    package let town: Town
    package let day: Day

    package init(_ town: Town, on day: Day) {
        self.town = town
        self.day = day
    }
}

/// What the law says of every parcel on one side and on the other: the parcels whose answer is not the same.
///
/// The same are what is decided (value, unit, basis, provision, status, what is needed or contends), the parcel's shape and areas, and
/// the zones and overlays on it. What merely lost to another provision on each side is not compared.
package struct TownChange: Sendable {
    package struct Seen: Sendable {
        package let revision: Int
        package let root: Digest
        package let day: Day
        package let parcels: Int
    }

    package let before: Seen
    package let after: Seen
    /// By the parcels' codes.
    package let changes: [ParcelChange]

    /// Evaluates every sound parcel of both sides.
    ///
    /// - Parameter progress: is told now and then how many parcels are done, from several threads.
    package init(
        _ before: Side, _ after: Side, threads: Int, progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) throws(ServiceError) {
        let numbers = after.town.ground.parcelNumbers
        let gone = before.town.ground.parcelNumbers
        let stretches = Stretches(numbers.count + gone.count)
        let found = concurrently(max(1, threads), threads: threads) { _ in
            Result { () throws(ServiceError) in
                let comparer = try Comparer(before, after)
                var changes: [ParcelChange] = []
                while let stretch = stretches.take() {
                    for place in stretch {
                        let isGone = place >= numbers.count
                        let change =
                            try isGone ? comparer.vanished(gone[place - numbers.count]) : comparer.change(after: numbers[place])
                        if let change { changes.append(change) }
                    }
                    progress(min(stretch.upperBound, numbers.count), numbers.count)
                }
                return changes
            }
        }
        var changes: [ParcelChange] = []
        for result in found { changes += try result.get() }
        self.changes = changes.sorted { $0.code < $1.code }
        self.before = Seen(revision: before.town.revision, root: before.town.root, day: before.day, parcels: gone.count)
        self.after = Seen(revision: after.town.revision, root: after.town.root, day: after.day, parcels: numbers.count)
    }
}

/// Places in a list handed out to threads, some at a time.
final class Stretches: Sendable {
    private static let length = 64
    private let count: Int
    private let next = Atomic(0)

    init(_ count: Int) {
        self.count = count
    }

    /// The next few; nil when there are no more.
    func take() -> Range<Int>? {
        let start = next.wrappingAdd(Self.length, ordering: .relaxed).oldValue
        return start < count ? start..<min(start + Self.length, count) : nil
    }
}
