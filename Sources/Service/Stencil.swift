import Formats
import Spatial
import Store

/// An answer's bytes with gaps for what hangs on the point alone: for the many points well inside one parcel that lie in the same zones and
/// overlays, whose answers differ in their distances and coordinates.
///
/// It is made of an answer that was worked out, and used where it is sure that nothing but what stands in the gaps would be otherwise; where
/// it is not sure, the answer is worked out again.
struct Stencil: Sendable {
    /// What holds the point, all of it inside and none on its border.
    let holders: [Int]
    let crs: String
    private let parcel: Feature
    private let relation: Answer.Relation?
    private let verdict: Verdict
    /// The rows with a distance, in the order in which they are written: those of overlays, what is not in force, and zones.
    private let overlays: [Row]
    private let pending: [Row]
    private let zones: [Row]
    /// What is no row and comes near the parcel: a point that comes near it too has a row more.
    private let neighbours: [(box: Box, geometry: Geometry)]
    private let pieces: [[UInt8]]
    private let size: Int

    private struct Row: Sendable {
        let feature: Feature
        let relation: Answer.Relation?
        let verdict: Verdict?
    }

    /// Gaps before the first row's: latitude, longitude, x, y.
    private static let coordinates = 4

    /// Nil where answers of the parcel's points may differ in more.
    init?(_ answer: Answer, at point: Point, holders: [Holder], by answerer: Answerer) throws(ServiceError) {
        guard case .point(_, _, let crs) = answer.question.place, answerer.inForce.sectors.isEmpty, answer.parcels.count == 1,
            holders.allSatisfy({ !$0.onBoundary }), let row = answer.parcels.first, row.relation == .inside,
            let parcel = answerer.ground.parcelIfAny(row.code), let shape = parcel.area, let box = shape.box
        else { return nil }
        let rows = answer.overlays + answer.pending + answer.zones
        guard rows.allSatisfy({ $0.parcel == row.code && $0.relation != .near && $0.relation != .boundary }) else { return nil }
        let own = Set(rows.map(\.feature) + [parcel.id])
        guard holders.allSatisfy({ own.contains(Int64($0.feature)) }), answerer.isCoveredAlike(shape, of: parcel, answer.coverage) else {
            return nil
        }
        let reach = answerer.ground.greatestAccuracy
        var neighbours: [(box: Box, geometry: Geometry)] = []
        for role in [Role.parcels, .zones, .overlay] {
            for feature in answerer.ground.candidates(role, in: box.grown(by: reach)) where !own.contains(feature.id) {
                if let geometry = feature.geometry, let box = geometry.box { neighbours.append((box.grown(by: reach), geometry)) }
            }
        }
        func followed(_ row: Answer.GroundRow) -> Row? {
            guard let feature = answerer.ground.feature(row.feature) else { return nil }
            let lies = answerer.lie(of: feature, to: point)
            return Row(feature: feature, relation: lies?.relation, verdict: lies?.verdict)
        }
        let before = answer.overlays.compactMap(followed)
        let between = answer.pending.compactMap(followed)
        let after = answer.zones.compactMap(followed)
        let all = before + between + after
        guard all.count == rows.count, all.allSatisfy({ $0.verdict != .sensitive }) else { return nil }
        var pen = CanonicalPen(capacity: 24 << 10, marksGaps: true)
        answer.write(to: &pen)
        pen.raw("\n")
        let pieces = pen.pieces
        guard pieces.count == Self.coordinates + 1 + 2 + all.count + 1 else { return nil }
        self.holders = holders.map(\.feature)
        self.crs = crs
        self.parcel = parcel
        relation = row.relation
        verdict = row.verdict
        (overlays, pending, zones) = (before, between, after)
        self.neighbours = neighbours
        self.pieces = pieces
        size = pieces.reduce(0) { $0 + $1.count } + 32 * pieces.count
    }

    /// The answer for a point that the same holds; nil where it must be worked out.
    func bytes(x: Double, y: Double, place: StatedPlace, _ point: Point, by answerer: Answerer) -> [UInt8]? {
        for neighbour in neighbours where neighbour.box.holds(point) {
            if neighbour.geometry.comes(within: answerer.ground.greatestAccuracy, of: point) { return nil }
        }
        guard let shape = parcel.geometry else { return nil }
        let border = shape.distance(to: point)
        guard answerer.verdict(of: parcel, at: point, distance: border) == verdict else { return nil }
        var pen = CanonicalPen(capacity: size)
        var next = 0
        func piece(_ pen: inout CanonicalPen) {
            pen.raw(pieces[next])
            next += 1
        }
        func distances(_ rows: [Row], _ pen: inout CanonicalPen) -> Bool {
            for row in rows {
                let lies = answerer.lie(of: row.feature, to: point)
                guard lies?.relation == row.relation, lies?.verdict == row.verdict else { return false }
                piece(&pen)
                pen.write(lies?.distance)
            }
            return true
        }
        for number in [place.lonLat?.lat, place.lonLat?.lon, place.x, place.y] {
            piece(&pen)
            pen.write(number)
        }
        guard distances(overlays, &pen) else { return nil }
        piece(&pen)
        pen.write(answerer.signed(border, .inside))
        guard distances(pending, &pen) else { return nil }
        for number in [x, y] {
            piece(&pen)
            pen.write(number)
        }
        guard distances(zones, &pen) else { return nil }
        piece(&pen)
        return pen.bytes
    }
}

extension Answerer {
    /// An answer's canonical bytes and one newline, as `answer(_:)` has them.
    package func bytes(of question: Question) throws(ServiceError) -> [UInt8] {
        guard let spot = try spot(question) else { return try answer(question).bytes }
        if let bytes = bytes(at: spot) { return bytes }
        let answer = try answer(question)
        if let standing = standings[Int64(spot.parcel)], standing.stencil(of: spot.holders.map(\.feature), spot.crs) == nil,
            let stencil = try Stencil(answer, at: spot.point, holders: spot.holders, by: self)
        {
            standing.keep(stencil)
        }
        return answer.bytes
    }

    /// As `bytes(of:)`, where a stencil that was made before has them; else nil.
    package func stencilled(_ question: Question) throws(ServiceError) -> [UInt8]? {
        try spot(question).flatMap { bytes(at: $0) }
    }

    /// A point of a question that a parcel holds.
    private struct Spot {
        let x: Double
        let y: Double
        let crs: String
        let place: StatedPlace
        let point: Point
        let holders: [Holder]
        let parcel: Int
    }

    private func spot(_ question: Question) throws(ServiceError) -> Spot? {
        guard case .point(let x, let y, let crs) = question.place else { return nil }
        let place = try place(x: x, y: y, crs: crs)
        guard let point = ground.grid.point(x: place.x, y: place.y), let holders = ground.holders(of: point),
            let parcel = holders.first(where: { ground.isParcel($0.feature) })
        else { return nil }
        return Spot(x: x, y: y, crs: crs, place: place, point: point, holders: holders, parcel: parcel.feature)
    }

    private func bytes(at spot: Spot) -> [UInt8]? {
        guard !spot.holders.contains(where: \.onBoundary),
            let stencil = standings[Int64(spot.parcel)]?.stencil(of: spot.holders.map(\.feature), spot.crs)
        else { return nil }
        held = (spot.point, spot.holders)
        return stencil.bytes(x: spot.x, y: spot.y, place: spot.place, spot.point, by: self)
    }

    /// Whether the layers are checked at every point of a parcel as they are at one: each is hit by what lies on the parcel, or holds the
    /// whole of it, or nobody says what it covers; and nothing that was kept out is near.
    func isCoveredAlike(_ shape: MultiPolygon, of parcel: Feature, _ rows: [Answer.Coverage]) -> Bool {
        let extent = Extent.area(shape, of: parcel)
        guard let box = shape.box, ground.quarantined(in: box.grown(by: Self.nearby)).isEmpty else { return false }
        return rows.allSatisfy { row in
            switch row.status {
            case .hit, .absent, .unstated: true
            case .outside: false
            case .clear: consultedLayers.first { $0.row.layer == row.layer }?.slots.contains { covers($0, extent) } ?? false
            }
        }
    }
}
