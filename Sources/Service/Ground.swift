package import Persian
package import Spatial
package import Store
import Synchronization
import Formats

/// The features of one revision, in memory and indexed, with the layers that they came in. Immutable: threads share it.
package final class Ground: Sendable {
    package let city: CityFacts
    package let grid: Grid
    package let slots: [Slot]
    private let features: [Feature]
    private let byRole: [Group: Indexed]
    private let places: [Int64: Int]
    /// Sound parcels by code.
    let parcels: [String: Feature]
    /// Why the parcels of a code were kept out, each reason with where it stands.
    private let keptOut: [String: [String]]
    /// Addresses in the order of their ids.
    private let addresses: [Feature]
    /// The words that addresses are found by, worked out when the first one is asked for.
    private let addressIndex = Mutex<AddressIndex?>(nil)
    /// The first address that names a parcel, by its code.
    let addressByParcel: [String: String]
    /// The city's limit and its outer control zone; nil where no boundary was delivered.
    let limit: MultiPolygon?
    let harim: MultiPolygon?
    /// The kinds of overlay that each slot holds.
    let overlayKinds: [Int: Set<String>]
    /// The greatest stated accuracy of any layer in millimetres: how far around a place anything may matter.
    let greatestAccuracy: Int64

    /// One role's sound features, or all that were kept out.
    private enum Group: Hashable {
        case sound(Role)
        case quarantined
    }

    /// A group's features, found by their boxes.
    private struct Indexed: Sendable {
        let members: [Int]
        let index: BoxIndex
    }

    init(city: CityFacts, grid: Grid, slots: [Slot], features: [Feature]) {
        self.city = city
        self.grid = grid
        self.slots = slots
        self.features = features
        places = Dictionary(features.enumerated().map { ($1.id, $0) }) { first, _ in first }
        greatestAccuracy = slots.compactMap(\.accuracy).max() ?? 0
        var members: [Group: [Int]] = [:]
        var parcels: [String: Feature] = [:]
        var keptOut: [String: [String]] = [:]
        var addresses: [Feature] = []
        var addressByParcel: [String: String] = [:]
        var outlines: [String: [Polygon]] = [:]
        var kinds: [Int: Set<String>] = [:]
        for (position, feature) in features.enumerated() {
            let role = slots[feature.slot].role
            if feature.geometry?.box != nil {
                members[feature.quarantine == nil ? .sound(role) : .quarantined, default: []].append(position)
            }
            // A layer holds a kind also where its only feature of it was kept out.
            if role == .overlay { kinds[feature.slot, default: []].insert(feature.kind ?? slots[feature.slot].layer) }
            if let reason = feature.quarantine {
                if role == .parcels, let code = feature.code {
                    keptOut[code, default: []].append("\(slots[feature.slot].layer), \(feature.line): \(reason)")
                }
                continue
            }
            switch role {
            case .parcels:
                if let code = feature.code { parcels[code] = feature }
            case .addresses:
                addresses.append(feature)
                if let parcel = feature.text("parcel"), addressByParcel[parcel] == nil { addressByParcel[parcel] = feature.addressText }
            case .boundary:
                outlines[feature.code == "harim" ? "harim" : "limit", default: []] += feature.area?.polygons ?? []
            default: break
            }
        }
        self.parcels = parcels
        self.keptOut = keptOut
        self.addresses = addresses
        self.addressByParcel = addressByParcel
        limit = outlines["limit"].map { MultiPolygon($0) }
        harim = outlines["harim"].map { MultiPolygon($0) }
        overlayKinds = kinds
        byRole = members.mapValues { members in
            Indexed(members: members, index: BoxIndex(members.compactMap { features[$0].geometry?.box }))
        }
    }

    /// The sound features of a role whose boxes meet a box, in the order of their ids.
    func candidates(_ role: Role, in box: Box) -> [Feature] { found(.sound(role), in: box) }

    /// The features that were kept out whose boxes meet a box.
    func quarantined(in box: Box) -> [Feature] { found(.quarantined, in: box) }

    private func found(_ group: Group, in box: Box) -> [Feature] {
        guard let indexed = byRole[group] else { return [] }
        var found: [Int] = []
        indexed.index.search(box) { found.append(indexed.members[$0]) }
        return found.sorted().map { features[$0] }
    }

    func feature(_ id: Int64) -> Feature? { places[id].map { features[$0] } }

    /// The addresses that share a word with what was typed: all that fit it are among them.
    func addresses(thatMayFit typed: AddressKey) -> [(key: AddressKey, address: Feature)] {
        let index = addressIndex.withLock { index in
            let made = index ?? AddressIndex(addresses.map(\.addressText))
            index = made
            return made
        }
        return index.candidates(for: typed).map { (key: index.keys[$0], address: addresses[$0]) }
    }

    func parcel(_ code: String) throws(ServiceError) -> Feature {
        guard let parcel = parcels[code] else { throw .noSuchParcel(code, keptOut: keptOut[code] ?? []) }
        return parcel
    }

    func slot(of feature: Feature) -> Slot { slots[feature.slot] }
}

/// One delivered share of a layer: what was said of it when it was accepted.
package struct Slot: Sendable {
    package let role: Role
    package let layer: String
    package let plan: String?
    /// Stated accuracy in millimetres; nil when nobody has stated one.
    package let accuracy: Int64?
    package let dataDay: Day?
    /// The first day on which the data count as stale; nil when no limit was stated.
    package let staleAfter: Day?
    let covers: Covers

    /// Whether the data are stale on a day; nil when nobody has said when they would be.
    func isStale(on day: Day) -> Bool? {
        staleAfter.map { day >= $0 }
    }
}

/// One feature as it stands in a revision.
struct Feature: Sendable {
    let id: Int64
    let slot: Int
    let line: String
    let code: String?
    let fields: [String: JSON]
    let geometry: Geometry?
    /// Why it was kept out of answers; nil when it is sound.
    let quarantine: String?

    func text(_ field: String) -> String? { fields[field]?.asString }

    var area: MultiPolygon? {
        if case .area(let area)? = geometry { area } else { nil }
    }
}
