import BigCity
import Spatial

/// What a point's answer is summed to, so that none of it can be left out: the parcel, and the set of everything else.
@inline(__always)
private func sum(_ place: Place, _ point: Point, _ index: LocationIndex, _ holders: inout [Holder]) -> Int {
    if place.isSimple { return (place.parcel ?? -1) &+ place.set }
    index.holders(of: point, into: &holders)
    return holders.reduce(0) { $0 &+ $1.feature }
}

/// One after the other, where each question is only known when the last answer is.
@inline(never)
private func chained(_ points: [Point], _ index: LocationIndex, nothing: Int) -> Int {
    var holders: [Holder] = []
    var (total, answer) = (0, 0)
    for point in points {
        let point = Point(x: point.x &+ Int32(truncatingIfNeeded: answer & nothing), y: point.y)
        answer = sum(index.place(of: point), point, index, &holders)
        total &+= answer
    }
    return total
}

/// One question at a time, each depending on the last.
func point(_ bench: Bench) throws {
    let ground = try bench.ground.get()
    let points = ground.city.uniformPoints(bench.count(1_000_000, quick: 200_000))
    let chase = Chase(bytes: ground.indexSize)
    var contenders = [
        Contender("ours", questions: points.count) { keep(chained(points, ground.index, nothing: zero)) },
        Contender("pointer chase, \(ground.indexSize >> 20) MiB of 64-byte lines", questions: points.count) {
            keep(chase.follow(points.count))
        },
    ]
    let geos = try bench.geos.get()
    let few = Array(points.prefix(bench.count(100_000, quick: 20_000)))
    contenders.append(
        Contender("GEOS \(GEOSPeer.version), STRtree, prepared", questions: few.count) {
            keep(few.reduce(0) { $0 &+ geos.holders(of: $1).count })
        })
    let fewest = ground.metres(Array(points.prefix(bench.count(10_000, quick: 2_000))))
    if let lite = try bench.spatialite.get() {
        contenders.append(
            Contender("SpatiaLite, SQLite \(SpatiaLitePeer.version)", questions: fewest.count) {
                keep(try fewest.reduce(0) { $0 &+ (try lite.holders(of: $1).count) })
            })
    }
    if let post = try bench.postgis.get() {
        contenders.append(
            Contender("PostGIS, prepared, Unix socket", questions: fewest.count) {
                keep(try fewest.reduce(0) { $0 &+ (try post.holders(of: $1).count) })
            })
    }
    try Contest(title: "point, one at a time, \(ground.shapes.count) features", rounds: bench.rounds, contenders: contenders).run()
}

/// Many independent questions at once.
func points(_ bench: Bench) throws {
    let ground = try bench.ground.get()
    let points = ground.city.uniformPoints(bench.count(1_000_000, quick: 200_000))
    var places: [Place] = []
    var holders: [Holder] = []
    var contenders = [
        Contender("ours, in batches", questions: points.count) {
            ground.index.places(of: points, into: &places)
            keep(zip(places, points).reduce(0) { $0 &+ sum($1.0, $1.1, ground.index, &holders) })
        }
    ]
    let geos = try bench.geos.get()
    let few = Array(points.prefix(bench.count(100_000, quick: 20_000)))
    contenders.append(
        Contender("GEOS \(GEOSPeer.version), STRtree, prepared", questions: few.count) {
            keep(few.reduce(0) { $0 &+ geos.holders(of: $1).count })
        })
    if let shapely = try ShapelyPeer(ground, few) {
        contenders.append(.measured("Shapely, STRtree, prepared, in bulk", questions: few.count) { try shapely.round().time })
    } else {
        print("Shapely: not installed (Tools/bench --setup)")
    }
    if let post = try bench.postgis.get() {
        try post.fill(ground.metres(few))
        contenders.append(Contender("PostGIS, one join", questions: few.count) { try post.join() })
    }
    try Contest(title: "points in batches, \(ground.shapes.count) features", rounds: bench.rounds, contenders: contenders).run()
}

/// Points on borders, on corners and a millimetre off them.
func border(_ bench: Bench) throws {
    let ground = try bench.ground.get()
    let points = ground.city.borderPoints(bench.count(500_000, quick: 100_000))
    var holders: [Holder] = []
    let geos = try bench.geos.get()
    let few = Array(points.prefix(bench.count(100_000, quick: 20_000)))
    let contenders = [
        Contender("ours, every holder", questions: points.count) {
            var total = 0
            for point in points {
                ground.index.holders(of: point, into: &holders)
                total &+= holders.count
            }
            keep(total)
        },
        Contender("GEOS \(GEOSPeer.version), STRtree, prepared", questions: few.count) {
            keep(few.reduce(0) { $0 &+ geos.holders(of: $1).count })
        },
    ]
    try Contest(title: "points on borders", rounds: bench.rounds, contenders: contenders).run()
}

/// Every holder of every point, beside GEOS.
func agree(_ bench: Bench) throws {
    let ground = try bench.ground.get()
    let geos = try bench.geos.get()
    let uniform = ground.city.uniformPoints(bench.count(1_000_000, quick: 50_000))
    let points = uniform + ground.city.borderPoints(bench.count(500_000, quick: 50_000))
    var holders: [Holder] = []
    var (different, simple) = (0, 0)
    for point in points {
        let expected = geos.holders(of: point).sorted()
        ground.index.holders(of: point, into: &holders)
        let place = ground.index.place(of: point)
        var isRight = holders.map(\.feature) == expected
        if place.isSimple {
            simple += 1
            let quick = (place.parcel.map { [$0] } ?? []) + Array(ground.index.members(of: place.set))
            isRight = isRight && quick.sorted() == expected
        }
        if !isRight { different += 1 }
    }
    print(
        "\nagree, \(ground.shapes.count) features: \(different) of \(points.count) points differ from GEOS \(GEOSPeer.version); \(simple) took the quick way"
    )
    if different > 0 { throw Trouble("\(different) answers are not GEOS's") }
}

/// The index's size and the time to build it.
func index(_ bench: Bench) throws {
    let ground = try bench.ground.get()
    let parcels = ground.city.parcels.count
    print(
        "\nindex over \(ground.shapes.count) features: \(rounded(Double(ground.indexSize) / Double(parcels))) bytes a parcel, "
            + "\(ground.indexSize >> 20) MiB, built in \(duration(Double(ground.indexTime))) on 2 threads")
}

/// Holds a result that nobody reads, so that it has to be worked out.
@inline(never)
func keep(_ value: Int) { unsafe kept = value }

nonisolated(unsafe) private var kept = 0
/// A zero that the compiler doesn't know of.
nonisolated(unsafe) private var nothing = 0
@inline(never)
private var zero: Int { unsafe nothing }
