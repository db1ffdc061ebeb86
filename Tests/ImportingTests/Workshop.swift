import Foundation
import Formats
import Importing
import Spatial
import Testing

/// Where the tests find the built importer and other people's data, and where they put what they make.
enum Workshop {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static var importer: String {
        #if DEBUG
            root.appending(path: ".build/debug/shahrsaz-import").path
        #else
            root.appending(path: ".build/release/shahrsaz-import").path
        #endif
    }

    static let data: URL? = {
        if let path = ProcessInfo.processInfo.environment["SHAHRSAZ_DATA"] { return existing(URL(filePath: path)) }
        return existing(root.appending(path: "../shared/data")) ?? existing(root.appending(path: "../../shared/data"))
    }()

    private static func existing(_ url: URL) -> URL? { FileManager.default.fileExists(atPath: url.path) ? url : nil }

    /// A file of the real data; nil, with a printed reason, where the data is not there.
    static func real(_ path: String) -> URL? {
        guard let data, let url = existing(data.appending(path: path)) else {
            print("skipped: no \(path) in the folder of real data (SHAHRSAZ_DATA)")
            return nil
        }
        return url
    }

    /// A folder for one test, removed afterwards.
    static func folder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let url = FileManager.default.temporaryDirectory.appending(path: "shahrsaz-importing-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(url)
    }

    /// Runs a program of the system.
    static func shell(_ program: String, _ arguments: [String], to output: URL? = nil) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardError = FileHandle.nullDevice
        if let output {
            _ = FileManager.default.createFile(atPath: output.path, contents: nil)
            process.standardOutput = try FileHandle(forWritingTo: output)
        } else {
            process.standardOutput = FileHandle.nullDevice
        }
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(program) \(arguments)")
    }

    static func unpacked(_ path: String, in folder: URL, as name: String) throws -> URL? {
        guard let packed = real(path) else { return nil }
        let url = folder.appending(path: name)
        try shell("gunzip", ["-c", packed.path], to: url)
        return url
    }
}

/// A whole delivery as the importer hands it over.
struct Staged {
    var head: StagedHead
    var rows: [StagedRow] = []

    var faults: [ImportFault] { head.faults + rows.flatMap(\.faults) }
    var quarantined: [StagedRow] { rows.filter { $0.quarantine != nil } }

    /// Stages a file through the built importer.
    static func run(
        _ file: URL, _ role: ImportRequest.Role, layer: String? = nil, map: [String: String] = [:], crs: String? = nil,
        encoding: String? = nil, city: ImportRequest.City = Town.city, limits: ImporterProcess.Limits = .init()
    ) throws -> Staged {
        let request = ImportRequest(
            file: file.path, role: role, sourceLayer: layer, map: map, crs: crs, encoding: encoding, city: city)
        var head: StagedHead?
        var rows: [StagedRow] = []
        let count = try ImporterProcess.run(executable: Workshop.importer, request: request, limits: limits) { found in
            head = found
            return true
        } onRow: { row in
            rows.append(row)
            return true
        }
        #expect(count == rows.count)
        return Staged(head: try #require(head), rows: rows)
    }

    /// The message with which the importer refuses a file.
    static func refusal(
        _ file: URL, _ role: ImportRequest.Role, layer: String? = nil, map: [String: String] = [:], crs: String? = nil,
        encoding: String? = nil, city: ImportRequest.City = Town.city
    ) -> String {
        do {
            let staged = try run(file, role, layer: layer, map: map, crs: crs, encoding: encoding, city: city)
            return "taken: \(staged.rows.count) rows"
        } catch let error as ImporterProcessError {
            if case .refused(let reason) = error { return reason }
            return "\(error)"
        } catch {
            return "\(error)"
        }
    }
}

/// A town of five kilometres' side around Torqabeh, in EPSG:32640.
enum Town {
    static let grid = Grid(originX: 713_000_000, originY: 4_021_000_000)
    static let city = ImportRequest.City(
        crs: "EPSG:32640", origin: grid,
        boundary: MultiPolygon([
            Polygon(
                shell: Ring([
                    Point(x: -2_500_000, y: -2_500_000), Point(x: 2_500_000, y: -2_500_000), Point(x: 2_500_000, y: 2_500_000),
                    Point(x: -2_500_000, y: 2_500_000),
                ]))
        ]))
    static let withoutBoundary = ImportRequest.City(crs: "EPSG:32640", origin: grid)

    /// The rings of squares of 20 m in a row, each ring's points in metres of EPSG:32640, closed.
    static func squares(_ count: Int, from east: Double = 713_000, _ north: Double = 4_021_000) -> [[(Double, Double)]] {
        (0..<count).map { index in
            let x = east + 30 * Double(index % 20)
            let y = north + 30 * Double(index / 20)
            return [(x, y), (x + 20, y), (x + 20, y + 20), (x, y + 20), (x, y)]
        }
    }

    /// A GeoJSON of rings, each with the code of its number. Without a CRS GeoJSON is in degrees.
    static func geoJSON(_ rings: [[(Double, Double)]], crs: String? = "EPSG:32640") -> String {
        let features = rings.enumerated().map { number, ring in
            let points = ring.map { "[\($0.0),\($0.1)]" }.joined(separator: ",")
            return #"{"type":"Feature","properties":{"code":"P\#(number + 1)"},"#
                + #""geometry":{"type":"Polygon","coordinates":[[\#(points)]]}}"#
        }
        let name = crs.map { #""crs":{"type":"name","properties":{"name":"\#($0)"}},"# } ?? ""
        return #"{"type":"FeatureCollection",\#(name)"features":[\#(features.joined(separator: ",\n"))]}"#
    }
}

extension URL {
    func write(_ text: String) throws { try Data(text.utf8).write(to: self) }
}
