import Foundation
import Testing

@Suite("Pages of features") struct PagingTests {
    @Test("By seven, next leads through every collection: each feature once, as many as were matched, in the order of offset") func pages()
        async throws
    {
        let client = try FeatureClient(try await SampleTown.city())
        var pages = 0
        for id in try client.collections.compactMap({ $0["id"] as? String }) {
            let whole = try client.all(id, [("limit", "10000")]).map { "\($0["id"] ?? "")" }
            var (found, answer) = ([String](), try client.items(id, [("limit", "7"), ("lang", "en")]))
            while true {
                try #require(answer.status == 200, "\(answer.text)")
                let features = answer.json["features"] as? [[String: Any]] ?? []
                #expect(answer.json["numberMatched"] as? Int == whole.count && answer.json["numberReturned"] as? Int == features.count)
                if pages % 50 == 0 {
                    let same =
                        try client.items(id, [("limit", "7"), ("offset", "\(found.count)")]).json["features"] as? [[String: Any]] ?? []
                    #expect(same.map { "\($0["id"] ?? "")" } == features.map { "\($0["id"] ?? "")" }, "\(id) from \(found.count)")
                }
                found += features.map { "\($0["id"] ?? "")" }
                pages += 1
                guard let next = FeatureClient.next(answer) else { break }
                #expect(next.contains("lang=en") && next.contains("limit=7") && features.count == 7)
                answer = try client.server.get(next)
            }
            #expect(found == whole && Set(found).count == found.count, "\(id): \(found.count) of \(whole.count)")
        }
        #expect(pages > 500)
        print("paging: \(pages) pages of seven")
    }

    @Test("next keeps every parameter") func kept() async throws {
        let client = try FeatureClient(try await SampleTown.city())
        let parameters = [
            ("limit", "5"), ("bbox", "59.366,36.314,59.372,36.319"), ("bbox-crs", "http://www.opengis.net/def/crs/OGC/1.3/CRS84"),
            ("crs", "http://www.opengis.net/def/crs/EPSG/0/3857"), ("datetime", "2024-01-01/.."),
            ("filter", "deedArea > 200 AND code LIKE '1-%'"),
            ("filter-lang", "cql2-text"), ("filter-crs", "http://www.opengis.net/def/crs/EPSG/0/32640"), ("lang", "fa"), ("f", "geojson"),
        ]
        let first = try client.items("parcels", parameters)
        let next = try #require(FeatureClient.next(first), "\(first.text.prefix(300))")
        let items = URLComponents(string: next)?.queryItems ?? []
        for (name, value) in parameters { #expect(items.filter { $0.name == name }.map(\.value) == [value], "\(name): \(next)") }
        let link = try client.items("parcels", [("limit", "1")]).field("Link") ?? ""
        for rel in ["self", "alternate", "next", "http://www.opengis.net/def/rel/ogc/1.0/queryables"] {
            #expect(link.contains("; rel=\"\(rel)\";"), "\(link)")
        }
        let second = try client.server.get(next)
        #expect(
            second.json["numberMatched"] as? Int == first.json["numberMatched"] as? Int
                && second.field("Content-Crs")?.contains("3857") == true)
        #expect(try client.all("parcels", parameters).count == first.json["numberMatched"] as? Int)
    }

    @Test("A revision accepted between two pages does not disturb them") func pinned() async throws {
        let city = try await SampleTown.copy()
        let client = try FeatureClient(city)
        let before = try client.all("parcels", [("limit", "1000")]).compactMap { $0["id"] as? String }
        var (found, answer) = ([String](), try client.items("parcels", [("limit", "500")]))
        let scratch = try Scratch()
        let file = scratch.url.appending(path: "parcels.geojson")
        let ring = [[714_500, 4_021_500], [714_510, 4_021_500], [714_510, 4_021_520], [714_500, 4_021_520], [714_500, 4_021_500]]
        let added: [String: Any] = [
            "type": "Feature", "properties": ["code": "0-0-1-1-0-0-0", "deedArea": 200],
            "geometry": ["type": "Polygon", "coordinates": [ring]],
        ]
        try SampleTown.write([added] + (try SampleTown.parcels()), to: file)
        let words = ["--map", "slope=slope", "--map", "effectiveArea=effectiveArea", "--accuracy", "0.05", "--accept", "--by", "t"]
        let ended = try Program.run(["import", file.path, "--as", "parcels", "--layer", "parcels"] + words, city: city)
        try #require(ended.code <= 1, "\(ended.err)")
        for _ in 0..<500 where try client.count("parcels", []) != 3097 { usleep(20_000) }
        #expect(try client.count("parcels", []) == 3097)
        while true {
            found += (answer.json["features"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
            #expect(answer.json["numberMatched"] as? Int == 3096)
            guard let next = FeatureClient.next(answer) else { break }
            answer = try client.server.get(next)
        }
        #expect(found == before && found.count == 3096)
        let after = try client.all("parcels", [("limit", "1000")]).compactMap { $0["id"] as? String }
        #expect(Set(after) == Set(before + ["0-0-1-1-0-0-0"]))
    }
}
