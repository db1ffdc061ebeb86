import Formats
import Spatial
import Testing

@testable import Store

@Suite struct DeliveryTests {
    @Test("A delivery replaces its slot by content: what is equal stays, what is gone ends, what is new begins")
    func replaces() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        try city.take(Sample.head(.parcels), [1, 2, 3].map { Sample.parcel($0) })
        let number = try city.stage(Sample.head(.parcels), records: [Sample.parcel(2), Sample.parcel(3, deed: 101), Sample.parcel(4)])
        let changes = try city.changes(in: number)
        #expect(try changes.added.map { try city.stored(id: $0).code } == ["1-2-3", "1-2-4"])
        #expect(try changes.ended.map { try city.stored(id: $0).code } == ["1-2-1", "1-2-3"])
        // The layer's facts and the parcel that is as it was.
        #expect(try changes.kept.map { try city.stored(id: $0).role } == [.layer, .parcels])
        #expect(try city.codes(.parcels, at: try city.currentRevision()) == ["1-2-1", "1-2-2", "1-2-3"])
        let revision = try city.accept(number, Sample.decision)
        #expect(revision.number == 2 && revision.parent == 1 && revision.delivery == number)
        #expect(try city.codes(.parcels, at: 1) == ["1-2-1", "1-2-2", "1-2-3"])
        #expect(try city.codes(.parcels, at: 2) == ["1-2-2", "1-2-3", "1-2-4"])
        #expect(try city.stored(.parcels, code: "1-2-3", at: 1).first?.fields["deedArea"] == .number(100))
        #expect(try city.stored(.parcels, code: "1-2-3", at: 2).first?.fields["deedArea"] == .number(101))
        #expect(try city.stored(.parcels, code: "1-2-9", at: 2).isEmpty)
    }

    @Test("Two rows of equal content are two, and one that goes is one")
    func twins() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        try city.take(Sample.head(.parcels), [Sample.parcel(1), Sample.parcel(1), Sample.parcel(1)])
        let changes = try city.changes(in: try city.stage(Sample.head(.parcels), records: [Sample.parcel(1), Sample.parcel(1)]))
        #expect(changes.added.isEmpty && changes.ended.count == 1 && changes.kept.count == 3)
    }

    @Test("A layer of another name or plan is another slot")
    func slots() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        try city.take(Sample.head(.zones, layer: "landUse", plan: "master"), [Sample.zone("R1", 0, 0)])
        try city.take(Sample.head(.zones, layer: "height", plan: "master"), [Sample.zone("H1", 0, 0)])
        try city.take(Sample.head(.zones, layer: "landUse", plan: "amendment"), [Sample.zone("R2", 0, 0)])
        try city.take(Sample.head(.zones, layer: "landUse"), [Sample.zone("R3", 0, 0)])
        #expect(try city.codes(.zones, layer: "landUse", at: 4) == ["R1", "R2", "R3"])
        try city.take(Sample.head(.zones, layer: "landUse", plan: "master"), [])
        #expect(try city.codes(.zones, at: 5) == ["H1", "R2", "R3"])
        #expect(try city.codes(.zones, layer: "height", at: 5) == ["H1"])
    }

    @Test("Provisions replace those of the plans that the file names; plans and parameters those of the same code")
    func tables() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        func provision(_ plan: String, _ clause: String, _ value: Double) -> Record {
            Record(line: "line", code: clause, plan: plan, fields: ["parameter": .string("far.max"), "value": .number(value)])
        }
        func plan(_ id: String, _ title: String) -> Record { Record(line: "line", code: id, fields: ["title": .string(title)]) }
        try city.take(Sample.head(.plans), [plan("a", "الف"), plan("b", "ب")])
        try city.take(Sample.head(.provisions), [provision("a", "1", 1.2), provision("a", "2", 2), provision("b", "1", 3)])
        try city.take(Sample.head(.plans), [plan("b", "ب، اصلاحی")])
        try city.take(Sample.head(.provisions), [provision("a", "1", 1.5)])
        let standing = try city.stored(.provisions, at: 4).map { "\($0.plan ?? "") \($0.code ?? "") \($0.fields["value"] ?? .null)" }
        #expect(standing == ["b 1 number(3.0)", "a 1 number(1.5)"])
        #expect(try city.stored(.plans, at: 4).map { $0.fields["title"] } == [.string("الف"), .string("ب، اصلاحی")])
        #expect(try city.stored(.provisions, at: 2).count == 3)
        #expect(throws: StoreError.self) { try city.stage(Sample.head(.plans), records: [Record(line: "line 2")]) }
    }

    @Test("A delivery is decided on once, and one that does not exist is named")
    func decidedOnce() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        let number = try city.stage(Sample.head(.parcels), records: [Sample.parcel(1)])
        _ = try city.accept(number, Sample.decision)
        #expect(throws: StoreError.decided(delivery: number, status: .accepted)) { try city.accept(number, Sample.decision) }
        #expect(throws: StoreError.decided(delivery: number, status: .accepted)) { try city.reject(number, Sample.decision) }
        #expect(throws: StoreError.missing("delivery 7")) { try city.accept(7, Sample.decision) }
        #expect(throws: StoreError.missing("delivery 7")) { try city.changes(in: 7) }
        #expect(throws: StoreError.missing("delivery 7")) { try city.faults(of: 7) }
        #expect(throws: StoreError.missing("revision 9")) { try city.root(at: 9) }
        let other = try city.stage(Sample.head(.parcels), records: [Sample.parcel(2)])
        try city.reject(other, Decision(by: "مدیر", osUser: "clerk", reason: "نقشهٔ قدیمی", at: Sample.time))
        #expect(throws: StoreError.decided(delivery: other, status: .rejected)) { try city.accept(other, Sample.decision) }
        #expect(throws: StoreError.self) {
            try city.accept(
                try city.stage(Sample.head(.parcels), records: []), Decision(by: "", osUser: "clerk", reason: nil, at: Sample.time))
        }
        #expect(try city.deliveries().map(\.status) == [.accepted, .rejected, .staged])
        #expect(try city.delivery(other).decision?.reason == "نقشهٔ قدیمی")
        #expect(try city.codes(.parcels, at: 1) == ["1-2-1"])
    }

    @Test("Many are accepted as one revision each, all or none")
    func acceptAll() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        let parcels = try city.stage(Sample.head(.parcels), records: [Sample.parcel(1)])
        let zones = try city.stage(Sample.head(.zones, layer: "landUse"), records: [Sample.zone("R1", 0, 0)])
        #expect(throws: StoreError.missing("delivery 9")) { try city.acceptAll([parcels, zones, 9], Sample.decision) }
        #expect(try city.currentRevision() == 0)
        #expect(try city.acceptAll([parcels, zones], Sample.decision).map(\.number) == [1, 2])
        #expect(try city.deliveries().map(\.revision) == [1, 2])
    }

    @Test("What a delivery is, its faults and its rows are read as they were staged")
    func roundTrip() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        let bowTie = Geometry.area(
            MultiPolygon([Polygon(shell: Ring([Point(x: 0, y: 0), Point(x: 9, y: 9), Point(x: 9, y: 0), Point(x: 0, y: 9)]))]))
        let records = [
            Sample.parcel(1), Record(line: "feature 2", code: nil, geometry: bowTie, original: [1, 2, 3], quarantine: "crosses itself"),
            Record(line: "feature 3", original: [4], quarantine: "no ring"),
        ]
        let faults = [
            Fault(row: 1, line: "feature 2", code: "ring.crossing", severity: .error, message: "crosses itself", place: Point(x: 5, y: 5)),
            Fault(row: nil, line: "", code: "crs.assumed", severity: .warning, message: "no CRS in the file"),
        ]
        var heard: [Int] = []
        let number = try city.stage(Sample.head(.parcels, accuracy: 300), records: records, faults: faults) { heard.append($0) }
        #expect(heard == [3])
        #expect(try city.faults(of: number) == faults)
        let delivery = try city.delivery(number)
        #expect(delivery.features == 3 && delivery.faults == 2 && delivery.accuracy == 300 && delivery.status == .staged)
        #expect(delivery.dataDay?.iso == "2026-01-01" && delivery.sha256 == Sample.head(.parcels).sha256)
        let rows = try city.stored(of: number)
        #expect(try rows.map { try $0.geometry() } == records.map(\.geometry))
        #expect(rows.map(\.fields) == records.map(\.fields) && rows.map(\.line) == records.map(\.line))
        _ = try city.accept(number, Sample.decision)
        #expect(try city.stored(.parcels, at: 1).map(\.quarantine) == [nil, "crosses itself", "no ring"])
        #expect(throws: StoreError.self) {
            try city.stage(Sample.head(.parcels), records: [], faults: faults)
        }
    }

    @Test("A feature of the wrong kind is named with its file and line")
    func wrongKind() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        let line = Record(line: "feature 4", geometry: .line([[Point(x: 0, y: 0), Point(x: 1, y: 1)]]))
        #expect(throws: StoreError.constraint(reason: "parcels.geojson, feature 4: a line among the parcels, expected areas")) {
            try city.stage(Sample.head(.parcels), records: [line])
        }
        #expect(try city.deliveries().isEmpty)
        try city.take(Sample.head(.streets), [line])
        let stub = Geometry.area(MultiPolygon([Polygon(shell: Ring([Point(x: 0, y: 0), Point(x: 1, y: 1)]))]))
        guard
            case .constraint = failure({
                _ = try city.stage(Sample.head(.parcels), records: [Record(line: "feature 5", geometry: stub, quarantine: "no ring")])
            })
        else {
            Issue.record("it was staged")
            return
        }
    }
}
