import Foundation
import Testing

/// What programs that nobody here wrote make of a GeoPackage.
enum OtherPrograms {
    /// `ogrinfo` reads all of it without a warning, and GDAL's validator of the standard finds nothing to complain of.
    static func accept(_ file: URL) throws {
        let listed = try Program.run(URL(filePath: "/usr/bin/ogrinfo"), ["-ro", "-al", "-so", file.path])
        #expect(listed.code == 0 && listed.err.isEmpty, "\(file.lastPathComponent): \(listed.err.prefix(500))")
        #expect(!listed.text.contains("Warning") && !listed.text.contains("ERROR"))
        let judged = try Program.run(
            URL(filePath: "/usr/bin/python3"),
            ["-m", "osgeo_utils.samples.validate_gpkg", "-v", "-k", "--extra", "--warning-as-error", file.path])
        #expect(judged.code == 0, "\(file.lastPathComponent): \((judged.text + judged.err).suffix(1_000))")
        // The validator went through all of it.
        #expect(judged.text.contains("Checking gpkg_extensions"), "\(judged.text.suffix(1_000))")
    }

    /// Layers as `ogrinfo` lists them: how many features each has, and the code of its CRS.
    static func layers(of file: URL) throws -> [String: Listed] {
        let text = try Program.run(URL(filePath: "/usr/bin/ogrinfo"), ["-ro", "-al", "-so", file.path]).text
        var layers: [String: Listed] = [:]
        var name = ""
        for line in text.split(separator: "\n").map(String.init) {
            if line.hasPrefix("Layer name: ") { name = String(line.dropFirst(12)) }
            if line.hasPrefix("Feature Count: ") { layers[name, default: Listed()].count = Int(line.dropFirst(15)) ?? -1 }
            // The outermost identifier of the CRS is the one that is indented by one step.
            if line.hasPrefix("    ID[\"EPSG\",") { layers[name, default: Listed()].crs = Int(line.dropFirst(14).prefix { $0.isNumber }) }
        }
        return layers
    }

    /// The rows of a table as Python's reader has them.
    static func csv(_ file: URL) throws -> [[String: String]] {
        let read = "import csv, json, sys; print(json.dumps(list(csv.DictReader(open(sys.argv[1], encoding='utf-8-sig')))))"
        let ended = try Program.run(URL(filePath: "/usr/bin/python3"), ["-c", read, file.path])
        return try JSONSerialization.jsonObject(with: ended.out) as? [[String: String]] ?? []
    }

    struct Listed: Equatable {
        var count = -1
        var crs: Int?
    }
}
