import Foundation
import Glibc
import Testing

/// `shahrsaz serve` on a port that the system chose, or on a socket of its own; ended with it.
final class LiveServer: @unchecked Sendable {
    let place: Wire.Place
    private let process = Process()
    private let scratch: Scratch

    /// - Parameter descriptors: how many files it may hold open; nil for as many as the system grants.
    init(_ city: URL, _ options: [String] = [], unix: Bool = false, descriptors: Int? = nil) throws {
        scratch = try Scratch()
        let (out, err) = (scratch.url.appending(path: "out"), scratch.url.appending(path: "err"))
        for file in [out, err] { try Data().write(to: file) }
        let socket = scratch.url.appending(path: "http.sock").path
        let words =
            [Program.folder.appending(path: "shahrsaz").path, "--city", city.path, "serve", "--lang", "en"]
            + ["--listen", unix ? "unix:\(socket)" : "127.0.0.1:0"] + options
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", (descriptors.map { "ulimit -n \($0); " } ?? "") + "exec \"$@\"", "bash"] + words
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        try Program.start(process)
        var said = ""
        for _ in 0..<1000 where !said.hasSuffix("\n") && process.isRunning {
            usleep(20_000)
            said = try String(contentsOf: out, encoding: .utf8)
        }
        if unix, said.hasSuffix("http.sock\n") {
            place = .unix(socket)
        } else if let port = said.split(separator: ":").last.flatMap({ Int($0.dropLast()) }) {
            place = .port(UInt16(port))
        } else {
            throw NotStarted(why: said + (try String(contentsOf: err, encoding: .utf8)))
        }
    }

    deinit {
        guard process.isRunning else { return }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    var isRunning: Bool { process.isRunning }

    /// What it wrote on standard error.
    var journal: String { (try? String(contentsOf: scratch.url.appending(path: "err"), encoding: .utf8)) ?? "" }

    /// Its memory that is in use, in bytes.
    var residentBytes: Int {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return (line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0) << 10
    }

    func signalStop() { kill(process.processIdentifier, SIGTERM) }

    /// The exit code after a stop; 128 and the signal where one killed it.
    func ended() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal ? 128 + process.terminationStatus : process.terminationStatus
    }

    /// One answer on a connection of its own.
    func get(_ target: String, _ fields: [String] = [], method: String = "GET") throws -> Wire.Answer {
        let wire = try Wire(place)
        try wire.send(Wire.request(target, fields, method: method))
        return try wire.answer(to: method)
    }

    struct NotStarted: Error {
        let why: String
    }
}

/// A connection on which every byte is the test's own.
final class Wire: @unchecked Sendable {
    enum Place: Sendable {
        case port(UInt16)
        case unix(String)
    }

    struct Answer: Sendable {
        let status: Int
        let fields: [(name: String, value: String)]
        let body: Data

        func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
        var text: String { String(decoding: body, as: UTF8.self) }
        var json: [String: Any] { (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:] }
    }

    enum Fault: Error {
        case system(String)
        /// The connection ended, or nothing came in time, with so much of an answer there.
        case cut(Data)
    }

    private let descriptor: Int32
    private var pending = Data()

    /// - Parameter from: a loopback address to come from.
    init(_ place: Place, from source: String? = nil, timeout seconds: Int = 10) throws {
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        func inet(_ host: String, _ port: UInt16) -> sockaddr_in {
            sockaddr_in(
                sin_family: sa_family_t(AF_INET), sin_port: port.bigEndian, sin_addr: in_addr(s_addr: inet_addr(host)),
                sin_zero: (0, 0, 0, 0, 0, 0, 0, 0))
        }
        func call(_ address: sockaddr_in, _ step: (UnsafePointer<sockaddr>) -> Int32) -> Int32 {
            withUnsafePointer(to: address) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { step($0) } }
        }
        let result: Int32
        switch place {
        case .port(let port):
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            let own = descriptor
            if let source { _ = call(inet(source, 0)) { bind(own, $0, size) } }
            var yes: Int32 = 1
            setsockopt(own, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, 4)
            result = call(inet("127.0.0.1", port)) { connect(own, $0, size) }
        case .unix(let path):
            descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            let own = descriptor
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
            result = withUnsafePointer(to: address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(own, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
            }
        }
        guard descriptor >= 0, result == 0 else { throw Fault.system(String(cString: strerror(errno))) }
        patience(seconds * 1000)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// How long a read or a write waits.
    func patience(_ milliseconds: Int) {
        var time = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    static func request(_ target: String, _ fields: [String] = [], method: String = "GET") -> Data {
        Data(((["\(method) \(target) HTTP/1.1", "Host: localhost"] + fields).joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    func send(_ data: Data) throws {
        var rest = data[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw Fault.system(String(cString: strerror(errno))) }
            rest = rest.dropFirst(count)
        }
    }

    func send(_ text: String) throws { try send(Data(text.utf8)) }

    /// More bytes; nil where the other side has closed. Throws where none came in time.
    private func more() throws -> Data? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count < 0, errno != ECONNRESET { throw Fault.cut(pending) }
        return count > 0 ? Data(buffer[..<count]) : nil
    }

    /// All that comes until the other side closes or is silent for the time of the connection's patience.
    func everything() -> (data: Data, isClosed: Bool) {
        do {
            while let data = try more() { pending += data }
            return (pending, true)
        } catch { return (pending, false) }
    }

    /// The next whole answer, whose length must be stated or whose chunks must end.
    func answer(to method: String = "GET") throws -> Answer {
        let gap = Data("\r\n\r\n".utf8)
        while pending.range(of: gap) == nil {
            guard let data = try more() else { throw Fault.cut(pending) }
            pending += data
        }
        guard let end = pending.range(of: gap) else { throw Fault.cut(pending) }
        let lines = String(decoding: pending[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let fields = lines.dropFirst().map { line in
            let sides = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: String(sides[0]), value: sides.count > 1 ? sides[1].trimmingCharacters(in: .whitespaces) : "")
        }
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { throw Fault.cut(pending) }
        pending = Data(pending[end.upperBound...])
        var body = Data()
        if method == "HEAD" || status == 204 || status == 304 || status == 100 {
        } else if fields.contains(where: { $0.name == "Transfer-Encoding" && $0.value == "chunked" }) {
            while true {
                let size = try line()
                guard let count = Int(size, radix: 16) else { throw Fault.cut(pending) }
                body += try take(count)
                _ = try line()
                if count == 0 { break }
            }
        } else {
            body = try take(fields.first { $0.name == "Content-Length" }.flatMap { Int($0.value) } ?? 0)
        }
        return Answer(status: status, fields: fields, body: body)
    }

    private func take(_ count: Int) throws -> Data {
        while pending.count < count {
            guard let data = try more() else { throw Fault.cut(pending) }
            pending += data
        }
        defer { pending = Data(pending.dropFirst(count)) }
        return Data(pending.prefix(count))
    }

    private func line() throws -> String {
        let end = Data("\r\n".utf8)
        while pending.range(of: end) == nil {
            guard let data = try more() else { throw Fault.cut(pending) }
            pending += data
        }
        guard let range = pending.range(of: end) else { throw Fault.cut(pending) }
        defer { pending = Data(pending[range.upperBound...]) }
        return String(decoding: pending[..<range.lowerBound], as: UTF8.self)
    }

    /// The statuses of all answers in what came.
    static func statuses(in data: Data) -> [Int] {
        String(decoding: data, as: UTF8.self).components(separatedBy: "HTTP/1.1 ").dropFirst().compactMap { Int($0.prefix(3)) }
    }
}
