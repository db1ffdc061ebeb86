import Foundation
import Testing

/// What stands in a city, as its own commands tell it: what a refused command must leave as it was.
struct Standing: Equatable {
    let revisions: String
    let deliveries: String

    /// The whole log. The roots in it are worked out again from the rows.
    init(_ city: URL) throws {
        let checked = try Program.run(["revisions", "--json", "--check"], city: city)
        guard checked.code == 0 else { throw Unsound(city: city.path, why: checked.err) }
        revisions = checked.text
        deliveries = try Program.run(["deliveries", "--json"], city: city).text
    }

    struct Unsound: Error {
        let city: String
        let why: String
    }
}

/// The town that comes with the program.
enum SampleTown {
    static let folder = Program.root.appending(path: "GeoData/sample-town")
    /// A day on which all that it holds is decided, so that no test hangs on today.
    static let day = "1404-09-01"

    static func city() async throws -> URL {
        try await Cities.shared.city(manifest: folder.appending(path: "manifest.json"))
    }

    /// The city of a test of its own.
    static func copy() async throws -> URL {
        try await Cities.shared.copy(of: city())
    }

    /// Its parcels as the file has them, read without this program.
    static func parcels() throws -> [[String: Any]] {
        let data = try Data(contentsOf: folder.appending(path: "parcels.geojson"))
        let json = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return json?["features"] as? [[String: Any]] ?? []
    }

    /// The outer corners of a parcel's parts.
    static func corners(_ parcel: [String: Any]) -> [[(x: Double, y: Double)]] {
        let geometry = parcel["geometry"] as? [String: Any] ?? [:]
        let coordinates = geometry["coordinates"]
        let polygons =
            geometry["type"] as? String == "Polygon" ? [coordinates as? [[[Double]]] ?? []] : coordinates as? [[[[Double]]]] ?? []
        return polygons.compactMap { $0.first?.map { (x: $0[0], y: $0[1]) } }
    }

    /// A GeoJSON of features in the town's CRS.
    static func write(_ features: [[String: Any]], to file: URL) throws {
        let crs: [String: Any] = ["type": "name", "properties": ["name": "urn:ogc:def:crs:EPSG::32640"]]
        let json: [String: Any] = ["type": "FeatureCollection", "crs": crs, "features": features]
        try JSONSerialization.data(withJSONObject: json, options: .sortedKeys).write(to: file)
    }
}

/// Another program, found on the path.
enum Shell {
    @discardableResult
    static func run(_ command: String, _ arguments: [String] = [], environment: [String: String] = [:]) throws -> Program.Ended {
        try Program.run(URL(filePath: "/bin/bash"), ["-c", command, "bash"] + arguments, environment: environment)
    }
}
