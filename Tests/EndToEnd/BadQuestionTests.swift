import Foundation
import Testing

@Suite("Bad questions") struct BadQuestionTests {
    @Test(
        "A question that cannot be asked is refused with what was expected",
        arguments: [
            (["at", "nan", "4021500"], 2, "two finite numbers"), (["at", "713000", "inf"], 2, "two finite numbers"),
            (["at", "1e999", "0"], 2, "two finite numbers"), (["at", "0x10", "0"], 2, "two finite numbers"),
            (["at", "713000"], 2, "at expects X Y"), (["at", "1", "2", "3"], 2, "one too many"),
            (["at", "713000", "4021500", "--crs", "EPSG:99999"], 2, "no CRS EPSG:99999"),
            (["at", "713000", "4021500", "--crs", "UTM40"], 2, "such as EPSG:32640"),
            (["at", "200", "100", "--crs", "EPSG:4326"], 2, "longitude within ±180"),
            (["at", "713000", "4021500", "--onn", "1404-01-01"], 2, "did you mean --on?"),
            (["at", "713000", "4021500", "--on", "1404-01-01", "--on", "1404-01-01"], 2, "--on was given twice"),
            (["at", "713000", "4021500", "--on", "1404-13-01"], 2, "no month 13"),
            (["at", "713000", "4021500", "--on", "2026-02-30"], 2, "expected 1 to 28"),
            (["at", "713000", "4021500", "--on", "yesterday"], 2, "yesterday"),
            (["at", "713000", "4021500", "--known", "99"], 2, "no revision 99"), (["at", "713000", "4021500", "--known", "-1"], 2, "-1"),
            (["at", "713000", "4021500", "--known", "soon"], 2, "a revision's number or a time"),
            (["at", "713000", "4021500", "--known", "1990-01-01T00:00:00Z"], 2, "no revision had been accepted by then"),
            (["at", "713000", "4021500", "--fact", "frontage"], 2, "NAME=VALUE"),
            (["at", "713000", "4021500", "--fact", "frontage=1", "--fact", "frontage=2"], 2, "given twice"),
            (["at", "713000", "4021500", "--format", "svg"], 2, "text, json, geojson or pdf"),
            (["at", "713000", "4021500", "--lang", "de"], 2, "fa or en"),
            (["at", "713000", "4021500", "--json=yes"], 2, "takes no value"), (["at", "713000", "4021500", "--on"], 2, "expects a value"),
            (["parcel", "9-9-9"], 1, "no parcel has the code 9-9-9"), (["parcel"], 2, "expects CODE"), (["parcel", ""], 1, "no parcel"),
            (["address", "هیچ‌جا"], 1, "no address fits"), (["address", "خیابان شهید بهشتی"], 1, "fits"),
            (["address", "؛"], 1, "no address fits"),
            (["batch"], 2, "one of --points, --parcels, --addresses"), (["batch", "--points", "--parcels"], 2, "one of"),
            (["batch", "--points", "--threads", "0"], 2, "1 to 256"), (["batch", "--points"], 2, "id,x,y"),
            (["parcle", "1"], 2, "did you mean parcel?"), (["--citty", "x", "at", "1", "2"], 2, "did you mean --city?"),
            (["delivery", "99"], 2, "no delivery 99"), (["delivery", "one"], 2, "one"),
            (["accept", "99", "--by", "t"], 2, "no delivery 99"),
            (["accept", "1"], 2, "--by WHO"), (["accept", "1", "--by", " "], 2, "--by WHO"), (["reject", "1", "--by", "t"], 2, "--reason"),
            (["accept", "1", "--by", "t"], 2, "delivery 1 is accepted, not staged"), (["export"], 2, "OUT.gpkg"),
            (["export", "/nowhere/out.gpkg"], 3, "/nowhere/out.gpkg"),
            (["export", "--provisions", "/nowhere/out.csv"], 3, "/nowhere/out.csv"),
        ] as [([String], Int32, String)])
    func refused(_ words: [String], _ code: Int32, _ says: String) async throws {
        // Two that write to one city at once would meet its lock.
        let city = ["accept", "reject"].contains(words[0]) ? try await SampleTown.copy() : try await SampleTown.city()
        let ended = try Program.run(words, city: city)
        #expect(ended.code == code, "\(ended.text.prefix(300))\(ended.err)")
        #expect(ended.err.contains(says), "\(ended.err)")
        #expect(ended.out.isEmpty)
        #expect(ended.err.hasPrefix("shahrsaz: ") && ended.err.hasSuffix("\n"))
        let persian = try Program.run(
            words.contains("--lang") ? words : ["--lang", "fa"] + words, city: city, environment: ["LANG": "fa_IR"])
        #expect(persian.code == code)
        #expect(words.contains("--lang") || persian.err.unicodeScalars.contains { (0x600...0x6FF).contains($0.value) }, "\(persian.err)")
        #expect(words.contains("--lang") || persian.err != ended.err, "\(persian.err)")
    }

    @Test(
        "A place that is not in the city is answered as outside, whatever its coordinates",
        arguments: [
            ["at", "4021500", "713000"], ["at", "59.37", "36.31"], ["at", "36.31", "59.37", "--crs", "EPSG:4326"], ["at", "0", "0"],
            ["at", "-5", "0"], ["at", "1e300", "-1e300"], ["at", "2147483648", "0"], ["at", "713000", "4021500", "--crs", "EPSG:32641"],
        ])
    func outside(_ words: [String]) async throws {
        let ended = try Program.run(words + ["--json", "--on", SampleTown.day], city: try await SampleTown.city())
        #expect(ended.code == 0, "\(ended.err)")
        let answer = try #require(try JSONSerialization.jsonObject(with: ended.out) as? [String: Any])
        #expect((answer["parcels"] as? [Any])?.isEmpty == true && (answer["zones"] as? [Any])?.isEmpty == true)
        let coverage = try #require(answer["coverage"] as? [[String: Any]])
        let covered = Set(coverage.compactMap { $0["status"] as? String })
        #expect(covered.contains("outside") && !covered.contains("hit") && !covered.contains("clear"), "\(covered)")
    }

    @Test(
        "An address that fits many gives them all as candidates, one that fits nothing an empty list",
        arguments: [
            ("خیابان شهید بهشتی", 40), ("نیست‌آباد پلاک ۱", 0),
        ])
    func candidates(_ text: String, _ least: Int) async throws {
        let ended = try Program.run(["address", text, "--json"], city: try await SampleTown.city())
        #expect(ended.code == 1)
        let answer = try #require(try JSONSerialization.jsonObject(with: ended.out) as? [String: Any])
        let candidates = try #require(answer["candidates"] as? [[String: Any]])
        #expect(least == 0 ? candidates.isEmpty : candidates.count >= least)
        for candidate in candidates {
            #expect(Set(candidate.keys) == ["address", "parcel", "lon", "lat"])
            #expect((59.3...59.4).contains(candidate["lon"] as? Double ?? 0) && (36.2...36.4).contains(candidate["lat"] as? Double ?? 0))
        }
    }

    @Test("A parcel that an address names in Persian digits is found")
    func digits() async throws {
        let city = try await SampleTown.copy()
        let scratch = try Scratch()
        let file = scratch.url.appending(path: "a.csv")
        try Data("text,parcel\nخیابان آزمون، پلاک ۹۹,۱-۱-۱-۱-۰-۰-۰\n".utf8).write(to: file)
        let taken = try Program.run(["import", file.path, "--as", "addresses", "--layer", "trial", "--accept", "--by", "t"], city: city)
        #expect(taken.code == 0, "\(taken.text)\(taken.err)")
        let ended = try Program.run(["address", "خ آزمون پ 99", "--json"], city: city)
        #expect(ended.code == 0, "\(ended.err)")
        #expect(ended.text.contains(#""code":"1-1-1-1-0-0-0""#))
    }
}
