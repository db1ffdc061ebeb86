import Dispatch
import Glibc
import Synchronization

/// The machine's clock that nobody sets.
enum Monotonic {
    /// Coarse: within some milliseconds.
    static var seconds: Int { read(CLOCK_MONOTONIC_COARSE).tv_sec }

    static var nanoseconds: Int {
        let now = read(CLOCK_MONOTONIC)
        return now.tv_sec * 1_000_000_000 + now.tv_nsec
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var now = timespec()
        unsafe clock_gettime(clock, &now)
        return now
    }
}

/// One client's connection, and until when it must come on with what it is about.
final class Link: Sendable {
    let descriptor: Int32
    private let deadline: Atomic<Int>
    private let isIdle = Atomic(true)

    init(descriptor: Int32, seconds: Int) {
        self.descriptor = descriptor
        deadline = Atomic(Monotonic.seconds + seconds)
    }

    /// The request line is there; the rest of the head has as long as it had.
    func begin() { isIdle.store(false, ordering: .relaxed) }

    /// A request goes on.
    func allow(seconds: Int) {
        isIdle.store(false, ordering: .relaxed)
        deadline.store(Monotonic.seconds + seconds, ordering: .relaxed)
    }

    /// Nothing is under way: the next head must be whole within this.
    func rest(seconds: Int) {
        deadline.store(Monotonic.seconds + seconds, ordering: .relaxed)
        isIdle.store(true, ordering: .relaxed)
    }

    /// We are at work: the client waits for us.
    func wait() { deadline.store(.max, ordering: .relaxed) }

    func isOver(_ now: Int, stopping: Bool) -> Bool {
        deadline.load(ordering: .relaxed) < now || (stopping && isIdle.load(ordering: .relaxed))
    }
}

/// All connections, looked over once a second: one whose head or body comes in drops is cut, for the library counts any byte as life.
final class Links: Sendable {
    private let state = Mutex((links: [ObjectIdentifier: Link](), stopping: false))

    func add(_ link: Link) { state.withLock { $0.links[ObjectIdentifier(link)] = link } }

    /// After this its descriptor may be another's.
    func remove(_ link: Link) { state.withLock { _ = $0.links.removeValue(forKey: ObjectIdentifier(link)) } }

    /// Looks them over every second from now on.
    func watch() {
        DispatchQueue.global().asyncAfter(deadline: .now() + 1) { [weak self] in
            self?.cut()
            self?.watch()
        }
    }

    private func cut() {
        let now = Monotonic.seconds
        state.withLock { state in
            // Under the lock, for the library takes a connection out before it closes its descriptor.
            for link in state.links.values where link.isOver(now, stopping: state.stopping) { shutdown(link.descriptor, Int32(SHUT_RDWR)) }
        }
    }

    /// From now on idle connections are cut.
    func drain() {
        state.withLock { $0.stopping = true }
        cut()
    }

    func cutAll() {
        state.withLock { state in
            for link in state.links.values { shutdown(link.descriptor, Int32(SHUT_RDWR)) }
        }
    }
}
