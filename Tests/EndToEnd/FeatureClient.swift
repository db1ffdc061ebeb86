import Foundation
import Testing

/// What a live server publishes of a city, asked for by paths and parameters.
struct FeatureClient {
    let server: LiveServer

    init(_ city: URL) throws { server = try LiveServer(city) }

    var root: String {
        switch server.place {
        case .port(let port): "http://127.0.0.1:\(port)"
        case .unix(let path): path
        }
    }

    static func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }

    func get(_ path: String, _ parameters: [(String, String)] = [], _ fields: [String] = []) throws -> Wire.Answer {
        let query = parameters.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
        return try server.get(path + (query.isEmpty ? "" : "?" + query), fields)
    }

    func items(_ collection: String, _ parameters: [(String, String)] = []) throws -> Wire.Answer {
        try get("/collections/\(collection)/items", parameters)
    }

    /// How many features a request finds.
    func count(_ collection: String, _ parameters: [(String, String)]) throws -> Int {
        let answer = try items(collection, [("limit", "1"), ("lang", "en")] + parameters)
        try #require(answer.status == 200, "\(parameters): \(answer.text.prefix(300))")
        return try #require(answer.json["numberMatched"] as? Int)
    }

    /// All features, by `next` links.
    func all(_ collection: String, _ parameters: [(String, String)] = []) throws -> [[String: Any]] {
        var (features, answer) = ([[String: Any]](), try items(collection, parameters))
        while true {
            try #require(answer.status == 200, "\(answer.text.prefix(300))")
            features += answer.json["features"] as? [[String: Any]] ?? []
            guard let next = Self.next(answer) else { return features }
            answer = try server.get(next)
        }
    }

    /// The path and query of an answer's `next` link.
    static func next(_ answer: Wire.Answer) -> String? {
        let links = answer.json["links"] as? [[String: Any]] ?? []
        guard let href = links.first(where: { $0["rel"] as? String == "next" })?["href"] as? String else { return nil }
        return href.range(of: "/collections").map { String(href[$0.lowerBound...]) }
    }

    var collections: [[String: Any]] {
        get throws { try get("/collections").json["collections"] as? [[String: Any]] ?? [] }
    }
}

/// Chance from a fixed seed.
struct FixedDice {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func below(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(count))
    }

    mutating func one<Item>(of items: [Item]) -> Item { items[below(items.count)] }

    /// A number with three decimals.
    mutating func number(_ range: ClosedRange<Int>) -> String {
        "\(range.lowerBound + below(range.upperBound - range.lowerBound)).\(String(format: "%03d", below(1000)))"
    }
}
