import Foundation
import Testing

@Suite("Lint") struct LintTests {
    private struct Found: Hashable, Comparable {
        let file: String
        let line: String
        let code: String

        static func < (one: Found, other: Found) -> Bool {
            (one.file, one.line, one.code) < (other.file, other.line, other.code)
        }
    }

    private let planted = Program.root.appending(path: "GeoData/broken/rules")

    private func found(in city: URL) throws -> [[String: Any]] {
        let ended = try Program.run(["lint", "--on", "1404-07-01", "--json"], city: city)
        #expect(ended.code == 1, "\(ended.err)")
        return try JSONSerialization.jsonObject(with: ended.out) as? [[String: Any]] ?? []
    }

    @Test("Every planted fault is found, with its file and line, and nothing else") func planted() async throws {
        let table = try String(contentsOf: planted.appending(path: "expected.csv"), encoding: .utf8)
        let expected = table.split(separator: "\n").dropFirst().map { row in
            let cells = row.split(separator: ",").map(String.init)
            return Found(file: cells[0], line: cells[1], code: cells[2])
        }
        try #require(expected.count >= 20)
        let found = try found(in: try await Cities.shared.city(manifest: planted.appending(path: "manifest.json"))).map { fault in
            Found(
                file: URL(filePath: fault["file"] as? String ?? "").lastPathComponent, line: fault["line"] as? String ?? "",
                code: fault["code"] as? String ?? "")
        }
        #expect(found.sorted() == expected.sorted())
    }

    @Test("A band with no rule is named by its bounds, what is at odds by the other's place, in both languages") func words() async throws {
        let city = try await Cities.shared.city(manifest: planted.appending(path: "manifest.json"))
        let faults = try found(in: city)
        func fault(_ line: String, _ code: String) -> [String: Any]? {
            faults.first { $0["line"] as? String == line && $0["code"] as? String == code }
        }
        let bands = ["line 13": "street.width = 8", "line 15": "street.width < 12.2", "line 16": "area.deed >= 200 AND area.deed < 300"]
        for (line, band) in bands {
            let gap = fault(line, "band.gap")
            #expect(gap?["en"] as? String == "no rule where \(band)")
            #expect((gap?["fa"] as? String)?.contains(band) == true)
        }
        #expect((fault("line 12", "rule.overlap")?["en"] as? String)?.contains("area.deed >= 250 AND area.deed < 300") == true)
        #expect((fault("line 23", "rule.neverWins")?["other"] as? String)?.hasPrefix("M 1 (") == true)
        let csv = try Program.run(["lint", "--on", "1404-07-01", "--format", "csv"], city: city)
        #expect(csv.text.split(whereSeparator: \.isNewline).count == faults.count + 1)
        #expect(try Program.run(["lint", "--on", "1404-07-01", "--lang", "fa"], city: city).text.contains("در این بازه ضابطه‌ای نیست"))
    }

    @Test("Nothing is found in the sample town, today or before its amendment", arguments: ["1404-09-01", "1404-01-01"])
    func sample(day: String) async throws {
        let ended = try Program.run(["lint", "--on", day], city: try await SampleTown.city())
        #expect(ended.code == 0 && ended.text == "nothing found\n", "\(ended.text)")
    }
}
