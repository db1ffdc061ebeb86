import Foundation
import Testing

@Suite("GDAL reads the features over HTTP") struct OGRClientTests {
    private static func ogr(_ program: String, _ words: [String]) throws -> Program.Ended {
        let ended = try Program.run(URL(filePath: "/usr/bin/\(program)"), words)
        try #require(ended.code == 0, "\(program) \(words): \(ended.err)")
        return ended
    }

    private static func export(_ city: URL, in scratch: Scratch) throws -> URL {
        let file = scratch.url.appending(path: "export.gpkg")
        let ended = try Program.run(["export", file.path], city: city)
        try #require(ended.code == 0, "\(ended.err)")
        return file
    }

    /// The rows of a CSV, each as its texts; none here has a comma or a quote within.
    private static func rows(_ text: String) -> [[String]] {
        text.split(separator: "\n").dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .init(charactersIn: "\"\r")) }
        }
    }

    @Test("Every collection comes whole, in pages of 10 and of 1,000, with as many features as the export has") func whole() async throws {
        let (city, scratch) = (try await SampleTown.city(), try Scratch())
        let export = try Self.export(city, in: scratch)
        let client = try FeatureClient(city)
        var expected = try OtherPrograms.layers(of: export).mapValues(\.count)
        expected["quarantine"] = nil
        expected["address"] = nil
        for line in try Shell.run("sqlite3 '\(export.path)' 'SELECT layer, count(*) FROM address GROUP BY layer'").text.split(
            separator: "\n")
        {
            let parts = line.split(separator: "|")
            expected["address_\(parts[0])"] = Int(parts[1])
        }
        let tables = ["parcels": "parcel", "streets": "street", "addresses": "address_addresses", "postOffice": "address_postOffice"]
        let ids = try client.collections.compactMap { $0["id"] as? String }
        #expect(ids.count == expected.count)
        for id in ids {
            let table = try #require([tables[id] ?? "", "zone_\(id)", "overlay_\(id)", id].first { expected[$0] != nil }, "\(id)")
            let listed = try Self.ogr("ogrinfo", ["-ro", "-so", "OAPIF:\(client.root)", id])
            #expect(listed.text.contains("Feature Count: \(expected[table] ?? -1)\n") && listed.err.isEmpty, "\(id): \(listed.err)")
            for size in ["10", "1000"] {
                let words = ["-f", "CSV", "/vsistdout/", "OAPIF:\(client.root)", id, "-select", "code", "-oo", "PAGE_SIZE=\(size)"]
                let read = try Self.ogr("ogr2ogr", words)
                #expect(read.text.split(separator: "\n").count - 1 == expected[table] && read.err.isEmpty, "\(id), \(size): \(read.err)")
            }
        }
        print("GDAL over HTTP: \(ids.count) collections, \(expected.values.reduce(0, +)) features")
    }

    @Test("Every parcel's code comes back letter for letter, and its corners to the stored millimetre") func parcels() async throws {
        let client = try FeatureClient(try await SampleTown.city())
        let scratch = try Scratch()
        let file = scratch.url.appending(path: "parcels.geojson")
        let words = ["-t_srs", "EPSG:32640", "-lco", "COORDINATE_PRECISION=3", "-oo", "PAGE_SIZE=1000"]
        _ = try Self.ogr("ogr2ogr", ["-f", "GeoJSON", file.path, "OAPIF:\(client.root)", "parcels"] + words)
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        let read = json?["features"] as? [[String: Any]] ?? []
        let (own, there) = (try Self.corners(SampleTown.parcels()), Self.corners(read))
        #expect(own.count == 3096 && Set(own.keys) == Set(there.keys))
        let moved = own.filter { there[$0.key] != $0.value }
        #expect(moved.isEmpty, "\(moved.count): \(moved.first?.key ?? "")")

        // In the city's own CRS the numbers are the file's.
        let crs = "http://www.opengis.net/def/crs/EPSG/0/32640"
        let stored = Self.corners(try client.all("parcels", [("crs", crs), ("limit", "1000")]))
        #expect(stored == own)
        #expect(try client.items("parcels", [("crs", crs), ("limit", "1")]).field("Content-Crs") == "<\(crs)>")
    }

    /// All corners of parcels by code, in whole millimetres.
    private static func corners(_ features: [[String: Any]]) -> [String: Set<[Int]>] {
        var found: [String: Set<[Int]>] = [:]
        for feature in features {
            guard let code = (feature["properties"] as? [String: Any])?["code"] as? String else { continue }
            let parts = SampleTown.corners(feature).flatMap(\.self)
            found[code] = Set(parts.map { [Int(($0.x * 1000).rounded()), Int(($0.y * 1000).rounded())] })
        }
        return found
    }

    @Test("Other CRS have their authority's order of axes and lie where GDAL puts them; bbox-crs reads the same order") func axes()
        async throws
    {
        let client = try FeatureClient(try await SampleTown.city())
        let uri = "http://www.opengis.net/def/crs/"
        let places = try client.all("parcels", [("crs", uri + "EPSG/0/32640"), ("limit", "40"), ("code", "1-2-76-9-0-0-0")])
        let place = try #require(places.first)
        let metres = try #require(SampleTown.corners(place).first)
        let input = metres.map { String(format: "%.3f %.3f\n", $0.x, $0.y) }.joined()
        for (crs, northFirst, near) in [("OGC/1.3/CRS84", false, 6e-10), ("EPSG/0/4326", true, 6e-10), ("EPSG/0/3857", false, 6e-4)] {
            let target = crs.hasSuffix("3857") ? "EPSG:3857" : "EPSG:4326"
            let words = ["-s_srs", "EPSG:32640", "-t_srs", target, "-output_xy"]
            let said = try Program.run(URL(filePath: "/usr/bin/gdaltransform"), words, input: Data(input.utf8)).text
            let expected = said.split(separator: "\n").map { $0.split(separator: " ").compactMap { Double($0) } }
            let feature = try #require(client.all("parcels", [("crs", uri + crs), ("code", "1-2-76-9-0-0-0")]).first)
            let found = try #require(SampleTown.corners(feature).first)
            #expect(found.count == expected.count && !found.isEmpty)
            for (own, place) in zip(found, expected) {
                let (east, north) = northFirst ? (own.y, own.x) : (own.x, own.y)
                #expect(abs(east - place[0]) < near && abs(north - place[1]) < near, "\(crs): \(own), GDAL \(place)")
            }
            // The box of the parcel's corners, in the CRS's own order, finds it and its neighbours, whatever the CRS.
            let (first, second) = (found.map(\.x), found.map(\.y))
            let box = [first.min(), second.min(), first.max(), second.max()].compactMap { $0.map { "\($0)" } }.joined(separator: ",")
            let codes = try client.all("parcels", [("bbox", box), ("bbox-crs", uri + crs)]).compactMap { $0["id"] as? String }
            #expect(codes.contains("1-2-76-9-0-0-0") && codes.count < 60, "\(crs): \(codes.count)")
            if northFirst {
                let swapped = box.split(separator: ",")
                let wrong = [1, 0, 3, 2].map { String(swapped[$0]) }.joined(separator: ",")
                #expect(try client.count("parcels", [("bbox", wrong), ("bbox-crs", uri + crs)]) == 0)
            }
        }
    }

    @Test("GDAL's -where is asked of the server and finds what it finds in the export; so does -spat") func filters() async throws {
        let (city, scratch) = (try await SampleTown.city(), try Scratch())
        let export = try Self.export(city, in: scratch)
        let client = try FeatureClient(city)
        func count(_ words: [String]) throws -> Int {
            let ended = try Self.ogr("ogrinfo", ["-ro", "-so"] + words)
            let line = ended.text.split(separator: "\n").first { $0.hasPrefix("Feature Count: ") }
            return try #require(line.flatMap { Int($0.dropFirst(15)) }, "\(words): \(ended.text) \(ended.err)")
        }
        // GDAL 3.6 leaves IN, BETWEEN and comparisons with decimals to itself, and then reads all.
        let wheres: [(String, isPushed: Bool)] = [
            ("code = '1-1-1-1-0-0-0'", true), ("code LIKE '1-1-%'", true), ("NOT (code LIKE '1-1-%')", true),
            ("code = '1-1-1-1-0-0-0' OR code = '1-2-76-9-0-0-0'", true), ("code > '1-2-1' AND code < '1-2-4'", true),
            ("deedArea IS NULL", true), ("deedArea IS NOT NULL", true), ("address IS NOT NULL AND deedArea <> 200", true),
            ("code IN ('1-1-1-1-0-0-0','1-2-76-9-0-0-0','9-9-9')", false), ("deedArea > 500", false),
            ("deedArea >= 200 AND deedArea < 300.5", false), ("deedArea BETWEEN 200 AND 250", false),
        ]
        for (text, isPushed) in wheres {
            let heard = try Self.ogr("ogrinfo", ["--debug", "on", "-ro", "-so", "OAPIF:\(client.root)", "parcels", "-where", text])
            let log = heard.err + heard.text
            #expect((log.contains("&filter=") && log.contains("filter-lang=cql-text")) == isPushed, "\(text): \(log.suffix(800))")
            let expected = try count([export.path, "parcel", "-where", text.replacingOccurrences(of: "deedArea", with: "deed_area")])
            #expect(try count(["OAPIF:\(client.root)", "parcels", "-where", text]) == expected && expected > 0, "\(text): \(expected)")
        }
        // Of a GeoJSON GDAL tests shapes themselves; of a GeoPackage their boxes.
        let degrees = scratch.url.appending(path: "degrees.geojson")
        _ = try Self.ogr("ogr2ogr", ["-t_srs", "EPSG:4326", "-lco", "COORDINATE_PRECISION=12", degrees.path, export.path, "parcel"])
        for box in [
            ["59.366", "36.314", "59.37", "36.317"], ["59.3", "36.2", "59.4", "36.4"], ["59.3719", "36.3180", "59.3721", "36.3181"],
        ] {
            let spat = ["-spat"] + box
            let expected = try count([degrees.path, "parcel"] + spat)
            #expect(try count(["OAPIF:\(client.root)", "parcels"] + spat) == expected && expected > 0, "\(box)")
        }
    }

    @Test("A legal day chooses the zones of plans in force, a revision what was known") func times() async throws {
        let city = try await SampleTown.city()
        let client = try FeatureClient(city)
        // plans.csv: D from 1396-06-15, A1 from 1404-07-01; the export has 79 zones of D and 2 of A1.
        for (day, count) in [
            ("2017-09-05", 0), ("2017-09-06", 79), ("2025-09-22", 79), ("2025-09-23", 81), ("../2017-09-05", 0), ("2017-09-06/..", 81),
            ("2017-09-05T23:00:00Z", 79),
        ] {
            #expect(try client.count("landUse", [("datetime", day)]) == count, "\(day)")
        }
        let revisions = try JSONSerialization.jsonObject(with: try Program.run(["revisions", "--json"], city: city).out)
        let newest = try #require((revisions as? [[String: Any]])?.compactMap { $0["number"] as? Int }.max())
        #expect(try client.count("parcels", [("known", "\(newest)")]) == 3096)
        // The post office's addresses were the last delivery.
        #expect(try client.items("postOffice", [("known", "\(newest - 1)")]).status == 404)
        #expect(try client.count("addresses", [("known", "\(newest - 1)")]) == 2981)
        #expect(try client.items("parcels", [("known", "\(newest + 1)")]).status == 404)
    }

    @Test("Codes that look like dates, times and numbers: ids are letter for letter, decimals survive whole numbers before them")
    func dates()
        throws
    {
        let scratch = try Scratch()
        let like = (0..<25).map { "\(3 + $0 / 12)-\(1 + $0 % 12)-\(1 + $0 % 28)" }
        for codes in [
            like, ["3-6-7", "2003/06/07", "12:30", "0012", "1e5", "true", "null", "7-7-7 ", "2024-01-02T03:04:05Z", "۳/۱", "A-1"],
        ] {
            let city = scratch.url.appending(path: "\(codes.count).gpkg")
            let file = scratch.url.appending(path: "\(codes.count).geojson")
            try SampleTown.write(
                codes.enumerated().map { place, code in
                    let (x, y) = (712_500 + 20 * place, 4_021_500)
                    let ring = [[x, y], [x + 10, y], [x + 10, y + 20], [x, y + 20], [x, y]]
                    let area = place < 12 ? 200 : 200 + Double(place) / 4
                    return [
                        "type": "Feature", "properties": ["code": code, "deedArea": area],
                        "geometry": ["type": "Polygon", "coordinates": [ring]],
                    ]
                }, to: file)
            for words in [
                ["init", "--name", "D", "--crs", "EPSG:32640"], ["import", file.path, "--as", "parcels", "--accept", "--by", "t"],
            ] {
                let ended = try Program.run(words, city: city)
                try #require(ended.code == 0, "\(ended.err)")
            }
            let client = try FeatureClient(city)
            let own = try client.all("parcels").compactMap { ($0["properties"] as? [String: Any])?["code"] as? String }
            let stored = try Shell.run("sqlite3 '\(city.path)' 'SELECT code FROM parcel'").text.split(separator: "\n").map(String.init)
            #expect(Set(own) == Set(stored) && own.count == codes.count)
            let read = try Self.ogr("ogr2ogr", ["-f", "CSV", "/vsistdout/", "OAPIF:\(client.root)", "parcels", "-select", "id,deedArea"])
            #expect(Self.rows(read.text).map { $0[0] } == own)
            let areas = Self.rows(read.text).compactMap { Double($0[1]) }
            #expect(areas == codes.indices.map { $0 < 12 ? 200 : 200 + Double($0) / 4 }, "\(areas)")
            for place in own.indices {
                let one = try Self.ogr("ogrinfo", ["-ro", "-q", "OAPIF:\(client.root)", "parcels", "-fid", "\(place + 1)"])
                #expect(one.text.contains("  id (String) = \(own[place])\n"), "\(one.text)")
                let direct = try client.get("/collections/parcels/items/" + FeatureClient.encoded(own[place]))
                // A slash does not stand in a path, encoded or not.
                #expect((direct.json["id"] as? String == own[place]) != own[place].contains("/"), "\(own[place]): \(direct.text)")
            }
            let fields = try Self.ogr("ogrinfo", ["-ro", "-so", "OAPIF:\(client.root)", "parcels"]).text
            #expect(fields.contains("code: String") && fields.contains("deedArea: Real"), "\(fields)")
        }
    }

    @Test("A French town's parcels come whole, each corner within a millimetre of the file", .enabled(if: RealData.isThere)) func french()
        throws
    {
        let data = try #require(RealData.folder).appending(path: "parcels-fr").path
        let scratch = try Scratch()
        _ = try RealData.shell("zcat '\(data)/cadastre-91216-parcelles.json.gz' > town.json", in: scratch.url)
        let town = scratch.url.appending(path: "town.json")
        let words = ["--map", "code=id", "--map", "deedArea=contenance", "--crs", "EPSG:4326", "--accept", "--by", "t"]
        let city = try RealData.city(
            in: scratch.url,
            [["init", "--name", "France", "--crs", "EPSG:2154"], ["import", town.path, "--as", "parcels", "--layer", "cadastre"] + words])
        let client = try FeatureClient(city)
        let read = scratch.url.appending(path: "read.geojson")
        let out = ["-f", "GeoJSON", read.path, "-lco", "COORDINATE_PRECISION=10"]
        _ = try Self.ogr("ogr2ogr", out + ["OAPIF:\(client.root)", "cadastre", "-oo", "PAGE_SIZE=10000"])
        func features(_ file: URL, _ name: String) throws -> [String: [(x: Double, y: Double)]] {
            let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
            let all = (json?["features"] as? [[String: Any]] ?? []).compactMap { feature in
                ((feature["properties"] as? [String: Any])?[name] as? String).map { ($0, SampleTown.corners(feature).flatMap(\.self)) }
            }
            return Dictionary(uniqueKeysWithValues: all)
        }
        let (own, there) = (try features(town, "id"), try features(read, "code"))
        #expect(own.count > 1000 && Set(own.keys) == Set(there.keys))
        var farthest = 0.0
        for (code, corners) in there {
            for corner in corners {
                let near = own[code]?.map { max(abs($0.x - corner.x) * 74_000_000, abs($0.y - corner.y) * 111_200_000) }.min()
                farthest = max(farthest, near ?? .infinity)
            }
        }
        #expect(farthest < 1, "\(farthest) mm")
        print("GDAL over HTTP: \(there.count) French parcels, corners within \(farthest) mm")
    }
}
