import Formats
import Testing

@testable import Service

@Suite("Manifests") struct ManifestTests {
    private func read(_ text: String) throws(ServiceError) -> Manifest {
        try Manifest(path: "town/manifest.json", bytes: Array(text.utf8))
    }

    private func refusal(_ text: String) -> String {
        do {
            _ = try read(text)
            return "taken"
        } catch {
            return error.message(in: .en)
        }
    }

    @Test("A manifest's paths are relative to it, and its keys are the command line's") func whole() throws {
        let manifest = try read(
            """
            {"label":"نمونه","city":{"name":"ت","crs":"EPSG:32640","boundary":"b.geojson","height":1250},
             "deliveries":[{"file":"p.shp","as":"parcels","layer":"parcels","map":{"code":"KOD"},"accuracy":0.05,
                            "date":"1404-02-01","covers":"city"},
                           {"file":"/z.geojson","as":"zones","plan":"D","covers":"c.geojson"}]}
            """)
        #expect(manifest.city.height == Decimal(parsing: "1250"))
        #expect(manifest.boundary?.file == "town/b.geojson")
        let parcels = try #require(manifest.deliveries.first)
        #expect(parcels.file == "town/p.shp" && parcels.accuracy == 50 && parcels.map == ["code": "KOD"])
        #expect(parcels.dataDay?.iso == "2025-04-21" && parcels.covers == .city)
        #expect(manifest.deliveries.last?.file == "/z.geojson" && manifest.deliveries.last?.covers == .file("town/c.geojson"))
    }

    @Test(
        "What is wrong is said with its place",
        arguments: [
            (#"{"city":{"name":"x","crs":"EPSG:32640"},"deliveries":[{"file":"a","as":"parcel"}]}"#, "delivery 1: «parcel» is no role"),
            (#"{"city":{"name":"x","crs":"EPSG:32640"},"deliveries":[{"file":"a","as":"parcels","acuracy":1}]}"#, "unknown key «acuracy»"),
            (#"{"city":{"crs":"EPSG:32640"},"deliveries":[]}"#, "city: the key «name» is missing"),
            (#"{"city":{"name":"x","crs":"EPSG:32640"}}"#, "the key «deliveries» is missing"),
            (#"{"city":{"name":"x","crs":"EPSG:32640"},"deliveries":[{"file":"a","as":"parcels","date":"1404-13-01"}]}"#, "date"),
            ("[]", "an object was expected"), ("{", "line 1"),
        ])
    func refused(_ text: String, _ says: String) {
        let message = refusal(text)
        #expect(message.contains(says) && message.contains("town/manifest.json"), "\(message)")
    }
}
