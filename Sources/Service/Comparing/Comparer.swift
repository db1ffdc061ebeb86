import Formats
import Planning
import Spatial
import Store

/// Compares parcels one by one. One a thread.
final class Comparer {
    let before: Answerer
    let after: Answerer
    /// Pairs of features that were found to draw the same ground, or not to.
    private var same: [[Int64]: Bool] = [:]

    /// - Parameter given: facts that are said of every parcel on both sides.
    init(_ before: Side, _ after: Side, given: [String: Fact.Value] = [:]) throws(ServiceError) {
        self.before = try Answerer(before.town, on: before.day, given: given, takesSecondOpinion: false)
        self.after = try Answerer(after.town, on: after.day, given: given, takesSecondOpinion: false)
    }

    /// The change of a parcel that stands after; nil where its answer is the same.
    func change(after number: Int) throws(ServiceError) -> ParcelChange? {
        guard let parcel = after.ground.feature(Int64(number)), let code = parcel.code else { return nil }
        guard let old = before.ground.parcelIfAny(code) else {
            return ParcelChange(code: code, kind: .appeared, after: .init(try after.workedOut(parcel).row))
        }
        return change(code, try before.workedOut(old), try after.workedOut(parcel))
    }

    /// A parcel that stood before and stands no more; nil for one that still does.
    func vanished(_ number: Int) throws(ServiceError) -> ParcelChange? {
        guard let parcel = before.ground.feature(Int64(number)), let code = parcel.code, after.ground.parcelIfAny(code) == nil else {
            return nil
        }
        return ParcelChange(code: code, kind: .vanished, before: .init(try before.workedOut(parcel).row))
    }

    private func change(_ code: String, _ old: ParcelStanding, _ new: ParcelStanding) -> ParcelChange? {
        compared(code, old, new, keepsAll: false).change
    }

    /// All of a parcel on both sides, what stays too; nil where it stands on neither.
    func compared(_ code: String) throws(ServiceError) -> (change: ParcelChange?, stays: [FindingChange])? {
        func standing(_ answerer: Answerer) throws(ServiceError) -> ParcelStanding? {
            guard let parcel = answerer.ground.parcelIfAny(code) else { return nil }
            return try answerer.standing(of: parcel)
        }
        let (old, new) = (try standing(before), try standing(after))
        if let old, let new { return compared(code, old, new, keepsAll: true) }
        guard let one = old ?? new else { return nil }
        var account = FindingAccount(of: old, and: new)
        for part in one.parts { account.add(old == nil ? nil : part.place, new == nil ? nil : part.place, part.area) }
        let change = ParcelChange(
            code: code, kind: old == nil ? .appeared : .vanished, before: old.map { .init($0.row) }, after: new.map { .init($0.row) },
            findings: account.changes)
        return (change, [])
    }

    private func compared(
        _ code: String, _ old: ParcelStanding, _ new: ParcelStanding, keepsAll: Bool
    ) -> (change: ParcelChange?, stays: [FindingChange]) {
        let isReshaped = old.shape != new.shape
        let isCutAlike =
            !isReshaped && cutAlike(old.division.cutters, new.division.cutters)
            && old.division.sectors == new.division.sectors
        let areas = (ParcelChange.Areas(old.row), ParcelChange.Areas(new.row))
        let ground = groundChanges(old.division, new.division)
        if !keepsAll, isCutAlike, ground.isEmpty, areas.0 == areas.1, old.findings == new.findings { return (nil, []) }
        let pairs = isCutAlike ? new.parts.map { ($0.place, $0.place, $0.area) } : pieces(old, new, isReshaped: isReshaped)
        var account = FindingAccount(of: old, and: new, keepsAll: keepsAll)
        for (was, now, area) in pairs { account.add(was, now, area) }
        guard isReshaped || areas.0 != areas.1 || !ground.isEmpty || !account.changes.isEmpty else { return (nil, account.stays) }
        let losses =
            lostLayers(old.division, new.division).map { Loss(parcel: code, what: .lostZone, parameter: $0) }
            + account.conflicts.sorted().map { Loss(parcel: code, what: .gainedConflict, parameter: $0) }
            + account.lost.sorted().map { Loss(parcel: code, what: .lostParameter, parameter: $0) }
        let change = ParcelChange(
            code: code, kind: .changed, reshaped: isReshaped, before: areas.0, after: areas.1, ground: ground,
            findings: account.changes, losses: losses)
        return (change, account.stays)
    }

    /// Whether the same ground cuts the parcel in the same order, so that the parts are the same.
    private func cutAlike(_ one: [Feature], _ other: [Feature]) -> Bool {
        one.count == other.count && zip(one, other).allSatisfy(drawAlike)
    }

    private func drawAlike(_ one: Feature, _ other: Feature) -> Bool {
        let key = [one.id, other.id]
        if let known = same[key] { return known }
        let alike = one.area == other.area
        same[key] = alike
        return alike
    }

    /// The pieces of the parcel as it is after on which neither side's part changes, each with its part before, none where the parcel
    /// was not there, and after.
    private func pieces(_ old: ParcelStanding, _ new: ParcelStanding, isReshaped: Bool) -> [(was: Int?, now: Int, area: Int64)] {
        if !isReshaped {
            if old.division.parts.count == 1 { return new.parts.map { (0, $0.place, $0.area) } }
            if new.division.parts.count == 1 { return old.parts.map { ($0.place, 0, $0.area) } }
        }
        func cutters(_ division: Division) -> [MultiPolygon] { division.cutters.compactMap(\.area) + division.sectors }
        let (cuttersBefore, cuttersAfter) = (cutters(old.division), cutters(new.division))
        let shapes = isReshaped ? [old.shape] : []
        var (was, now): ([[Int]: Int], [[Int]: Int]) = ([:], [:])
        for (place, part) in old.division.parts.enumerated() { was[part.held] = place }
        for (place, part) in new.division.parts.enumerated() { now[part.held] = place }
        return cells(of: new.shape, cutBy: shapes + cuttersBefore + cuttersAfter).compactMap { cell in
            let end = shapes.count + cuttersBefore.count
            let heldBefore = cell.members.filter { $0 >= shapes.count && $0 < end }.map { $0 - shapes.count }
            let heldAfter = cell.members.filter { $0 >= end }.map { $0 - end }
            // A sliver of less than a square millimetre may have no part of its own.
            guard cell.area > 0, let place = now[heldAfter] else { return nil }
            let stood = !isReshaped || cell.members.first == 0
            return (stood ? was[heldBefore] : nil, place, cell.area)
        }
    }

    private func groundChanges(_ old: Division, _ new: Division) -> [GroundChange] {
        let (was, now) = (grounds(old, before), grounds(new, after))
        let names = Set(was.keys).union(now.keys).filter { was[$0] != now[$0] }
        return names.sorted { $0.inOrder.lexicographicallyPrecedes($1.inOrder) }.map {
            GroundChange(name: $0, before: was[$0], after: now[$0])
        }
    }

    private func grounds(_ division: Division, _ answerer: Answerer) -> [GroundChange.Name: Int64] {
        var grounds: [GroundChange.Name: Int64] = [:]
        for (isZone, pieces) in [(true, division.zones), (false, division.overlays)] {
            for piece in pieces {
                let slot = answerer.ground.slot(of: piece.feature)
                let name = GroundChange.Name(
                    isZone: isZone, layer: slot.layer, kind: isZone ? nil : piece.feature.kind ?? slot.layer, code: piece.feature.code,
                    plan: slot.plan)
                grounds[name, default: 0] += piece.area
            }
        }
        return grounds
    }

    /// The zone layers in which the parcel lay in a zone, and does no more.
    private func lostLayers(_ old: Division, _ new: Division) -> [String] {
        func layers(_ division: Division, _ answerer: Answerer) -> Set<String> {
            Set(division.zones.map { answerer.ground.slot(of: $0.feature).layer })
        }
        return layers(old, before).subtracting(layers(new, after)).sorted()
    }
}

extension ParcelStanding {
    fileprivate var parts: [(place: Int, area: Int64)] { division.parts.enumerated().map { ($0, $1.area) } }
}

extension ParcelChange.Areas {
    fileprivate init(_ row: Answer.ParcelRow) {
        self.init(grid: row.grid, deed: row.deed, effective: row.effective)
    }
}

extension GroundChange.Name {
    var inOrder: [String] { [isZone ? "" : "overlay", layer, kind ?? "", code ?? "", plan ?? ""] }
}
