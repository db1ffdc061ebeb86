import Formats
import Planning
import Spatial
import Store

/// How a feature stands to a point.
struct Lie {
    /// Nil when the point is outside by more than the accuracy.
    let relation: Answer.Relation?
    /// Metres to the feature's edge, negative outside.
    let distance: Decimal
    /// Firm when the edge is farther off than the stated accuracy.
    let verdict: Verdict
}

extension Answerer {
    /// How a feature stands to a point. Of a zone with amendments drawn over it only what they leave counts, and where an
    /// amendment draws its edge, the amending layer's accuracy.
    func lie(of feature: Feature, to point: Point) -> Lie? {
        guard let lie = drawnLie(of: feature, to: point) else { return nil }
        return inForce.isParted(feature) ? partedLie(of: feature, to: point, drawn: lie) : lie
    }

    /// How a feature stands to a point whose plan an event has put out of force in a sector, or brought back in one: only the ground
    /// where it counts is its own, and the sector's edge is its edge.
    private func partedLie(of feature: Feature, to point: Point, drawn: Lie) -> Lie {
        let parting = inForce.sectors.filter { inForce.counts(feature, in: [$0]) != inForce.counts(feature, in: []) }
        let edge = parting.map { Geometry.area(ground.sectors[$0].area).distance(to: point) }.min() ?? .infinity
        let reached = ground.slot(of: feature).accuracy.map { edge <= Double($0) } ?? false
        func held(_ positions: [MultiPolygon.Position]) -> Set<Int> {
            Set(inForce.sectors.filter { positions.contains(ground.sectors[$0].area.position(of: point)) })
        }
        let (counts, countsBeyond) = (
            inForce.counts(feature, in: held([.inside])), inForce.counts(feature, in: held([.inside, .boundary]))
        )
        let verdict = reached ? .sensitive : drawn.verdict
        guard counts || countsBeyond else {
            return Lie(relation: reached && drawn.relation != nil ? .near : nil, distance: signed(edge, .outside), verdict: verdict)
        }
        guard counts && countsBeyond else {
            return Lie(relation: drawn.relation == .inside ? .boundary : drawn.relation, distance: signed(0, .boundary), verdict: verdict)
        }
        let nearest = drawn.relation == .inside ? min(drawn.distance, signed(edge, .inside)) : drawn.distance
        return Lie(relation: drawn.relation, distance: nearest, verdict: verdict)
    }

    private func drawnLie(of feature: Feature, to point: Point) -> Lie? {
        guard let geometry = feature.geometry else { return nil }
        let own = ground.slot(of: feature).accuracy
        if let amended = amended(feature) {
            let distances = amended.left.distances(to: point)
            let nearest = distances.min() ?? .infinity
            let reached = zip(distances, [own] + amended.accuracies).contains { distance, t in t.map { distance <= Double($0) } ?? false }
            let t = zip(distances, [own] + amended.accuracies).min { $0.0 < $1.0 }?.1
            return lie(
                amended.left.position(of: point), nearest, isWithin: reached,
                verdict: reached ? .sensitive : own == nil || t == nil ? .unstated : .firm)
        }
        let position: MultiPolygon.Position
        switch geometry {
        case .area(let area): position = self.position(of: point, in: feature, area)
        case .line, .point: position = geometry.comes(within: 0, of: point) ? .boundary : .outside
        }
        let distance = geometry.distance(to: point)
        let verdict = verdict(of: feature, at: point, distance: distance)
        return lie(position, distance, isWithin: verdict == .sensitive, verdict: verdict)
    }

    private func lie(_ position: MultiPolygon.Position, _ millimetres: Double, isWithin: Bool, verdict: Verdict) -> Lie {
        let distance = signed(millimetres, position)
        switch position {
        case .inside: return Lie(relation: .inside, distance: distance, verdict: verdict)
        case .boundary: return Lie(relation: .boundary, distance: distance, verdict: verdict)
        case .outside: return Lie(relation: isWithin ? .near : nil, distance: distance, verdict: verdict)
        }
    }

    /// What the amendments in force leave of a zone; nil of one that none is drawn over. Looked up once.
    private func amended(_ feature: Feature) -> Amended? {
        guard inForce.mayGiveWay(feature) else { return nil }
        if let known = amendments[feature.id] { return known }
        guard case .area(let area)? = feature.geometry, let box = area.box, inForce.only([feature]).count == 1 else { return nil }
        let over = inForce.only(ground.candidates(.zones, in: box)).filter { inForce.givesWay(feature, to: $0) }
        let amended =
            over.isEmpty
            ? nil
            : Amended(
                left: Remainder(of: area, without: over.compactMap(\.area)), accuracies: over.map { ground.slot(of: $0).accuracy })
        amendments[feature.id] = .some(amended)
        return amended
    }

    /// Where a point lies to a feature's ground: as the index of the atlas has it, all of whose answers for one point are kept.
    func position(of point: Point, in feature: Feature, _ area: MultiPolygon) -> MultiPolygon.Position {
        if held?.point != point { held = ground.holders(of: point).map { (point, $0) } }
        guard let holders = held?.holders else { return area.position(of: point) }
        guard let holder = holders.first(where: { $0.feature == Int(feature.id) }) else { return .outside }
        return holder.onBoundary ? .boundary : .inside
    }

    func signed(_ millimetres: Double, _ position: MultiPolygon.Position) -> Decimal {
        let distance = Measure.metres(millimetres)
        return position == .outside ? Decimal(millionths: -distance.millionths) : distance
    }

    /// A point's verdict: firm when it lies farther from the feature's edge than the stated accuracy.
    ///
    /// - Parameter distance: millimetres to the edge where they are known, as near as a double has them: only next to the accuracy
    ///   itself are the edges then gone through again, exactly.
    func verdict(of feature: Feature, at point: Point, distance: Double? = nil) -> Verdict {
        guard let t = ground.slot(of: feature).accuracy, let geometry = feature.geometry else { return .unstated }
        if let distance, (distance - Double(t)).magnitude > 1 { return distance < Double(t) ? .sensitive : .firm }
        return geometry.comes(within: t, of: point) ? .sensitive : .firm
    }
}

/// A zone with amendments drawn over it.
struct Amended {
    let left: Remainder
    /// Those of the amending layers, in the order of their areas.
    let accuracies: [Int64?]
}
