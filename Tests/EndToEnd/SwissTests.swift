import Foundation
import Testing

@Suite("The Swiss cadastre of restrictions", .enabled(if: RealData.isThere)) struct SwissTests {
    @Test("The published share of the contaminated site is met, and what is only a change is not counted as in force")
    func shares() throws {
        let data = try #require(RealData.folder).appending(path: "oereb-ch").path
        let scratch = try Scratch()
        _ = try RealData.shell(
            "tar xzf '\(data)'/*.tar.gz; \(RealData.tool("oereb-delivery")) \"$(find . -type d -name sample_data)\" out 2> left-out.txt",
            in: scratch.url)
        let city = scratch.url.appending(path: "city.gpkg")
        let made = try Program.run(
            ["import", scratch.url.appending(path: "out/manifest.json").path, "--accept", "--by", "test"], city: city)
        #expect(made.code <= 1, "\(made.err)")
        let parcels = try RealData.shell("ogr2ogr -f CSV /vsistdout/ out/parcels.geojson -select code", in: scratch.url)
        let code = String(try #require(parcels.split(whereSeparator: \.isNewline).last)).replacing("\"", with: "")
        let ended = try Program.run(["parcel", code, "--on", "2024-01-01", "--json"], city: city)
        let answer = try #require(JSONSerialization.jsonObject(with: ended.out) as? [String: Any])
        func rows(_ key: String) -> [[String: Any]] { answer[key] as? [[String: Any]] ?? [] }

        // The published extract: 7,825 m² and 22.3 % of 35,121 m² registered.
        let area = try #require(rows("parcels").first?["area"] as? [String: Any])
        #expect(area["deed"] as? Double == 35_121 && abs((area["grid"] as? Double ?? 0) - 35_121.37) < 0.01)
        let site = try #require(
            rows("pending").first {
                $0["layer"] as? String == "ch.BelasteteStandorteOeffentlicherVerkehr" && $0["code"] as? String == "1292"
            })
        let ground = try #require(site["area"] as? Double)
        let share = try #require(site["share"] as? Double)
        #expect(abs(ground - 7_823.7) < 0.1 && abs(share - 0.2228) < 0.00005)
        #expect(abs(ground - 7_825) < 2 && (share * 1000).rounded() == 223, "the published figures, to their rounding")
        // The same polygon in force in another theme counts.
        #expect(rows("overlays").contains { $0["area"] as? Double == ground && $0["plan"] as? String == "ch.Grundwasserschutzzonen" })
        // Of the same theme only what is in force counts.
        #expect(!rows("overlays").contains { ($0["plan"] as? String ?? "").hasSuffix("-change") })
        #expect(
            rows("sources").filter { ($0["plan"] as? String ?? "").hasSuffix("-change") }.allSatisfy {
                $0["status"] as? String == "unpublished"
            })
    }
}
