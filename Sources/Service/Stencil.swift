import Formats
import Persian
import Spatial
import Store

/// An answer's bytes with gaps for what hangs on the point alone: for the many points in the same parcel, or the same street, that lie in
/// the same zones and overlays and near the same edges, whose answers differ in their distances and coordinates.
///
/// It is made of an answer that was worked out, and used where it is sure that nothing but what stands in the gaps would be otherwise; where
/// it is not sure, the answer is worked out again.
final class Stencil: Sendable {
    struct Key: Hashable {
        /// What holds a point, none of it by its border.
        let holders: [Int]
        /// Whose edge comes within its accuracy.
        let close: [Int]
        /// What it is asked for in.
        let crs: String
    }

    /// What has a distance in the answer.
    private struct Row: Sendable {
        let number: Int
        let isHolder: Bool
        /// Whether amendments may take some of it away, so that its edge need not be as it was drawn.
        let mayGiveWay: Bool
        let relation: Answer.Relation?
        let verdict: Verdict?
    }

    /// The rows in the order in which they are written: those of overlays, of parcels, of what is not in force, and of zones.
    private let rows: [Row]
    /// How many of them are written before the question's point, which stands before those of zones.
    private let rowsBeforeQuestion: Int
    /// What holds the point or comes close to it and has no row, for amendments leave nothing of it there.
    private let silent: [Row]
    /// What the layers cover, for points that are in no parcel covered alike.
    private let coverage: [Bool?]?
    /// What stands before, between and after the gaps, and the end of each.
    private let text: [UInt8]
    private let ends: [Int]
    /// Bytes that it takes up, and room for the gaps.
    let size: Int

    /// Gaps before the first row's: latitude, longitude, x, y.
    private static let coordinates = 4

    /// Nil where answers of points that lie to all as the spot does may differ in more.
    init?(_ answer: Answer, at spot: Spot, by answerer: Answerer) {
        let (point, ground) = (spot.point, answerer.ground)
        guard answerer.inForce.sectors.isEmpty, spot.holders.allSatisfy({ !$0.onBoundary }) else { return nil }
        // Where an amendment's edge is close, so may be what is left of a zone that itself is not.
        guard !spot.key.close.contains(where: { ground.feature(Int64($0)).map(answerer.inForce.mayTakeAway) ?? true }) else { return nil }
        func followed(_ number: Int) -> Row? {
            guard let feature = ground.feature(Int64(number)) else { return nil }
            let lies = answerer.lie(of: feature, to: point)
            return Row(
                number: number, isHolder: spot.key.holders.contains(number), mayGiveWay: answerer.inForce.mayGiveWay(feature),
                relation: lies?.relation, verdict: lies?.verdict)
        }
        let before =
            answer.overlays.map { Int($0.feature) } + answer.parcels.compactMap { ground.parcelIfAny($0.code).map { Int($0.id) } }
            + answer.pending.map { Int($0.feature) }
        rows = (before + answer.zones.map { Int($0.feature) }).compactMap(followed)
        rowsBeforeQuestion = before.count
        let count = answer.overlays.count + answer.parcels.count + answer.pending.count + answer.zones.count
        guard rows.count == count, !rows.contains(where: { $0.relation == .boundary }) else { return nil }
        let listed = rows.map(\.number)
        let others = (spot.key.holders + spot.key.close).filter { other in
            !answerer.isOfNoMatter(other) && !listed.contains(other)
        }
        silent = others.compactMap(followed)
        guard silent.allSatisfy({ $0.relation == nil }) else { return nil }
        let holding = spot.key.holders.filter(ground.isParcel).compactMap { ground.feature(Int64($0)) }
        if holding.count == 1, let shape = holding[0].area, answerer.isCoveredAlike(shape, of: holding[0], answer.coverage) {
            coverage = nil
        } else {
            guard answerer.isClearOfWhatWasKeptOut(point) else { return nil }
            coverage = answerer.covers(point)
        }
        var pen = CanonicalPen(capacity: 24 << 10, marksGaps: true)
        answer.write(to: &pen)
        pen.raw("\n")
        let pieces = pen.pieces
        guard pieces.count == Self.coordinates + rows.count + 2 + 1 else { return nil }
        text = Array(pieces.joined())
        ends = pieces.indices.map { pieces[...$0].reduce(0) { $0 + $1.count } }
        size = text.count + 32 * pieces.count
    }

    /// The answer for a point that lies to all as the first did; nil where it must be worked out.
    func bytes(at spot: Spot, by answerer: Answerer) -> [UInt8]? {
        let point = spot.point
        if let coverage { guard answerer.isClearOfWhatWasKeptOut(point), answerer.covers(point) == coverage else { return nil } }
        for row in silent { guard answerer.lies(row.number, point)?.relation == nil else { return nil } }
        return answerer.written(capacity: size) { pen in
            var next = 0
            func piece() {
                pen.raw(text[(next == 0 ? 0 : ends[next - 1])..<ends[next]])
                next += 1
            }
            func write(_ numbers: [Double?]) {
                for number in numbers {
                    piece()
                    pen.write(number)
                }
            }
            let place = spot.place
            write([place.lonLat?.lat, place.lonLat?.lon, place.x, place.y])
            for number in rows.indices {
                if number == rowsBeforeQuestion { write([spot.x, spot.y]) }
                guard let distance = distance(of: rows[number], to: point, by: answerer) else { return false }
                piece()
                pen.write(distance)
            }
            if rows.count == rowsBeforeQuestion { write([spot.x, spot.y]) }
            piece()
            return true
        }
    }

    /// Metres to a row's edge; nil where it does not lie to the point as it did to the first.
    private func distance(of row: Row, to point: Point, by answerer: Answerer) -> Decimal? {
        if row.mayGiveWay {
            let lies = answerer.lies(row.number, point)
            return lies?.relation == row.relation && lies?.verdict == row.verdict ? lies?.distance : nil
        }
        // A line or a point that is met holds what is asked about.
        guard let distance = answerer.ground.distance(of: row.number, to: point), distance > 0 else { return nil }
        return answerer.signed(distance, row.isHolder ? .inside : .outside)
    }
}

/// A question's point, and what holds it.
struct Spot {
    let x: Double
    let y: Double
    let place: StatedPlace
    let point: Point
    let holders: [Holder]
    let key: Stencil.Key
}

extension Answerer {
    /// An answer's canonical bytes and one newline, as `answer(_:)` has them.
    package func bytes(of question: Question) throws(ServiceError) -> [UInt8] {
        guard let spot = try spot(question) else { return try answer(question).bytes }
        let known = standings.stencils[spot.key]
        if let bytes = bytes(at: spot, known) { return bytes }
        let answer = try answer(question)
        if known == nil, let stencil = Stencil(answer, at: spot, by: self) {
            standings.stencils.remember(stencil, spot.key, weight: stencil.size)
        }
        return answer.bytes
    }

    /// As `bytes(of:)`, where a stencil that was made before has them; else nil.
    package func stencilled(_ question: Question) throws(ServiceError) -> [UInt8]? {
        try spot(question).flatMap { bytes(at: $0, standings.stencils[$0.key]) }
    }

    private func bytes(at spot: Spot, _ stencil: Stencil?) -> [UInt8]? {
        guard let stencil, !spot.holders.contains(where: \.onBoundary) else { return nil }
        held = (spot.point, spot.holders)
        return stencil.bytes(at: spot, by: self)
    }

    private func spot(_ question: Question) throws(ServiceError) -> Spot? {
        guard case .point(let x, let y, let crs) = question.place else { return nil }
        let place = try place(x: x, y: y, crs: crs)
        guard let point = ground.grid.point(x: place.x, y: place.y), let holders = ground.holders(of: point),
            let close = ground.close(to: point)
        else { return nil }
        return Spot(
            x: x, y: y, place: place, point: point, holders: holders,
            key: .init(holders: holders.map(\.feature), close: close, crs: crs))
    }

    /// Whether a feature has no part in any answer of the day.
    fileprivate func isOfNoMatter(_ number: Int) -> Bool {
        guard let feature = ground.feature(Int64(number)) else { return false }
        return inForce.only([feature]).isEmpty && inForce.pending([feature]).isEmpty
    }

    fileprivate func lies(_ number: Int, _ point: Point) -> Lie? { ground.feature(Int64(number)).flatMap { lie(of: $0, to: point) } }

    fileprivate func isClearOfWhatWasKeptOut(_ point: Point) -> Bool {
        ground.quarantined(in: Box(point).grown(by: Self.nearby)).isEmpty
    }

    /// Whether the layers are checked at every point of a parcel as they are at one: each is hit by what lies on the parcel, or holds the
    /// whole of it, or nobody says what it covers; and nothing that was kept out is near.
    fileprivate func isCoveredAlike(_ shape: MultiPolygon, of parcel: Feature, _ rows: [Answer.Coverage]) -> Bool {
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
