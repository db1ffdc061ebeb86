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
        guard !inForce.sectors.isEmpty else { return lie(of: feature, to: point, in: []) }
        let over = over(feature)
        let parting = inForce.parting([feature] + over)
        guard !parting.isEmpty else { return inForce.counts(feature, in: []) ? lie(of: feature, to: point, in: []) : nil }
        return lie(of: feature, to: point, partedBy: parting)
    }

    /// As `lie`, whatever events and amendments leave of it.
    func drawnLie(of feature: Feature, to point: Point) -> Lie? { lie(of: feature, to: point, in: nil) }

    /// As `lie`, of a feature that events put out of force, or bring back, in sectors: only the ground where it counts is its own, and a
    /// sector's edge is its edge. On that edge both sides are looked at.
    private func lie(of feature: Feature, to point: Point, partedBy parting: [Int]) -> Lie? {
        let areas = parting.map { ground.sectors[$0].area }
        let edge = areas.map { Geometry.area($0).distance(to: point) }.min() ?? .infinity
        let reached = ground.slot(of: feature).accuracy.map { edge <= Double($0) } ?? false
        func side(_ positions: [MultiPolygon.Position]) -> Lie? {
            let sectors = Set(inForce.sectors.filter { positions.contains(ground.sectors[$0].area.position(of: point)) })
            guard inForce.counts(feature, in: sectors) else { return nil }
            return lie(of: feature, to: point, in: sectors)
        }
        let sides = [side([.inside]), side([.inside, .boundary])].compactMap(\.self).filter { $0.relation != nil }
        let held = sides.filter { $0.relation != .near }
        if held.isEmpty {
            if let near = sides.first { return near }
            guard reached, drawnLie(of: feature, to: point)?.relation != nil else { return nil }
            return Lie(relation: .near, distance: signed(edge, .outside), verdict: .sensitive)
        }
        let verdict = reached ? .sensitive : held[0].verdict
        guard held.count == 2 else { return Lie(relation: .boundary, distance: signed(0, .boundary), verdict: verdict) }
        let isInside = held.allSatisfy { $0.relation == .inside }
        return Lie(
            relation: isInside ? .inside : .boundary,
            distance: isInside ? min(held[0].distance, signed(edge, .inside)) : signed(0, .boundary),
            verdict: verdict)
    }

    /// - Parameter sectors: those that the ground lies in; nil leaves amendments out of account.
    private func lie(of feature: Feature, to point: Point, in sectors: Set<Int>?) -> Lie? {
        guard let geometry = feature.geometry else { return nil }
        let own = ground.slot(of: feature).accuracy
        if let sectors, let amended = amended(feature, in: sectors) {
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

    /// What the amendments in force on ground in some sectors leave of a zone; nil of one that none is drawn over. Looked up once.
    private func amended(_ feature: Feature, in sectors: Set<Int>) -> Amended? {
        guard inForce.mayGiveWay(feature) else { return nil }
        let key = Amended.Key(feature: feature.id, sectors: sectors)
        if let known = amendments[key] { return known }
        guard case .area(let area)? = feature.geometry, inForce.counts(feature, in: sectors) else { return nil }
        let over = over(feature).filter { inForce.givesWay(feature, to: $0, in: sectors) }
        let amended =
            over.isEmpty
            ? nil
            : Amended(
                left: Remainder(of: area, without: over.compactMap(\.area)), accuracies: over.map { ground.slot(of: $0).accuracy })
        amendments[key] = .some(amended)
        return amended
    }

    /// The zones to which one gives way on some ground.
    private func over(_ feature: Feature) -> [Feature] {
        guard inForce.mayGiveWay(feature), let box = feature.area?.box, inForce.only([feature]).count == 1 else { return [] }
        return inForce.only(ground.candidates(.zones, in: box)).filter { inForce.mayGiveWay(feature, to: $0) }
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

    struct Key: Hashable {
        let feature: Int64
        let sectors: Set<Int>
    }
}
