import Foundation
import FoundationXML
import Testing
import Trials

extension Pages {
    /// A table sent as a form's file, by curl: nothing of ours makes the body.
    @Suite("A table of places sent") struct BatchPageTests {
        private struct Sent {
            let status: Int
            let fields: String
            let body: Data
            var text: String { String(decoding: body, as: UTF8.self) }
        }

        private func port(_ server: LiveServer) -> UInt16 { if case .port(let port) = server.place { port } else { 0 } }

        private func send(
            _ server: LiveServer, _ table: Data, _ words: [String] = [], name: String = "places.csv", query: String = "lang=en"
        )
            throws -> Sent
        {
            let scratch = try Scratch()
            let (file, head, out) = (
                scratch.url.appending(path: "sent"), scratch.url.appending(path: "head"), scratch.url.appending(path: "out")
            )
            try table.write(to: file)
            try Data().write(to: out)
            let ended = try Program.run(
                URL(filePath: "/usr/bin/curl"),
                [
                    "-s", "-D", head.path, "-o", out.path, "-w", "%{http_code}", "-F", "file=@\(file.path);filename=\(name);type=text/csv",
                    "http://127.0.0.1:\(port(server))/batch?\(query)",
                ] + words)
            return Sent(
                status: Int(ended.text) ?? 0, fields: try String(contentsOf: head, encoding: .utf8), body: try Data(contentsOf: out))
        }

        private let parcels = "id,parcel\na,1-1-1-1-0-0-0\nb,1-6-172-1-0-0-0\nc,9-9\n"

        @Test("The lines are those of the command's batch, whatever separator and mark the table has") func lines() async throws {
            let city = try await SampleTown.city()
            let server = try LiveServer(city)
            let on = ["-F", "on=\(SampleTown.day)", "-F", "f=jsonl"]
            for (kind, table) in [
                ("--parcels", parcels), ("--points", "id,x,y\n1,713000,4021500\n2,712339.9,4021066.3\n3,east,1\n"),
                ("--addresses", "id,address\n1,شهید بهشتی ۲۲/۱ پلاک ۵\n2,هیچ\n"),
            ] {
                let told = try Program.run(["batch", kind, "--on", SampleTown.day], city: city, input: Data(table.utf8)).out
                for form in [table, "\u{FEFF}" + table.replacing("\n", with: "\r\n"), table.replacing(",", with: ";")] {
                    let sent = try send(server, Data(form.utf8), on)
                    #expect(sent.status == 200 && sent.body == told, "\(kind): \(sent.text.prefix(200))")
                    #expect(sent.fields.contains("application/x-ndjson") && sent.fields.contains("attachment"))
                }
            }
            let degrees = "id,x,y\n1,59.37,36.315\n"
            let told = try Program.run(
                ["batch", "--points", "--crs", "EPSG:4326", "--on", SampleTown.day], city: city, input: Data(degrees.utf8)
            ).out
            #expect(try send(server, Data(degrees.utf8), on + ["-F", "crs=EPSG:4326"]).body == told)
        }

        @Test("The table that comes back has a row for each sent, its values the answers', as Python reads it") func table() async throws {
            let city = try await SampleTown.city()
            let server = try LiveServer(city)
            let rows = ["1-1-1-1-0-0-0", "1-6-172-1-0-0-0", "1-1-21-5-0-0-0"]
            let sent = try send(
                server, Data(("id,parcel\n" + rows.map { "\($0),\($0)\n" }.joined() + "=1+1,none\n").utf8),
                ["-F", "on=\(SampleTown.day)", "-F", "f=csv"])
            let scratch = try Scratch()
            let file = scratch.url.appending(path: "answers.csv")
            try sent.body.write(to: file)
            #expect(sent.body.starts(with: [0xEF, 0xBB, 0xBF]) && sent.fields.contains("text/csv"))
            let table = try OtherPrograms.csv(file)
            #expect(table.map { $0["id"] } == rows + ["'=1+1"], "a formula is made a text")
            for (row, code) in zip(table, rows) {
                let answer = try server.get("/answer?parcel=\(code)&on=\(SampleTown.day)").json
                #expect(row["parcel"] == code && row["problem"] == "")
                var values: [String: [String]] = [:]
                for finding in answer["findings"] as? [[String: Any]] ?? []
                where finding["status"] as? String == "decided" && finding["relation"] as? String != "note" {
                    guard let number = finding["value"] as? NSNumber, let name = finding["parameter"] as? String else { continue }
                    if !values[name, default: []].contains(number.description) { values[name, default: []].append(number.description) }
                }
                #expect(!values.isEmpty)
                for (name, wanted) in values { #expect(row[name] == wanted.joined(separator: " | "), "\(code): \(name)") }
                let uses = (answer["uses"] as? [[String: Any]] ?? []).filter { $0["status"] as? String == "permitted" }
                #expect(Set((row["uses"] ?? "").split(separator: " ").map(String.init)) == Set(uses.compactMap { $0["use"] as? String }))
            }
            #expect(table.last?["problem"]?.contains("none") == true)
        }

        @Test("The page shows a line for each row, links each to its answer, and carries the table on") func page() async throws {
            let server = try LiveServer(try await SampleTown.city())
            let document = try XMLDocument(data: send(server, Data(parcels.utf8), ["-F", "on=\(SampleTown.day)"]).body)
            let rows = try document.nodes(forXPath: "//table/tbody/tr").map { row in
                try row.nodes(forXPath: "th | td").map { ($0.stringValue ?? "").trimmingCharacters(in: .whitespacesAndNewlines) }
            }
            #expect(rows.map { $0[0] } == ["a", "b", "c"])
            #expect(rows[0][1].contains("1-1-1-1-0-0-0") && rows[2][4].contains("9-9"))
            let link = try #require(try document.nodes(forXPath: "//td/a/@href").first?.stringValue)
            #expect(link == "/answer?parcel=1-1-1-1-0-0-0&on=\(SampleTown.day)&f=html&lang=en")
            #expect(try server.get(link).status == 200)
            // The same table from the page's own field, as a browser sends it on.
            let carried = try #require(try document.nodes(forXPath: "//textarea[@name='table']").first?.stringValue).dropFirst()
            let first = try send(server, Data(parcels.utf8), ["-F", "on=\(SampleTown.day)", "-F", "f=csv"])
            let scratch = try Scratch()
            let file = scratch.url.appending(path: "table")
            try Data(carried.utf8).write(to: file)
            let again = try Program.run(
                URL(filePath: "/usr/bin/curl"),
                [
                    "-s", "-F", "table=<\(file.path)", "-F", "on=\(SampleTown.day)", "-F", "f=csv",
                    "http://127.0.0.1:\(port(server))/batch?lang=en",
                ])
            #expect(again.out == first.body)
        }

        @Test("What is no such table is refused, with where and what was expected") func bad() async throws {
            let server = try LiveServer(try await SampleTown.city())
            for (table, words, status, says) in [
                (Data(), [], 400, "empty"), (Data("id,parcel\n\"a,b\n".utf8), [], 400, "line 2, column 1"),
                (Data("name,place\n1,2\n".utf8), [], 400, "expected id,x,y or id,parcel or id,address"),
                (Data([0x50, 0x4B, 0x03, 0x04, 0, 0, 1]), [], 400, "spreadsheet"),
                (Data([0x89, 0x50, 0x4E, 0x47, 0xFF, 0]), [], 400, "UTF-8"),
                (Data(parcels.utf8), ["-F", "on=yesterday"], 400, "on:"), (Data(parcels.utf8), ["-F", "f=xml"], 400, "html, csv, jsonl"),
                (Data(parcels.utf8), ["-F", "extra=1"], 400, "no field"), (Data(parcels.utf8), ["-F", "known=99"], 404, "99"),
                (Data(("id,parcel\n" + String(repeating: "1,1\n", count: 100_001)).utf8), [], 413, "100000 rows"),
                (Data(count: 17 << 20), [], 413, "body"),
            ] as [(Data, [String], Int, String)] {
                let sent = try send(server, table, words)
                #expect(sent.status == status && sent.text.contains(says), "\(says): \(sent.status) \(sent.text.prefix(300))")
            }
            let wrong = try Program.run(
                URL(filePath: "/usr/bin/curl"),
                ["-s", "-w", "%{http_code}", "-d", "{}", "-H", "Content-Type: application/json", "http://127.0.0.1:\(port(server))/batch"])
            #expect(wrong.text.hasSuffix("415"))
            let parts = try send(server, Data("id,x,y\n1,east,2\n".utf8), [], query: "lang=fa")
            #expect(parts.status == 200 && parts.text.contains("سطر ۲"))
        }

        @Test("Hostile cells are texts on the page, and the form names its limits") func hostile() async throws {
            let server = try LiveServer(try await SampleTown.city())
            let texts = ["<script>alert(1)</script>", "</textarea><img src=x onerror=alert(1)>", "\u{202E}gnp", "' onfocus='x"]
            let table = "id,address\n" + texts.map { "\"\($0)\",\"\($0)\"\n" }.joined()
            let sent = try send(server, Data(table.utf8), name: "<b>.csv")
            let document = try XMLDocument(data: sent.body)
            #expect(sent.status == 200)
            #expect(try document.nodes(forXPath: "//script[not(@src)] | //img | //b[not(ancestor::ul)] | //@onerror | //@onfocus").isEmpty)
            #expect(try document.nodes(forXPath: "//tbody/tr").count == texts.count)
            let form = try XMLDocument(data: server.get("/batch?f=html&lang=en").body)
            #expect(try form.nodes(forXPath: "//form[@enctype='multipart/form-data']//input[@type='file']").count == 1)
        }
    }
}
