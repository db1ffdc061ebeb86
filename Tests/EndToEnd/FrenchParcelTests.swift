import Foundation
import Testing

@Suite("French parcels", .enabled(if: RealData.isThere), .serialized) struct FrenchParcelTests {
    private struct Parcel {
        let id: String
        let registered: Double
        let rings: [[[Double]]]
    }

    @Test("11,062 parcels are taken in, measured beside their registered areas, and answered on the vertices and edges they share")
    func parcels() throws {
        let data = try #require(RealData.folder).appending(path: "parcels-fr").path
        let scratch = try Scratch()
        let towns = ["75118", "91216"]
        var commands = [["init", "--name", "France", "--crs", "EPSG:2154"]]
        for town in towns {
            _ = try RealData.shell("zcat '\(data)/cadastre-\(town)-parcelles.json.gz' > \(town).json", in: scratch.url)
            commands.append([
                "import", scratch.url.appending(path: "\(town).json").path, "--as", "parcels", "--layer", "cadastre\(town)", "--map",
                "code=id",
                "--map", "deedArea=contenance", "--crs", "EPSG:4326", "--accuracy", "0.30", "--accept", "--by", "test",
            ])
        }
        let city = try RealData.city(in: scratch.url, commands)
        let kept = try RealData.shell(
            "sqlite3 city.gpkg \"SELECT count(*) FROM record WHERE role = 'parcels' AND quarantine IS NULL\"", in: scratch.url)
        let read = try towns.map { try parcels(scratch.url.appending(path: "\($0).json")) }
        let all = read.flatMap(\.self)
        #expect(all.count == 11_062)
        #expect(Int(kept.trimmingCharacters(in: .newlines)) == 11_062, "none is invalid, none lost")

        #expect(Set(all.map(\.id)).count == 11_062)

        let measured = try RealData.batch("--parcels", "id,parcel\n" + all.map { "\($0.id),\($0.id)" }.joined(separator: "\n"), city: city)
        let answered = all.filter { parcel in
            let rows = measured[parcel.id]?["parcels"] as? [[String: Any]] ?? []
            let area = rows.first?["area"] as? [String: Any]
            return rows.count == 1 && rows[0]["code"] as? String == parcel.id && area?["grid"] as? Double ?? 0 > 0
                && area?["deed"] as? Double ?? 0 == parcel.registered
        }
        #expect(answered.count == 11_062, "every parcel is answered by its code, its registered area beside its grid area")
        for (town, parcels) in zip(towns, read) { table(town, parcels, measured) }
        let paris = differences(read[0], measured).sorted()
        #expect(abs(paris[paris.count / 2] - 0.0012) < 0.0002, "the median difference of Paris is 0.12 %")

        try vertices(all, city)
        try edges(all, city)
        try OtherPrograms.accept(city)
    }

    /// Every hundredth vertex that parcels share is answered by all of them.
    private func vertices(_ all: [Parcel], _ city: URL) throws {
        var owners: [[Double]: Set<String>] = [:]
        for parcel in all { for ring in parcel.rings { for vertex in ring { owners[vertex, default: []].insert(parcel.id) } } }
        let shared = owners.filter { $0.value.count > 1 }.sorted { ($0.key[0], $0.key[1]) < ($1.key[0], $1.key[1]) }
        let asked = stride(from: 0, to: shared.count, by: 100).map { shared[$0] }
        let csv = asked.enumerated().map { "\($0),\($1.key[0]),\($1.key[1])" }.joined(separator: "\n")
        let answers = try RealData.batch("--points", "id,x,y\n" + csv, city: city, ["--crs", "EPSG:4326"])
        let wrong = asked.enumerated().filter { place, vertex in
            let rows = answers["\(place)"]?["parcels"] as? [[String: Any]] ?? []
            let held = Set(rows.filter { $0["distance"] as? Double == 0 }.compactMap { $0["code"] as? String })
            return !held.isSuperset(of: vertex.value)
        }
        try RealData.sameFromRows("--points", "id,x,y\n" + csv, city: city, ["--crs", "EPSG:4326"])
        #expect(asked.count > 500 && wrong.isEmpty, "\(wrong.count) of \(asked.count) shared vertices miss a parcel")
        print("France: \(shared.count) shared vertices, \(asked.count) asked, \(wrong.count) wrong")
    }

    /// A centimetre from an edge that two parcels share, both are listed as sensitive.
    private func edges(_ all: [Parcel], _ city: URL) throws {
        struct Edge: Hashable {
            let low: [Double]
            let high: [Double]
        }
        var owners: [Edge: Set<String>] = [:]
        for parcel in all {
            for ring in parcel.rings {
                for (a, b) in zip(ring, ring.dropFirst()) {
                    let sorted = (a[0], a[1]) < (b[0], b[1]) ? (a, b) : (b, a)
                    owners[Edge(low: sorted.0, high: sorted.1), default: []].insert(parcel.id)
                }
            }
        }
        let shared = owners.filter { $0.value.count == 2 }.sorted { ($0.key.low[0], $0.key.low[1]) < ($1.key.low[0], $1.key.low[1]) }
        let asked = stride(from: 0, to: shared.count, by: 50).map { shared[$0] }
        let metre = (lat: 1 / 111_200.0, lon: 1 / (111_320.0 * cos(48.8 * .pi / 180)))
        let csv = asked.enumerated().map { place, edge in
            let (a, b) = (edge.key.low, edge.key.high)
            let (dx, dy) = ((b[0] - a[0]) / metre.lon, (b[1] - a[1]) / metre.lat)
            let length = (dx * dx + dy * dy).squareRoot()
            let x = (a[0] + b[0]) / 2 - dy / length * 0.01 * metre.lon
            return "\(place),\(x),\((a[1] + b[1]) / 2 + dx / length * 0.01 * metre.lat)"
        }
        let answers = try RealData.batch("--points", "id,x,y\n" + csv.joined(separator: "\n"), city: city, ["--crs", "EPSG:4326"])
        let wrong = asked.enumerated().filter { place, edge in
            let rows = answers["\(place)"]?["parcels"] as? [[String: Any]] ?? []
            let sensitive = rows.filter { $0["verdict"] as? String == "sensitive" && edge.value.contains($0["code"] as? String ?? "") }
            let relations = sensitive.compactMap { $0["relation"] as? String }.sorted()
            // In the one and near the other; a point that rounding puts on the edge is on the border.
            return sensitive.count != 2 || relations.contains("near") == relations.contains("boundary")
                || sensitive.contains { ($0["distance"] as? Double ?? 1).magnitude > 0.011 }
        }
        try RealData.sameFromRows("--points", "id,x,y\n" + csv.joined(separator: "\n"), city: city, ["--crs", "EPSG:4326"])
        #expect(asked.count > 1_000 && wrong.isEmpty, "\(wrong.count) of \(asked.count) shared edges")
        print("France: \(asked.count) points a centimetre from a shared edge, \(wrong.count) wrong")
    }

    private func parcels(_ file: URL) throws -> [Parcel] {
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        return (json?["features"] as? [[String: Any]] ?? []).compactMap { feature in
            let geometry = feature["geometry"] as? [String: Any]
            let rings =
                geometry?["coordinates"] as? [[[Double]]] ?? (geometry?["coordinates"] as? [[[[Double]]]])?.flatMap(\.self) ?? []
            let properties = feature["properties"] as? [String: Any]
            guard let id = properties?["id"] as? String else { return nil }
            return Parcel(id: id, registered: properties?["contenance"] as? Double ?? 0, rings: rings)
        }
    }

    private func differences(_ parcels: [Parcel], _ measured: [String: [String: Any]]) -> [Double] {
        parcels.compactMap { parcel in
            let rows = measured[parcel.id]?["parcels"] as? [[String: Any]]
            guard parcel.registered > 0, let grid = (rows?.first?["area"] as? [String: Any])?["grid"] as? Double else { return nil }
            return abs(grid - parcel.registered) / parcel.registered
        }
    }

    private func table(_ town: String, _ parcels: [Parcel], _ measured: [String: [String: Any]]) {
        let sorted = differences(parcels, measured).sorted()
        guard !sorted.isEmpty else { return }
        let at = [0.1, 0.25, 0.5, 0.75, 0.9, 0.99].map { sorted[min(sorted.count - 1, Int(Double(sorted.count) * $0))] }
        print("France \(town): \(sorted.count) parcels; grid area against the registered one, percent, at 10/25/50/75/90/99 %:")
        print("  " + at.map { String(format: "%.3f", $0 * 100) }.joined(separator: "  "))
    }
}
