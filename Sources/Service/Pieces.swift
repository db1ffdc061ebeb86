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
    /// 2·area/perimeter in mm, rounded half to even.
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
        /// The numbers of the events' sectors that it lies in.
        let sectors: Set<Int>
        /// The places of those that hold it among the cutters and, after them, the sectors; ascending.
        let held: [Int]
    }

    var zones: [Piece] = []
    var overlays: [Piece] = []
    var parts: [Part] = []
    /// The zones and restricting overlays that cut the parcel into its parts.
    var cutters: [Feature] = []
    /// The events' sectors that do so.
    var sectors: [MultiPolygon] = []
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
    /// Its ground in every zone and overlay, as the atlas has it; nil where there is none.
    let shares: [Share]?
    /// Whether its areas were borne out by a second reading already.
    let isBorneOut: Bool

    var name: String { "parcel \(feature.code ?? feature.line)" }
}

/// Cuts parcels by what is in force, exactly, with GEOS as the second opinion on each area.
final class Cutting {
    let ground: Ground
    let inForce: InForce
    private let takesSecondOpinion: Bool
    private var made: GEOS?
    fileprivate var cutter: ParcelCutter?

    /// - Parameter takesSecondOpinion: whether each area is read a second time, as it is for whatever is given to a person; not
    ///   where a whole town is gone through.
    init(ground: Ground, inForce: InForce, takesSecondOpinion: Bool) {
        self.ground = ground
        self.inForce = inForce
        self.takesSecondOpinion = takesSecondOpinion
        cutter = ground.cutter
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
        let drawn = (drawn(.zones, in: box, plot), drawn(.overlay, in: box, plot))
        let (zones, overlays) = (inForce.only(drawn.0), inForce.only(drawn.1))
        for feature in inForce.pending(drawn.0 + drawn.1) {
            if let piece = try piece(of: feature, in: plot) { division.pending.append(piece) }
        }
        let drawnOf = Dictionary(grouping: zones) { ground.slot(of: $0).layer }
        for layer in inForce.zoneLayers {
            division.accounts.append(try cutLayer(layer, drawnOf[layer] ?? [], plot, into: &division.zones))
        }
        let sectors = sectors(meeting: box)
        division.sectors = sectors.map { ground.sectors[$0].area }
        for overlay in overlays {
            guard let piece = try piece(of: overlay, in: plot) else { continue }
            if let standing = parted(piece, in: plot, sectors) { division.overlays.append(standing) }
        }
        for feature in zones + overlays {
            if let fallen = parted(feature, in: plot, sectors, counting: false) { division.pending.append(fallen) }
        }
        let cutters = zones + overlays.filter { $0.area != nil && inForce.restricts($0) }
        division.cutters = cutters
        let uncut = division.overlays.map(\.feature).filter { $0.area == nil && inForce.restricts($0) }
        division.parts = parts(of: plot, cutBy: cutters, sectors).map { cell in
            let members = inForce.effective(cell.members.map { cutters[$0] }, in: cell.sectors)
            return Division.Part(
                members: members + uncut.filter { inForce.counts($0, in: cell.sectors) && bears($0, on: members) }, area: cell.area,
                sectors: cell.sectors, held: cell.all)
        }
        return division
    }

    /// What is left of an overlay's piece where events put its plan out of force in sectors; nil where nothing is. A line or point is
    /// left whole where some of the parcel is.
    private func parted(_ piece: Piece, in plot: Plot, _ sectors: [Int]) -> Piece? {
        guard !sectors.isEmpty, inForce.isParted(piece.feature) else { return piece }
        if piece.feature.area != nil { return parted(piece.feature, in: plot, sectors, counting: true) }
        return parts(of: plot, cutBy: [], sectors).contains { inForce.counts(piece.feature, in: $0.sectors) } ? piece : nil
    }

    /// The piece of an area on the ground of the parcel where its plan is in force, or where it is not.
    private func parted(_ feature: Feature, in plot: Plot, _ sectors: [Int], counting: Bool) -> Piece? {
        guard !sectors.isEmpty, inForce.isParted(feature), let area = feature.area else { return nil }
        let cells = parts(of: plot, cutBy: [feature], sectors).filter {
            !$0.members.isEmpty && inForce.counts(feature, in: $0.sectors) == counting
        }
        let size = cells.reduce(0) { $0 + $1.area }
        guard size > 0 else { return nil }
        let share = Share(feature: 0, area: size, perimeter: cells.reduce(0) { $0 + $1.perimeter })
        return weigh(feature, [area] + sectors.map { ground.sectors[$0].area }, share, in: plot)
    }

    private func isDoubted(_ plot: Plot) -> Bool { takesSecondOpinion && !plot.isBorneOut }

    /// What of a role may lie on the parcel. Where no second opinion is taken, of areas only those known to share ground with it.
    private func drawn(_ role: Role, in box: Box, _ plot: Plot) -> [Feature] {
        guard !isDoubted(plot), let shares = plot.shares else { return ground.candidates(role, in: box) }
        return ground.candidates(role, in: box) { number, isArea in !isArea || shares.share(of: number) != nil }
    }

    /// The parcel's ground in an area, from its atlas where there is one; nil where they do no more than touch.
    fileprivate func share(of feature: Feature, _ area: MultiPolygon, in plot: Plot) -> Share? {
        if let shares = plot.shares { return shares.share(of: Int(feature.id)) }
        let (size, perimeter) = sharedArea(plot.shape, area)
        return perimeter > 0 ? Share(feature: 0, area: size, perimeter: perimeter) : nil
    }

    /// A cell of a parcel: the places in a list of the features that hold it, and the numbers of the sectors that do.
    private struct Held {
        let members: [Int]
        let sectors: Set<Int>
        /// Both as places: the features first, then the sectors.
        let all: [Int]
        let area: Int64
        let perimeter: Double
    }

    /// The numbers of the sectors whose boxes meet a parcel's.
    private func sectors(meeting box: Box) -> [Int] {
        inForce.sectors.filter { ground.sectors[$0].area.box?.meets(box) ?? false }
    }

    /// The cells into which areas and sectors cut the parcel.
    private func parts(of plot: Plot, cutBy features: [Feature], _ sectors: [Int]) -> [Held] {
        let cells: [Cell]
        if cutter != nil {
            let numbers = features.map { Int($0.id) } + sectors.compactMap { ground.sectors[$0].shape }
            cells = cutter?.cells(of: Int(plot.feature.id), cutBy: numbers) ?? []
        } else {
            cells = Spatial.cells(of: plot.shape, cutBy: features.compactMap(\.area) + sectors.map { ground.sectors[$0].area })
        }
        return cells.map { cell in
            Held(
                members: cell.members.filter { $0 < features.count },
                sectors: Set(cell.members.filter { $0 >= features.count }.map { sectors[$0 - features.count] }), all: cell.members,
                area: cell.area, perimeter: cell.perimeter)
        }
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
        let sectors = plot.shape.box.map(sectors) ?? []
        let parts = parts(of: plot, cutBy: zones, sectors)
        let counting = parts.map { part in inForce.effective(part.members.map { zones[$0] }, in: part.sectors).map(\.id) }
        let amended = zip(parts, counting).contains { $0.members.count > $1.count }
        var covered: Int64 = 0
        for (zone, area) in zip(zones, areas) {
            var piece = share(of: zone, area, in: plot)
            try agree(piece?.area ?? 0, plot, zone, area)
            var borders = [area]
            if amended {
                let amending = zones.filter { inForce.mayGiveWay(zone, to: $0) }
                let parting = inForce.isParted(zone) || amending.contains(where: inForce.isParted) ? sectors : []
                let drawn = [zone] + amending
                // Along an edge between two cells that both count the perimeter runs twice: the depth is rather too small.
                let left = self.parts(of: plot, cutBy: drawn, parting).filter { cell in
                    inForce.effective(cell.members.map { drawn[$0] }, in: cell.sectors).contains { $0.id == zone.id }
                }
                piece =
                    left.isEmpty
                    ? nil
                    : Share(feature: 0, area: left.reduce(0) { $0 + $1.area }, perimeter: left.reduce(0) { $0 + $1.perimeter })
                borders += amending.compactMap(\.area) + parting.map { ground.sectors[$0].area }
            }
            guard let piece, piece.area > 0 else { continue }
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
            let piece = share(of: overlay, area, in: plot)
            try agree(piece?.area ?? 0, plot, overlay, area)
            return piece.flatMap { $0.area > 0 ? weigh(overlay, [area], $0, in: plot) : nil }
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
        _ feature: Feature, _ borders: [MultiPolygon], _ piece: Share, in plot: Plot
    ) -> Piece {
        var verdict = Verdict.unstated
        if let t = tolerance(plot.feature, feature) {
            verdict =
                piece.isNoDeeper(than: t)
                ? .marginal : borders.contains { $0.runsAlong(borderOf: plot.shape, within: t) } ? .sensitive : .firm
        }
        return Piece(
            feature: feature, area: piece.area, length: nil, share: Measure.share(piece.area, of: plot.area),
            depth: Double(piece.depth), verdict: verdict)
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
        guard isDoubted(plot) else { return }
        // Where no edge of the area comes near the parcel, it is the parcel's own area or none.
        if cutter?.areasNear(Int(plot.feature.id)).contains(Int(feature.id)) == false { return }
        do {
            try geos().secondOpinion(on: area, of: plot.shape, and: other)
        } catch {
            throw .areasDisagree("\(plot.name) and \(ground.slot(of: feature).layer)/\(feature.code ?? feature.line): \(error)")
        }
    }
}

extension Cutting {
    /// Whether GEOS bears out the parcel's areas in everything whose edges come near it.
    func isBorneOut(_ plot: Plot) -> Bool {
        guard let near = cutter?.areasNear(Int(plot.feature.id)) else { return false }
        return near.allSatisfy { number in
            // What is no feature is an outline, whose areas are counted in no rule.
            guard let other = ground.feature(Int64(number)), case .area(let area)? = other.geometry else { return true }
            return (try? geos().secondOpinion(on: share(of: other, area, in: plot)?.area ?? 0, of: plot.shape, and: area)) != nil
        }
    }
}

extension [Share] {
    /// That of a feature, by its number; they are ascending.
    func share(of feature: Int) -> Share? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if Int(self[middle].feature) < feature { low = middle + 1 } else { high = middle }
        }
        return low < count && Int(self[low].feature) == feature ? self[low] : nil
    }
}
