import Foundation
import Testing

@Suite("The city's file and its export beside other programs") struct GeoPackageTests {
    @Test("ogrinfo and a validator have nothing against a town's city and its export, and list what was delivered")
    func town() async throws {
        let folder = Program.root.appending(path: "GeoData/sample-town")
        let scratch = try Scratch()
        let city = try await Cities.shared.copy(of: Cities.shared.city(manifest: folder.appending(path: "manifest.json")))
        let export = scratch.url.appending(path: "export.gpkg")
        let made = try Program.run(["export", export.path], city: city)
        #expect(made.code == 0, "\(made.err)")
        try OtherPrograms.accept(city)
        try OtherPrograms.accept(export)

        // One feature of the town is unfit on purpose: qanat Q-2.
        let delivered = try delivered(in: folder)
        func total(_ role: String) -> Int { delivered.filter { $0.role == role }.reduce(0) { $0 + $1.count } }
        func rows(_ count: Int) -> OtherPrograms.Listed { .init(count: count, crs: 32640) }
        var expected = [
            "parcel": rows(total("parcels")), "street": rows(total("streets")), "address": rows(total("addresses")),
            "boundary": rows(total("boundary")), "quarantine": rows(1),
        ]
        var found = try OtherPrograms.layers(of: export)
        for (layer, parts) in Dictionary(grouping: delivered.filter { $0.role == "zones" || $0.role == "overlay" }, by: \.layer) {
            let name = (parts[0].role == "zones" ? "zone_" : "overlay_") + layer
            expected[name] = rows(parts.reduce(0) { $0 + $1.count } - (layer == "qanat" ? 1 : 0))
        }
        #expect(found == expected)

        let planned = try tables(in: folder)
        expected = expected.filter { !$0.key.contains("_") }
        expected["zone"] = rows(total("zones"))
        expected["overlay"] = rows(total("overlay") - 1)
        expected["revision"] = .init(count: delivered.count + planned, crs: nil)
        found = try OtherPrograms.layers(of: city)
        #expect(found == expected)
    }

    private struct Delivered {
        let role: String
        let layer: String
        let count: Int
    }

    /// What the manifest delivers of features, counted by `ogrinfo`.
    private func delivered(in folder: URL) throws -> [Delivered] {
        let manifest = try manifest(in: folder)
        let boundary = (manifest["city"] as? [String: Any])?["boundary"] as? String ?? ""
        let all = [["file": boundary, "as": "boundary"]] + (manifest["deliveries"] as? [[String: Any]] ?? [])
        return try all.compactMap { delivery in
            guard let file = delivery["file"] as? String, let role = delivery["as"] as? String,
                ["parcels", "streets", "addresses", "zones", "overlay", "boundary"].contains(role)
            else { return nil }
            let counts = try OtherPrograms.layers(of: folder.appending(path: file)).values.map(\.count)
            return Delivered(role: role, layer: delivery["layer"] as? String ?? role, count: counts.reduce(0, +))
        }
    }

    /// How many of the deliveries are planner's tables, each a revision too.
    private func tables(in folder: URL) throws -> Int {
        (try manifest(in: folder)["deliveries"] as? [[String: Any]] ?? []).count {
            ["plans", "provisions", "parameters"].contains($0["as"] as? String ?? "")
        }
    }

    private func manifest(in folder: URL) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appending(path: "manifest.json"))) as? [String: Any] ?? [:]
    }
}
