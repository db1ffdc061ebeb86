import Foundation
import Persian
import Testing

/// A certificate on paper as other programs read it.
struct Paper {
    let url: URL

    static let address = "https://plan.example.ir/turqabeh"

    static func tool(_ name: String, _ arguments: [String]) throws -> Program.Ended {
        try Program.run(URL(filePath: "/usr/bin/\(name)"), arguments)
    }

    /// Makes it of a question, or of an answer.
    init(_ town: SigningTown, _ words: [String], _ name: String = "paper.pdf", lang: String = "fa", address: String? = Self.address) throws
    {
        url = town.scratch.url.appending(path: name)
        try town.must(
            ["certificate"] + words + ["--pdf", url.path, "--lang", lang] + (address.map { ["--public", $0] } ?? []))
    }

    var bytes: Data { get throws { try Data(contentsOf: url) } }

    func text() throws -> String { try Self.tool("pdftotext", ["-enc", "UTF-8", url.path, "-"]).text }

    var pages: Int {
        get throws {
            let info = try Self.tool("pdfinfo", [url.path]).text
            let line = try #require(info.split(separator: "\n").first { $0.hasPrefix("Pages:") })
            return try #require(Int(line.dropFirst(6).trimmingCharacters(in: .whitespaces)))
        }
    }

    func attachment() throws -> Data { try Self.tool("qpdf", ["--show-attachment=answer.json", url.path]).out }

    func answer() throws -> [String: Any] { try #require(try JSONSerialization.jsonObject(with: attachment()) as? [String: Any]) }

    /// Words as a search compares them: without half-spaces, marks of direction and signs at their ends.
    static func words(_ text: String) -> [String] {
        let plain = String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter {
                    $0 != "\u{200C}" && !(0x200E...0x200F).contains($0.value) && !(0x202A...0x202E).contains($0.value)
                        && !(0x2066...0x2069).contains($0.value)
                }))
        return plain.replacingOccurrences(of: "ه\u{0654}", with: "ۀ").split { $0.isWhitespace || "،؛:.()«»".contains($0) }.map(String.init)
            .filter { !$0.isEmpty }
    }
}

@Suite("The certificate on paper") struct PaperTests {
    @Test("qpdf finds no fault; the attachment is the signed answer, which verifies; the same number and day give the same bytes")
    func whole() async throws {
        let town = try await SigningTown()
        let paper = try Paper(town, ["1-1-1-1-0-0-0", "--on", SampleTown.day, "--issue", "--by", "clerk"])
        let checked = try Paper.tool("qpdf", ["--check", paper.url.path])
        #expect(checked.code == 0 && checked.text.contains("No syntax or stream encoding errors found"), "\(checked.text)\(checked.err)")
        let answer = try town.file("attached.json", try paper.attachment())
        try town.must(["verify", answer])
        try town.must(["replay", answer])
        let again = try Paper(town, ["--answer", answer], "again.pdf")
        #expect(try again.bytes == paper.bytes)
        // Poppler finds the same file, and what the document says of itself.
        let saved = town.scratch.url.appending(path: "saved.json").path
        #expect(try Paper.tool("pdfdetach", ["-save", "1", "-o", saved, paper.url.path]).code == 0)
        #expect(try Data(contentsOf: URL(filePath: saved)) == paper.attachment())
        let info = try Paper.tool("pdfinfo", [paper.url.path]).text
        #expect(info.contains("گواهی ضوابط شهرسازی") && info.contains("Tagged:") && info.contains("A4"), "\(info)")
        let raw = try Paper.tool("qpdf", ["--qdf", "--object-streams=disable", paper.url.path, "-"]).out
        let plain = String(decoding: raw, as: UTF8.self)
        for entry in [
            "/Lang (fa-IR)", "/Direction /R2L", "/Marked true", "/AFRelationship /Source", "/S /Document", "/S /Table", "/S /TR", "/S /TH",
            "/S /TD",
            "/S /H1", "/Alt ",
        ] {
            #expect(plain.contains(entry), "\(entry)")
        }
        // Poppler walks the tags.
        let structure = try Paper.tool("pdfinfo", ["-struct", paper.url.path])
        #expect(
            structure.code == 0 && structure.text.contains("Table") && structure.text.contains("Figure"), "\(structure.text.prefix(400))")
    }

    @Test("An unsigned number gives the same bytes too, on every run")
    func repeated() async throws {
        let town = try await SigningTown()
        let words = ["59.3725", "36.3142", "--crs", "EPSG:4326", "--on", SampleTown.day]
        let first = try Paper(town, words, "1.pdf").bytes
        #expect(try Paper(town, words, "2.pdf").bytes == first)
        #expect(try Paper(town, words, "3.pdf", lang: "en").bytes != first)
    }

    @Test("zbarimg reads the QR code off the printed page: the address with the digest and the number of the answer")
    func code() async throws {
        let town = try await SigningTown()
        let paper = try Paper(town, ["1-1-1-1-0-0-0", "--on", SampleTown.day, "--issue", "--by", "clerk"])
        let picture = town.scratch.url.appending(path: "page").path
        #expect(try Paper.tool("pdftoppm", ["-r", "150", "-f", "1", "-l", "1", "-singlefile", "-png", paper.url.path, picture]).code == 0)
        let read = try Paper.tool("zbarimg", ["--raw", "-q", picture + ".png"])
        let certificate = try #require(try paper.answer()["certificate"] as? [String: Any])
        let (digest, number) = (try #require(certificate["digest"] as? String), try #require(certificate["number"] as? Int))
        #expect(read.text.trimmingCharacters(in: .newlines) == "\(Paper.address)/verify?digest=\(digest)&number=\(number)")
    }

    @Test("pdftotext finds four words in five of what the law says, and every number and code", arguments: ["fa", "en"])
    func text(lang: String) async throws {
        let town = try await SigningTown()
        let paper = try Paper(town, ["1-1-1-1-0-0-0", "--on", SampleTown.day, "--full"], lang: lang)
        let answer = try paper.answer()
        let text = try paper.text()
        let found = Set(Paper.words(text))
        var wanted: [String] = []
        var codes: Set<String> = []
        for list in ["findings", "uses"] {
            for item in answer[list] as? [[String: Any]] ?? [] where !["none", "unlisted"].contains(item["status"] as? String) {
                // What hangs on a fact, or contradicts itself, is on the paper too.
                for open in item["open"] as? [[String: Any]] ?? [] where item["relation"] as? String == "note" {
                    let provision = try #require(open["provision"] as? [String: Any])
                    wanted += Paper.words(provision["text"] as? String ?? "")
                    codes.formUnion([provision["clause"], provision["plan"]].compactMap { $0 as? String })
                }
                guard let provision = item["provision"] as? [String: Any] else { continue }
                if item["parameter"] as? String != "use" { wanted += Paper.words(provision["text"] as? String ?? "") }
                codes.formUnion([provision["clause"], provision["plan"]].compactMap { $0 as? String })
                codes.formUnion(item["zones"] as? [String] ?? [])
            }
        }
        for source in answer["sources"] as? [[String: Any]] ?? [] { wanted += Paper.words(source["title"] as? String ?? "") }
        for zone in answer["zones"] as? [[String: Any]] ?? [] { codes.insert(try #require(zone["code"] as? String)) }
        for parcel in answer["parcels"] as? [[String: Any]] ?? [] { codes.insert(try #require(parcel["code"] as? String)) }
        let letters = wanted.filter { !$0.contains(where: \.isNumber) }
        try #require(letters.count > 60)
        let share = Double(letters.count { found.contains($0) }) / Double(letters.count)
        print("certificate in \(lang): pdftotext finds \(letters.count { found.contains($0) }) of \(letters.count) words")
        #expect(share >= 0.8, "\(share): \(letters.filter { !found.contains($0) }.prefix(40))")
        // Codes and numbers may be broken between lines, where a column is narrower than they are.
        let plain = text.filter {
            !$0.isWhitespace && !"\u{2066}\u{2067}\u{2068}\u{2069}\u{200E}\u{200F}\u{202A}\u{202B}\u{202C}".contains($0)
        }
        let certificate = try #require(answer["certificate"] as? [String: Any])
        for key in ["root", "digest", "keyId"] { codes.insert(try #require(certificate[key] as? String)) }
        let signature = try #require(certificate["signature"] as? String)
        codes.formUnion([String(signature.prefix(64)), String(signature.dropFirst(64))])
        #expect(codes.filter { !plain.contains($0) } == [])
        var numbers: Set<String> = []
        for finding in answer["findings"] as? [[String: Any]] ?? [] {
            if finding["status"] as? String == "decided", let value = finding["value"] as? NSNumber { numbers.insert(value.stringValue) }
        }
        for parcel in answer["parcels"] as? [[String: Any]] ?? [] {
            for (_, area) in parcel["area"] as? [String: Any] ?? [:] {
                if let area = area as? NSNumber { numbers.insert(area.stringValue) }
            }
        }
        try #require(numbers.count > 10)
        let written = numbers.map { lang == "fa" ? Digits.persian($0.replacingOccurrences(of: ".", with: "\u{066B}")) : $0 }
        #expect(written.filter { !plain.contains($0) } == [])
        let pages = try paper.pages
        #expect(pages > 1)
        for page in 1...pages {
            // A page with more Latin letters than Persian ones is read from the left.
            let (own, all) = (Digits.persian("\(page)"), Digits.persian("\(pages)"))
            let lines = lang == "fa" ? ["صفحۀ\(own)از\(all)", "\(all)از\(own)صفحۀ"] : ["Page\(page)of\(pages)"]
            #expect(lines.contains { plain.contains($0) }, "\(lines)")
        }
        #expect(text.contains("نمونه"))
    }

    @Test("On a corner that parcels share the paper has the rules of each, under its code")
    func border() async throws {
        var holders: [[Double]: Set<String>] = [:]
        for feature in try SampleTown.parcels() {
            let code = try #require((feature["properties"] as? [String: Any])?["code"] as? String)
            guard let geometry = feature["geometry"] as? [String: Any], let rings = geometry["coordinates"] as? [[[Double]]] else {
                continue
            }
            for corner in rings.joined() { holders[corner, default: []].insert(code) }
        }
        let (corner, codes) = try #require(holders.filter { $0.value.count == 2 }.min { $0.key.lexicographicallyPrecedes($1.key) })
        let town = try await SigningTown()
        let paper = try Paper(town, ["\(corner[0])", "\(corner[1])", "--on", SampleTown.day], lang: "en")
        let answer = try paper.answer()
        let text = try paper.text()
        for code in codes {
            // In the row of parcels, and over its rules, its uses and its zones.
            #expect(text.components(separatedBy: code).count - 1 >= 4, "\(code)")
        }
        let parcels = Set((answer["findings"] as? [[String: Any]] ?? []).compactMap { $0["parcel"] as? String })
        #expect(parcels == codes)
    }

    @Test("Outside the city the paper says that nothing was checked, not that nothing is there")
    func outside() async throws {
        let town = try await SigningTown()
        let text = try Paper(town, ["700000", "4000000", "--on", SampleTown.day], lang: "en").text()
        #expect(text.contains("Not checked") && text.contains("does not reach this place") && !text.contains("have no overlay"))
        #expect(try Paper(town, ["1-1-1-1-0-0-0", "--on", SampleTown.day], "in.pdf", lang: "en").text().contains("have no overlay"))
    }

    @Test("Every letter lies on the paper, within its margins", arguments: [["--full"], []])
    func margins(full: [String]) async throws {
        let town = try await SigningTown()
        let paper = try Paper(town, ["1-1-1-1-0-0-0", "--on", SampleTown.day] + full)
        let boxes = try Paper.tool("pdftotext", ["-bbox", paper.url.path, "-"]).text
        let words = boxes.matches(of: /<word xMin="([-0-9.]+)" yMin="([-0-9.]+)" xMax="([-0-9.]+)" yMax="([-0-9.]+)">/)
        try #require(words.count > 200)
        for word in words {
            let (left, right, bottom) = (try #require(Double(word.1)), try #require(Double(word.3)), try #require(Double(word.4)))
            #expect(left > 36 && right < 595.276 - 36 && bottom < 841.89 - 15, "\(word.0)")
        }
    }

    @Test(
        "The full report has what the certificate leaves out: the sources, the layers, what lost; both have the rules and what was not checked"
    )
    func full() async throws {
        let town = try await SigningTown()
        let words = ["1-6-172-1-0-0-0", "--on", SampleTown.day]
        let short = try Paper(town, words, "short.pdf", lang: "en")
        let full = try Paper(town, words + ["--full"], "full.pdf", lang: "en")
        #expect(try short.attachment() == full.attachment())
        let (said, all) = (try short.text(), try full.text())
        #expect(said.contains("Zoning certificate") && all.contains("Full zoning report"))
        for title in ["Rules", "Uses", "Certificate and signature"] { #expect(said.contains(title) && all.contains(title), "\(title)") }
        for title in ["Sources", "Layers consulted", "Overruled", "Zones and their shares"] {
            #expect(!said.contains(title) && all.contains(title), "\(title)")
        }
        #expect(try short.pages < full.pages)
        #expect(try Paper.tool("qpdf", ["--check", full.url.path]).code == 0)
    }

    @Test("--format pdf writes the bytes of the certificate without a number to the standard output; a terminal is refused")
    func format() async throws {
        let town = try await SigningTown()
        let places: [([String], [String])] = [
            (["parcel", "1-1-1-1-0-0-0"], ["1-1-1-1-0-0-0"]),
            (["at", "59.3725", "36.3142", "--crs", "EPSG:4326"], ["59.3725", "36.3142", "--crs", "EPSG:4326"]),
        ]
        for (asked, certified) in places {
            for lang in ["fa", "en"] {
                let day = ["--on", SampleTown.day]
                let bytes = try town.must(asked + day + ["--format", "pdf", "--lang", lang]).out
                #expect(bytes.starts(with: Data("%PDF-".utf8)))
                #expect(try bytes == Paper(town, certified + day, lang: lang, address: nil).bytes)
            }
        }
        let numbered = try town.file(
            "numbered.pdf", try town.must(["parcel", "1-1-1-1-0-0-0", "--format", "pdf", "--issue", "--by", "clerk"]).out)
        let attached = try Paper.tool("qpdf", ["--show-attachment=answer.json", numbered]).text
        #expect(attached.contains("\"number\":1"))
        // script(1) gives it a terminal.
        let shahrsaz = Program.folder.appending(path: "shahrsaz").path
        let ended = try Paper.tool(
            "script", ["-qec", "\(shahrsaz) --city \(town.city.path) parcel 1-1-1-1-0-0-0 --lang en --format pdf", "/dev/null"])
        #expect(ended.code == 2 && ended.text.contains("terminal"), "\(ended.code) \(ended.text.prefix(300))")
        let keyless = try await SampleTown.copy()
        let refused = try Program.run(["parcel", "1-1-1-1-0-0-0", "--format", "pdf"], city: keyless)
        #expect(refused.code == 2 && refused.out.isEmpty && refused.err.contains("the secret key is not here"))
        #expect(try town.must(["parcel", "no-such", "--format", "pdf"], code: 1).out.isEmpty)
    }

    @Test(
        "Over HTTP the same bytes as the command line's, with the same public address and language; kept by its tag, named, in its language"
    )
    func overHTTP() async throws {
        let town = try await SigningTown()
        let server = try LiveServer(town.city, ["--key", town.city.path + ".key", "--public", Paper.address])
        for lang in ["fa", "en"] {
            for (form, full) in [("pdf", []), ("report", ["--full"])] {
                let paper = try Paper(town, ["1-1-1-1-0-0-0", "--on", SampleTown.day] + full, lang: lang)
                let target = "/answer?parcel=1-1-1-1-0-0-0&on=\(SampleTown.day)&f=\(form)&lang=\(lang)"
                let answer = try server.get(target)
                #expect(answer.status == 200 && answer.field("Content-Type") == "application/pdf")
                #expect(try answer.body == paper.bytes, "\(form) \(lang)")
                #expect(answer.field("Content-Language") == lang)
                let name = try #require(answer.field("Content-Disposition"))
                #expect(name.hasPrefix("inline; filename=\"") && name.hasSuffix(".pdf\""))
                let tag = try #require(answer.field("ETag"))
                #expect(try server.get(target, ["If-None-Match: \(tag)"]).status == 304)
            }
        }
        let accepted = try server.get("/answer?lon=59.37&lat=36.315&on=\(SampleTown.day)", ["Accept: application/pdf"])
        #expect(accepted.status == 200 && accepted.body.starts(with: Data("%PDF-".utf8)))
        let file = try town.file("accepted.pdf", accepted.body)
        #expect(try Paper.tool("qpdf", ["--check", file]).code == 0)
        try town.must(["verify", try town.file("attached.json", try Paper.tool("qpdf", ["--show-attachment=answer.json", file]).out)])
        #expect(try server.get("/answer?parcel=no-such&f=pdf").status == 404)
        #expect(try server.get("/answer?f=pdf").status == 400)
        let page = try server.get("/answer?parcel=1-1-1-1-0-0-0&f=html").text
        #expect(page.contains("f=pdf") && page.contains("f=report"))
        // A service with a style of its own draws it into its papers; so does the command line.
        let sheet = try town.file(
            "style.json", Data(##"{"classes": [{"role": "zones", "fill": "#ff00ff80"}, {"role": "parcels", "width": 3}]}"##.utf8))
        let styled = try LiveServer(town.city, ["--key", town.city.path + ".key", "--public", Paper.address, "--style", sheet])
        let body = try styled.get("/answer?parcel=1-1-1-1-0-0-0&on=\(SampleTown.day)&f=pdf&lang=fa").body
        #expect(try body == Paper(town, ["1-1-1-1-0-0-0", "--on", SampleTown.day, "--style", sheet]).bytes)
        #expect(try body != Paper(town, ["1-1-1-1-0-0-0", "--on", SampleTown.day]).bytes)
        let keyless = try LiveServer(town.city)
        let refused = try keyless.get("/answer?parcel=1-1-1-1-0-0-0&f=pdf")
        #expect(refused.status == 400 && refused.json["code"] as? String == "no-key", "\(refused.text)")
        #expect(try !keyless.get("/answer?parcel=1-1-1-1-0-0-0&f=html").text.contains("f=pdf"))
    }

    @Test("What can't be printed says why, and leaves no file: no key, no file to write, a plain or a changed answer, no such parcel")
    func refused() async throws {
        let town = try await SigningTown()
        let out = town.scratch.url.appending(path: "none.pdf").path
        func refused(_ words: [String], _ code: Int32, _ saying: String, city: URL? = nil) throws {
            let ended = try Program.run(["certificate"] + words, city: city ?? town.city)
            #expect(ended.code == code && ended.err.contains(saying), "\(words): \(ended.code) \(ended.err)")
            #expect(!FileManager.default.fileExists(atPath: out))
        }
        let parcel = ["1-1-1-1-0-0-0", "--on", SampleTown.day]
        try refused(parcel, 2, "--pdf FILE")
        try refused(["--pdf", out], 2, "one of")
        try refused(parcel + ["--pdf", out, "--address", "x"], 2, "one of")
        try refused(["no-such", "--pdf", out], 1, "no-such")
        try refused(parcel + ["--pdf", out, "--public", "plan.example.ir"], 2, "https://plan.example.ir")
        try refused(parcel + ["--pdf", town.scratch.url.appending(path: "no/folder.pdf").path], 3, "folder.pdf")
        try refused(
            parcel + ["--issue", "--by", "clerk", "--pdf", town.scratch.url.appending(path: "no/folder.pdf").path], 3, "can't be written to"
        )
        let keyless = try await SampleTown.copy()
        try refused(parcel + ["--pdf", out], 2, "the secret key is not here", city: keyless)
        let plain = try town.answer(SigningTown.parcel, "plain.json")
        try refused(["--answer", plain, "--pdf", out], 1, "not signed")
        let signed = try town.answer(SigningTown.parcel + ["--sign"], "signed.json")
        let bytes = try String(contentsOf: URL(filePath: signed), encoding: .utf8)
        let changed = try town.file("changed.json", Data(bytes.replacingOccurrences(of: "\"deed\":", with: "\"deed\":1").utf8))
        try refused(["--answer", changed, "--pdf", out], 1, "was changed")
        try refused(["--answer", signed, "--on", SampleTown.day, "--pdf", out], 2, "--on")
        try town.must(["certificate", "--answer", signed, "--pdf", out])
        // No number was spent on what was refused.
        let first = try Paper(town, parcel + ["--issue", "--by", "clerk"], "first.pdf").answer()["certificate"] as? [String: Any]
        #expect(first?["number"] as? Int == 1)
    }
}
