import Dispatch
import Synchronization

/// Threads beside the server's, for work that would keep other connections waiting; what finds the queue full is turned away.
final class Workshop: Sendable {
    private let threads: Int
    private let waiting: Int
    private let state = Mutex((queue: [@Sendable () -> Void](), running: 0))

    init(threads: Int, waiting: Int) {
        self.threads = threads
        self.waiting = waiting
    }

    var isIdle: Bool { state.withLock { $0.running == 0 && $0.queue.isEmpty } }

    /// False where as much waits already as may.
    ///
    /// - Parameter accepted: called before the work can begin.
    func take(_ work: @escaping @Sendable () -> Void, accepted: () -> Void) -> Bool {
        let starts: Bool? = state.withLock { state in
            guard state.running < threads || state.queue.count < waiting else { return nil }
            accepted()
            if state.running < threads {
                state.running += 1
                return true
            }
            state.queue.append(work)
            return false
        }
        guard let starts else { return false }
        if starts { DispatchQueue.global().async { self.run(from: work) } }
        return true
    }

    private func run(from work: @Sendable () -> Void) {
        work()
        while let next = next() { next() }
    }

    private func next() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard !state.queue.isEmpty else {
                state.running -= 1
                return nil
            }
            return state.queue.removeFirst()
        }
    }
}
