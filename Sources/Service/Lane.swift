import Synchronization

/// An answerer that one thread after the other may have; its lock is never contended.
final class Lane: Sendable {
    private let answerer: Mutex<Answerer>

    init(_ answerer: sending Answerer) {
        self.answerer = Mutex(answerer)
    }

    func ask<Result, Failure: Error>(_ ask: (Answerer) throws(Failure) -> sending Result) throws(Failure) -> sending Result {
        try answerer.withLock { (answerer) throws(Failure) in try ask(answerer) }
    }
}
