import Formats
import Spatial
import Store
import Synchronization

/// A revision's features in memory, as they were read from the store: the plain way, slow to open and simple to trust.
final class RowGround: Sendable {
    private let features: [Feature]
    private let byRole: [Group: Indexed]
    private let places: [Int64: Int]
    /// Sound parcels by code.
    let parcels: [String: Feature]
    /// Addresses in the order of their ids.
    private let addresses: [Feature]
    /// The words that addresses are found by, worked out when the first one is asked for.
    private let addressIndex = Mutex<AddressIndex?>(nil)
    /// The first address that names a parcel, by its code.
    let addressByParcel: [String: String]
    let limit: MultiPolygon?
    let harim: MultiPolygon?
    let overlayKinds: [Int: Set<String>]

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

    init(_ features: [Feature], slots: [Slot]) {
        self.features = features
        places = Dictionary(features.enumerated().map { ($1.id, $0) }) { first, _ in first }
        var members: [Group: [Int]] = [:]
        var parcels: [String: Feature] = [:]
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
            guard feature.quarantine == nil else { continue }
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
        self.addresses = addresses
        self.addressByParcel = addressByParcel
        limit = outlines["limit"].map { MultiPolygon($0) }
        harim = outlines["harim"].map { MultiPolygon($0) }
        overlayKinds = kinds
        byRole = members.mapValues { members in
            Indexed(members: members, index: BoxIndex(members.compactMap { features[$0].geometry?.box }))
        }
    }

    func candidates(_ role: Role, in box: Box) -> [Feature] { found(.sound(role), in: box) }

    func quarantined(in box: Box) -> [Feature] { found(.quarantined, in: box) }

    /// The features of a code that were kept out: looked for one by one, for they are seldom asked for.
    func quarantined(code: String) -> [Feature] { features.filter { $0.quarantine != nil && $0.code == code } }

    private func found(_ group: Group, in box: Box) -> [Feature] {
        guard let indexed = byRole[group] else { return [] }
        var found: [Int] = []
        indexed.index.search(box) { found.append(indexed.members[$0]) }
        return found.sorted().map { features[$0] }
    }

    func feature(_ id: Int64) -> Feature? { places[id].map { features[$0] } }

    func addresses(thatMayFit typed: AddressKey) -> [(key: AddressKey, address: Feature)] {
        let index = addressIndex.withLock { index in
            let made = index ?? AddressIndex(addresses.map(\.addressText))
            index = made
            return made
        }
        return index.candidates(for: typed).map { (key: index.keys[$0], address: addresses[$0]) }
    }
}
