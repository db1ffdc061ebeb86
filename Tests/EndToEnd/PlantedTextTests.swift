import Foundation
import FoundationXML
import Testing
import Trials

extension Pages {
    /// A sample town whose every text is hostile: markup, scripts, bidi controls, emoji, lines without an end.
    @Suite("Planted texts") struct PlantedTextTests {
        private static let seeds = [
            "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg onload=alert(1)>", "</td></table></main><h1>x</h1>",
            "]]><!--", "&#60;b&#62;",
            "javascript:alert(1)", "{{7*7}} ${7*7}", "\u{202E}txt.exe\u{202C}", "\u{2067}<b>\u{2069}", "🏠👨‍👩‍👧‍👦", "ﷺ‌‍",
            "a\u{0301}\u{0323}\u{0342}",
            String(repeating: "آ", count: 300), "%3Cscript%3E", "<style>*{display:none}</style>", "<a href='//evil.example'>x</a>",
            "\\u003cscript\\u003e",
            "--><iframe src=//evil.example>", "<math><mi xlink:href='data:x'>",
        ]

        /// Two hundred: each seed ten times, told apart by a number.
        private static let texts = (0..<200).map { "\($0) \(seeds[$0 % seeds.count])" }

        /// The sample town with the texts in its tables and its layers, in turn.
        private func city(in scratch: Scratch) throws -> URL {
            let data = scratch.url.appending(path: "GeoData")
            try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
            for name in ["sample-town", "parameters.csv"] {
                try FileManager.default.copyItem(at: Program.root.appending(path: "GeoData/\(name)"), to: data.appending(path: name))
            }
            var next = 0
            func text() -> String {
                next += 1
                return Self.texts[next % Self.texts.count]
            }
            func plant(_ file: String, _ columns: [String]) throws {
                let url = data.appending(path: file)
                var rows = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map { Self.cells(String($0)) }
                let places = rows[0].indices.filter { columns.contains(rows[0][$0]) }
                #expect(places.count == columns.count)
                for row in rows.indices.dropFirst() {
                    for place in places where place < rows[row].count { rows[row][place] += " " + text() }
                }
                let lines = rows.map { $0.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }.joined(separator: ",") }
                try (lines.joined(separator: "\n") + "\n").write(to: url, atomically: true, encoding: .utf8)
            }
            try plant("parameters.csv", ["label_fa", "label_en"])
            try plant("sample-town/plans.csv", ["title", "authority", "number"])
            try plant("sample-town/provisions.csv", ["text"])
            try plant("sample-town/addresses.csv", ["text"])
            for (file, field) in [("land-use", "name"), ("height", "name"), ("fault", "name"), ("river", "name"), ("parcels", "address")] {
                let url = data.appending(path: "sample-town/\(file).geojson")
                var json = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
                var features = try #require(json["features"] as? [[String: Any]])
                for place in features.indices {
                    var properties = features[place]["properties"] as? [String: Any] ?? [:]
                    properties[field] = (properties[field] as? String ?? "") + " " + text()
                    features[place]["properties"] = properties
                }
                json["features"] = features
                try JSONSerialization.data(withJSONObject: json).write(to: url)
            }
            let city = scratch.url.appending(path: "city.gpkg")
            let ended = try Program.run(
                ["import", data.appending(path: "sample-town/manifest.json").path, "--accept", "--by", "test"], city: city)
            try #require(ended.code <= 1, "\(ended.err)")
            return city
        }

        private static func cells(_ line: String) -> [String] {
            var (cells, cell, isQuoted) = ([String](), "", false)
            for letter in line {
                switch letter {
                case "\"": isQuoted.toggle()
                case "," where !isQuoted:
                    cells.append(cell)
                    cell = ""
                default: cell.append(letter)
                }
            }
            return cells + [cell]
        }

        @Test("Two hundred hostile texts in every field are shown as texts: nothing of them is an element, an attribute or an address")
        func planted() throws {
            let scratch = try Scratch()
            let server = try LiveServer(try city(in: scratch))
            var shown: Set<Int> = []
            var dice = Seeded(200)
            for turn in 0..<120 {
                let (x, y) = (Double.random(in: 711_900...714_000, using: &dice), Double.random(in: 4_020_700...4_022_400, using: &dice))
                let language = turn.isMultiple(of: 2) ? "fa" : "en"
                let response = try server.get("/answer?x=\(x)&y=\(y)&f=html&lang=\(language)")
                try #require(response.status == 200)
                let document = try XMLDocument(data: response.body)
                #expect(
                    try document.nodes(forXPath: "//script[not(@src)] | //img | //iframe | //style | //math | //a[contains(@href, 'evil')]")
                        .isEmpty)
                #expect(try document.nodes(forXPath: "//@*[starts-with(name(), 'on')] | //h1[.='x']").isEmpty)
                #expect(try document.nodes(forXPath: "//main").count == 1 && document.nodes(forXPath: "//h1").count == 1)
                let all = document.rootElement()?.stringValue ?? ""
                for (number, text) in Self.texts.enumerated() where !shown.contains(number) && all.contains(text) { shown.insert(number) }
            }
            for page in [
                "/collections/landUse/items?limit=50", "/collections/parcels/items?limit=50", "/legend", "/collections",
                "/compare?parcel=1-1-21-5-0-0-0&from=1404-06-31&to=1404-07-01", "/compare?x=712339.9&y=4021066.3&from=1390-01-01",
                "/diff", "/diff?from=1404-06-31&to=1404-07-01", "/provisions", "/provisions?page=2", "/provisions?plan=A1",
                "/where?plan=D&clause=2-2-1", "/where?plan=D&clause=7-4", "/batch",
            ] {
                let response = try server.get(page + (page.contains("?") ? "&" : "?") + "f=html")
                #expect(response.status == 200, "\(page)")
                let document = try XMLDocument(data: response.body)
                #expect(
                    try document.nodes(forXPath: "//script[not(@src)] | //iframe | //style | //a[contains(@href, 'evil')]").isEmpty,
                    "\(page)")
                #expect(try document.nodes(forXPath: "//@*[starts-with(name(), 'on')] | //h1[.='x']").isEmpty, "\(page)")
            }
            // A text is stored with its letters folded and its blanks as one, so that some are not found as they were planted.
            #expect(shown.count > 120)
            print("planted texts: \(shown.count) of \(Self.texts.count) seen as they were planted")
        }

        @Test(
            "On paper they are texts too: qpdf finds no fault, nothing leaves the margins, and the seal stands whole below them; maps are drawn"
        )
        func onPaper() throws {
            let scratch = try Scratch()
            let city = try city(in: scratch)
            try #require(try Program.run(["key", "--by", "test"], city: city).code == 0)
            let file = scratch.url.appending(path: "paper.pdf").path
            var shown: Set<Int> = []
            var dice = Seeded(201)
            for turn in 0..<16 {
                let (x, y) = (Double.random(in: 712_200...713_700, using: &dice), Double.random(in: 4_020_900...4_022_200, using: &dice))
                let words = ["\(x)", "\(y)", "--lang", turn.isMultiple(of: 2) ? "fa" : "en"]
                let made = try Program.run(["certificate"] + words + ["--full", "--pdf", file], city: city)
                try #require(made.code == 0, "\(made.err)")
                let checked = try Paper.tool("qpdf", ["--check", file])
                #expect(checked.code == 0 && checked.text.contains("No syntax or stream encoding errors found"), "\(checked.text)")
                let boxes = try Paper.tool("pdftotext", ["-bbox", file, "-"]).text
                for word in boxes.matches(of: /<word xMin="([-0-9.]+)" yMin="([-0-9.]+)" xMax="([-0-9.]+)" yMax="([-0-9.]+)">/) {
                    let (left, right, bottom) = (try #require(Double(word.1)), try #require(Double(word.3)), try #require(Double(word.4)))
                    #expect(left > 36 && right < 595.276 - 36 && bottom < 841.89 - 15, "\(word.0)")
                }
                let text = try Paper.tool("pdftotext", ["-enc", "UTF-8", file, "-"]).text
                let attached = try Paper.tool("qpdf", ["--show-attachment=answer.json", file]).out
                let answer = try #require(try JSONSerialization.jsonObject(with: attached) as? [String: Any])
                let signature = try #require((answer["certificate"] as? [String: Any])?["signature"] as? String)
                #expect(text.contains(signature.prefix(64)) && text.contains(signature.dropFirst(64)))
                for (number, seed) in Self.seeds.enumerated() where text.contains(seed) { shown.insert(number) }
                let map = try Program.run(["map"] + words + ["--legend", "--size", "600x400"], city: city)
                #expect(map.code == 0 && map.out.starts(with: [0x89, 0x50, 0x4E, 0x47]), "\(map.err)")
            }
            // Short ones without marks of direction are read as they were planted.
            #expect(shown.count > 5, "\(shown.sorted())")
        }
    }
}
