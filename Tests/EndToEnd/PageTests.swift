import Foundation
import FoundationXML
import Testing
import Trials

/// Tests that read pages as XML: one after the other, for the library that reads them is not safe from two threads.
@Suite("Pages", .serialized) struct Pages {}

extension Pages {
    /// The page as a client without a script sees it: read by libxml2, and compared with the answer in JSON.
    @Suite("The page") struct PageTests {
        private static let places = [
            "lon=59.37&lat=36.315", "x=713000&y=4021500", "x=712600&y=4021100", "x=713300&y=4021900", "x=600000&y=4021900",
            "x=712950.5&y=4021433.2",
        ]

        private func page(_ server: LiveServer, _ target: String, _ fields: [String] = []) throws -> (Wire.Answer, XMLDocument) {
            let response = try server.get(target, fields)
            return (response, try XMLDocument(data: Data(response.body)))
        }

        private func texts(_ document: XMLDocument, _ path: String) throws -> [String] {
            try document.nodes(forXPath: path).map { $0.stringValue ?? "" }
        }

        @Test("The table's values are the answer's, each with its clause and its text") func values() async throws {
            let server = try LiveServer(try await SampleTown.city())
            var (rows, uses) = (0, 0)
            for place in Self.places {
                let question = "/answer?\(place)&on=\(SampleTown.day)"
                let answer = try #require(try JSONSerialization.jsonObject(with: Data(server.get(question).body)) as? [String: Any])
                let (response, document) = try page(server, question + "&f=html&lang=en")
                #expect(response.status == 200 && response.field("Content-Type") == "text/html; charset=utf-8")
                let findings = try #require(answer["findings"] as? [[String: Any]]).filter {
                    $0["status"] as? String != "none" && $0["parameter"] as? String != "use" && $0["relation"] as? String != "note"
                }
                let cells = try document.nodes(forXPath: "//table[@class='rules']/tbody/tr").map { row in
                    try row.nodes(forXPath: "th | td").map { $0.stringValue ?? "" }
                }
                #expect(cells.count == findings.count, "\(place)")
                for finding in findings where finding["status"] as? String == "decided" {
                    let provision = try #require(finding["provision"] as? [String: Any])
                    let (clause, text) = (try #require(provision["clause"] as? String), try #require(provision["text"] as? String))
                    let number = (finding["value"] as? NSNumber)?.description ?? ""
                    #expect(cells.contains { $0[1].contains(number) && $0[2] == text && $0[3].contains(clause) }, "\(place): \(finding)")
                    rows += 1
                }
                let listed = try texts(document, "//details/ul/li/b").map {
                    $0.filter { !$0.unicodeScalars.allSatisfy { (0x2066...0x2069).contains($0.value) } }
                }
                for use in try #require(answer["uses"] as? [[String: Any]]) {
                    let code = try #require(use["use"] as? String)
                    #expect(listed.contains { $0 == code || $0.hasSuffix(" (\(code))") })
                    uses += 1
                }
                let pieces = try #require(answer["zones"] as? [[String: Any]]).filter { $0["parcel"] is String }
                for division in try document.nodes(forXPath: "//*[local-name()='svg'][@class='bar']") {
                    let widths = try division.nodes(forXPath: "*/@width").compactMap { Double($0.stringValue ?? "") }
                    #expect(abs(widths.reduce(0, +) - 1000) < 0.01 && !pieces.isEmpty, "\(place): \(widths)")
                }
            }
            #expect(rows > 20 && uses > 20)
        }

        @Test("Every page is well formed, in both languages, loads nothing from elsewhere and runs nothing of its own") func shells()
            async throws
        {
            let server = try LiveServer(try await SampleTown.city())
            for target in [
                "/", "/answer?x=713000&y=4021500", "/answer?parcel=none", "/answer?address=%D8%AE", "/nowhere", "/collections", "/legend",
                "/diff", "/diff?from=1404-06-31&to=1404-07-01", "/diff?delivery=1", "/compare?parcel=1-1-21-5-0-0-0&from=1404-06-31",
                "/provisions", "/provisions?target=R1", "/where?plan=A1&clause=1", "/where?plan=A1&clause=none", "/batch", "/deliveries",
            ] {
                for language in ["fa", "en"] {
                    let separator = target.contains("?") ? "&" : "?"
                    let (response, document) = try page(server, "\(target)\(separator)f=html&lang=\(language)")
                    let policy = try #require(response.field("Content-Security-Policy"))
                    #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
                    #expect(
                        try texts(document, "/html/@lang") == [language]
                            && texts(document, "/html/@dir") == [language == "fa" ? "rtl" : "ltr"])
                    #expect(try texts(document, "//h1").count == 1)
                    for address in try texts(document, "//@src | //link/@href") {
                        #expect(address.hasPrefix("/assets/") || address.hasPrefix("data:"))
                    }
                    #expect(try texts(document, "//script[not(@src)] | //style | //@style | //@onclick").isEmpty)
                }
            }
        }

        @Test(
            "What is typed leads to its answer: codes, coordinates in either order and any digits, addresses",
            arguments: [
                ("1-6-172-1-0-0-0", "parcel=1-6-172-1-0-0-0"), ("۳۶٫۳۱۵، ۵۹٫۳۷", "lon=59.37&lat=36.315"),
                ("59.37 36.315", "lon=59.37&lat=36.315"),
                ("713000, 4021500", "x=713000.0&y=4021500.0"),
            ])
        func typed(_ text: String, _ target: String) async throws {
            let server = try LiveServer(try await SampleTown.city())
            let query = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            let response = try server.get("/find?q=\(query)&on=1404-07-01&lang=en")
            #expect(response.status == 303)
            let location = try #require(response.field("Location"))
            #expect(location == "/answer?\(target)&on=1404-07-01&f=html&lang=en")
            #expect(try server.get(location).status == 200)
        }

        @Test("A fact that a rule hangs on is asked for, and its answer then is the one with the fact") func facts() async throws {
            let server = try LiveServer(try await SampleTown.city())
            let place = "x=713208.1&y=4021961"
            let (_, document) = try page(server, "/answer?\(place)&f=html&lang=en")
            let names = try texts(document, "//form//input/@name").filter { $0.hasPrefix("fact.") }
            #expect(names == ["fact.unit.area"])
            let response = try server.get(
                "/find?\(place)&fact.unit.area=\("۱۲۰".addingPercentEncoding(withAllowedCharacters: []) ?? "")&lang=en")
            let location = try #require(response.field("Location"))
            let (_, answered) = try page(server, location)
            #expect(try texts(answered, "//form//input/@name").filter { $0.hasPrefix("fact.") }.isEmpty)
            let json = try server.get("/answer?\(place)&fact=unit.area%3D120").json
            let findings = try #require(json["findings"] as? [[String: Any]])
            let parking = try #require(findings.first { $0["parameter"] as? String == "parking.perUnit.min" })
            let value = (parking["value"] as? NSNumber)?.description ?? "none"
            let rows = try texts(answered, "//table[@class='rules']/tbody/tr/td[@class='value']")
            #expect(parking["status"] as? String == "decided" && rows.contains { $0.contains(value) })
        }

        @Test("The buildable ground's area stands on the page as its own address has it, and what it needs where it needs something")
        func envelopes() async throws {
            let server = try LiveServer(try await SampleTown.city())
            for fact in ["", "&fact=use%3Dresidential"] {
                let (_, document) = try page(server, "/answer?parcel=1-1-1-1-0-0-0&f=html&lang=en" + fact)
                let json = try server.get("/parcels/1-1-1-1-0-0-0/envelope?" + fact.dropFirst()).json
                let properties = try #require(json["properties"] as? [String: Any])
                let line = try #require(try texts(document, "//p[@class='envelope']").first)
                if let area = properties["area"] as? NSNumber {
                    #expect(line.contains(area.description))
                } else {
                    let needs = try #require(properties["needs"] as? [String])
                    let fields = try texts(document, "//form//input/@name")
                    #expect(line.contains("must be known") && needs.contains("use") && needs.allSatisfy { fields.contains("fact." + $0) })
                }
            }
        }

        @Test("Hostile text is shown as text") func hostile() async throws {
            let server = try LiveServer(try await SampleTown.city())
            let texts = [
                "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onfocus='alert(1)", "&lt;b&gt;", "\u{202E}gnp.exe", "🏠🏠",
            ]
            for text in texts + [String(repeating: "آ", count: 150)] {
                let query = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                for target in ["/answer?address=\(query)", "/answer?parcel=\(query)", "/find?q=a&extra=\(query)"] {
                    let (response, document) = try page(server, target + (target.contains("?") ? "&" : "?") + "f=html")
                    #expect([300, 400, 404].contains(response.status), "\(target)")
                    #expect(try document.nodes(forXPath: "//script[not(@src)] | //img | //b | //@onerror | //@onfocus").isEmpty)
                }
            }
        }
    }
}
