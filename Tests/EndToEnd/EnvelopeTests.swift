import Foundation
import Testing

/// Parcels of 20 by 30 metres on a street of 14 metres to the south, drawn so that each envelope can be worked out by hand.
private struct Row {
    static let day = "1404-09-01"
    let server: LiveServer
    let city: URL
    let scratch: Scratch

    static func ring(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> [[Double]] {
        [[west, south], [east, south], [east, north], [west, north], [west, south]].map { [712_900 + $0[0], 4_021_400 + $0[1]] }
    }

    static func feature(_ properties: [String: Any], _ rings: [[Double]]...) -> [String: Any] {
        ["type": "Feature", "properties": properties, "geometry": ["type": "Polygon", "coordinates": rings] as [String: Any]]
    }

    static var parcels: [[String: Any]] {
        [
            feature(["code": "street"], ring(0, 94, 20, 124)),
            feature(["code": "yard"], ring(20, 94, 40, 124), ring(26, 104, 34, 112)),
            feature(["code": "near"], ring(45, 94.02, 65, 124)),
            feature(["code": "zones"], ring(70, 94, 90, 124)),
            feature(["code": "small"], ring(90, 94, 98, 102)),
            feature(["code": "rear"], ring(100, 94, 120, 124)),
            feature(["code": "river"], ring(130, 94, 150, 124)),
            feature(["code": "line"], ring(160, 94, 180, 124)),
            feature(["code": "corner"], ring(180, 94, 200, 124)),
            feature(["code": "landlocked"], ring(0, 140, 20, 170)),
        ]
    }

    static let law = """
        plan,clause,target,parameter,relation,value,unit,condition,basis,from,until,text
        D,1,zone:landUse/R*,setback.front.min,min,2,m,street.width >= 12,,,,
        D,2,zone:landUse/K,setback.front.min,min,10,m,,,,,
        D,3,zone:landUse/R2,setback.rear.min,min,3,m,,,,,
        D,4,zone:landUse/R*,use,permit,residential,use,,,,,
        D,4,zone:landUse/R*,use,permit,office,use,,,,,
        D,5,overlay:river,building,forbid,,,,,,,
        D,6,overlay:powerLine,use,forbid,residential,use,,,,,
        """

    init() throws {
        scratch = try Scratch()
        let folder = scratch.url
        func write(_ name: String, _ features: [[String: Any]]) throws {
            try SampleTown.write(features, to: folder.appending(path: name + ".geojson"))
        }
        try write("boundary", [Self.feature(["code": "limit"], Self.ring(-50, 50, 260, 220))])
        try write("parcels", Self.parcels)
        try write(
            "streets",
            [
                Self.feature(["name": "south", "width": 14], Self.ring(0, 80, 200, 94)),
                Self.feature(["name": "east", "width": NSNull()], Self.ring(200, 94, 206, 160)),
            ])
        try write(
            "zones",
            [("R1", 0.0, 80.0), ("K", 80, 100), ("R2", 100, 120), ("R1", 120, 210)].map {
                Self.feature(["code": $0.0], Self.ring($0.1, 90, $0.2, 200))
            })
        try write("river", [Self.feature(["code": "1"], Self.ring(140, 80, 155, 140))])
        try write("powerLine", [Self.feature(["code": "1"], Self.ring(158, 114, 180, 130))])
        try Self.law.write(to: folder.appending(path: "provisions.csv"), atomically: true, encoding: .utf8)
        try """
        id,title,kind,authority,number,approved,published,from,until,replaces,amends,rank,policy
        D,نمونه,detailed,نمونه,1,1400-01-01,1400-01-01,1400-01-01,,,,2,perPart
        """.write(to: folder.appending(path: "plans.csv"), atomically: true, encoding: .utf8)
        let catalogue = Program.root.appending(path: "GeoData/parameters.csv")
        try FileManager.default.copyItem(at: catalogue, to: folder.appending(path: "parameters.csv"))
        var deliveries: [[String: Any]] = ["parameters", "plans"].map { ["file": "\($0).csv", "as": $0] }
        for (file, role) in [
            ("parcels", "parcels"), ("streets", "streets"), ("zones", "zones"), ("river", "overlay"), ("powerLine", "overlay"),
        ] {
            var delivery: [String: Any] = [
                "file": "\(file).geojson", "as": role, "layer": role == "zones" ? "landUse" : file, "accuracy": 0.05, "covers": "city",
            ]
            if role == "zones" { delivery["plan"] = "D" }
            deliveries.append(delivery)
        }
        deliveries.append(["file": "provisions.csv", "as": "provisions"])
        let manifest: [String: Any] = [
            "city": ["name": "نمونه", "crs": "EPSG:32640", "boundary": "boundary.geojson"], "deliveries": deliveries,
        ]
        let file = folder.appending(path: "manifest.json")
        try JSONSerialization.data(withJSONObject: manifest).write(to: file)
        city = folder.appending(path: "city.gpkg")
        let ended = try Program.run(["import", file.path, "--accept", "--by", "test"], city: city)
        try #require(ended.code <= 1, "\(ended.err)")
        server = try LiveServer(city)
    }

    func envelope(_ code: String, _ facts: String...) throws -> Asked {
        let query = (["on=\(Self.day)"] + facts.map { "fact=" + FeatureClient.encoded($0) }).joined(separator: "&")
        let answer = try server.get("/parcels/\(code)/envelope?\(query)")
        try #require(answer.status == 200, "\(answer.text)")
        return Asked(answer.json)
    }
}

/// An envelope as it came.
private struct Asked {
    let json: [String: Any]
    let properties: [String: Any]

    init(_ json: [String: Any]) {
        self.json = json
        properties = json["properties"] as? [String: Any] ?? [:]
    }

    var area: Double? { properties["area"] as? Double }
    var status: String? { properties["status"] as? String }
    var needs: [String] { properties["needs"] as? [String] ?? [] }
    var border: [[String: Any]] { properties["border"] as? [[String: Any]] ?? [] }
    var polygons: Int? { ((json["geometry"] as? [String: Any])?["coordinates"] as? [Any])?.count }
    func sides(_ kind: String) -> [[String: Any]] { border.filter { $0["kind"] as? String == kind } }
}

@Suite("The buildable envelope") struct EnvelopeTests {
    @Test("What is left by hand: a street, a yard, two zones, an overlay, a parcel smaller than its setback") func byHand() throws {
        let row = try Row()
        let street = try row.envelope("street")
        #expect(street.status == "decided" && street.area == 20 * 28 && street.polygons == 1)
        let front = try #require(street.sides("street").first)
        #expect(front["length"] as? Double == 20 && (front["width"] as? [String: Any])?["value"] as? Double == 14)
        #expect((front["streets"] as? [[String: Any]])?.compactMap { $0["name"] as? String } == ["south"])
        let setback = try #require((front["setbacks"] as? [[String: Any]])?.first)
        #expect(setback["value"] as? Double == 2 && (setback["provision"] as? [String: Any])?["clause"] as? String == "1")
        #expect(street.sides("neighbour").compactMap { $0["length"] as? Double } == [30, 20, 30])
        #expect(try row.envelope("yard").area == 20 * 28 - 8 * 8)
        #expect(try row.envelope("zones").area == 10 * 28 + 10 * 20)
        let river = try row.envelope("river")
        #expect(river.area == 280.0)
        #expect((river.properties["forbidding"] as? [[String: Any]])?.compactMap { $0["share"] as? Double } == [0.5])
        let small = try row.envelope("small")
        #expect(small.status == "decided" && small.area == 0 && small.json["geometry"] is NSNull)
    }

    @Test("What cannot be known is asked, and there is no area until it is said") func asks() throws {
        let row = try Row()
        func asks(_ code: String, _ needs: [String], _ facts: String...) throws {
            let query = (["on=\(Row.day)"] + facts.map { "fact=" + FeatureClient.encoded($0) }).joined(separator: "&")
            let asked = Asked(try row.server.get("/parcels/\(code)/envelope?\(query)").json)
            #expect(asked.status == "needs" && asked.needs == needs && asked.area == nil, "\(code): \(asked.properties)")
            #expect(asked.json["geometry"] is NSNull && asked.properties["area"] is NSNull && !asked.border.isEmpty)
        }
        // A street without a width; its width is asked, and the other's stays what the layer says.
        try asks("corner", ["street.width"])
        #expect(try row.envelope("corner", "street.width=6").area == 20 * 28)
        #expect(try row.envelope("corner", "street.width=14").area == 18 * 28)
        #expect(try row.envelope("corner").sides("street").count == 2)
        // No street, and a street two centimetres off.
        try asks("landlocked", ["border.front", "street.width"])
        try asks("landlocked", ["street.width"], "border.front=1")
        #expect(try row.envelope("landlocked", "border.front=1", "street.width=14").area == 20 * 28)
        try asks("near", ["border.front"])
        #expect(try row.envelope("near", "border.front=1").area == 20 * 27.98)
        // A setback from the rear, which the data does not name.
        try asks("rear", ["border.rear"])
        #expect(try row.envelope("rear", "border.rear=3").area == 20 * 25)
        #expect(try row.envelope("rear", "border.rear=2,3").area == 17 * 25)
        // An overlay that forbids one use of two.
        try asks("line", ["use"])
        #expect(try row.envelope("line", "use=residential").area == 20 * 18)
        #expect(try row.envelope("line", "use=office").area == 20 * 28)
        // A width that the layer has gives way to one that is asked with, as in an answer.
        #expect(try row.envelope("street", "street.width=8").area == 600)
    }

    @Test("A street's layer that is not said to cover the parcel leaves its other sides open") func uncovered() throws {
        let row = try Row()
        let words = ["--as", "streets", "--layer", "streets", "--accuracy", "0.05", "--accept", "--by", "t"]
        let ended = try Program.run(["import", row.scratch.url.appending(path: "streets.geojson").path] + words, city: row.city)
        try #require(ended.code <= 1, "\(ended.err)")
        for _ in 0..<500 where try row.envelope("street").needs.isEmpty { usleep(20_000) }
        #expect(try row.envelope("street").needs == ["border.front", "street.width"])
        #expect(try row.envelope("street", "border.front=1").area == 20 * 28)
    }

    @Test("Bad sides, an unknown parcel, an unknown parameter and a parcel that ended are problems that say what was expected") func bad()
        throws
    {
        let row = try Row()
        func problem(_ target: String) throws -> (Int, String?, String) {
            let answer = try row.server.get(target, ["Accept-Language: en"])
            #expect(answer.field("Content-Type")?.hasPrefix("application/problem+json") == true)
            return (answer.status, answer.json["code"] as? String, answer.json["detail"] as? String ?? "")
        }
        for wrong in ["0", "5", "x", "1,", ",", "-1", "1.5", "true"] {
            let found = try problem("/parcels/street/envelope?fact=border.rear=\(wrong)")
            #expect(found.0 == 400 && found.1 == "bad-question" && found.2.contains("from 1 to 4"), "\(wrong): \(found)")
        }
        #expect(try problem("/parcels/nowhere/envelope").0 == 404)
        #expect(try problem("/parcels/street/envelope?onn=1404-01-01").0 == 400)
        #expect(try row.server.get("/parcels/street/envelope?fact=border.front=%DB%B1%D8%8C%DB%B2&on=\(Row.day)").status == 200)
        let known = try #require(try row.envelope("street").properties["known"] as? Int)
        try SampleTown.write(Array(Row.parcels.dropFirst()), to: row.scratch.url.appending(path: "fewer.geojson"))
        let words = ["--as", "parcels", "--layer", "parcels", "--accuracy", "0.05", "--covers", "city", "--accept", "--by", "t"]
        let ended = try Program.run(["import", row.scratch.url.appending(path: "fewer.geojson").path] + words, city: row.city)
        try #require(ended.code <= 1, "\(ended.err)")
        for _ in 0..<500 where try row.server.get("/parcels/street/envelope").status == 200 { usleep(20_000) }
        #expect(try problem("/parcels/street/envelope").0 == 410)
        let page = try row.server.get("/answer?parcel=street&f=html&lang=en")
        #expect(page.status == 410 && page.text.contains("is no more since revision") && page.text.contains("<form class=\"ask\""))
        let before = try row.server.get("/parcels/street/envelope?known=\(known)&on=\(Row.day)")
        #expect(Asked(before.json).area == 560.0, "\(before.text)")
        let described = try row.server.get("/api").json["paths"] as? [String: Any]
        #expect(described?["/parcels/{code}/envelope"] != nil)
    }
}
