import BigCity
import Spatial

/// What every parcel has in common with zones and overlays; the others work it out for some of the parcels.
func shares(_ bench: Bench) throws {
    let ground = try bench.ground.get()
    let parcels = ground.features(of: 0)
    let others = ground.groups.indices.filter { ground.groups[$0] != 0 }
    var table: ShareTable?
    func work(threads: Int) {
        table = ShareTable(of: parcels, in: ground.shapes, BorderGrid(ground.shapes, areas: others), threads: threads)
    }
    let geos = try bench.geos.get()
    let some = stride(from: 0, to: parcels.count, by: max(1, parcels.count / bench.count(5_000, quick: 1_000))).map { parcels[$0] }
    var contenders = [
        Contender("ours, 1 thread", questions: parcels.count) { work(threads: 1) },
        Contender("ours, 2 threads", questions: parcels.count) { work(threads: 2) },
        Contender("GEOS \(GEOSPeer.version), prepared, clipped", questions: some.count) {
            keep(some.reduce(0) { $0 &+ geos.shares(of: $1, isParcel: { ground.groups[$0] == 0 }).count })
        },
    ]
    if let post = try bench.postgis.get() {
        let step = max(1, parcels.count / bench.count(2_000, quick: 500))
        contenders.append(
            Contender("PostGIS, in bulk", questions: try post.shares(every: step)) { keep(try post.shares(every: step)) })
    }
    try Contest(title: "shares, a parcel (\(parcels.count) of them)", rounds: bench.rounds, contenders: contenders).run()
    guard let table else { return }
    print("  \(table.count) shares; \(try sums(table, ground, parcels)); \(furthest(table, geos, ground, some))")
}

/// Whether the shares of one layer that fills the town sum to each parcel, but for the rounding of each to whole mm².
private func sums(_ table: ShareTable, _ ground: Ground, _ parcels: [Int]) throws -> String {
    let zones = Array(ground.features(of: 1))
    let isLandUse = Dictionary(uniqueKeysWithValues: zip(zones, ground.city.zoneNames.map { $0.layer == "landUse" }))
    var (wrong, inexact) = (0, 0)
    for parcel in parcels {
        guard case .area(let area)? = ground.shapes.geometry(parcel) else { continue }
        let pieces = table.shares(of: parcel).filter { isLandUse[Int($0.feature)] == true }
        let apart = (pieces.reduce(0) { $0 + $1.area } - area.area).magnitude
        if apart > 0 { inexact += 1 }
        if apart > UInt64(pieces.count) { wrong += 1 }
    }
    return "sums of \(wrong) parcels are wrong, \(inexact) differ by the rounding of pieces to mm²"
}

private func furthest(_ table: ShareTable, _ geos: GEOSPeer, _ ground: Ground, _ some: [Int]) -> String {
    var greatest = 0.0
    for parcel in some {
        var areas: [Int: Double] = [:]
        for share in table.shares(of: parcel) { areas[Int(share.feature)] = Double(share.area) }
        for share in geos.shares(of: parcel, isParcel: { ground.groups[$0] == 0 }) { areas[share.feature, default: 0] -= share.area }
        greatest = max(greatest, areas.values.map(\.magnitude).max() ?? 0)
    }
    return "at most \(greatest / 1e6) m² from GEOS"
}
