import Foundation
import FoundationXML
import Testing

extension Pages {
    /// What may be built, floor by floor, as the page has it, beside the same worked out here from the answer in JSON and the envelope.
    @Suite("What may be built, on the page") struct BuildingPageTests {
        /// The first case's rows: what each level comes to, NaN where it is not known.
        private func levels(_ server: LiveServer, _ question: String) throws -> [String: Double] {
            let document = try XMLDocument(data: Data(server.get("/answer?\(question)&f=html&lang=en").body))
            var levels: [String: Double] = [:]
            let tables = try document.nodes(forXPath: "//section[@id='building']/details[1]//table")
            // With several grounds the last table has them together.
            for row in try tables.last?.nodes(forXPath: "tbody/tr") ?? [] {
                let cells = try row.nodes(forXPath: "th | td").map { $0.stringValue ?? "" }
                levels[String(cells[0].prefix { $0 != "(" }).trimmingCharacters(in: .whitespaces)] =
                    Double(cells[1].prefix { $0 != " " }) ?? .nan
            }
            return levels
        }

        @Test("Ground floor and all floors are the least that coverage, density, floors and the envelope leave; what is open is no number")
        func figures() async throws {
            let server = try LiveServer(try await SampleTown.city())
            let items = try server.get("/collections/parcels/items?limit=400").json
            let codes = try #require(items["features"] as? [[String: Any]]).compactMap { $0["id"] as? String }
            var (worked, unknown) = (0, 0)
            for code in codes.enumerated().filter({ $0.offset.isMultiple(of: 4) }).map(\.element) {
                let place = "parcel=\(code)&on=\(SampleTown.day)"
                let uses = try #require(server.get("/answer?\(place)").json["uses"] as? [[String: Any]])
                guard
                    let use = uses.first(where: { $0["status"] as? String == "permitted" && $0["share"] as? Double == 1 })?["use"]
                        as? String
                else { continue }
                let fact = "fact=use%3D\(use)"
                let answer = try server.get("/answer?\(place)&\(fact)").json
                let areas = try #require((answer["parcels"] as? [[String: Any]])?.first?["area"] as? [String: Any])
                let findings = try #require(answer["findings"] as? [[String: Any]]).filter {
                    ["max", "exactly"].contains($0["relation"] as? String) && $0["status"] as? String != "none"
                }
                func said(_ parameter: String) -> [[String: Any]] { findings.filter { $0["parameter"] as? String == parameter } }
                let limits = ["coverage.max", "far.max", "floors.max"].map(said)
                // Where a parcel has several grounds the pure tests have worked it out.
                guard limits.allSatisfy({ $0.count == 1 && $0[0]["share"] as? Double == 1 }) else { continue }
                let left = try server.get("/parcels/\(code)/envelope?on=\(SampleTown.day)&\(fact)").json
                let envelope = (left["properties"] as? [String: Any])?["area"] as? Double
                let levels = try levels(server, "\(place)&\(fact)")
                let values = limits.map { $0[0]["status"] as? String == "decided" ? $0[0]["value"] as? Double : nil }
                func area(_ finding: [String: Any]) -> Double? { areas[finding["basis"] as? String ?? ""] as? Double }
                guard let share = values[0], let ratio = values[1], let count = values[2], let envelope, let ground = area(limits[0][0]),
                    let deed = area(limits[1][0])
                else {
                    #expect(levels["All floors"]?.isNaN == true, "\(code): \(levels)")
                    unknown += 1
                    continue
                }
                let density = ratio / 100 * deed
                let floor = min(share / 100 * ground, density, envelope)
                let all = min(density, floor * count)
                // The answer's areas are rounded to 0.01 m² before they are multiplied here.
                for (name, expected) in [("Ground floor", floor), ("All floors", all), ("Upper floors", all - floor)] {
                    let shown = try #require(levels[name], "\(code) \(use): \(name) of \(levels)")
                    #expect(abs(shown - expected) < 0.03, "\(code) \(use): \(name) \(shown), not \(expected)")
                }
                worked += 1
            }
            #expect(worked > 30 && unknown > 0, "\(worked) worked out, \(unknown) not known")
        }

        @Test("A deed area that nobody has delivered is asked for, and what is built by it is worked out when it is given") func noDeed()
            async throws
        {
            let server = try LiveServer(try await SampleTown.city())
            let place = "parcel=1-1-3-1-0-0-0&on=\(SampleTown.day)"
            let document = try XMLDocument(data: Data(server.get("/answer?\(place)&f=html&lang=en").body))
            let fields = try document.nodes(forXPath: "//form//input/@name").map { $0.stringValue ?? "" }
            #expect(fields.contains("fact.area.deed"), "\(fields)")
            #expect(try levels(server, place)["All floors"]?.isNaN == true)
            // 15 % of 3,000 m² in a garden of 2,000 m² and more (clause 2-7-2); 7.5 % of the grid's 3,001.56 m² on the ground.
            let given = try levels(server, place + "&fact=area.deed%3D3000")
            #expect(given["All floors"] == 450 && given["Ground floor"] == 225.12, "\(given)")
        }

        @Test("Every use that the answer allows has its own figures, and each figure its clause") func uses() async throws {
            let server = try LiveServer(try await SampleTown.city())
            let place = "lon=59.37&lat=36.315&on=\(SampleTown.day)"
            let uses = try #require(server.get("/answer?\(place)").json["uses"] as? [[String: Any]])
            let allowed = Set(
                uses.filter { ["permitted", "conditional"].contains($0["status"] as? String) }.compactMap { $0["use"] as? String })
            for (language, words) in [("en", "the least"), ("fa", "کمترین")] {
                let document = try XMLDocument(data: Data(server.get("/answer?\(place)&f=html&lang=\(language)").body))
                let titles = try document.nodes(forXPath: "//section[@id='building']/details/summary").map { $0.stringValue ?? "" }
                for use in allowed { #expect(titles.contains { $0.contains("(\(use))") }, "\(use) in \(titles)") }
                let lines = try document.nodes(forXPath: "//section[@id='building']//tbody/tr/td/p").map { $0.stringValue ?? "" }
                #expect(lines.contains { $0.contains("×") && $0.contains("2-4-1") && $0.contains("=") && $0.contains(words) }, "\(lines)")
            }
        }
    }
}
