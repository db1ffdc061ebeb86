import Glibc

/// What the command line asks for.
struct Order {
    enum Place: Hashable {
        case address(host: String, port: UInt16)
        case unix(String)
    }

    var place = Place.address(host: "127.0.0.1", port: 8080)
    /// Requests a second, sent when they are due whether or not answers have come; nil for as fast as each connection's answers come.
    var rate: Double?
    var seconds = 10.0
    var connections = 32
    /// Addresses of this machine that connections come from, in turn.
    var sources: [String] = []
    var keepsAlive = true
    /// Seconds from the moment when a request was due after which it counts as lost.
    var timeout = 10.0
    var list: String?
    var targets: [String] = []
    var box: [Double]?
    var fields: [String] = []
    var isJSON = false

    static let usage = """
        load [--to HOST:PORT|unix:PATH] --rate N|--max [OPTIONS] [TARGET…]: asks a server and measures, from the moment a request was due.

          --rate N            requests a second, sent when they are due, however late the answers are
          --max               each connection asks again when it has its answer: the most that is to be had
          --seconds N         how long (10)
          --connections N     how many (32)
          --from A,B-C        addresses of this machine to come from, in turn, such as 127.0.0.2-127.0.0.13
          --once              a new connection for every request
          --timeout N         seconds after which a request is lost (10)
          --list FILE         targets, a line each, asked in turn
          --box X0,Y0,X1,Y1   points in this box, from a fixed seed, for {x} and {y} in the targets
          --field 'N: V'      a header field more
          --json              the figures as JSON

        A target is a path with its query, such as '/answer?x={x}&y={y}'. Without any it is /alive.

        """

    struct Refusal: Error { let text: String }

    init(_ words: some Collection<String>) throws(Refusal) {
        var rest = Array(words)[...]
        var isMax = false
        while let word = rest.popFirst() {
            guard word.hasPrefix("--") else {
                targets.append(word)
                continue
            }
            switch word {
            case "--max": isMax = true
            case "--once": keepsAlive = false
            case "--json": isJSON = true
            case "--help": throw Refusal(text: Self.usage)
            default:
                guard let value = rest.popFirst() else { throw Refusal(text: "\(word) expects a value") }
                try take(word, value)
            }
        }
        guard isMax != (rate != nil) else { throw Refusal(text: "one of --rate N and --max was expected") }
        if targets.isEmpty, list == nil { targets = ["/alive"] }
        for target in targets where !target.hasPrefix("/") { throw Refusal(text: "\(target): a target beginning with / was expected") }
    }

    private mutating func take(_ name: String, _ value: String) throws(Refusal) {
        func number(_ range: ClosedRange<Double>) throws(Refusal) -> Double {
            guard let number = Double(value), range.contains(number) else {
                throw Refusal(text: "\(name) \(value): a number from \(range.lowerBound) to \(range.upperBound) was expected")
            }
            return number
        }
        switch name {
        case "--rate": rate = try number(0.1...1_000_000)
        case "--seconds": seconds = try number(0.1...86_400)
        case "--connections": connections = Int(try number(1...20_000))
        case "--timeout": timeout = try number(0.01...600)
        case "--list": list = value
        case "--field": fields.append(value)
        case "--to":
            if value.hasPrefix("unix:") {
                place = .unix(String(value.dropFirst(5)))
            } else if let colon = value.lastIndex(of: ":"), let port = UInt16(value[value.index(after: colon)...]) {
                place = .address(host: String(value[..<colon]), port: port)
            } else {
                throw Refusal(text: "--to \(value): HOST:PORT or unix:PATH was expected")
            }
        case "--box":
            let numbers = value.split(separator: ",").compactMap { Double($0) }
            guard numbers.count == 4, numbers.allSatisfy(\.isFinite) else {
                throw Refusal(text: "--box \(value): four numbers were expected")
            }
            box = numbers
        case "--from": for part in value.split(separator: ",") { sources += try Self.addresses(part) }
        default: throw Refusal(text: "no option \(name)\n\n" + Self.usage)
        }
    }

    /// An address, or a range of those that differ in their last number.
    private static func addresses(_ text: Substring) throws(Refusal) -> [String] {
        let ends = text.split(separator: "-").map { $0.split(separator: ".") }
        guard let first = ends.first, let last = ends.last, ends.count <= 2, first.count == 4, last.count == 4,
            first.prefix(3) == last.prefix(3), let low = UInt8(first[3]), let high = UInt8(last[3]), low <= high
        else { throw Refusal(text: "--from \(text): 127.0.0.2 or 127.0.0.2-127.0.0.13 was expected") }
        return (low...high).map { (first.prefix(3).map(String.init) + ["\($0)"]).joined(separator: ".") }
    }
}
