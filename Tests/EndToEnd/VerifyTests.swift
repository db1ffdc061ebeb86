import Foundation
import FoundationXML
import Testing

extension Pages {
    /// `/verify` as those meet it who have a paper, its PDF, or the answer itself.
    @Suite("Certificates verified over HTTP") struct VerifyTests {
        private struct Verdict: Decodable, Equatable {
            let holds: Bool
            let recomputed: Bool
            let number: Int?
            let fault: String?
            /// The parcels as `/compare` has them, then and now.
            var since: Since?

            struct Since: Decodable {
                struct Part: Decodable { let kind: String }

                let parcels: [Part]
            }

            var kinds: [String] { since?.parcels.map(\.kind) ?? [] }

            static func == (one: Verdict, other: Verdict) -> Bool {
                (one.holds, one.recomputed, one.number, one.fault) == (other.holds, other.recomputed, other.number, other.fault)
            }
        }

        private func verdict(_ answer: Wire.Answer) throws -> Verdict {
            #expect(answer.status == 200 && answer.field("Cache-Control") == "no-store")
            let verdict = try JSONDecoder().decode(Verdict.self, from: answer.body)
            // What has changed since is there where the answer is, and only there.
            #expect((verdict.since != nil) == verdict.recomputed)
            return verdict
        }

        private func post(_ server: LiveServer, _ body: Data, _ type: String, _ query: String = "") throws -> Wire.Answer {
            let wire = try Wire(server.place)
            try wire.send(
                Wire.request("/verify" + query, ["Content-Type: \(type)", "Content-Length: \(body.count)"], method: "POST") + body)
            return try wire.answer(to: "POST")
        }

        private func upload(_ server: LiveServer, _ body: Data, _ query: String = "") throws -> Wire.Answer {
            let head = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n"
            return try post(server, Data(head.utf8) + body + Data("\r\n--edge--\r\n".utf8), "multipart/form-data; boundary=edge", query)
        }

        private func pasted(_ text: Data) -> Data {
            Data("answer=".utf8)
                + Data(
                    text.flatMap { byte -> [UInt8] in
                        byte == 0x20 ? [0x2B] : Array(String(format: "%%%02X", byte).utf8)
                    })
        }

        @Test("The address in a paper's QR code leads to a verdict, of a numbered certificate, of one without, and after the city changed")
        func code() async throws {
            let town = try await SigningTown()
            let server = try LiveServer(town.city)
            let questions = [
                ["1-1-1-1-0-0-0", "--issue", "--by", "clerk"], ["1-1-1-1-0-0-0", "--fact", "frontage=12.5", "--fact", "use=مسکونی & ۲"],
                ["59.3725", "36.3142", "--crs", "EPSG:4326"], ["--address", "شهید بهشتی ۲۲/۱ پلاک ۵"],
            ]
            var targets: [String] = []
            for (place, question) in questions.enumerated() {
                let paper = try Paper(town, question + ["--on", SampleTown.day], "\(place).pdf")
                let picture = town.scratch.url.appending(path: "\(place)").path
                _ = try Paper.tool("pdftoppm", ["-r", "150", "-l", "1", "-singlefile", "-png", paper.url.path, picture])
                let address = try Paper.tool("zbarimg", ["--raw", "-q", picture + ".png"]).text.trimmingCharacters(in: .newlines)
                targets.append(try #require(address.hasPrefix(Paper.address) ? String(address.dropFirst(Paper.address.count)) : nil))
            }
            func check(_ server: LiveServer, _ kind: String) throws {
                for (place, target) in targets.enumerated() {
                    let found = try verdict(server.get(target))
                    #expect(found == Verdict(holds: true, recomputed: true, number: place == 0 ? 1 : nil, fault: nil), "\(target)")
                    // Only the garden's density was made another.
                    #expect(found.kinds == [place < 2 ? kind : "same"], "\(target): \(found.kinds)")
                    // Another digest, another number, another day.
                    let digit: Character = target.contains("digest=0") ? "1" : "0"
                    let start = target.range(of: "digest=")!.upperBound
                    let other = target.replacingCharacters(in: start...start, with: String(digit))
                    #expect(try !verdict(server.get(other)).holds)
                    let changed = target.replacingOccurrences(of: "number=1", with: "number=2")
                        .replacingOccurrences(of: "&on=20", with: "&on=19")
                    #expect(try changed != target && !verdict(server.get(changed)).holds, "\(changed)")
                }
            }
            try check(server, "same")
            // What a browser gets, in both languages, says what was decided.
            let answer = try #require(
                try JSONSerialization.jsonObject(with: server.get("/answer?parcel=1-1-1-1-0-0-0&on=" + SampleTown.day).body)
                    as? [String: Any])
            let decided = try #require(answer["findings"] as? [[String: Any]]).compactMap { finding in
                finding["relation"] as? String == "note" || finding["parameter"] as? String == "use"
                    ? nil : (finding["provision"] as? [String: Any])?["text"] as? String
            }
            for language in ["fa", "en"] {
                let page = try XMLDocument(data: server.get(targets[0] + "&lang=\(language)", ["Accept: text/html"]).body)
                #expect(try page.nodes(forXPath: "//section[@class='verdict holds']").count == 1)
                let texts = Set(try page.nodes(forXPath: "//table[@class='rules']/tbody/tr/td[2]").map { $0.stringValue ?? "" })
                #expect(decided.count > 3 && decided.allSatisfy { texts.contains($0) })
                for link in try page.nodes(forXPath: "//main//a/@href") {
                    #expect(try server.get(link.stringValue ?? "").status == 200, "\(link.stringValue ?? "")")
                }
            }
            let wrong = try XMLDocument(
                data: server.get(targets[0].replacingOccurrences(of: "number=1", with: "number=9") + "&f=html").body)
            #expect(try wrong.nodes(forXPath: "//section[@class='verdict fails']").count == 1)
            #expect(try wrong.nodes(forXPath: "//table").isEmpty)
            // A later revision takes nothing from a certificate.
            let provisions = town.scratch.url.appending(path: "provisions.csv")
            try town.must(["export", "--provisions", provisions.path])
            let text = try String(contentsOf: provisions, encoding: .utf8).replacingOccurrences(
                of: "far.max,max,15,", with: "far.max,max,14,")
            try text.write(to: provisions, atomically: true, encoding: .utf8)
            _ = try Program.run(["import", provisions.path, "--as", "provisions"], city: town.city)
            let deliveries = try #require(
                try JSONSerialization.jsonObject(with: town.must(["deliveries", "--json"]).out) as? [[String: Any]])
            let last = try #require(deliveries.last?["number"] as? Int)
            try town.must(["accept", "\(last)", "--by", "t"])
            try check(try LiveServer(town.city), "changed")
        }

        @Test("The answer itself is judged as verify judges it: as a body, pasted, uploaded, and out of the PDF that it is attached to")
        func whole() async throws {
            let town = try await SigningTown()
            let server = try LiveServer(town.city)
            let paper = try Paper(town, ["1-1-1-1-0-0-0", "--on", SampleTown.day, "--issue", "--by", "clerk"])
            let answer = try paper.attachment()
            let good = Verdict(holds: true, recomputed: true, number: 1, fault: nil)
            let form = "application/x-www-form-urlencoded"
            #expect(try verdict(post(server, answer, "application/json")) == good)
            #expect(try verdict(post(server, paper.bytes, "application/pdf")) == good)
            #expect(try verdict(upload(server, answer)) == good)
            #expect(try verdict(upload(server, paper.bytes)) == good)
            // Pasting loses the newline at the end, or makes it another.
            #expect(try verdict(post(server, pasted(answer.dropLast()), form)) == good)
            #expect(try verdict(post(server, pasted(answer.dropLast() + Data("\r\n".utf8)), form)) == good)
            // The program's word for it is the same, whatever was changed.
            for (place, change) in [
                ("\"limits\":\"", "\"limits\":\"x"), ("\"revision\":", "\"revision\":1"), ("\"number\":1", "\"number\":2"),
            ]
            .enumerated() {
                let text = String(decoding: answer, as: UTF8.self)
                let bad = Data(text.replacingOccurrences(of: change.0, with: change.1).utf8)
                let path = try town.file("bad\(place).json", bad)
                let said = try Program.run(["verify", path, "--lang", "en"], city: town.city)
                let found = try verdict(post(server, bad, "application/json"))
                #expect(said.code == 1 && !found.holds && !found.recomputed)
                #expect(said.err.contains(try #require(found.fault)), "\(said.err)")
                let page = try XMLDocument(data: upload(server, bad, "?f=html&lang=en").body)
                #expect(try page.nodes(forXPath: "//section[@class='verdict fails']/p").first?.stringValue == found.fault)
            }
            // Another town's certificate.
            let other = try await SigningTown()
            let strange = try Paper(other, ["1-1-1-1-0-0-0", "--on", SampleTown.day]).attachment()
            #expect(try verdict(post(server, strange, "application/json")).fault?.contains("not among") == true)
        }

        @Test("What is no certificate is refused, and says what was expected") func bad() async throws {
            let town = try await SigningTown()
            let server = try LiveServer(town.city)
            let digest = String(repeating: "0", count: 64)
            for (target, code) in [
                ("/verify", "missing"), ("/verify?digest=12", "bad-value"), ("/verify?digest=\(digest)", "missing"),
                ("/verify?digest=\(digest)&number=0", "bad-value"), ("/verify?digest=\(digest)&parcel=1-1-1-1-0-0-0", "missing"),
                ("/verify?digest=\(digest)&parcel=1-1-1-1-0-0-0&on=1404-13-01&known=1", "bad-value"),
                ("/verify?digest=\(digest)&parcel=1&x=2&on=1404-01-01&known=1", "conflict"),
                ("/verify?digset=\(digest)", "unknown-parameter"),
            ] {
                let answer = try server.get(target)
                let problem = try #require(try JSONSerialization.jsonObject(with: answer.body) as? [String: Any])
                #expect(answer.status == 400 && problem["code"] as? String == code, "\(target): \(problem)")
            }
            for (body, type, status) in [
                ("", "application/json", 400), ("{", "application/json", 400), ("{}", "application/json", 400), ("x", "text/plain", 415),
                ("%PDF-1.7 nothing", "application/pdf", 400), ("answer=", "application/x-www-form-urlencoded", 400),
                ("--edge\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ncut", "multipart/form-data; boundary=edge", 400),
                ("x", "multipart/form-data", 400), (String(repeating: "a=b&", count: 100), "application/x-www-form-urlencoded", 400),
                ("[" + String(repeating: "[", count: 100_000), "application/json", 400),
            ] {
                let answer = try post(server, Data(body.utf8), type)
                #expect(answer.status == status, "\(type): \(String(decoding: answer.body, as: UTF8.self))")
                #expect(answer.field("Content-Type") == "application/problem+json")
            }
            for language in ["fa", "en"] {
                let page = try XMLDocument(data: server.get("/verify?f=html&lang=\(language)").body)
                #expect(try page.nodes(forXPath: "//form[@method='post' and @enctype='multipart/form-data']").count == 1)
            }
            #expect(try server.get("/verify", method: "PUT").field("Allow") == "GET, HEAD, POST, OPTIONS")
            #expect(server.isRunning)
        }
    }
}
