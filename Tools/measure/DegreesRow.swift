import BigCity
internal import CPROJ
import Spatial

/// Places in metres to degrees, through the fit and through PROJ; and how far apart they come out.
func degrees(_ bench: Bench) throws {
    let city = try bench.ground.get().city
    let points = city.uniformPoints(bench.count(1 << 20, quick: 1 << 18))
    let places = points.map { point in
        let (x, y) = city.grid.metres(point)
        return Position(x: x, y: y)
    }
    let operation = try torqabeh()
    let fit = try fit(city)
    let projector = try Projector(operation, fit: fit)
    let plain = try Projector(operation, fit: nil)
    let (context, proj) = unsafe try peer(operation)
    defer {
        unsafe proj_destroy(proj)
        unsafe proj_context_destroy(context)
    }
    let batches = stride(from: 0, to: places.count, by: batch).map { Array(places[$0..<$0 + batch]) }
    let contenders = [
        timed("ours, rounded as PROJ's", batches) { batch in
            var span = batch.mutableSpan
            try projector.toDegrees(&span)
        },
        timed("PROJ \(release), proj_trans_array", batches.map { $0.map { PJ_COORD(xyzt: PJ_XYZT(x: $0.x, y: $0.y, z: 0, t: 0)) } }) {
            unsafe proj_trans_array(proj, PJ_FWD, $0.count, &$0)
        },
    ]
    try Contest(title: "metres to degrees", rounds: bench.rounds, contenders: contenders).run()
    var (fast, same) = (places, places)
    var span = fast.mutableSpan
    try projector.toDegrees(&span)
    span = same.mutableSpan
    try plain.toDegrees(&span)
    let different = zip(fast, same).count { $0.x != $1.x || $0.y != $1.y }
    print("  \(different) of \(places.count) differ from PROJ's once rounded; the fit lies within \(fit.error) m of it")
}

/// Places that are brought over at once.
private let batch = 1 << 10

/// A contender that moves places batch by batch, where they are: what it costs to copy them first does not count.
private func timed<Place>(_ name: String, _ batches: [[Place]], _ move: @escaping (inout [Place]) throws -> Void) -> Contender {
    .measured(name, questions: batches.count * batch) {
        var total: Int64 = 0
        var copy = batches[0]
        for batch in batches {
            copy.replaceSubrange(copy.indices, with: batch)
            let start = now()
            try move(&copy)
            total += now() - start
        }
        return Double(total)
    }
}

/// The operation to degrees that PROJ ranks first at Torqabeh.
func torqabeh() throws -> Operation {
    guard let box = LonLatBox(west: 59, south: 36, east: 60, north: 37) else { throw Trouble("no box of degrees") }
    return try Operation.choose(from: "EPSG:32640", to: "EPSG:4326", around: box)
}

/// The fast path over the city's box.
func fit(_ city: City) throws -> LocalFit {
    guard let limit = city.boundary.box, let fit = try LocalFit(torqabeh(), over: limit, of: city.grid) else {
        throw Trouble("no fit for the city's box")
    }
    return fit
}

private var release: String { unsafe String(cString: proj_info().release) }

private func peer(_ operation: Operation) throws -> (OpaquePointer?, OpaquePointer?) {
    let context = unsafe proj_context_create()
    guard let made = unsafe proj_create(context, operation.definition) else { throw Trouble("PROJ does not take \(operation.definition)") }
    return unsafe (context, made)
}
