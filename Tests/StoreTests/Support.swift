import Formats
import Foundation
import Persian
import Spatial
import Testing

@testable import Store

/// A folder of its own for a test, gone with it.
final class Folder {
    let path: String

    init() {
        path = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)").path
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { path + "/" + name }

    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }

    func write(_ bytes: [UInt8], to name: String) -> String {
        _ = FileManager.default.createFile(atPath: file(name), contents: Data(bytes))
        return file(name)
    }
}

enum Sample {
    static let grid = Grid(originX: 715_000_000, originY: 4_021_000_000)
    static let time = Moment("2026-11-23T08:30:00Z") ?? later(0)
    static let decision = Decision(by: "کارشناس", osUser: "clerk", reason: nil, at: time)

    static func later(_ seconds: Int64) -> Moment { Moment(seconds: 1_795_422_600 + seconds) ?? time }

    static let utm40 = CityFacts.CRS(
        code: "EPSG:32640", srsID: 32640, name: "WGS 84 / UTM zone 40N",
        wkt: """
            PROJCS["WGS 84 / UTM zone 40N",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,\
            AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],\
            UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]],\
            PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",57],\
            PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],\
            UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","32640"]]
            """)

    static let facts = CityFacts(
        name: "طرقبه (نمونه)", crs: utm40, grid: grid, height: Decimal(millionths: 1_250_500_000), scale: [0.9996, 1.5e-9])

    /// A new city open for writing.
    static func city(in folder: Folder, _ facts: CityFacts = facts) throws -> CityFile {
        let path = folder.file("city.gpkg")
        try CityFile.create(at: path, city: facts, made: time)
        return try CityFile.open(path, for: .writing)
    }

    static func head(
        _ role: Role, layer: String? = nil, plan: String? = nil, accuracy: Int64? = nil, covers: Covers = .unstated
    ) -> DeliveryHead {
        DeliveryHead(
            file: "\(role.rawValue).geojson", sha256: Digest(of: Array("نمونه".utf8)), role: role, layer: layer, plan: plan,
            crs: "EPSG:32640", encoding: "UTF-8", accuracy: accuracy, dataDay: Day(iso: "2026-01-01"), covers: covers,
            stagedAt: time)
    }

    /// A square of ten metres whose lower left corner is at these metres from the origin.
    static func square(_ x: Int32, _ y: Int32, side: Int32 = 10) -> Geometry {
        let (x, y, side) = (x * 1_000, y * 1_000, side * 1_000)
        let shell = Ring([
            Point(x: x, y: y), Point(x: x + side, y: y), Point(x: x + side, y: y + side), Point(x: x, y: y + side),
        ])
        return .area(MultiPolygon([Polygon(shell: shell)]))
    }

    static func parcel(_ number: Int32, deed: Double = 100) -> Record {
        Record(
            line: "feature \(number)", code: "1-2-\(number)",
            fields: ["deedArea": .number(deed), "address": .string("خیابان امام خمینی، پلاک \(number)")],
            geometry: square(10 * (number % 100), 10 * (number / 100)))
    }

    static func zone(_ code: String, _ x: Int32, _ y: Int32, side: Int32 = 100) -> Record {
        Record(line: "feature \(code)", code: code, fields: ["name": .string("پهنه \(code)")], geometry: square(x, y, side: side))
    }
}

extension CityFile {
    /// Stages and accepts at once.
    @discardableResult
    func take(_ head: DeliveryHead, _ records: [Record], _ decision: Decision = Sample.decision) throws -> Revision {
        try accept(try stage(head, records: records), decision)
    }

    func codes(_ role: Role, layer: String? = nil, at revision: Int) throws -> [String] {
        try stored(role, layer: layer, at: revision).map { $0.code ?? "" }.sorted()
    }
}

/// Another program, run to its end.
func run(_ program: String, _ arguments: String..., environment: [String: String] = [:]) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
}

func isInstalled(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
}

/// The store's error that a body ends with, so that a test can look at its case without its message.
func failure(_ body: () throws -> Void) -> StoreError? {
    do {
        try body()
        return nil
    } catch {
        return error as? StoreError
    }
}
