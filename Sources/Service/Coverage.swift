import Formats
import Persian
import Store
import Planning
import Spatial

/// A place as the coverage of a layer is asked of: a point, or a parcel's ground.
enum Extent {
    case point(Point)
    case area(MultiPolygon, of: Feature)
}

extension Answerer {
    /// Every layer that was consulted, and what came of it. A layer that an in-force provision speaks of and that the city does
    /// not hold is `absent`.
    func coverage(of place: Extent, hits answer: Answer) -> [Answer.Coverage] {
        let hit = Set(
            (answer.zones + answer.overlays).filter { $0.relation != .near }.map(\.layer)
                + answer.parcels.filter { $0.relation != .near }.map(\.layer))
        let quarantined = quarantined(near: place)
        return consulted { name, slots in
            let status: Answer.Coverage.Status =
                hit.contains(name)
                ? .hit
                : slots.contains { isCovered(place, by: $0) == .yes }
                    ? .clear
                    : slots.contains { isStated($0.covers) } ? .outside : .unstated
            return (status, quarantined[name] ?? [])
        }
    }

    /// The coverage of a place so far off that it has no point on the grid.
    func coverageOutside() -> [Answer.Coverage] {
        consulted { _, slots in (slots.contains { isStated($0.covers) } ? .outside : .unstated, []) }
    }

    /// The kinds of overlay of which this place was not checked: no layer holds them, none covers the place, or a feature that
    /// was kept out may lie on it.
    func unchecked(_ place: Extent) -> Set<String> {
        let suspect = quarantined(near: place).filter { $0.value.contains { $0.distance.millionths == 0 } }
        var checked: Set<String> = []
        var doubtful: Set<String> = []
        for (position, slot) in ground.slots.enumerated() where slot.role == .overlay {
            let kinds = ground.overlayKinds[position] ?? []
            if suspect[slot.layer] != nil { doubtful.formUnion(kinds) }
            if isCovered(place, by: slot) == .yes { checked.formUnion(kinds) }
        }
        let known = ground.overlayKinds.values.reduce(into: checked) { $0.formUnion($1) }
        let spoken = known.filter { kind in inForce.restrictingKinds.contains { $0.matches(kind) } }
        let absent = inForce.restrictingKinds.filter { kind in kind.isExact && !known.contains(kind.text) }.map(\.text)
        return spoken.subtracting(checked.subtracting(doubtful)).union(absent)
    }

    private func consulted(
        _ judge: (String, [Slot]) -> (Answer.Coverage.Status, [Answer.Quarantined])
    ) -> [Answer.Coverage] {
        consultedLayers.map { layer in
            guard !layer.slots.isEmpty else { return layer.row }
            var row = layer.row
            (row.status, row.quarantined) = judge(row.layer, layer.slots)
            return row
        }
    }

    /// Every layer that is consulted, with what of its row is the same for every place; an absent one has no slots.
    func layersConsulted() -> [(row: Answer.Coverage, slots: [Slot])] {
        var byLayer: [String: [Slot]] = [:]
        for slot in ground.slots where slot.role.isAnswered { byLayer[slot.layer, default: []].append(slot) }
        let kinds = ground.overlayKinds.values.reduce(into: Set<String>()) { $0.formUnion($1) }
        let absent =
            inForce.expectedLayers.filter { byLayer[$0] == nil }
            + inForce.restrictingKinds.filter { kind in !kinds.contains(where: kind.matches) && byLayer[kind.text] == nil }.map(\.text)
        var rows: [(row: Answer.Coverage, slots: [Slot])] = absent.map {
            (Answer.Coverage(layer: $0, status: .absent, stale: nil, quarantined: [], dataDay: nil, accuracy: nil), [])
        }
        for (name, slots) in byLayer {
            let accuracies = slots.map(\.accuracy)
            let stale = slots.map { $0.isStale(on: inForce.day) }
            let row = Answer.Coverage(
                layer: name, status: .unstated, stale: stale.contains(true) ? true : stale.contains(nil) ? nil : false, quarantined: [],
                dataDay: slots.compactMap(\.dataDay).min(),
                accuracy: accuracies.contains(nil) ? nil : accuracies.compactMap(\.self).max().map { Measure.metres(Double($0)) })
            rows.append((row, slots))
        }
        return rows.sorted { $0.row.layer < $1.row.layer }
    }

    /// Whether a layer is known to cover the whole of a place.
    func covers(_ slot: Slot, _ place: Extent) -> Bool { isCovered(place, by: slot) == .yes }

    /// Of each layer's slots, whether what they cover holds a point; nil where that is not stated.
    func covers(_ point: Point) -> [Bool?] {
        consultedLayers.flatMap(\.slots).map { slot in
            switch isCovered(.point(point), by: slot) {
            case .yes: true
            case .no: false
            case .unknown: nil
            }
        }
    }

    private enum Covered { case yes, no, unknown }

    /// Whether a stated coverage holds the whole place, its edge counting.
    private func isCovered(_ place: Extent, by slot: Slot) -> Covered {
        switch slot.covers {
        case .unstated: .unknown
        case .city: ground.limit.map { isWithin($0, place) ? .yes : .no } ?? .unknown
        case .area(let area): holds(area, slot.shapeOfCovers, place)
        }
    }

    private func isWithin(_ limit: MultiPolygon, _ place: Extent) -> Bool {
        guard case .point(let point) = place else { return holds(limit, ground.shapeOfLimit, place) == .yes }
        if let known = heldByLimit, known.point == point { return known.is }
        let holds = limit.position(of: point) != .outside
        heldByLimit = (point, holds)
        return holds
    }

    /// Whether it is said what a layer covers; "the city" says nothing where no boundary was delivered.
    private func isStated(_ covers: Covers) -> Bool {
        switch covers {
        case .unstated: false
        case .city: ground.limit != nil
        case .area: true
        }
    }

    private func holds(_ area: MultiPolygon, _ shape: Int?, _ place: Extent) -> Covered {
        switch place {
        case .point(let point): area.position(of: point) == .outside ? .no : .yes
        case .area(let ground, let parcel): shared(parcel, ground, area, shape) >= ground.area ? .yes : .no
        }
    }

    /// How much of a parcel an outline holds, in whole mm²: from the atlas where the outline has a shape there.
    private func shared(_ parcel: Feature, _ own: MultiPolygon, _ outline: MultiPolygon, _ shape: Int?) -> Int64 {
        if let shape, let shares = ground.shares(of: parcel) { return shares.share(of: shape)?.area ?? 0 }
        return sharedArea(own, outline).area
    }

    /// The features that were kept out within 50 m of the place, by layer, nearest first.
    private func quarantined(near place: Extent) -> [String: [Answer.Quarantined]] {
        guard let box = place.box else { return [:] }
        var found: [String: [Answer.Quarantined]] = [:]
        for feature in ground.quarantined(in: box.grown(by: Self.nearby)) {
            guard let geometry = feature.geometry, let reason = feature.quarantine else { continue }
            let distance = place.distance(to: geometry)
            guard distance <= Double(Self.nearby) else { continue }
            let layer = ground.slot(of: feature).layer
            let id = [feature.code, feature.line].compactMap(\.self).joined(separator: ", ")
            found[layer, default: []].append(.init(id: id, reason: reason, distance: Measure.metres(distance)))
        }
        return found.mapValues { $0.sorted { ($0.distance, $0.id) < ($1.distance, $1.id) } }
    }

    /// Where a place lies to the city's limit and harim.
    func limits(of place: Extent) -> Answer.Limits {
        guard let limit = ground.limit else { return .unstated }
        if isWithin(limit, place) { return .inside }
        if case .area(let shape, let parcel) = place, shared(parcel, shape, limit, ground.shapeOfLimit) > 0 { return .across }
        if let harim = ground.harim, holds(harim, ground.shapeOfHarim, place) == .yes { return .harim }
        return .outside
    }
}

extension Extent {
    var box: Box? {
        switch self {
        case .point(let point): Box(point)
        case .area(let area, _): area.box
        }
    }

    /// Millimetres to a feature's linework, zero on it or within it.
    func distance(to geometry: Geometry) -> Double {
        switch self {
        case .point(let point):
            if case .area(let area) = geometry, area.position(of: point) != .outside { return 0 }
            return geometry.distance(to: point)
        case .area(let shape, _):
            let corners = geometry.corners
            if corners.contains(where: { shape.position(of: $0) != .outside }) { return 0 }
            if case .area(let other) = geometry, other.edgeRuns(within: 0, ofBorderOf: shape) { return 0 }
            let own = Geometry.area(shape)
            let nearest = corners.map { own.distance(to: $0) } + own.corners.map { distance(from: $0, to: geometry) }
            return nearest.min() ?? .infinity
        }
    }

    private func distance(from corner: Point, to geometry: Geometry) -> Double {
        Extent.point(corner).distance(to: geometry)
    }
}

extension Geometry {
    var corners: [Point] {
        switch self {
        case .point(let point): [point]
        case .line(let parts): parts.flatMap(\.self)
        case .area(let area): area.rings.flatMap(\.points)
        }
    }
}

extension Role {
    /// Whether its features have rows in answers.
    var isAnswered: Bool { self == .parcels || self == .zones || self == .overlay }
}
