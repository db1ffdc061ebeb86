import Glibc

/// A connection: at most one request is under way on it.
final class Line {
    private(set) var descriptor: Int32 = -1
    private let place: Order.Place
    private let source: String?
    /// When the request under way was due, in nanoseconds; nil for none.
    var due: Int?
    var incoming = Incoming()
    var unsent: ArraySlice<UInt8> = []

    init(to place: Order.Place, from source: String?) {
        self.place = place
        self.source = source
    }

    func shut() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
        incoming = Incoming()
        unsent = []
    }

    /// Begins to connect; the system's reason where it can't.
    func open() -> String? {
        shut()
        let isUnix = if case .unix = place { true } else { false }
        descriptor = socket(
            isUnix ? AF_UNIX : AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return reason() }
        let result: Int32
        switch place {
        case .unix(let path):
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8.prefix(107)) }
            result = unsafe withUnsafePointer(to: &address) {
                unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
        case .address(let host, let port):
            var yes: Int32 = 1
            unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, 4)
            if let source {
                // Ports are chosen when the other end is known: there are as many for each address.
                unsafe setsockopt(descriptor, Int32(IPPROTO_IP), IP_BIND_ADDRESS_NO_PORT, &yes, 4)
                guard unsafe call(source, 0, { unsafe bind(descriptor, $0, $1) }) == 0 else { return reason() }
            }
            result = unsafe call(host, port) { unsafe connect(descriptor, $0, $1) }
        }
        return result == 0 || errno == EINPROGRESS ? nil : reason()
    }

    private func call(_ host: String, _ port: UInt16, _ step: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        guard unsafe inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &address.sin_addr) == 1 else {
            errno = EINVAL
            return -1
        }
        return unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe step($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }

    private func reason() -> String { unsafe String(cString: strerror(errno)) }

    /// Sends what there is to send; false where the connection is no more.
    func push() -> Bool {
        while !unsent.isEmpty {
            let count = unsafe unsent.withUnsafeBytes { unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0 { return errno == EAGAIN || errno == ENOTCONN || errno == EINPROGRESS }
            unsent = unsent.dropFirst(count)
        }
        return true
    }
}
