import CGEOS
@testable import Spatial

/// What GEOS says holds a point: prepared geometries, asked one by one behind their boxes.
final class LocationOracle {
    private let context = GEOS_init_r()!
    private let oracle = Oracle()
    private var shapes: [Oracle.Shape] = []
    private var prepared: [OpaquePointer] = []
    private var boxes: [Box] = []
    private let index: BoxIndex

    init(_ town: Town) {
        for feature in town.features {
            let shape = oracle.shape(feature.ground)
            shapes.append(shape)
            prepared.append(GEOSPrepare_r(context, shape.pointer)!)
            boxes.append(feature.ground.box!)
        }
        index = BoxIndex(boxes)
    }

    deinit {
        for geometry in prepared { GEOSPreparedGeom_destroy_r(context, geometry) }
        GEOS_finish_r(context)
    }

    func holders(of point: Point) -> [Holder] {
        var holders: [Holder] = []
        let place = oracle.point(point)
        index.search(Box(point)) { feature in
            if GEOSPreparedIntersects_r(context, prepared[feature], place.pointer) == 1 {
                let isInside = GEOSPreparedContainsProperly_r(context, prepared[feature], place.pointer) == 1
                holders.append(Holder(feature: feature, onBoundary: !isInside))
            }
        }
        return holders.sorted { $0.feature < $1.feature }
    }
}

/// How the index's answers compare with GEOS's.
struct Comparison {
    var points = 0
    /// Quick answers that claimed to be the whole truth.
    var simple = 0
    var boundary = 0
    /// The first few differences, in words.
    var differences: [String] = []

    mutating func compare(_ points: [Point], _ index: LocationIndex, _ oracle: LocationOracle, _ groups: [UInt8]) {
        var places: [Place] = []
        index.places(of: points, into: &places)
        var holders: [Holder] = []
        for (point, place) in zip(points, places) {
            self.points += 1
            let truth = oracle.holders(of: point)
            index.holders(of: point, into: &holders)
            if holders != truth { note("\(point): \(holders), GEOS \(truth)") }
            if truth.contains(where: \.onBoundary) { boundary += 1 }
            if place != index.place(of: point) { note("\(point): in a batch \(place), alone \(index.place(of: point))") }
            guard place.isSimple else { continue }
            simple += 1
            var quick = index.members(of: place.set).map { Holder(feature: $0, onBoundary: false) }
            if let parcel = place.parcel { quick.append(Holder(feature: parcel, onBoundary: false)) }
            quick.sort { $0.feature < $1.feature }
            if quick != truth { note("\(point): quick \(quick), GEOS \(truth)") }
        }
    }

    private mutating func note(_ difference: String) {
        if differences.count < 5 { differences.append(difference) }
    }
}

extension Town {
    /// Points anywhere in and around the town.
    func anywhere(_ count: Int, _ chance: inout Chance) -> [Point] {
        let box = features.reduce(features[0].ground.box!) { $0.united(with: $1.ground.box!) }.grown(by: 50_000)
        return (0..<count).map { _ in
            Point(
                x: Int32(chance.number(Int(max(box.minX, -Point.limit))...Int(min(box.maxX, Point.limit)))),
                y: Int32(chance.number(Int(max(box.minY, -Point.limit))...Int(min(box.maxY, Point.limit)))))
        }
    }

    /// Corners, middles of edges and places on them, exactly and a millimetre beside.
    func alongEdges(_ count: Int, _ chance: inout Chance) -> [Point] {
        (0..<count).map { _ in
            let rings = features[chance.number(0...features.count - 1)].ground.rings
            let ring = rings[chance.number(0...rings.count - 1)].points
            let start = chance.number(0...ring.count - 1)
            let (a, b) = (ring[start], ring[(start + 1) % ring.count])
            let step = (Int64(chance.number(-1...1)), Int64(chance.number(-1...1)))
            let share = Double(chance.number(0...8)) / 8
            let place = Point(
                x: Int32((Double(a.x) + share * (Double(b.x) - Double(a.x))).rounded()),
                y: Int32((Double(a.y) + share * (Double(b.y) - Double(a.y))).rounded()))
            return [a, a.moved(step), place, place.moved(step)][chance.number(0...3)]
        }
    }
}
