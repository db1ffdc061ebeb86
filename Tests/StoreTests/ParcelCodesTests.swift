import Testing

@testable import Store

@Suite struct ParcelCodesTests {
    @Test("A revision in which two layers had parcels of one code is refused, and the city is as it was")
    func refused() throws {
        let city = try Sample.city(in: Folder())
        let north = try city.stage(Sample.head(.parcels, layer: "north"), records: [Sample.parcel(1), Sample.parcel(2)])
        let south = try city.stage(Sample.head(.parcels, layer: "south"), records: [Sample.parcel(2), Sample.parcel(3)])
        _ = try city.accept(north, Sample.decision)
        let before = try city.root(at: 1)
        #expect(
            failure { _ = try city.accept(south, Sample.decision) }
                == .constraint(
                    reason: "delivery 2: 1 codes would name several parcels: 1-2-2 (north, south); import its file again"))
        #expect(try city.currentRevision() == 1 && city.root(at: 1) == before)
        #expect(try city.delivery(south).status == .staged)
        #expect(try city.codes(.parcels, at: 1) == ["1-2-1", "1-2-2"])
    }

    @Test("A layer that replaces itself, one in quarantine and a code that moved from a layer to the next stand")
    func standing() throws {
        let city = try Sample.city(in: Folder())
        var kept = Sample.parcel(1)
        kept.quarantine = "stands already"
        try city.take(Sample.head(.parcels, layer: "north"), [Sample.parcel(1), Sample.parcel(2)])
        try city.take(Sample.head(.parcels, layer: "south"), [kept, Sample.parcel(3)])
        try city.take(Sample.head(.parcels, layer: "north"), [Sample.parcel(2), Sample.parcel(4)])
        try city.take(Sample.head(.parcels, layer: "south"), [Sample.parcel(1), Sample.parcel(3)])
        #expect(try city.codes(.parcels, at: 4) == ["1-2-1", "1-2-2", "1-2-3", "1-2-4"])
        #expect(try city.parcelCodes(besides: "south", plan: nil) == ["1-2-2": "north", "1-2-4": "north"])
    }
}
