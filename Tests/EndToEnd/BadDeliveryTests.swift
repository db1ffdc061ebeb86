import Foundation
import Testing

@Suite("Bad deliveries") struct BadDeliveryTests {
    struct Broken: Sendable, CustomTestStringConvertible {
        let file: String
        let exit: Int32
        /// What the message names.
        let says: [String]
        var role = "parcels"
        var options: [String] = []
        var testDescription: String { ([file] + options).joined(separator: " ") }
    }

    /// Exit code 2 refuses the whole file; 1 keeps it as a delivery with faults.
    static let table: [Broken] = [
        .init(file: "empty.geojson", exit: 2, says: ["empty.geojson", "the file is empty"]),
        .init(file: "open-ring.geojson", exit: 1, says: ["feature 2", "ring not closed (gap 0.031 m at 713000.031 4021500.000)"]),
        .init(file: "self-crossing.geojson", exit: 1, says: ["feature 2", "crosses itself", "713005.000 4021505.000"]),
        .init(file: "spike.geojson", exit: 1, says: ["feature 2", "a spike, at 713020.000 4021510.000"]),
        .init(file: "figure-eight.geojson", exit: 1, says: ["feature 2", "ring touches itself at 713010.000 4021505.000"]),
        .init(file: "hole-outside.geojson", exit: 1, says: ["feature 2", "hole lies outside its ring"]),
        .init(file: "two-points.geojson", exit: 1, says: ["feature 2", "too few for a polygon"]),
        .init(file: "collapses.geojson", exit: 1, says: ["feature 2", "no ground on the millimetre grid"]),
        .init(file: "empty-geometry.geojson", exit: 1, says: ["feature 2: no geometry", "feature 3: no geometry", "expected a polygon"]),
        .init(file: "nan.geojson", exit: 1, says: ["feature 2", "not a number"]),
        .init(file: "infinite.geojson", exit: 1, says: ["feature 2", "infinite"]),
        .init(file: "huge.geojson", exit: 1, says: ["feature 2", "1e+300", "1,000 km"]),
        .init(
            file: "codes.geojson", exit: 1,
            says: ["1-1-900-1-0-0-0 stands already in feature 1", "feature 3: no code", "feature 4: the same geometry as feature 1"]),
        .init(file: "outside.geojson", exit: 1, says: ["feature 2", "outside the city's boundary, 38"]),
        .init(file: "no-crs.geojson", exit: 2, says: ["names no CRS", "--crs EPSG:32640"]),
        .init(file: "zone-41.geojson", exit: 2, says: ["--crs EPSG:32641"]),
        .init(file: "swapped.geojson", exit: 2, says: ["x and y swapped"]),
        .init(file: "degrees.geojson", exit: 2, says: ["--crs EPSG:4326"]),
        .init(file: "swapped-degrees.geojson", exit: 2, says: ["x and y swapped"]),
        .init(file: "ed77.geojson", exit: 1, says: ["-23.763 m east, 173.967 m north", "EPSG:2060"]),
        .init(
            file: "truncated.shp", exit: 1, says: ["feature 2", "its header claims", "it has 300"], options: ["--crs", "EPSG:32640"]),
        .init(file: "truncated.shp", exit: 2, says: ["truncated.shp", "states no CRS", "--crs EPSG:32640"]),
        .init(
            file: "claims-4gb.shp", exit: 2, says: ["claims 4294967294 bytes", "116", "claims-4gb.shx"], options: ["--crs", "EPSG:32640"]),
        .init(file: "not-a-city.gpkg", exit: 2, says: ["not-a-city.gpkg", "not a GeoPackage"]),
        .init(
            file: "provisions-parameter.csv", exit: 2, says: ["line 3", "column parameter", "far.mx", "did you mean 'far.max'"],
            role: "provisions"
        ),
        .init(
            file: "provisions-unit.csv", exit: 2, says: ["line 3", "column unit", "expected percent, ratio, m, m2, count, use"],
            role: "provisions"
        ),
        .init(file: "provisions-zone.csv", exit: 1, says: ["line 3", "column target", "no zone «R9»", "landUse"], role: "provisions"),
        .init(
            file: "provisions-condition.csv", exit: 2, says: ["line 3", "column condition, character 44", "expected a fact"],
            role: "provisions"),
        .init(file: "provisions-plan.csv", exit: 1, says: ["line 3", "column plan", "no plan «Z»"], role: "provisions"),
        .init(file: "provisions-day.csv", exit: 2, says: ["line 3", "column from", "1404-12-30", "expected 1 to 29"], role: "provisions"),
        .init(file: "provisions-period.csv", exit: 2, says: ["line 3", "column until", "not after"], role: "provisions"),
        .init(file: "provisions-number.csv", exit: 2, says: ["line 3", "column value", "'1OO' is no number"], role: "provisions"),
        .init(file: "provisions-columns.csv", exit: 2, says: ["line 3", "13 cells; expected at most 12"], role: "provisions"),
        .init(file: "provisions-quote.csv", exit: 2, says: ["line 3", "quoted cell does not end"], role: "provisions"),
        .init(file: "provisions-1256.csv", exit: 2, says: ["not UTF-8", "--encoding windows-1256"], role: "provisions"),
        .init(
            file: "legacy-addresses.csv", exit: 1,
            says: ["line 2: no parcel has the code 9-9-9-9-0-0-0", "line 4: the same as line 3", "line 5: neither text nor street"],
            role: "addresses"),
        .init(file: "events-before-decision.csv", exit: 2, says: ["line 3", "column from", "before the decision"], role: "events"),
        .init(file: "events-order.csv", exit: 2, says: ["line 3", "column from", "published before it is approved"], role: "events"),
        .init(file: "events-revival.csv", exit: 2, says: ["line 2", "column event", "'D' is in force then"], role: "events"),
        .init(file: "events-plan.csv", exit: 2, says: ["line 2", "column plan", "no plan 'Z9'"], role: "events"),
        .init(file: "events-clause.csv", exit: 2, says: ["line 2", "column clause", "'99-99' is no clause of 'D'"], role: "events"),
        .init(file: "events-outside.csv", exit: 2, says: ["line 2", "column sector", "outside the city"], role: "events"),
        .init(file: "events-crossing.csv", exit: 2, says: ["line 2", "column sector", "selfCrossing at 712850"], role: "events"),
        .init(file: "events-text.csv", exit: 2, says: ["line 2", "column sector", "expected a POLYGON"], role: "events"),
        .init(
            file: "events-two-amendments.csv", exit: 2, says: ["line 3", "column from", "line 2 amends the clause on that day too"],
            role: "events"),
        .init(file: "events-day.csv", exit: 2, says: ["line 2", "column decided", "expected 1 to 29"], role: "events"),
        .init(file: "events-word.csv", exit: 2, says: ["line 2", "column event", "did you mean 'annul'"], role: "events"),
        .init(file: "plans-circle.csv", exit: 1, says: ["line 2", "column replaces", "would replace itself"], role: "plans"),
    ]

    @Test("A broken delivery is named with its place and what was expected, and what stood still stands", arguments: table)
    func broken(_ broken: Broken) async throws {
        let city = try await SampleTown.copy()
        let before = try Standing(city)
        let file = Program.root.appending(path: "GeoData/broken/\(broken.file)")
        let ended = try Program.run(["import", file.path, "--as", broken.role, "--layer", broken.role] + broken.options, city: city)
        let said = ended.text + ended.err
        #expect(ended.code == broken.exit, "\(said)")
        #expect(said.contains(broken.file))
        for words in broken.says { #expect(said.contains(words), "\(words) was expected in: \(said)") }
        #expect(!said.contains("SHAPE_RESTORE_SHX"), "an option of GDAL's is no help to anyone")
        let after = try Standing(city)
        #expect(after.revisions == before.revisions)
        if broken.exit == 2 {
            #expect(after == before)
            #expect(ended.out.isEmpty)
        } else {
            #expect(after.deliveries.contains(#""number":17"#) && after.deliveries.contains(#""status":"staged""#))
        }
    }

    @Test("Every file of GeoData/broken has a line here")
    func all() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Program.root.appending(path: "GeoData/broken").path)
        // The folder `rules` is lint's: LintTests.
        let parts = Set(names.filter { !$0.hasSuffix(".md") && !$0.hasSuffix(".shx") && !$0.hasSuffix(".dbf") && $0 != "rules" })
        #expect(parts == Set(Self.table.map(\.file)))
    }

    @Test("A million nested arrays, a folder, a pipe and a file that is not there are refused at once, by name")
    func odd() async throws {
        let city = try await SampleTown.copy()
        let before = try Standing(city)
        let scratch = try Scratch()
        let nested = scratch.url.appending(path: "nested.geojson")
        try Data((String(repeating: "[", count: 1_000_000) + String(repeating: "]", count: 1_000_000)).utf8).write(to: nested)
        try Shell.run("mkfifo \"$1/pipe.geojson\"", [scratch.url.path])
        let started = Date()
        for (path, says) in [
            (nested.path, "nested.geojson"), (scratch.url.path, "a folder, a pipe or a device"),
            (scratch.url.appending(path: "pipe.geojson").path, "a folder, a pipe or a device"), ("nowhere.geojson", "nowhere.geojson"),
        ] {
            let ended = try Program.run(["import", path, "--as", "parcels"], city: city)
            #expect(ended.code == 2, "\(ended.err)")
            #expect(ended.err.contains(says), "\(ended.err)")
        }
        #expect(Date().timeIntervalSince(started) < 30)
        #expect(try Standing(city) == before)
    }

    @Test(
        "What is said of a file is checked before the file",
        arguments: [
            (["--as", "parcelz"], "did you mean parcels?"), (["--as", "layer"], "expected one of parcels"), ([], "--as ROLE"),
            (["--as", "parcels", "--acuracy", "0.1"], "did you mean --accuracy?"),
            (["--as", "parcels", "--as", "zones"], "--as was given twice"),
            (["--as", "parcels", "--accuracy", "many"], "--accuracy expects a number"),
            (["--as", "parcels", "--accuracy", "-1"], "--accuracy expects 0 to 1000 metres"),
            (["--as", "parcels", "--accuracy", "nan"], "--accuracy expects a number"),
            (["--as", "parcels", "--date", "1404-13-01"], "there is no month 13"),
            (["--as", "parcels", "--map", "code"], "--map expects FIELD=COLUMN"),
            (["--as", "parcels", "--map", "code=a", "--map", "code=b"], "--map code was given twice"),
            (["--as", "parcels", "--map", "code=nothing"], "nothing"),
            (["--as", "parcels", "--crs", "EPSG:99999"], "EPSG:99999"), (["--as", "parcels", "--crs", "utm"], "such as EPSG:"),
            (["--as", "parcels", "--source-layer", "nothing"], "nothing"), (["--as", "parcels", "--encoding", "klingon"], "klingon"),
            (["--as", "parcels", "--covers", "nowhere.geojson"], "nowhere.geojson"), (["--as", "parcels", "--accept"], "--by WHO"),
            (["--as", "parcels", "second.geojson"], "one too many"),
        ] as [([String], String)])
    func options(_ options: [String], _ says: String) async throws {
        let city = try await SampleTown.copy()
        let before = try Standing(city)
        let file = Program.root.appending(path: "GeoData/broken/open-ring.geojson")
        let ended = try Program.run(["import", file.path] + options, city: city)
        #expect(ended.code == 2, "\(ended.text)\(ended.err)")
        #expect(ended.err.contains(says), "\(ended.err)")
        #expect(try Standing(city) == before)
    }

    @Test(
        "A manifest that cannot be read is refused with the place in it, and no city is made",
        arguments: [
            (#"{"city":{"name":"ن","crs":"EPSG:32640"},"deliveries":[{"file":"a.csv","as":"plans","encodng":"x"}]}"#, "encodng"),
            (#"{"city":{"name":"ن","crs":"EPSG:4326"},"deliveries":[]}"#, "not projected in metres"),
            (#"{"city":{"name":"ن"},"deliveries":[]}"#, "crs"), (#"{"city":{"name":"ن","crs":"EPSG:32640"}}"#, "deliveries"),
            (#"{"city":{"name":"ن","crs":"EPSG:32640"},"deliveries":[{"file":"a.csv","as":"plan"}]}"#, "delivery 1"),
            ("{", "manifest.json"),
            ("", "manifest.json"), (String(repeating: "[", count: 1_000_000), "manifest.json"),
        ])
    func manifest(_ text: String, _ says: String) throws {
        let scratch = try Scratch()
        let (file, city) = (scratch.url.appending(path: "manifest.json"), scratch.url.appending(path: "city.gpkg"))
        try Data(text.utf8).write(to: file)
        let ended = try Program.run(["import", file.path, "--accept", "--by", "t"], city: city)
        #expect(ended.code == 2, "\(ended.err)")
        #expect(ended.err.contains(says), "\(ended.err)")
        #expect(!FileManager.default.fileExists(atPath: city.path))
    }
}
