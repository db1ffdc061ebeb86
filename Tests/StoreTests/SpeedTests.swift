import Foundation
import Spatial
import Testing

@testable import Store

@Suite struct SpeedTests {
    @Test("A large delivery is staged, accepted, read and verified; the rates are printed")
    func rates() throws {
        let count = ProcessInfo.processInfo.environment["SHAHRSAZ_STORE_ROWS"].flatMap { Int32($0) } ?? 2_000
        let folder = Folder()
        let city = try Sample.city(in: folder)
        let records = (0..<count).map { Sample.parcel($0) }
        func timed<T>(_ what: String, _ body: () throws -> T) rethrows -> T {
            let (start, cpu) = (ContinuousClock.now, clock())
            let result = try body()
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let ofCPU = Double(clock() - cpu) / Double(CLOCKS_PER_SEC)
            print(
                "store: \(what) \(count) rows: \(Int(Double(count) / seconds)) rows/s, \(Int(Double(count) / ofCPU)) rows/s of CPU,",
                "\(Int(seconds * 1_000)) ms")
            return result
        }
        let number = try timed("stage") { try city.stage(Sample.head(.parcels), records: records) }
        let revision = try timed("accept") { try city.accept(number, Sample.decision) }
        let again = try city.stage(Sample.head(.parcels), records: records)
        let changes = try timed("compare") { try city.changes(in: again) }
        #expect(changes.added.isEmpty && changes.ended.isEmpty && changes.kept.count == Int(count) + 1)
        try timed("accept unchanged") { _ = try city.accept(again, Sample.decision) }
        let stored = try timed("read") { try city.stored(.parcels, at: 2) }
        let geometries = try timed("decode") { try stored.map { try $0.geometry() } }
        #expect(geometries == records.map(\.geometry))
        #expect(try timed("verify") { try city.root(at: 1) } == revision.root)
        try timed("export") { try city.exportCity(to: folder.file("export.gpkg")) }
        let places = (0..<min(count, 1_000)).map { Point(x: 10_000 * ($0 % 100) + 5_000, y: 10_000 * ($0 / 100) + 5_000) }
        let start = ContinuousClock.now
        for place in places { #expect(try city.stored(.parcels, within: Box(place)).count == 1) }
        print("store: \((ContinuousClock.now - start) / .microseconds(places.count)) µs a point through the R-tree")
    }
}
