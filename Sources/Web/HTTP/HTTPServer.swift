import CMicrohttpd
import Glibc
import Synchronization

/// A server of HTTP/1.1 on a listening socket: libmicrohttpd's pool of threads, with the gate before what answers.
///
/// It lives until the process ends, or until `stop`.
@safe
package final class HTTPServer: Sendable {
    package struct Limits: Sendable {
        package var threads = 2
        package var connections = 1000
        /// Of one address; nought is no limit, for behind a proxy all come from one.
        package var connectionsPerAddress = 64
        /// A head, with the request's own bookkeeping.
        package var headBytes = 32 << 10
        package var bodyBytes = 16 << 20
        /// Of all bodies that are being read.
        package var allBodyBytes = 256 << 20
        /// Seconds for a head to come whole, and for which a connection may lie idle.
        package var headSeconds = 10
        /// Seconds for a body to come whole.
        package var bodySeconds = 60
        /// Requests that wait for a thread beside the pool.
        package var waiting = 64

        package init() {}
    }

    let limits: Limits
    let respond: @Sendable (Request) -> Reply
    let refuse: @Sendable (Gate.Refusal, [HeaderField]) -> Response
    /// What every request came to: its status, what it took in nanoseconds, and the bytes of its body.
    let completed: @Sendable (Request?, Response, _ nanoseconds: Int, _ isSent: Bool) -> Void
    let overloaded: @Sendable (Request) -> Response
    let workshop: Workshop
    let links = Links()
    let bodyBytes = Atomic(0)
    private let daemon = Mutex<Daemon?>(nil)

    @safe
    private struct Daemon: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    /// - Parameters:
    ///   - respond: answers a request; called from many threads at once, and not to keep them waiting.
    ///   - refuse: words for what the gate refuses; the fields are those that could be read.
    ///   - overloaded: words for a request that finds the queue full.
    package init(
        limits: Limits, respond: @escaping @Sendable (Request) -> Reply,
        refuse: @escaping @Sendable (Gate.Refusal, [HeaderField]) -> Response, overloaded: @escaping @Sendable (Request) -> Response,
        completed: @escaping @Sendable (Request?, Response, _ nanoseconds: Int, _ isSent: Bool) -> Void
    ) {
        self.limits = limits
        self.respond = respond
        self.refuse = refuse
        self.overloaded = overloaded
        self.completed = completed
        workshop = Workshop(threads: limits.threads, waiting: limits.waiting)
    }

    /// Serves a socket that listens; false where the library refuses it.
    package func start(on socket: Int32) -> Bool {
        var settings = cmhd_settings()
        settings.socket = socket
        settings.threads = UInt32(limits.threads)
        settings.connections = UInt32(limits.connections)
        settings.connections_per_address = UInt32(limits.connectionsPerAddress)
        settings.idle_seconds = UInt32(limits.headSeconds)
        settings.head_bytes = limits.headBytes
        let own = unsafe Unmanaged.passRetained(self).toOpaque()
        guard let started = unsafe cmhd_start(&settings, respondToCall, beginRequest, completeRequest, noteConnection, own) else {
            return false
        }
        daemon.withLock { $0 = unsafe Daemon(pointer: started) }
        links.watch()
        return true
    }

    package var connectionCount: Int {
        daemon.withLock { daemon in daemon.map { unsafe Int(cmhd_connections($0.pointer)) } ?? 0 }
    }

    /// Takes no new connection, lets those under way finish for a while, and ends.
    package func stop(within seconds: Int) {
        guard let daemon = daemon.withLock({ $0 }) else { return }
        let listening = unsafe MHD_quiesce_daemon(daemon.pointer)
        if listening >= 0 { close(listening) }
        links.drain()
        let end = Monotonic.seconds + seconds
        while connectionCount > 0 || !workshop.isIdle, Monotonic.seconds < end { usleep(20_000) }
        links.cutAll()
        // Work that goes on and on is not waited for: the process ends.
        while !workshop.isIdle, Monotonic.seconds < end + 2 { usleep(20_000) }
        guard workshop.isIdle else { return }
        self.daemon.withLock { $0 = nil }
        unsafe MHD_stop_daemon(daemon.pointer)
    }
}
