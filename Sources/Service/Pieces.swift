import Formats
import Planning
import Spatial
import Store

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
    struct Part: Sendable {
        let members: [Feature]
        let area: Int64
    }

    var zones: [Piece] = []
    var overlays: [Piece] = []
    var parts: [Part] = []
    var accounts: [Reconciliation] = []
    /// What plans that are not in force on the day drew here.
    var pending: [Piece] = []
}

/// A parcel about to be cut.
struct Plot {
    let feature: Feature
    let shape: MultiPolygon
    /// Whole mm².
    let area: Int64

    var name: String { "parcel \(feature.code ?? feature.line)" }
}

/// Cuts parcels by what is in force, exactly, with GEOS as the second opinion on each area.
final class Cutting {
    let ground: Ground
    let inForce: InForce
    private var made: GEOS?

    init(ground: Ground, inForce: InForce) {
        self.ground = ground
        self.inForce = inForce
    }

    /// Made when it is first wanted: loading it takes as long as a whole answer.
    func geos() throws(SpatialError) -> GEOS {
        if let made { return made }
        let geos = try GEOS()
        made = geos
        return geos
    }

    func divide(_ plot: Plot) throws(ServiceError) -> Division {
        var division = Division()
        guard let box = plot.shape.box else { return division }
        let drawn = (ground.candidates(.zones, in: box), ground.candidates(.overlay, in: box))
        let (zones, overlays) = (inForce.only(drawn.0), inForce.only(drawn.1))
        for feature in inForce.pending(drawn.0 + drawn.1) {
            if let piece = try piece(of: feature, in: plot) { division.pending.append(piece) }
        }
        let drawnOf = Dictionary(grouping: zones) { ground.slot(of: $0).layer }
        for layer in inForce.zoneLayers {
            division.accounts.append(try cutLayer(layer, drawnOf[layer] ?? [], plot, into: &division.zones))
        }
        for overlay in overlays {
            if let piece = try piece(of: overlay, in: plot) { division.overlays.append(piece) }
        }
        let cutters = zones + overlays.filter { $0.area != nil && inForce.restricts($0) }
        let uncut = division.overlays.map(\.feature).filter { $0.area == nil && inForce.restricts($0) }
        division.parts = cells(of: plot.shape, cutBy: cutters.compactMap(\.area)).map { cell in
            let held = cell.members.map { cutters[$0] }
            return Division.Part(members: inForce.effective(held) + uncut.filter { bears($0, on: held) }, area: cell.area)
        }
        return division
    }

    /// Whether a line or point in the parcel bears on the part that lies in all of these: it cuts nothing, so it counts for every
    /// part whose zones and overlays it lies in.
    private func bears(_ overlay: Feature, on holders: [Feature]) -> Bool {
        holders.compactMap(\.area).allSatisfy { area in
            switch overlay.geometry {
            case .line(let line)?: lengthInside(of: line, of: area) > 0
            case .point(let point)?: area.position(of: point) != .outside
            case .area?, nil: false
            }
        }
    }

    /// One zone layer's pieces of a parcel. Where an amending plan's polygon lies over the amended plan's, only the former counts.
    private func cutLayer(
        _ layer: String, _ zones: [Feature], _ plot: Plot, into pieces: inout [Piece]
    ) throws(ServiceError) -> Reconciliation {
        let areas = zones.compactMap(\.area)
        let parts = cells(of: plot.shape, cutBy: areas)
        let counting = parts.map { part in inForce.effective(part.members.map { zones[$0] }).map(\.id) }
        let amended = zip(parts, counting).contains { $0.members.count > $1.count }
        var covered: Int64 = 0
        for (zone, area) in zip(zones, areas) {
            var piece = sharedArea(plot.shape, area)
            try agree(piece.area, plot, zone, area)
            var borders = [area]
            if amended {
                let amending = zones.filter { inForce.givesWay(zone, to: $0) }.compactMap(\.area)
                let left = cells(of: plot.shape, cutBy: [area] + amending).first { $0.members == [0] }
                piece = (left?.area ?? 0, left?.perimeter ?? 0)
                borders += amending
            }
            guard piece.area > 0 else { continue }
            covered += piece.area
            pieces.append(weigh(zone, borders, piece, in: plot))
        }
        var gap: Int64 = 0
        var overlap: Int64 = 0
        for (part, counting) in zip(parts, counting) {
            if counting.isEmpty { gap += part.area } else { overlap += part.area * Int64(counting.count - 1) }
        }
        guard (covered + gap - plot.area - overlap).magnitude <= UInt64(zones.count + parts.count) else {
            throw .areasDisagree(
                "\(plot.name), layer \(layer): covered \(covered) + gap \(gap) ≠ parcel \(plot.area) + overlap \(overlap) mm²")
        }
        return Reconciliation(
            parcel: plot.feature.code, layer: layer, parcelArea: plot.area, covered: covered, gap: gap, overlap: overlap)
    }

    /// An overlay's piece of a parcel; nil when it only touches. A line that runs along the border counts.
    private func piece(of overlay: Feature, in plot: Plot) throws(ServiceError) -> Piece? {
        switch overlay.geometry {
        case .area(let area)?:
            let piece = sharedArea(plot.shape, area)
            try agree(piece.area, plot, overlay, area)
            return piece.area > 0 ? weigh(overlay, [area], piece, in: plot) : nil
        case .line(let line)?:
            let length = lengthInside(of: line, of: plot.shape)
            return length > 0 ? withoutArea(overlay, length: length, in: plot) : nil
        case .point(let point)?:
            return plot.shape.position(of: point) == .outside ? nil : withoutArea(overlay, length: nil, in: plot)
        case nil:
            return nil
        }
    }

    /// - Parameter borders: the areas whose edges bound the piece.
    private func weigh(
        _ feature: Feature, _ borders: [MultiPolygon], _ piece: (area: Int64, perimeter: Double), in plot: Plot
    ) -> Piece {
        let depth = piece.perimeter > 0 ? 2 * Double(piece.area) / piece.perimeter : 0
        var verdict = Verdict.unstated
        if let t = tolerance(plot.feature, feature) {
            let isAlong = borders.contains { $0.runsAlong(borderOf: plot.shape, within: t) }
            verdict = depth <= Double(t) ? .marginal : isAlong ? .sensitive : .firm
        }
        return Piece(
            feature: feature, area: piece.area, length: nil, share: Measure.share(piece.area, of: plot.area), depth: depth,
            verdict: verdict)
    }

    /// A line or point that lies in the parcel nowhere deeper than the accuracy may as well lie outside.
    private func withoutArea(_ overlay: Feature, length: Double?, in plot: Plot) -> Piece {
        var verdict = Verdict.unstated
        if let t = tolerance(plot.feature, overlay) {
            verdict = overlay.geometry?.reaches(into: plot.shape, beyond: t) ?? false ? .firm : .sensitive
        }
        return Piece(
            feature: overlay, area: 0, length: length, share: Decimal(millionths: 0), depth: 0, verdict: verdict)
    }

    /// The sum of both layers' stated accuracies in millimetres; nil when either is unstated.
    private func tolerance(_ one: Feature, _ other: Feature) -> Int64? {
        guard let first = ground.slot(of: one).accuracy, let second = ground.slot(of: other).accuracy else { return nil }
        return first + second
    }

    private func agree(_ area: Int64, _ plot: Plot, _ feature: Feature, _ other: MultiPolygon) throws(ServiceError) {
        do {
            try geos().secondOpinion(on: area, of: plot.shape, and: other)
        } catch {
            throw .areasDisagree("\(plot.name) and \(ground.slot(of: feature).layer)/\(feature.code ?? feature.line): \(error)")
        }
    }
}
