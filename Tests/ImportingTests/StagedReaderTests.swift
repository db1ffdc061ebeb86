import Foundation
import Formats
import Importing
import Spatial
import Testing

@Suite("Staged lines")
struct StagedReaderTests {
    private static let lines: [StagedLine] = [
        .head(
            StagedHead(
                driver: "GeoJSON", layer: "a", layers: ["a", "b"], crs: "EPSG:4326",
                operation: Operation(source: "EPSG:4326", target: "EPSG:32640", definition: "+proj=utm", name: "UTM", accuracy: 0),
                encoding: "UTF-8", columns: ["کد"], map: ["code": "کد"], count: 3, grid: Grid(originX: 713_000_000, originY: 4_021_000_000),
                faults: [ImportFault(.guessedEncoding, .warning, "so")])),
        .row(
            StagedRow(
                line: "feature 1", code: "P1", fields: ["code": "P1"], unmapped: ["x": "۱"],
                geometry: .area(
                    MultiPolygon([
                        Polygon(
                            shell: Ring([Point(x: 0, y: 0), Point(x: 90, y: 0), Point(x: 0, y: 90)]),
                            holes: [Ring([Point(x: 1, y: 1), Point(x: 9, y: 1), Point(x: 1, y: 9)])])
                    ])),
                original: [1, 3, 0, 255], faults: [ImportFault(.selfCrossing, .error, "no", at: .init(x: 1.5, y: -2))], quarantine: "no")),
        .row(StagedRow(line: "feature 2", geometry: .line([[Point(x: -5, y: 5), Point(x: 7, y: 8)]]))),
        .row(StagedRow(line: "line 12", fields: ["text": "الف"], geometry: .point(Point(x: -1_000_000_000, y: 1_000_000_000)))),
        .end(rows: 3),
    ]

    private static let bytes: [UInt8] = lines.flatMap { (line: StagedLine) -> [UInt8] in line.json.canonical() + [UInt8(10)] }

    @Test("What is written is read back, however it is cut")
    func there() throws {
        for size in [1, 7, 100, Self.bytes.count] {
            var reader = StagedReader()
            var read: [StagedLine] = []
            for start in stride(from: 0, to: Self.bytes.count, by: size) {
                let piece = Array(Self.bytes[start..<min(start + size, Self.bytes.count)])
                #expect(
                    try reader.feed(piece) { line in
                        read.append(line)
                        return true
                    })
            }
            #expect(read == Self.lines)
            #expect(reader.isComplete)
        }
    }

    @Test("A request is read back as it was written")
    func request() throws {
        let request = ImportRequest(
            file: "الف.shp", role: .zones, sourceLayer: "x", map: ["code": "KOD"], crs: "EPSG:2060", encoding: "cp1256",
            city: ImportRequest.City(
                crs: "EPSG:32640", origin: Town.grid, boundary: Town.city.boundary,
                operations: [Operation(source: "a", target: "b", definition: "c", name: "d", accuracy: nil)], suspects: ["EPSG:2059"]))
        #expect(try ImportRequest(JSON(parsing: request.json.canonical())) == request)
    }

    @Test(
        "Lines out of order, a wrong count, rows that are none and numbers off the grid are faults",
        arguments: [
            #"{"line":"x","fields":{}}"#, #"{"end":true,"rows":0}"#, "{}", "[]", "null", "",
        ])
    func order(line: String) {
        var reader = StagedReader()
        #expect(throws: StagedFault.self) { try reader.read(Array(line.utf8)) }
    }

    @Test("Bytes changed at random give a fault or another line, and never a crash")
    func fuzz() {
        var random = SystemRandomNumberGenerator()
        let rounds = ProcessInfo.processInfo.environment["SHAHRSAZ_FUZZ"].flatMap(Int.init) ?? 3000
        for _ in 0..<rounds {
            var bytes = Self.bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: index)
                default: bytes.insert(contentsOf: Array("9999999999".utf8), at: index)
                }
            }
            var reader = StagedReader()
            _ = try? reader.feed(bytes) { _ in true }
        }
    }
}
