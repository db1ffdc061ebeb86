import Foundation
import FoundationXML
import Testing
import Trials

extension Pages {
    /// One place on two days or at two revisions: what differs is what `diff` finds, and the page shows what the JSON carries.
    @Suite("Two answers beside each other") struct ComparePageTests {
        private static let days = "from=1404-06-31&to=1404-07-01"

        private func differences(_ city: URL, _ words: [String]) throws -> [String: [String: Any]] {
            let ended = try Program.run(["diff"] + words + ["--json"], city: city)
            try #require(ended.code == 0, "\(ended.err)")
            let json = try JSONSerialization.jsonObject(with: ended.out) as? [String: Any]
            let parcels = json?["parcels"] as? [[String: Any]] ?? []
            return Dictionary(uniqueKeysWithValues: parcels.map { ($0["parcel"] as? String ?? "", $0) })
        }

        private func part(_ server: LiveServer, _ query: String) throws -> [String: Any] {
            let answer = try server.get("/compare?" + query)
            try #require(answer.status == 200, "\(query): \(answer.text)")
            let parts = try #require(answer.json["parcels"] as? [[String: Any]])
            try #require(parts.count == 1, "\(query): \(parts.count) parts")
            return parts[0]
        }

        /// What is said in a finding or on a side of a change, but not where.
        private func said(_ stated: [String: Any]) -> [String] {
            let provision = stated["provision"] as? [String: Any]
            return [
                "\(stated["relation"] ?? "")", "\(stated["value"] ?? "")", "\(stated["status"] ?? "")", "\(provision?["plan"] ?? "")",
                "\(provision?["clause"] ?? "")",
            ]
        }

        @Test(
            "A parcel differs as diff says, and in nothing where diff is silent",
            arguments: [
                (days, ["--from", "1404-06-31", "--to", "1404-07-01"]),
                ("from=6&to=14&on=1404-09-01", ["--from", "6", "--to", "14", "--on", "1404-09-01"]),
            ])
        func asDiff(_ query: String, _ words: [String]) async throws {
            let city = try await SampleTown.city()
            let server = try LiveServer(city)
            let changes = try differences(city, words)
            let codes = try SampleTown.parcels().compactMap { ($0["properties"] as? [String: Any])?["code"] as? String }
            let changed = changes.keys.sorted()
            var dice = Seeded(7)
            let asked = changed.count < 60 ? changed : (0..<60).compactMap { _ in changed.randomElement(using: &dice) }
            try #require(!asked.isEmpty)
            for code in asked {
                var own = try part(server, "parcel=\(code)&\(query)")
                own["stays"] = nil
                #expect(NSDictionary(dictionary: own) == NSDictionary(dictionary: changes[code] ?? [:]), "\(code)")
            }
            for code in codes.filter({ changes[$0] == nil }).prefix(4_000).enumerated().filter({ $0.offset % 150 == 0 }).map(\.element) {
                let own = try part(server, "parcel=\(code)&\(query)")
                #expect(own["kind"] as? String == "same" && (own["findings"] as? [Any])?.isEmpty == true, "\(code)")
            }
        }

        @Test("What differs and what stays is together all that each answer says") func whole() async throws {
            let server = try LiveServer(try await SampleTown.city())
            for code in ["1-1-21-5-0-0-0", "1-1-18-1-0-0-0", "1-6-172-1-0-0-0", "1-1-1-1-0-0-0"] {
                let own = try part(server, "parcel=\(code)&\(Self.days)")
                let rows = ["findings", "stays"].flatMap { own[$0] as? [[String: Any]] ?? [] }
                for (side, day) in [("before", "1404-06-31"), ("after", "1404-07-01")] {
                    let answer = try server.get("/answer?parcel=\(code)&on=\(day)").json
                    let findings = try #require(answer["findings"] as? [[String: Any]])
                    #expect(Set(rows.compactMap { $0[side] as? [String: Any] }.map(said)) == Set(findings.map(said)), "\(code), \(day)")
                }
            }
        }

        @Test("The page shows every row that the JSON carries, what differs by a sign and a word") func page() async throws {
            let server = try LiveServer(try await SampleTown.city())
            for code in ["1-1-21-5-0-0-0", "1-1-29-1-0-0-0", "1-6-172-1-0-0-0"] {
                let own = try part(server, "parcel=\(code)&\(Self.days)")
                let response = try server.get("/compare?parcel=\(code)&\(Self.days)&f=html&lang=en")
                let document = try XMLDocument(data: response.body)
                let rows = try document.nodes(forXPath: "//table[@class='cards compare']/tbody/tr[td]").map { row in
                    try row.nodes(forXPath: "th | td").map { $0.stringValue ?? "" }
                }
                let silent = "\(NSNull())"
                func isSaid(_ change: [String: Any]) -> Bool {
                    ["before", "after"].contains { ((change[$0] as? [String: Any])?["status"] as? String ?? "none") != "none" }
                }
                let changed = (own["findings"] as? [[String: Any]] ?? []).filter(isSaid)
                let stays = (own["stays"] as? [[String: Any]] ?? []).filter(isSaid)
                let ground = own["ground"] as? [[String: Any]] ?? []
                #expect(rows.count(where: { $0[3].contains("= same") }) == stays.count, "\(code)")
                #expect(rows.count(where: { !$0[3].contains("= same") }) == changed.count + ground.count, "\(code)")
                for change in changed + stays where change["parameter"] as? String != "use" {
                    var wanted: [String] = []
                    for (side, cell) in [("before", 1), ("after", 2)] {
                        guard let stated = change[side] as? [String: Any], stated["status"] as? String == "decided",
                            stated["relation"] as? String != "note"
                        else { continue }
                        let value = (stated["value"] as? NSNumber)?.description ?? silent
                        let clause = (stated["provision"] as? [String: Any])?["clause"] as? String ?? ""
                        wanted += ["\(cell)", value, clause]
                        #expect(rows.contains { $0[cell].contains(value) && $0[cell].contains(clause) }, "\(code): \(wanted)")
                    }
                }
                #expect(try document.nodes(forXPath: "//*[@id='map']/@data-compare").count == 1)
            }
        }

        @Test("Both shapes are drawn, each with its side") func shapes() async throws {
            let server = try LiveServer(try await SampleTown.city())
            let json = try server.get("/compare?parcel=1-1-21-5-0-0-0&\(Self.days)&f=geojson").json
            let drawn = (json["features"] as? [[String: Any]] ?? []).compactMap { $0["properties"] as? [String: Any] }.map {
                "\($0["side"] ?? "") \($0["role"] ?? "") \($0["code"] ?? "")"
            }
            #expect(
                drawn.sorted() == [
                    "after parcel 1-1-21-5-0-0-0", "after zone G1", "after zone R1", "before parcel 1-1-21-5-0-0-0", "before zone G1",
                ])
        }

        @Test("Days are taken in both calendars and any digits, blank fields as not given, and facts on both sides") func typed()
            async throws
        {
            let server = try LiveServer(try await SampleTown.city())
            let plain = try server.get("/compare?parcel=1-1-21-5-0-0-0&\(Self.days)")
            for query in [
                "from=\("۱۴۰۴/۰۶/۳۱".addingPercentEncoding(withAllowedCharacters: []) ?? "")&to=2025-09-23&on=&known=",
                "from=1404-06-31&on=1404-07-01&to=", "to=1404-07-01&on=1404-06-31&from=",
            ] {
                #expect(try server.get("/compare?parcel=1-1-21-5-0-0-0&\(query)").body == plain.body, "\(query)")
            }
            let swapped = try part(server, "parcel=1-1-21-5-0-0-0&to=1404-06-31&from=1404-07-01")
            let straight = try part(server, "parcel=1-1-21-5-0-0-0&\(Self.days)")
            #expect((swapped["stays"] as? [Any])?.count == (straight["stays"] as? [Any])?.count)
            func needs(_ query: String) throws -> Int {
                let rows = try ["findings", "stays"].flatMap { name in
                    try part(server, query)[name] as? [[String: Any]] ?? []
                }
                return rows.count { (($0["after"] as? [String: Any])?["needs"] as? [String] ?? []).contains("unit.area") }
            }
            let place = "x=713208.1&y=4021961&from=1390-01-01&on=1404-09-01"
            #expect(try needs(place) > 0)
            #expect(try needs(place + "&fact=unit.area%3D120") == 0)
        }

        @Test("A parcel that a revision did not have is new, a street is compared without one, and bad questions are refused") func odd()
            async throws
        {
            let server = try LiveServer(try await SampleTown.city())
            let new = try part(server, "parcel=1-1-21-5-0-0-0&from=2&on=1404-09-01")
            #expect(new["kind"] as? String == "appeared" && (new["findings"] as? [Any])?.isEmpty == false)
            let gone = try part(server, "parcel=1-1-21-5-0-0-0&to=2&on=1404-09-01")
            #expect(gone["kind"] as? String == "vanished" && (gone["findings"] as? [Any])?.count == (new["findings"] as? [Any])?.count)
            let street = try part(server, "x=712339.9&y=4021066.3&from=1390-01-01&on=1404-09-01")
            #expect(street["parcel"] is NSNull && street["kind"] as? String == "changed")
            for (query, status) in [
                ("parcel=1-1-21-5-0-0-0", 400), ("parcel=1-1-21-5-0-0-0&from=", 400), ("parcel=1-1-21-5-0-0-0&from=yesterday", 400),
                ("parcel=1-1-21-5-0-0-0&from=99", 404), ("parcel=none&from=1404-01-01", 404), ("from=1404-01-01", 400),
                ("parcel=1-1-21-5-0-0-0&from=1404-13-01", 400), ("parcel=1-1-21-5-0-0-0&from=1404-01-01&extra=1", 400),
            ] {
                #expect(try server.get("/compare?" + query).status == status, "\(query)")
            }
        }

        @Test("The answer's page leads there with the question as it was asked") func form() async throws {
            let server = try LiveServer(try await SampleTown.city())
            let response = try server.get(
                "/answer?parcel=1-1-21-5-0-0-0&on=1404-07-01&known=16&fact=use%3Dresidential&f=html&lang=en")
            let document = try XMLDocument(data: response.body)
            var query: [String] = []
            for input in try document.nodes(forXPath: "//form[@action='/compare']//input") {
                let field = try #require(input as? XMLElement)
                let name = field.attribute(forName: "name")?.stringValue ?? ""
                let value = name == "from" ? "1404-06-31" : field.attribute(forName: "value")?.stringValue ?? ""
                query.append("\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")")
            }
            let page = try server.get("/compare?" + query.joined(separator: "&"))
            #expect(page.status == 200 && page.field("Content-Type") == "text/html; charset=utf-8")
            #expect(query.contains("fact=use%3Dresidential") && query.contains("on=1404%2D07%2D01") && query.contains("known=16"))
            let text = try XMLDocument(data: page.body).rootElement()?.stringValue ?? ""
            #expect(text.contains("2025-09-22") && text.contains("2025-09-23"))
        }
    }
}
