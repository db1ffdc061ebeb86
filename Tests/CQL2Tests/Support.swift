import Formats
import Foundation
import Persian
import Spatial

@testable import CQL2

/// Random numbers that are the same in every run (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// How many cases a random test makes: `SHAHRSAZ_FUZZ` times its usual count.
func fuzzCount(_ usual: Int) -> Int {
    usual * (ProcessInfo.processInfo.environment["SHAHRSAZ_FUZZ"].flatMap { Int($0) } ?? 1)
}

/// The packages of real data, by `SHAHRSAZ_DATA` or beside the package; nil and a printed reason where there are none.
func data(_ path: String) -> String? {
    var places = ProcessInfo.processInfo.environment["SHAHRSAZ_DATA"].map { [$0] } ?? []
    var folder = URL(filePath: #filePath)
    while folder.path != "/" {
        folder.deleteLastPathComponent()
        places.append(folder.deletingLastPathComponent().appending(path: "shared/data").path)
    }
    let files = places.map { "\($0)/\(path)" }
    if let file = files.first(where: FileManager.default.fileExists) { return file }
    print("skipped: no \(path) in SHAHRSAZ_DATA or beside the package")
    return nil
}

/// What a program prints, given something to read.
func output(_ program: String, _ arguments: [String], input: String = "") throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let (feed, pipe) = (Pipe(), Pipe())
    process.standardInput = feed
    process.standardOutput = pipe
    try process.run()
    try feed.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try feed.fileHandleForWriting.close()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
}

/// The text of every file in a `.tar.gz`, by its path in the archive.
func filesOfArchive(_ archive: String) throws -> [String: String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "shahrsaz-cql2-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try output("/bin/tar", ["-xzf", archive, "-C", folder.path])
    var files: [String: String] = [:]
    for case let path as String in FileManager.default.enumerator(atPath: folder.path) ?? .init() {
        files[path] = try? String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }
    return files
}

/// A frame whose coordinates are metres of the grid, up to 1,000 km.
var metres: Frame {
    Frame(startsWithLongitude: false, extent: nil) { (x, y) throws(SpatialError) in
        guard let point = Grid(originX: 0, originY: 0).point(x: x, y: y) else { throw .outOfGrid(operation: "filter") }
        return point
    }
}

let queryables: [String: CQL2.Expression.Kind] = [
    "a": .number, "b": .number, "name": .text, "code": .text, "corner": .bool, "built": .day, "seen": .timestamp, "from": .day,
    "until": .day, "geometry": .geometry, "border": .geometry,
]

/// What a filter says of a feature with these values.
func truth(_ text: String, _ values: [String: PropertyValue] = [:], in frame: Frame = metres) throws -> Truth {
    try Filter(parsing: text).bound(to: queryables, in: frame).sieve().truth { values[$0] }
}

func number(_ text: String) -> PropertyValue { .number(Decimal(parsing: text) ?? Decimal(millionths: .min)) }

/// A rectangle on the grid, in metres.
func rectangle(_ minX: Int32, _ minY: Int32, _ maxX: Int32, _ maxY: Int32) -> Geometry {
    .area(
        MultiPolygon([
            Polygon(
                shell: Ring(
                    [(minX, minY), (maxX, minY), (maxX, maxY), (minX, maxY)].map { Point(x: $0.0 * 1000, y: $0.1 * 1000) }))
        ]))
}
