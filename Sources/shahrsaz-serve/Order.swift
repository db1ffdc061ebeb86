import Formats
import Glibc
import Service
import Web

/// Why the words of the command line make no order.
struct Refusal: Error {
    let text: String
}

/// What the service was asked to be.
struct Order {
    var city = "city.gpkg"
    var listening = Listening.tcp(host: "127.0.0.1", port: 8080)
    var publicAddress: String?
    var key: String?
    var style: String?
    var showsDeliveries = false
    var log = Site.Settings.Log.problems
    var language = Language.en
    var limits = HTTPServer.Limits()

    private static let options = [
        "city", "listen", "public", "key", "style", "deliveries", "log", "lang", "threads", "connections", "per-address", "head-seconds",
        "body-seconds",
        "help",
    ]

    init(_ words: [String]) throws(Refusal) {
        limits.threads = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        var rest = words[...]
        var given: Set<String> = []
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0].dropFirst(2))
            guard parts[0].hasPrefix("--"), Self.options.contains(name) else {
                throw Refusal(
                    text: "no option \(word)" + Nearest.suggestion(Nearest.name(to: name, among: Self.options).map { "--" + $0 }, .en))
            }
            guard given.insert(name).inserted else { throw Refusal(text: "--\(name) was given twice") }
            if name == "help" {
                Serve.say(Self.help)
                exit(0)
            }
            guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst() else { throw Refusal(text: "--\(name) expects a value") }
            try take(name, value)
        }
        // A socket of its own is a proxy's: all come from one address.
        if case .unix = listening, !given.contains("per-address") { limits.connectionsPerAddress = 0 }
    }

    private mutating func take(_ name: String, _ value: String) throws(Refusal) {
        func count(_ range: ClosedRange<Int>) throws(Refusal) -> Int {
            guard let count = Int(value), range.contains(count) else {
                throw Refusal(text: "--\(name) \(value): a number from \(range.lowerBound) to \(range.upperBound) was expected")
            }
            return count
        }
        switch name {
        case "city": city = value
        case "listen":
            guard let place = Listening(value) else {
                throw Refusal(text: "--listen \(value): 127.0.0.1:8080, [::1]:8080 or unix:/run/shahrsaz.sock was expected")
            }
            listening = place
        case "public":
            guard value.hasPrefix("http://") || value.hasPrefix("https://"), !value.contains("?"), !value.contains("#") else {
                throw Refusal(text: "--public \(value): an address such as https://plan.example.ir was expected")
            }
            publicAddress = value.hasSuffix("/") ? String(value.dropLast()) : value
        case "key": key = value
        case "style": style = value
        case "deliveries":
            guard ["hide", "show"].contains(value) else { throw Refusal(text: "--deliveries \(value): hide or show was expected") }
            showsDeliveries = value == "show"
        case "log":
            guard let log = Site.Settings.Log(rawValue: value) else {
                throw Refusal(text: "--log \(value): none, problems or all was expected")
            }
            self.log = log
        case "lang":
            guard let language = Language(rawValue: value) else { throw Refusal(text: "--lang \(value): fa or en was expected") }
            self.language = language
        case "threads": limits.threads = try count(1...256)
        case "connections": limits.connections = try count(8...100_000)
        case "head-seconds": limits.headSeconds = try count(1...3600)
        case "body-seconds": limits.bodySeconds = try count(1...3600)
        default: limits.connectionsPerAddress = try count(0...100_000)
        }
    }

    private static let help = """
        shahrsaz-serve [--city FILE] [--listen 127.0.0.1:8080|unix:PATH]: the service and its pages over HTTP. It is started by `shahrsaz serve`,
        whose --help says what each option does.

        """
}
