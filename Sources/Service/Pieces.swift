package import Formats
import Planning
package import Spatial

/// How sure it is that a feature bears on the place, from the layers' stated accuracies.
package enum Verdict: String, Sendable {
    case firm, sensitive, marginal, unstated
}

/// One feature's ground in one parcel.
struct Piece: Sendable {
    let feature: Feature
    /// Whole mm²; zero for a line, which has a length instead.
    let area: Int64
    /// Millimetres of a line within the parcel, its border counting; nil for an area.
    let length: Double?
    let share: Decimal
    /// 2·area/perimeter in mm.
    let depth: Double
    let verdict: Verdict
}

/// One zone layer's account of one parcel in whole mm²: covered + gap = parcelArea + overlap, within 1 mm² a piece.
package struct Reconciliation: Sendable {
    let parcel: String?
    let layer: String
    let parcelArea: Int64
    let covered: Int64
    let gap: Int64
    let overlap: Int64
}

/// What lies on one parcel: its pieces, the parts that they cut it into, and each zone layer's account.
struct Division: Sendable {
    var zones: [Piece] = []
    var overlays: [Piece] = []
    var parts: [(members: [Feature], area: Int64)] = []
    var accounts: [Reconciliation] = []
}

/// Cuts parcels by what is in force, exactly, with GEOS as the second opinion on each area.
struct Cutting: ~Copyable {
    let ground: Ground
    let inForce: InForce
    let geos: GEOS

    init(ground: Ground, inForce: InForce) throws(ServiceError) {
        self.ground = ground
        self.inForce = inForce
        geos = try spatially { () throws(SpatialError) in try GEOS() }
    }

    func divide(_ parcel: Feature, _ shape: MultiPolygon) throws(ServiceError) -> Division {
        var division = Division()
        guard let box = shape.box else { return division }
        let parcelArea = shape.area
        let zones = inForce.only(ground.candidates(.zones, in: box))
        let overlays = inForce.only(ground.candidates(.overlay, in: box))

        for (layer, members) in grouped(zones) {
            let account = try cutLayer(layer, members, parcel: parcel, shape, area: parcelArea, into: &division.zones)
            division.accounts.append(account)
        }
        for overlay in overlays {
            if let piece = try piece(of: overlay, parcel: parcel, shape, area: parcelArea) { division.overlays.append(piece) }
        }

        let restricting = overlays.filter { $0.area != nil && inForce.restricts($0) }
        let cutters = zones + restricting
        let cells = cells(of: shape, cutBy: cutters.compactMap(\.area))
        division.parts = cells.map { cell in
            (inForce.effective(cell.members.map { cutters[$0] }), cell.area)
        }
        return division
    }

    /// One zone layer's pieces of a parcel. Where an amending plan's polygon lies over the amended plan's, only the former counts.
    private func cutLayer(
        _ layer: String, _ zones: [Feature], parcel: Feature, _ shape: MultiPolygon, area parcelArea: Int64, into pieces: inout [Piece]
    ) throws(ServiceError) -> Reconciliation {
        let areas = zones.compactMap(\.area)
        let cells = cells(of: shape, cutBy: areas)
        let amended = inForce.someAmends(zones)
        var covered: Int64 = 0
        for (position, zone) in zones.enumerated() {
            let whole = sharedArea(shape, areas[position])
            try agree(whole, shape, areas[position], parcel, zone)
            var (area, perimeter) = whole
            if amended {
                let own = cells.filter { cell in
                    cell.members.contains(position)
                        && inForce.effective(cell.members.map { zones[$0] }).contains { $0.id == zone.id }
                }
                area = own.reduce(0) { $0 + $1.area }
                perimeter = own.reduce(0) { $0 + $1.perimeter }
            }
            guard area > 0 else { continue }
            covered += area
            pieces.append(weigh(zone, area: area, perimeter: perimeter, of: parcel, shape, parcelArea: parcelArea))
        }
        var gap: Int64 = 0
        var overlap: Int64 = 0
        for cell in cells {
            let count = inForce.effective(cell.members.map { zones[$0] }).count
            if count == 0 { gap += cell.area } else { overlap += cell.area * Int64(count - 1) }
        }
        let account = try cutLayer(layer, members, parcel: parcel, shape, area: parcelArea, into: &division.zones)
            division.accounts.append(account)
        }
        for overlay in overlays {
            if let piece = try piece(of: overlay, parcel: parcel, shape, area: parcelArea) { division.overlays.append(piece) }
        }

        let restricting = overlays.filter { $0.area != nil && inForce.restricts($0) }
        let cutters = zones + restricting
        let cells = cells(of: shape, cutBy: cutters.compactMap(\.area))
        division.parts = cells.map { cell in
            (inForce.effective(cell.members.map { cutters[$0] }), cell.area)
        }
        return division
    }

    /// One zone layer's pieces of a parcel. Where an amending plan's polygon lies over the amended plan's, only the former counts.
    private func cutLayer(
        _ layer: String, _ zones: [Feature], parcel: Feature, _ shape: MultiPolygon, area parcelArea: Int64, into pieces: inout [Piece]
    ) throws(ServiceError) -> Reconciliation {
        let areas = zones.compactMap(\.area)
        let cells = cells(of: shape, cutBy: areas)
        let amended = inForce.someAmends(zones)
        var covered: Int64 = 0
        for (position, zone) in zones.enumerated() {
            let whole = sharedArea(shape, areas[position])
            try agree(whole, shape, areas[position], parcel, zone)
            var (area, perimeter) = whole
            if amended {
                let own = cells.filter { cell in
                    cell.members.contains(position)
                        && inForce.effective(cell.members.map { zones[$0] }).contains { $0.id == zone.id }
                }
                area = own.reduce(0) { $0 + $1.area }
                perimeter = own.reduce(0) { $0 + $1.perimeter }
            }
            guard area > 0 else { continue }
            covered += area
            pieces.append(weigh(zone, area: area, perimeter: perimeter, of: parcel, shape, parcelArea: parcelArea))
        }
        var union: Int64 = 0
        var overlap: Int64 = 0
        for cell in cells where !cell.members.isEmpty {
            union += cell.area
            let count = inForce.effective(cell.members.map { zones[$0] }).count
            overlap += cell.area * Int64(max(0, count - 1))
        }
        let gap = parcelArea - union
        let account = Reconciliation(
            parcel: parcel.code, layer: layer, parcelArea: parcelArea, covered: covered, gap: gap, overlap: overlap)
        let residue = covered + gap - parcelArea - overlap
        guard residue.magnitude <= UInt64(zones.count + cells.count) else {
            throw .areasDisagree(
                "parcel \(parcel.code ?? parcel.line), layer \(layer): covered \(covered) + gap \(gap) ≠ parcel \(parcelArea) + overlap \(overlap) mm²")
        }
        return account
    }

    /// An overlay's piece of a parcel; nil when it only touches. A line that runs along the border counts.
    private func piece(of overlay: Feature, parcel: Feature, _ shape: MultiPolygon, area parcelArea: Int64) throws(ServiceError) -> Piece? {
        switch overlay.geometry {
        case .area(let other)?:
            let shared = sharedArea(shape, other)
            try agree(shared, shape, other, parcel, overlay)
            guard shared.area > 0 else { return nil }
            return weigh(overlay, area: shared.area, perimeter: shared.perimeter, of: parcel, shape, parcelArea: parcelArea)
        case .line(let parts)?:
            let length = lengthInside(of: parts, of: shape)
            guard length > 0 else { return nil }
            return Piece(
                feature: overlay, area: 0, length: length, share: Decimal(millionths: 0), depth: 0,
                verdict: tolerance(parcel, overlay) == nil ? .unstated : .firm)
        case .point(let point)?:
            guard shape.position(of: point) != .outside else { return nil }
            return Piece(
                feature: overlay, area: 0, length: nil, share: Decimal(millionths: 0), depth: 0,
                verdict: tolerance(parcel, overlay) == nil ? .unstated : .firm)
        case nil:
            return nil
        }
    }

    private func weigh(
        _ feature: Feature, area: Int64, perimeter: Double, of parcel: Feature, _ shape: MultiPolygon, parcelArea: Int64
    ) -> Piece {
        let depth = perimeter > 0 ? 2 * Double(area) / perimeter : 0
        let verdict: Verdict
        if let t = tolerance(parcel, feature), let border = feature.area {
            verdict = depth <= Double(t) ? .marginal : border.edgeRuns(within: t, ofBorderOf: shape) ? .sensitive : .firm
        } else {
            verdict = .unstated
        }
        return Piece(
            feature: feature, area: area, length: nil, share: Measure.share(area, of: parcelArea), depth: depth, verdict: verdict)
    }

    /// The sum of both layers' stated accuracies in millimetres; nil when either is unstated.
    private func tolerance(_ one: Feature, _ other: Feature) -> Int64? {
        guard let first = ground.slot(of: one).accuracy, let second = ground.slot(of: other).accuracy else { return nil }
        return first + second
    }

    private func agree(
        _ ours: (area: Int64, perimeter: Double), _ one: MultiPolygon, _ other: MultiPolygon, _ parcel: Feature, _ feature: Feature
    ) throws(ServiceError) {
        do {
            try geos.secondOpinion(on: ours.area, of: one, and: other)
        } catch {
            throw .areasDisagree("parcel \(parcel.code ?? parcel.line) and \(ground.slot(of: feature).layer)/\(feature.code ?? feature.line): \(error)")
        }
    }

    private func grouped(_ zones: [Feature]) -> [(layer: String, members: [Feature])] {
        Dictionary(grouping: zones) { ground.slot(of: $0).layer }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
