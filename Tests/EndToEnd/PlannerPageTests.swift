import Foundation
import FoundationXML
import Glibc
import Testing
import Trials

extension Pages {
    /// What planners have beside the answer: the town on two sides, what waits, the provisions and where they decide.
    @Suite("Planners' pages") struct PlannerPageTests {
        private func page(_ server: LiveServer, _ target: String) throws -> XMLDocument {
            let response = try server.get(target)
            try #require(response.status == 200, "\(target): \(response.text.prefix(300))")
            #expect(response.field("Content-Type") == "text/html; charset=utf-8")
            return try XMLDocument(data: response.body)
        }

        private func rows(_ document: XMLDocument, _ table: String = "//table[@class='cards list']") throws -> [[String]] {
            try document.nodes(forXPath: table + "/tbody/tr").map { row in
                try row.nodes(forXPath: "th | td").map { ($0.stringValue ?? "").trimmingCharacters(in: .whitespacesAndNewlines) }
            }
        }

        /// All rows of a list over its pages.
        private func all(_ server: LiveServer, _ target: String) throws -> [[String]] {
            var (found, next, pages): ([[String]], String?, Int) = ([], target, 0)
            while let address = next, pages < 60 {
                let document = try page(server, address)
                found += try rows(document)
                next = try document.nodes(forXPath: "//nav/a[@rel='next']/@href").first?.stringValue
                pages += 1
            }
            return found
        }

        private func plain(_ text: String) -> String {
            String(String.UnicodeScalarView(text.unicodeScalars.filter { !(0x2066...0x2069).contains($0.value) }))
        }

        @Test("The town's page lists every parcel that diff finds, each with its rules and a way to both its answers") func town()
            async throws
        {
            let city = try await SampleTown.city()
            let server = try LiveServer(city)
            let asked = "from=6&to=14&on=1404-09-01"
            let ended = try Program.run(["diff", "--from", "6", "--to", "14", "--on", "1404-09-01", "--json"], city: city)
            #expect(try server.get("/diff?" + asked).body == ended.out)
            let json = try JSONSerialization.jsonObject(with: ended.out) as? [String: Any]
            let parcels = try #require(json?["parcels"] as? [[String: Any]])
            let shown = try all(server, "/diff?\(asked)&f=html&lang=en")
            try #require(parcels.count > 100)
            #expect(shown.map { $0[0] } == parcels.compactMap { $0["parcel"] as? String })
            for (row, parcel) in zip(shown, parcels) {
                let losses = parcel["losses"] as? [[String: Any]] ?? []
                #expect(row[1] == parcel["kind"] as? String && row[4].isEmpty == losses.isEmpty)
            }
            let document = try page(server, "/diff?\(asked)&f=html&lang=en")
            let summary = try document.nodes(forXPath: "//main/ul/li").map { $0.stringValue ?? "" }
            let counted = try #require(json?["summary"] as? [String: Any])
            #expect(summary.contains { $0.hasPrefix("\(counted["changed"] ?? "") parcels") })
            let link = try #require(try document.nodes(forXPath: "//table[@class='cards list']//th/a/@href").first?.stringValue)
            #expect(link.hasPrefix("/compare?from=6&to=14&on=1404-09-01"))
            #expect(try server.get(link).status == 200)
        }

        @Test("Without sides the page asks for them and names every revision; what can't be is refused") func asking() async throws {
            let city = try await SampleTown.city()
            let server = try LiveServer(city)
            let document = try page(server, "/diff?f=html&lang=fa&from=&to=&on=")
            let revisions = try Program.run(["revisions", "--json"], city: city)
            let numbers = (try JSONSerialization.jsonObject(with: revisions.out) as? [[String: Any]] ?? []).compactMap {
                $0["number"] as? Int
            }
            let offered = try document.nodes(forXPath: "//datalist/option/@value").compactMap { Int($0.stringValue ?? "") }
            #expect(!numbers.isEmpty && offered == numbers.sorted().reversed())
            for (query, status) in [
                ("f=json", 400), ("from=6&page=2", 400), ("from=1404-01-01&to=1404-02-01&on=1404-01-01&f=html", 400), ("from=99", 404),
                ("from=6&page=0&f=html", 400), ("to=6&f=html", 400), ("delivery=1", 403), ("delivery=1&f=html", 403),
            ] {
                #expect(try server.get("/diff?" + query).status == status, "\(query)")
            }
            #expect(try server.get("/deliveries").status == 403)
        }

        @Test("A waiting delivery is shown where the server was told to, as diff --delivery has it, and nothing is written") func waiting()
            async throws
        {
            let city = try await SampleTown.copy()
            let taken = try Program.run(
                [
                    "import", SampleTown.folder.appending(path: "amendment.geojson").path, "--as", "zones", "--layer", "height", "--plan",
                    "A1",
                    "--accuracy", "0.3", "--covers", "city",
                ], city: city)
            try #require(taken.code <= 1, "\(taken.err)")
            let list = try JSONSerialization.jsonObject(with: Program.run(["deliveries", "--json"], city: city).out) as? [[String: Any]]
            let waiting = try #require(list?.filter { $0["status"] as? String == "staged" })
            let number = try #require(waiting.last?["number"] as? Int)
            let server = try LiveServer(city, ["--deliveries", "show"])
            let shown = try JSONSerialization.jsonObject(with: server.get("/deliveries").body) as? [[String: Any]]
            #expect(NSArray(array: shown ?? []) == NSArray(array: waiting))
            let document = try page(server, "/deliveries?f=html&lang=en")
            let faults = waiting.compactMap { $0["faults"] as? Int }.map(String.init)
            #expect(try rows(document).map { $0[4] } == faults)

            let before = try Standing(city)
            let bytes = try Data(contentsOf: city)
            let supposed = try server.get("/diff?delivery=\(number)&on=\(SampleTown.day)")
            try #require(supposed.status == 200, "\(supposed.text)")
            #expect(try Standing(city) == before && Data(contentsOf: city) == bytes)
            let ended = try Program.run(["diff", "--delivery", "\(number)", "--on", SampleTown.day, "--json"], city: city)
            #expect(supposed.body == ended.out && (supposed.json["parcels"] as? [Any])?.isEmpty == false)
            let left = try FileManager.default.contentsOfDirectory(atPath: city.path + ".atlas").filter { $0.hasPrefix("supposed") }
            #expect(left.isEmpty, "\(left)")
            let listed = try all(server, "/diff?delivery=\(number)&on=\(SampleTown.day)&f=html&lang=en")
            #expect(listed.count == (supposed.json["parcels"] as? [Any])?.count)

            // Somebody holds the writer's lock: that is nothing to who only reads.
            let lock = open(city.path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
            defer { close(lock) }
            #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
            #expect(try server.get("/diff?delivery=\(number)&on=1404-09-02").status == 200)
            for (query, status) in [("delivery=99", 404), ("delivery=1", 409), ("delivery=1&from=2", 400), ("delivery=none", 400)] {
                #expect(try server.get("/diff?" + query).status == status, "\(query)")
            }
        }

        @Test("Provisions are chosen by plan, zone and parameter as the planner's table has them") func provisions() async throws {
            let server = try LiveServer(try await SampleTown.city())
            let table = try OtherPrograms.csv(SampleTown.folder.appending(path: "provisions.csv"))
            for (query, isMeant) in [
                ("", { _ in true }), ("plan=A1", { $0["plan"] == "A1" }), ("target=overlay:river", { $0["target"] == "overlay:river" }),
                ("parameter=far.max", { $0["parameter"] == "far.max" }),
                ("plan=D&parameter=far.max&target=", { $0["plan"] == "D" && $0["parameter"] == "far.max" }),
                (
                    "target=R1",
                    { row in
                        let target = row["target"] ?? ""
                        guard target.hasPrefix("zone:") else { return false }
                        let code = target.dropFirst(5).split(separator: "/").last.map(String.init) ?? ""
                        return fnmatch(code, "R1", 0) == 0
                    }
                ),
            ] as [(String, ([String: String]) -> Bool)] {
                let wanted = table.filter(isMeant).map {
                    [$0["plan"] ?? "", $0["clause"] ?? "", $0["target"] ?? ""].joined(separator: " ")
                }
                let json = try server.get("/provisions?" + query.replacingOccurrences(of: "&target=", with: "")).json
                let listed = (json["provisions"] as? [[String: Any]] ?? []).map { row in
                    ["plan", "clause", "target"].map { row[$0] as? String ?? "" }.joined(separator: " ")
                }
                #expect(!wanted.isEmpty && wanted.sorted() == listed.sorted(), "\(query)")
                let shown = try all(server, "/provisions?\(query)&f=html&lang=en").map { plain($0[0] + " " + $0[1]) }
                #expect(shown == listed.map { $0.replacing(" ", with: ", ", maxReplacements: 1) }, "\(query)")
            }
            for (query, status) in [("parameter=far.mox", 404), ("plan=A9&f=html", 404), ("page=2", 400), ("page=0&f=html", 400)] {
                #expect(try server.get("/provisions?" + query).status == status, "\(query)")
            }
        }

        @Test("Where a clause decides is told in the command's own bytes, and each line of the page is one of its entries")
        func whereabouts() async throws {
            let city = try await SampleTown.city()
            let server = try LiveServer(city)
            let document = try page(server, "/provisions?plan=A1&f=html&lang=en")
            let links = try document.nodes(forXPath: "//td/a/@href").compactMap(\.stringValue)
            #expect(links.contains { $0.hasPrefix("/where?plan=A1&clause=1&") })
            for (plan, clause) in [("A1", "1"), ("D", "2-2-1"), ("D", "7-4")] {
                let words = ["where", plan, clause, "--on", SampleTown.day]
                let ended = try Program.run(words + ["--json"], city: city)
                let asked = "/where?plan=\(plan)&clause=\(clause)&on=\(SampleTown.day)"
                #expect(try server.get(asked).body == ended.out)
                #expect(try server.get(asked + "&f=geojson").body == Program.run(words + ["--format", "geojson"], city: city).out)
                let json = try JSONSerialization.jsonObject(with: ended.out) as? [String: Any]
                let entries = json?["entries"] as? [[String: Any]] ?? []
                let shown = try all(server, asked + "&f=html&lang=en")
                #expect(!entries.isEmpty && shown.map { $0[0] } == entries.prefix(shown.count).compactMap { $0["parcel"] as? String })
                #expect(shown.count == min(entries.count, 6_000))
                let parts = ["decides": "decides", "loses": "loses", "open": "is open"]
                for (row, entry) in zip(shown, entries) {
                    #expect(row[1].hasPrefix(parts[entry["part"] as? String ?? ""] ?? "none"))
                }
            }
            for (query, status) in [
                ("plan=A1", 400), ("plan=A9&clause=1", 404), ("plan=D&clause=2-2-9", 404), ("plan=D&clause=2-2-9&f=html", 404),
            ] {
                #expect(try server.get("/where?" + query).status == status, "\(query)")
            }
            #expect(try server.get("/where?plan=D&clause=2-2-9&lang=en").text.contains("2-2-1"))
        }
    }
}
