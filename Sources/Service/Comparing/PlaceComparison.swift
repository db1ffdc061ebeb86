import Formats
package import Persian
package import Planning
import Spatial
package import Store

/// One place on one side and on the other: every rule of its parcels, what differs as `TownChange` finds it, and what stays.
package struct PlaceComparison: Sendable {
    /// Which revision a side is, and on which day it was asked.
    package struct Seen: Hashable, Sendable {
        package let revision: Int
        package let root: Digest
        package let day: Day
    }

    /// A parcel, or the ground of no parcel that holds the point.
    package struct Part: Sendable {
        /// Nil without a parcel.
        package let parcel: String?
        /// Nil where nothing differs.
        package let kind: ParcelChange.Kind?
        package let reshaped: Bool
        package let before: ParcelChange.Areas?
        package let after: ParcelChange.Areas?
        package let ground: [GroundChange]
        /// What is said otherwise: of a changed parcel what `TownChange` has; of a new or vanished one all that is or was said.
        package let findings: [FindingChange]
        package let losses: [Loss]
        /// What is said alike, each as it is on both sides.
        package let stays: [FindingChange]
    }

    package let before: Seen
    package let after: Seen
    /// By code; ground without a parcel last.
    package let parts: [Part]
}

/// Compares one place. It is used from one thread.
package final class PlaceComparer {
    private let before: Side
    private let after: Side
    private let comparer: Comparer
    /// Nil where the place is none on that side.
    private let was: Answer?
    private let now: Answer?

    /// - Parameter given: facts that are said of the place on both sides.
    /// - Throws: what is wrong with the place after, where it is none on either side.
    package init(_ place: Question.Place, _ before: Side, _ after: Side, given: [String: Fact.Value]) throws(ServiceError) {
        (self.before, self.after) = (before, after)
        comparer = try Comparer(before, after, given: given)
        var missing: ServiceError?
        func answer(_ answerer: Answerer, _ side: Side) throws(ServiceError) -> Answer? {
            do throws(ServiceError) { return try answerer.answer(Question(place: place, on: side.day, given: given)) } catch {
                switch error {
                case .noSuchParcel, .addressFits: missing = error
                default: throw error
                }
                return nil
            }
        }
        was = try answer(comparer.before, before)
        now = try answer(comparer.after, after)
        if let missing, was == nil, now == nil { throw missing }
    }

    /// The parcels that hold the place on either side.
    private var codes: [String] {
        Set([was, now].flatMap { $0?.holders ?? [] }).sorted()
    }

    package func comparison() throws(ServiceError) -> PlaceComparison {
        var parts: [PlaceComparison.Part] = []
        for code in codes {
            guard let (change, stays) = try comparer.compared(code) else { continue }
            parts.append(
                PlaceComparison.Part(
                    parcel: code, kind: change?.kind, reshaped: change?.reshaped ?? false, before: change?.before, after: change?.after,
                    ground: change?.ground ?? [], findings: change?.findings ?? [], losses: change?.losses ?? [], stays: stays))
        }
        if let part = withoutParcel() { parts.append(part) }
        return PlaceComparison(before: seen(before), after: seen(after), parts: parts)
    }

    private func seen(_ side: Side) -> PlaceComparison.Seen {
        PlaceComparison.Seen(revision: side.town.revision, root: side.town.root, day: side.day)
    }

    /// The ground at a point that no parcel holds on either side: a street's, or the open country's.
    private func withoutParcel() -> PlaceComparison.Part? {
        guard codes.isEmpty, let was, let now else { return nil }
        func findings(_ answer: Answer) -> [Finding] { answer.findings.filter { $0.parcel == nil } }
        let account = FindingAccount(of: findings(was), and: findings(now))
        func names(_ answer: Answer) -> Set<GroundChange.Name> {
            func names(_ rows: [Answer.GroundRow], isZone: Bool) -> [GroundChange.Name] {
                rows.filter { $0.parcel == nil && $0.relation != .near }.map { $0.name(isZone: isZone) }
            }
            return Set(names(answer.zones, isZone: true) + names(answer.overlays, isZone: false))
        }
        let (old, new) = (names(was), names(now))
        let ground = old.symmetricDifference(new).sorted { $0.inOrder.lexicographicallyPrecedes($1.inOrder) }.map {
            GroundChange(name: $0, before: old.contains($0) ? 0 : nil, after: new.contains($0) ? 0 : nil)
        }
        return PlaceComparison.Part(
            parcel: nil, kind: account.changes.isEmpty && ground.isEmpty ? nil : .changed, reshaped: false, before: nil, after: nil,
            ground: ground, findings: account.changes, losses: [], stays: account.stays)
    }

    /// The parcels on both sides, and the zones and overlays on them that are not the same, in longitude and latitude (RFC 7946); each
    /// with `side`, `before` or `after`.
    package func geoJSON() throws(ServiceError) -> [UInt8] {
        let changed = Set(try comparison().parts.flatMap { part in part.ground.map(\.name) })
        var features: [JSON] = []
        for (name, answer, answerer) in [("before", was, comparer.before), ("after", now, comparer.after)] {
            guard let answer else { continue }
            func add(_ role: String, _ properties: JSON, _ geometry: JSON) {
                var object = properties.asObject ?? [:]
                (object["role"], object["side"]) = (.string(role), .string(name))
                features.append(.object(["type": "Feature", "geometry": geometry, "properties": .object(object)]))
            }
            for code in codes {
                guard let parcel = answerer.ground.parcelIfAny(code), let shape = parcel.area else { continue }
                add("parcel", .object(["code": .string(code)]), try answerer.rings(of: shape))
            }
            for (role, isZone, rows) in [("zone", true, answer.zones), ("overlay", false, answer.overlays)] {
                for row in rows where row.relation != .near && changed.contains(row.name(isZone: isZone)) {
                    guard let feature = answerer.ground.feature(row.feature) else { continue }
                    let parcel = row.parcel.flatMap { answerer.ground.parcelIfAny($0)?.area }
                    add(role, row.json, try answerer.geometry(of: feature, within: parcel))
                }
            }
        }
        return JSON.object(["type": .string("FeatureCollection"), "features": .array(features)]).canonical() + [UInt8(ascii: "\n")]
    }
}

extension Answer.GroundRow {
    fileprivate func name(isZone: Bool) -> GroundChange.Name {
        GroundChange.Name(isZone: isZone, layer: layer, kind: isZone ? nil : kind, code: code, plan: plan)
    }
}

extension PlaceComparison {
    /// All of it, as canonical bytes (RFC 8785) and one newline. A parcel has the keys that `diff` gives it, and `stays`.
    package var bytes: [UInt8] { json.canonical() + [UInt8(ascii: "\n")] }

    var json: JSON { .object(["from": before.json, "to": after.json, "parcels": .array(parts.map(\.json))]) }
}

extension PlaceComparison.Seen {
    fileprivate var json: JSON {
        .object(["revision": JSON(revision), "root": .string(root.hex), "on": .string(day.iso)])
    }
}

extension PlaceComparison.Part {
    fileprivate var json: JSON {
        .object([
            "parcel": .init(parcel), "kind": .string(kind?.rawValue ?? "same"), "reshaped": .bool(reshaped),
            "before": before?.json ?? .null, "after": after?.json ?? .null, "ground": .array(ground.map(\.json)),
            "findings": .array(findings.map(\.json)), "losses": .array(losses.map(\.json)), "stays": .array(stays.map(\.json)),
        ])
    }
}
