import Documents
import Formats
import Foundation
import Spatial
import Testing
import Tiles

let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

func sampleSheet() throws -> MapStyleSheet {
    try MapStyleSheet.standard.with(file: try JSON(parsing: Array(Data(contentsOf: root.appending(path: "GeoData/style.json")))))
}

/// The sample town as its files have it, read by GDAL.
struct SampleTown {
    static let grid = Grid(originX: 713_000_000, originY: 4_021_500_000)

    struct Feature: Sendable {
        let role: String
        let layer: String?
        let number: Int
        let code: String?
        let name: String?
        let geometry: Geometry
    }

    let features: [Feature]

    static let shared = Result { try SampleTown() }

    init() throws {
        let files =
            [
                ("boundary", nil, "boundary.geojson"), ("parcels", nil, "parcels.geojson"), ("streets", nil, "streets.shp"),
                ("zones", "landUse", "land-use.geojson"), ("zones", "height", "height.geojson"), ("overlay", "river", "river.geojson"),
                ("overlay", "fault", "fault.geojson"), ("overlay", "powerLine", "power-line.geojson"),
                ("overlay", "heritage", "heritage.gpkg"),
            ] as [(String, String?, String)]
        var features: [Feature] = []
        for (role, layer, file) in files {
            let path = root.appending(path: "GeoData/sample-town/\(file)").path
            let arguments = ["-f", "GeoJSON", "/vsistdout/", path, "-lco", "RFC7946=NO", "-lco", "COORDINATE_PRECISION=3"]
            let text = try run("/usr/bin/ogr2ogr", file.hasSuffix("shp") ? ["-oo", "ENCODING=CP1256"] + arguments : arguments)
            let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            for (number, item) in try #require(object?["features"] as? [[String: Any]]).enumerated() {
                let properties = item["properties"] as? [String: Any]
                let geometry = try #require(item["geometry"] as? [String: Any])
                let polygons =
                    geometry["type"] as? String == "Polygon"
                    ? [try #require(geometry["coordinates"] as? [[[Double]]])] : try #require(geometry["coordinates"] as? [[[[Double]]]])
                let name = (properties?["name"] ?? properties?["NAM"]) as? String
                features.append(
                    Feature(
                        role: role, layer: layer, number: number, code: properties?["code"] as? String,
                        name: name?.replacingOccurrences(of: "ي", with: "ی"),
                        geometry: .area(
                            MultiPolygon(
                                try polygons.map { rings in
                                    let rings = try rings.map { ring in
                                        Ring(try ring.dropLast().map { try #require(Self.grid.point(x: $0[0], y: $0[1])) })
                                    }
                                    return Polygon(shell: rings[0], holes: Array(rings.dropFirst()))
                                }))))
            }
        }
        self.features = features
    }

    /// The ground of a tile of 256 pixels, reach included.
    func ground(of address: TileAddress, _ mapping: TileMapping) throws -> Box? {
        let whole = features.compactMap(\.geometry.box).reduce(Box(Point(x: 0, y: 0))) { $0.united(with: $1) }
        return try mapping.box(of: address, margin: Double(MapDrawing.reach) / 256, within: whole)
    }

    /// What is drawn of some roles on a tile of 256 pixels.
    func features(on address: TileAddress, _ mapping: TileMapping, _ sheet: MapStyleSheet, layers: Set<String>) throws -> [MapFeature] {
        guard let box = try ground(of: address, mapping) else { return [] }
        return features.filter { layers.contains($0.layer ?? $0.role) && ($0.geometry.box?.meets(box) ?? false) }.compactMap {
            sheet.feature(role: $0.role, layer: $0.layer, number: $0.number, code: $0.code, name: $0.name, geometry: $0.geometry)
        }
    }

    func png(
        _ address: TileAddress, _ mapping: TileMapping, _ sheet: MapStyleSheet, layers: Set<String>, scale: Int = 1,
        background: MapColour? = .white
    ) throws -> [UInt8] {
        let frame = try TileFrame(address, mapping, extent: 256)
        let drawing = MapDrawing(
            width: 256, height: 256, scale: scale, background: background, metresPerPixel: try mapping.metresPerPixel(at: address.zoom))
        let ground = try ground(of: address, mapping) ?? Box(Point(x: 0, y: 0))
        return try drawing.png(try features(on: address, mapping, sheet, layers: layers), over: ground) { points throws(SpatialError) in
            try frame.places(points)
        }
    }
}

/// What another program prints; its failure is the test's.
@discardableResult
func run(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let out = Pipe()
    let complaints = FileManager.default.temporaryDirectory.appending(path: "complaints-\(UUID().uuidString)")
    _ = FileManager.default.createFile(atPath: complaints.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: complaints) }
    process.standardOutput = out
    process.standardError = try FileHandle(forWritingTo: complaints)
    try process.run()
    let text = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let complaint = (try? String(contentsOf: complaints, encoding: .utf8)) ?? ""
    try #require(process.terminationStatus == 0, "\(program) \(arguments): \(complaint)")
    return text
}

func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "documents-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
}

/// A picture as GDAL reads it.
struct Picture {
    let width: Int
    let height: Int
    let bands: Int
    /// Band after band, row after row.
    let values: [UInt8]

    init(png: [UInt8]) throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "picture.png")
        try Data(png).write(to: file)
        let raw = folder.appending(path: "raw.bin")
        let script = """
            import sys
            from osgeo import gdal
            gdal.UseExceptions()
            picture = gdal.Open(sys.argv[1])
            open(sys.argv[2], 'wb').write(b''.join(picture.GetRasterBand(b + 1).ReadRaster() for b in range(picture.RasterCount)))
            print(picture.RasterXSize, picture.RasterYSize, picture.RasterCount)
            """
        let sizes = try run("/usr/bin/python3", ["-c", script, file.path, raw.path]).split(separator: " ").compactMap {
            Int($0.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        (width, height, bands) = (sizes[0], sizes[1], sizes[2])
        values = Array(try Data(contentsOf: raw))
        try #require(values.count == width * height * bands)
    }

    /// The bands' values at a pixel.
    subscript(x: Int, y: Int) -> [Int] { (0..<bands).map { Int(values[$0 * width * height + y * width + x]) } }
}
