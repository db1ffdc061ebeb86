import Foundation
import Importing
import Spatial
import Testing

@Suite("Deliveries made by others")
struct RealDataTests {
    @Test("Of Chicago's 14,670 zones all are kept, and quarantined are those that GEOS refuses in degrees and two that the grid breaks")
    func chicago() throws {
        try Workshop.folder { folder in
            guard
                let file = try Workshop.unpacked(
                    "zoning-chicago/chicago-zoning-2025-04-17-simple.geojson.gz", in: folder, as: "zones.geojson")
            else { return }
            let staged = try Staged.run(file, .zones, map: ["code": "zone_class"], city: .init(crs: "EPSG:32616"))
            #expect(staged.rows.count == 14_670)
            // 307 are invalid in degrees by GEOS (the data's README); 2 rings of millimetres encloses nothing on the grid.
            #expect(staged.quarantined.count == 309)
            #expect(staged.rows.allSatisfy { $0.original != nil && $0.code != nil })
            #expect(Set(staged.quarantined.flatMap(\.faults).map(\.severity)) == [.error])
        }
    }

    @Test("The French cadastre's 11,062 parcels come whole", arguments: [("75118", 6821), ("91216", 4241)])
    func cadastre(town: String, count: Int) throws {
        try Workshop.folder { folder in
            guard let file = try Workshop.unpacked("parcels-fr/cadastre-\(town)-parcelles.json.gz", in: folder, as: "parcels.json")
            else { return }
            let staged = try Staged.run(
                file, .parcels, map: ["code": "id", "deedArea": "contenance"], city: .init(crs: "EPSG:2154"))
            #expect(staged.rows.count == count)
            #expect(staged.quarantined.isEmpty)
            #expect(staged.rows.count { $0.fields["deedArea"] != nil } > count * 9 / 10)
        }
    }

    @Test("The French plan documents' Shapefiles are taken or refused in a sentence, with their accents right")
    func plans() throws {
        guard let archive = Workshop.real("plan-fr/ign_cnig_documents.tar.gz") else { return }
        try Workshop.folder { folder in
            try Workshop.shell("tar", ["xzf", archive.path, "-C", folder.path])
            var (taken, refused, texts) = (0, 0, "")
            let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
            for file in files where file.pathExtension.lowercased() == "shp" {
                do {
                    let staged = try Staged.run(file, .boundary, crs: "EPSG:2154", city: .init(crs: "EPSG:2154"))
                    texts += staged.rows.flatMap(\.unmapped.values).joined(separator: " ")
                    taken += 1
                } catch let error as ImporterProcessError {
                    guard case .refused(let reason) = error else { throw error }
                    #expect(reason.hasPrefix(file.lastPathComponent), "\(reason)")
                    refused += 1
                }
            }
            print("French plan Shapefiles: \(taken) taken, \(refused) refused")
            #expect(taken > 20)
            #expect(texts.contains("é") && !texts.contains("Ã©"))
        }
    }

    @Test("The invalid green belts are quarantined, each with a reason and a place")
    func greenBelts() throws {
        try Workshop.folder { folder in
            guard let table = try Workshop.unpacked("invalid-uk/invalid_geometry.csv.gz", in: folder, as: "belts.csv") else { return }
            let file = folder.appending(path: "belts.geojson")
            try Workshop.shell("ogr2ogr", ["-f", "GeoJSON", file.path, table.path, "-oo", "GEOM_POSSIBLE_NAMES=geometry"])
            let staged = try Staged.run(file, .zones, map: ["code": "reference"], city: .init(crs: "EPSG:27700"))
            #expect(!staged.rows.isEmpty)
            let bad = staged.quarantined.filter { $0.faults.contains { $0.code.rawValue.hasPrefix("ring.") || $0.code == .invalidArea } }
            print("green belts: \(staged.rows.count), of them quarantined for their rings: \(bad.count)")
            #expect(!bad.isEmpty)
            #expect(bad.allSatisfy { $0.faults[0].place != nil })
        }
    }
}
