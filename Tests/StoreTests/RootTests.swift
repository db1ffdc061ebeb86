import Formats
import Spatial
import Testing

@testable import Store

@Suite struct RootTests {
    @Test("Equal data give equal roots, in whatever order, by whomever and when they came")
    func equalData() throws {
        var roots: [Digest] = []
        for order in [false, true] {
            let folder = Folder()
            let city = try Sample.city(in: folder)
            let parcels = (0..<50).map { Sample.parcel($0) }
            let steps: [(DeliveryHead, [Record])] = [
                (Sample.head(.parcels), order ? parcels.reversed() : parcels),
                (Sample.head(.zones, layer: "landUse"), [Sample.zone("R1", 0, 0)]),
            ]
            if order { try city.take(Sample.head(.zones, layer: "landUse"), [Sample.zone("R9", 0, 0)]) }
            for (head, records) in order ? steps.reversed() : steps {
                try city.take(head, records, Decision(by: "\(order)", osUser: "x", reason: "\(order)", at: Sample.later(order ? 5 : 6)))
            }
            roots.append(try city.revision(try city.currentRevision()).root)
        }
        #expect(roots[0] == roots[1])
    }

    @Test("Every revision's root can be worked out again from its rows")
    func recomputed() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        try city.take(Sample.head(.parcels), (0..<20).map { Sample.parcel($0) })
        try city.pin(Operation(source: "EPSG:4326", target: "EPSG:32640", definition: "+proj=utm", name: "UTM 40N", accuracy: 0))
        try city.take(Sample.head(.parcels), (5..<25).map { Sample.parcel($0, deed: Double($0)) })
        try city.take(Sample.head(.parcels), [Record(line: "1", original: [1], quarantine: "no ring")])
        try city.take(Sample.head(.parcels), [Record(line: "1", original: [2], quarantine: "no ring")])
        let revisions = try city.revisions()
        for revision in revisions { #expect(try city.root(at: revision.number) == revision.root) }
        #expect(Set(revisions.map(\.root)).count == 4)
    }

    @Test("An operation is pinned once; the next root holds its definition")
    func operations() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        let operation = Operation(source: "EPSG:4326", target: "EPSG:32640", definition: "+proj=utm", name: "UTM", accuracy: nil)
        let before = try city.take(Sample.head(.parcels), []).root
        try city.pin(operation)
        try city.pin(operation)
        #expect(try city.take(Sample.head(.parcels), []).root != before)
        #expect(try city.operations() == [operation])
        var other = operation
        other.definition = "+proj=tmerc"
        #expect(throws: StoreError.self) { try city.pin(other) }
        #expect(try city.root(at: 1) == before)
    }

    @Test("A record, and a revision, cannot be rewritten even by SQL")
    func standing() throws {
        let folder = Folder()
        let city = try Sample.city(in: folder)
        try city.take(Sample.head(.parcels), [Sample.parcel(1)])
        for sql in ["UPDATE record SET code = 'x'", "DELETE FROM record", "UPDATE revision SET who = 'x'", "DELETE FROM revision"] {
            #expect(throws: StoreError.self) { try city.database.execute(sql) }
        }
    }
}
