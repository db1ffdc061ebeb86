import Foundation
import Testing

@Suite("Requests for features that can't be answered") struct BadFeatureRequestTests {
    private static let lonLat = "http://www.opengis.net/def/crs/EPSG/0/4326"

    /// Parameters, the code of the problem, and what the English text must say.
    private static let bad: [([(String, String)], code: String, said: String)] = [
        ([("bbox", "59.4,36.4,59.3,36.3")], "bad-value", "lower corner"), ([("bbox", "NaN,1,2,3")], "bad-value", "finite"),
        ([("bbox", "inf,1,2,3")], "bad-value", "finite"), ([("bbox", "1e400,0,1,1")], "bad-value", "finite"),
        ([("bbox", "1,2,3")], "bad-value", "four or six"), ([("bbox", "1,2,3,4,5")], "bad-value", "four or six"),
        ([("bbox", "1,2,3,4,5,6,7")], "bad-value", "four or six"), ([("bbox", "")], "bad-value", "four or six"),
        ([("bbox", "1,,2,3")], "bad-value", "four or six"), ([("bbox", "0x1,2,3,4")], "bad-value", "four or six"),
        ([("bbox", "2,1,1,2"), ("bbox-crs", "http://www.opengis.net/def/crs/EPSG/0/32640")], "bad-value", "lower corner"),
        ([("bbox", "170,37,-170,36")], "bad-value", "lower corner"),
        ([("limit", "0")], "bad-value", "from 1"), ([("limit", "-1")], "bad-value", "from 1"),
        ([("limit", "unlimited")], "bad-value", "from 1"),
        ([("limit", "1.5")], "bad-value", "from 1"), ([("limit", "")], "bad-value", "from 1"), ([("limit", "NaN")], "bad-value", "from 1"),
        ([("offset", "1000000000000")], "bad-value", "from 0 to"), ([("offset", "-1")], "bad-value", "from 0 to"),
        ([("offset", "99999999999999999999999")], "bad-value", "from 0 to"), ([("after", "x")], "bad-value", "next"),
        ([("after", "4294967296")], "bad-value", "next"), ([("after", "-1")], "bad-value", "next"),
        ([("crs", "EPSG:4326")], "bad-value", lonLat), ([("bbox-crs", "")], "bad-value", lonLat),
        ([("filter-crs", "nowhere"), ("filter", "code = 'x'")], "bad-value", lonLat),
        ([("limitt", "1")], "unknown-parameter", "limit?"), ([("bbox_crs", "1")], "unknown-parameter", "bbox-crs?"),
        ([("cod", "1")], "unknown-parameter", "code?"), ([("zzzzzzzzzzzz", "1")], "unknown-parameter", "datetime"),
        ([("limit", "1"), ("limit", "1")], "repeated", "twice"), ([("code", "1"), ("code", "2")], "repeated", "twice"),
        ([("filter-lang", "cql2-text")], "conflict", "filter"), ([("filter-crs", lonLat)], "conflict", "filter"),
        ([("filter", "code = 'x'"), ("filter-lang", "sql")], "bad-value", "cql2-text"),
        ([("datetime", "nonsense")], "bad-value", "2026-11-23"), ([("datetime", "2026-13-01")], "bad-value", "2026-11-23"),
        ([("datetime", "2026-02-30")], "bad-value", "2026-11-23"), ([("datetime", "2026-02-01/2026-01-01")], "bad-value", "begins before"),
        ([("datetime", "a/b/c")], "bad-value", "interval"), ([("datetime", "/")], "bad-value", "interval"),
        ([("datetime", "2026-01-01T25:00:00Z")], "bad-value", "2026-11-23"),
        ([("datetime", "99999999999-01-01")], "bad-value", "2026-11-23"),
        ([("known", "yesterday")], "bad-value", "revision"), ([("known", "2999-01-01T00:00:00Z")], "bad-value", "revision"),
        ([("f", "xml")], "bad-value", "geojson"), ([("lang", "de")], "bad-value", "fa or en"),
        ([("filter", "codd = 'x'")], "filter", "code"), ([("filter", "code")], "filter", "comparison"),
        ([("filter", "")], "filter", "comparison"),
        ([("filter", "code = ")], "filter", "character"), ([("filter", "deedArea > 'x'")], "filter", "number cannot be compared with text"),
        ([("filter", "S_INTERSECTS(geometry, POINT(NaN 1))")], "filter", "coordinate"),
        ([("filter", "S_INTERSECTS(geometry, POLYGON((1 1, 2 2)))")], "filter", "character"),
        ([("filter", "{\"op\":\"=\"}"), ("filter-lang", "cql2-json")], "filter", "args"),
        ([("filter", "{"), ("filter-lang", "cql2-json")], "filter", "JSON"),
    ]

    @Test("Each is a problem with 400 that says what was expected, in the reader's language, and names the parameter") func said()
        async throws
    {
        let client = try FeatureClient(try await SampleTown.city())
        for (parameters, code, said) in Self.bad {
            for language in ["fa", "en"] where !parameters.contains(where: { $0.0 == "lang" }) || language == "en" {
                let answer = try client.get("/collections/parcels/items", parameters, ["Accept-Language: \(language)"])
                let detail = answer.json["detail"] as? String ?? ""
                #expect(answer.status == 400 && answer.json["code"] as? String == code, "\(parameters): \(answer.status) \(answer.text)")
                #expect(answer.field("Content-Type") == "application/problem+json", "\(parameters)")
                #expect(
                    parameters.contains { $0.0 == answer.json["parameter"] as? String } || code == "conflict",
                    "\(parameters): \(answer.text)")
                if language == "en" && !parameters.contains(where: { $0.0 == "lang" }) {
                    #expect(detail.contains(said), "\(parameters): \(detail)")
                } else if language == "fa" {
                    #expect(detail.unicodeScalars.contains { (0x600...0x6FF).contains($0.value) }, "\(parameters): \(detail)")
                    #expect(answer.field("Content-Language") == "fa")
                }
            }
        }
    }

    @Test("What is odd but allowed is answered") func allowed() async throws {
        let client = try FeatureClient(try await SampleTown.city())
        func count(_ parameters: (String, String)...) throws -> Int { try client.count("parcels", parameters) }
        #expect(try count(("bbox", "-180,-90,180,90")) == 3096 && count(("bbox", "-1000,-1000,1000,1000")) == 3096)
        #expect(try count(("bbox", "59,36,0,60,37,100")) == 3096 && count(("bbox", "0,0,0,0")) == 0)
        // Over the 180th meridian, without and with the town.
        #expect(try count(("bbox", "170,36,-170,37")) == 0 && count(("bbox", "59,36,-170,37")) == 3096)
        #expect(try count(("datetime", "../..")) == 3096 && count(("bbox", "-1e308,-1e308,1e308,1e308")) == 3096)
        // An address without a place of its own lies within its parcel.
        #expect(try client.count("postOffice", [("bbox", "0,0,1,1")]) == 0)
        #expect(try client.count("postOffice", [("bbox", "59,36,60,37")]) == 1072)
        #expect(try client.count("postOffice", [("filter", "S_INTERSECTS(geometry, BBOX(59,36,60,37))")]) == 1072)
        for limit in ["1000000000000", "99999999999999999999"] {
            let answer = try client.items("parcels", [("limit", limit)])
            #expect(answer.json["numberReturned"] as? Int == 3096)
        }
        let past = try client.items("parcels", [("offset", "4294967295")])
        #expect(past.json["numberReturned"] as? Int == 0 && past.json["numberMatched"] as? Int == 3096 && FeatureClient.next(past) == nil)
        #expect(try client.get("/collections/parcel/items").json["code"] as? String == "no-such-collection")
        #expect(try client.items("parcels", [("known", "0")]).status == 404)
    }

    @Test("Filters that nest, repeat or search for long are refused, or answered in time, and the server goes on") func heavy() async throws
    {
        let client = try FeatureClient(try await SampleTown.city())
        func ask(_ collection: String, _ filter: String, _ more: [(String, String)] = []) throws -> (Int, Duration) {
            let begun = ContinuousClock.now
            let wire = try Wire(client.server.place, timeout: 30)
            let query = ([("limit", "1"), ("filter", filter)] + more).map { "\($0.0)=\(FeatureClient.encoded($0.1))" }.joined(
                separator: "&")
            // A server that refuses may close before all of a long request is sent.
            try? wire.send(Wire.request("/collections/\(collection)/items?\(query)"))
            let status = (try? wire.answer().status) ?? 0
            return (status, begun.duration(to: .now))
        }
        let long = String(repeating: "(", count: 100_000)
        let refused = try ask("parcels", long).0
        #expect([0, 400, 414, 431].contains(refused), "\(refused)")
        let json = String(repeating: "{\"op\":\"not\",\"args\":[", count: 200)
        for (filter, language) in [
            (String(long.prefix(9000)), "cql2-text"), (String(repeating: "NOT ", count: 3000) + "code = '1'", "cql2-text"),
            (String(repeating: "-", count: 9000) + "1 = deedArea", "cql2-text"), (json, "cql2-json"),
            (String(repeating: "[", count: 9000), "cql2-json"),
        ] {
            let (status, time) = try ask("parcels", filter, [("filter-lang", language)])
            #expect(status == 400 && time < .seconds(2), "\(filter.prefix(20)): \(status) \(time)")
        }
        let many = (0..<700).map { "'\($0)-x'" }.joined(separator: ",")
        let corners = (0..<300).map { place in
            let angle = Double(place) / 300 * 2 * Double.pi
            let reach = 1000 - 500 * Double(place % 2)
            return String(format: "%.0f %.0f", 712_900 + reach * cos(angle), 4_021_500 + reach * sin(angle))
        }
        let star = "POLYGON((\((corners + [corners[0]]).joined(separator: ","))))"
        let slow: [(String, String)] = [
            ("addresses", "text LIKE '\(String(repeating: "%ا", count: 200))%q'"),
            ("addresses", "text LIKE '\(String(repeating: "%", count: 800))q'"),
            ("parcels", "code IN (\(many))"), ("parcels", (0..<300).map { "deedArea = \($0)" }.joined(separator: " OR ")),
            (
                "parcels",
                (0..<40).map { _ in "S_INTERSECTS(geometry, POLYGON((59 36, 60 36, 60 37, 59 37, 59 36)))" }.joined(separator: " AND ")
            ),
            ("parcels", "S_WITHIN(geometry, \(star))"), ("parcels", "S_TOUCHES(geometry, \(star)) OR S_CROSSES(geometry, \(star))"),
        ]
        for (collection, filter) in slow {
            let more =
                filter.contains("7129") || filter.contains("S_WITHIN") || filter.contains("S_TOUCHES")
                ? [("filter-crs", "http://www.opengis.net/def/crs/EPSG/0/32640")] : []
            let (status, time) = try ask(collection, filter, more)
            #expect([200, 400].contains(status) && time < .seconds(15), "\(filter.prefix(60)): \(status) \(time)")
            print("filters: \(filter.prefix(40))… of \(filter.count) characters: \(status) in \(time)")
        }
        #expect(client.server.isRunning)
        #expect(try client.count("parcels", []) == 3096)
    }
}
