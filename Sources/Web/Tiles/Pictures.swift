import Synchronization

/// Pictures that were drawn of late, in two generations: at least half of what may be held stays.
final class Pictures: Sendable {
    private let generations = Mutex((young: [String: [UInt8]](), old: [String: [UInt8]](), bytes: 0))
    /// In bytes.
    private let most: Int

    init(most: Int) {
        self.most = most
    }

    subscript(key: String) -> [UInt8]? {
        generations.withLock { $0.young[key] ?? $0.old[key] }
    }

    func keep(_ picture: [UInt8], _ key: String) {
        generations.withLock { generations in
            if generations.bytes + picture.count > most / 2 { generations = (young: [:], old: generations.young, bytes: 0) }
            generations.bytes += picture.count
            generations.young[key] = picture
        }
    }
}
