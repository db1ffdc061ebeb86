import Synchronization

/// Values that were asked for of late, for many threads: at least half of what may stay does, at most all.
package final class Recent<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Held {
        var young: [Key: (value: Value, weight: Int)] = [:]
        var old: [Key: (value: Value, weight: Int)] = [:]
        /// Of the young.
        var weight = 0
    }

    private let held = Mutex(Held())
    private let most: Int

    /// - Parameter most: how much may stay, in whatever `remember` weighs by.
    package init(most: Int) {
        self.most = most
    }

    package subscript(key: Key) -> Value? {
        held.withLock { held in
            if let known = held.young[key] { return known.value }
            guard let known = held.old.removeValue(forKey: key) else { return nil }
            add(known.value, key, known.weight, &held)
            return known.value
        }
    }

    package func remember(_ value: Value, _ key: Key, weight: Int = 1) {
        held.withLock { add(value, key, weight, &$0) }
    }

    private func add(_ value: Value, _ key: Key, _ weight: Int, _ held: inout Held) {
        guard weight <= most / 2 else { return }
        if held.weight + weight > most / 2 { held = Held(young: [:], old: held.young, weight: 0) }
        if let replaced = held.young.updateValue((value, weight), forKey: key) { held.weight -= replaced.weight }
        held.weight += weight
    }
}
