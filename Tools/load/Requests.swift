import Glibc

/// The requests that are asked in turn, written out before the first is sent.
struct Requests {
    let all: [[UInt8]]

    /// Points that are made where targets have places for them.
    private static let points = 50_000

    init(_ order: Order) throws(Order.Refusal) {
        var targets = order.targets
        if let list = order.list { targets += try Self.lines(of: list) }
        let host =
            switch order.place {
            case .address(let host, let port): "\(host):\(port)"
            case .unix: "localhost"
            }
        let tail =
            " HTTP/1.1\r\nHost: \(host)\r\n" + order.fields.map { $0 + "\r\n" }.joined()
            + (order.keepsAlive ? "" : "Connection: close\r\n") + "\r\n"
        if let box = order.box {
            var state: UInt64 = 1404
            func next(_ low: Double, _ high: Double) -> String {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                // To the millimetre in metres, to about a metre's ten-thousandth in degrees.
                let places: Double = abs(high) <= 360 ? 1e9 : 1e3
                return "\(((low + (high - low) * Double(state >> 33) / Double(1 << 31)) * places).rounded() / places)"
            }
            all = (0..<Self.points).map { place in
                let target = targets[place % targets.count]
                return Array("GET \(Self.filled(target, next(box[0], box[2]), next(box[1], box[3])))\(tail)".utf8)
            }
        } else {
            all = targets.map { Array("GET \($0)\(tail)".utf8) }
        }
    }

    private static func filled(_ target: String, _ x: String, _ y: String) -> String {
        var text = ""
        var rest = target[...]
        while let brace = rest.firstIndex(of: "{") {
            text += rest[..<brace]
            rest = rest[brace...]
            if rest.hasPrefix("{x}") || rest.hasPrefix("{y}") {
                text += rest.hasPrefix("{x}") ? x : y
                rest = rest.dropFirst(3)
            } else {
                text.append("{")
                rest = rest.dropFirst()
            }
        }
        return text + rest
    }

    private static func lines(of path: String) throws(Order.Refusal) -> [String] {
        guard let file = unsafe fopen(path, "r") else { throw Order.Refusal(text: "\(path): \(unsafe String(cString: strerror(errno)))") }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe fread(&buffer, 1, buffer.count, file)
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        let lines = bytes.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }.filter { $0.hasPrefix("/") }
        guard !lines.isEmpty else { throw Order.Refusal(text: "\(path): lines that begin with / were expected") }
        return lines
    }
}
