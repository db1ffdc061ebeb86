import Foundation
import Testing

@Suite("Measuring on the map") struct MapMeasureTests {
    @Test("Coordinates are those of gdaltransform, length and area those of its metres") func measures() async throws {
        let server = try LiveServer(try await SampleTown.city())
        let places = [(59.37, 36.315), (59.3712, 36.3148), (59.3709, 36.3161), (59.3698, 36.3163)]
        let words = try Program.run(
            URL(filePath: "/bin/bash"),
            [
                "-c",
                "printf '\(places.map { "\($0.0) \($0.1)" }.joined(separator: "\\n"))\\n' | gdaltransform -s_srs OGC:CRS84 -t_srs EPSG:32640",
            ])
        let metres = words.text.split(separator: "\n").map { $0.split(separator: " ").compactMap { Double($0) } }
        try #require(metres.count == places.count, "\(words.text) \(words.err)")
        let at = places.map { "\($0.0),\($0.1)" }.joined(separator: ";")
        let answer = try server.get("/measure?at=\(FeatureClient.encoded(at))").json
        let shown = try #require(answer["places"] as? [[String: Double]])
        for (one, other) in zip(shown, metres) {
            #expect(abs((one["x"] ?? 0) - other[0]) < 0.0006 && abs((one["y"] ?? 0) - other[1]) < 0.0006)
        }
        let length = zip(metres, metres.dropFirst()).reduce(0) { $0 + hypot($1.1[0] - $1.0[0], $1.1[1] - $1.0[1]) }
        let next = metres.dropFirst() + metres.prefix(1)
        let area = zip(metres, next).reduce(0) { $0 + ($1.0[0] * $1.1[1] - $1.1[0] * $1.0[1]) / 2 }
        #expect(abs((answer["length"] as? Double ?? 0) - length) < 0.002 && answer["crs"] as? String == "EPSG:32640")
        #expect(abs((answer["area"] as? Double ?? 0) - abs(area)) < 0.5, "\(answer) beside \(area)")
    }

    @Test("One place is only brought over; two enclose nothing, nor does a way that crosses itself") func bare() async throws {
        let server = try LiveServer(try await SampleTown.city())
        func area(_ at: String) throws -> Any? { try server.get("/measure?at=\(FeatureClient.encoded(at))").json["area"] }
        #expect(try area("59.37,36.315") is NSNull && area("59.37,36.315;59.371,36.315") is NSNull)
        #expect(try area("59.37,36.315;59.371,36.316;59.371,36.315;59.37,36.316") is NSNull, "a figure of eight")
        #expect(try area("59.37,36.315;59.37,36.315;59.37,36.315") is NSNull)
        #expect(try area("۵۹٫۳۷,۳۶٫۳۱۵;59.371,36.316;59.371,36.315") is NSNumber, "any digits")
    }

    @Test(
        "What is no list of places is refused, with what was expected",
        arguments: ["", "59.37", "59.37,36.3;", "a,b", "59.37,136", "1,2,3", "nan,36"])
    func refused(_ at: String) async throws {
        let server = try LiveServer(try await SampleTown.city())
        #expect(try server.get("/measure?at=\(FeatureClient.encoded(at))").status == 400)
        let many = Array(repeating: "59.37,36.315", count: 201).joined(separator: ";")
        #expect(try server.get("/measure?at=\(FeatureClient.encoded(many))").status == 400)
    }
}
