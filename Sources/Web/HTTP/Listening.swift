import Glibc

/// Where a server listens.
package enum Listening: Hashable, Sendable {
    case tcp(host: String, port: Int)
    case unix(path: String)

    /// `127.0.0.1:8080`, `[::1]:8080` or `unix:/run/shahrsaz.sock`; nil for anything else.
    package init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard path.hasPrefix("/"), path.utf8.count < 108 else { return nil }
            self = .unix(path: path)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (0...65535).contains(port) else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { return nil }
        self = .tcp(host: String(host), port: port)
    }

    /// A socket that listens, and its place: with the port that the system chose where it was asked for 0. Throws the system's reason.
    package func open() throws(SocketFailure) -> (socket: Int32, place: Listening) {
        switch self {
        case .unix(let path): (try unix(path), self)
        case .tcp(let host, let port): try tcp(host, port)
        }
    }

    private func tcp(_ host: String, _ port: Int) throws(SocketFailure) -> (socket: Int32, place: Listening) {
        var wanted = unsafe addrinfo()
        unsafe wanted.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe wanted.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE
        var found: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host == "localhost" ? "127.0.0.1" : host, String(port), &wanted, &found) == 0,
            let info = unsafe found?.pointee
        else { throw SocketFailure(reason: "\(host) is no address of this machine") }
        defer { unsafe freeaddrinfo(found) }
        let descriptor = unsafe socket(info.ai_family, info.ai_socktype | Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw SocketFailure.current }
        var yes: Int32 = 1
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, 4)
        // A small answer leaves at once.
        unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, 4)
        guard unsafe bind(descriptor, info.ai_addr, info.ai_addrlen) == 0, listen(descriptor, 1024) == 0 else {
            let failure = SocketFailure.current
            close(descriptor)
            throw failure
        }
        guard port == 0 else { return (descriptor, self) }
        var bound = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let chosen = unsafe withUnsafeMutablePointer(to: &bound) { place in
            _ = unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe getsockname(descriptor, $0, &length) }
            // The port stands in the same place for both families.
            return unsafe place.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { Int(unsafe UInt16(bigEndian: $0.pointee.sin_port)) }
        }
        return (descriptor, .tcp(host: host, port: chosen))
    }

    /// A socket of ours that nobody listens on any more is taken away first; what is no socket stays.
    private func unix(_ path: String) throws(SocketFailure) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw SocketFailure.current }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        func call(_ step: (UnsafePointer<sockaddr>) -> Int32) -> Int32 {
            unsafe withUnsafePointer(to: &address) { unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe step($0) } }
        }
        if unsafe call({ unsafe connect(descriptor, $0, size) }) == 0 {
            close(descriptor)
            throw SocketFailure(reason: "another program listens there")
        }
        var status = stat()
        if unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK { unsafe unlink(path) }
        // The proxy's group may connect; the folder says who else comes near.
        let before = umask(0o007)
        defer { umask(before) }
        guard unsafe call({ unsafe bind(descriptor, $0, size) }) == 0, listen(descriptor, 1024) == 0 else {
            let failure = SocketFailure.current
            close(descriptor)
            throw failure
        }
        return descriptor
    }
}

/// Why there is no socket, in the system's words.
package struct SocketFailure: Error, Hashable, Sendable {
    package let reason: String

    init(reason: String) { self.reason = reason }

    static var current: SocketFailure { SocketFailure(reason: unsafe String(cString: strerror(errno))) }
}

extension Listening: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unix(let path): "unix:\(path)"
        case .tcp(let host, let port): host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
        }
    }
}
