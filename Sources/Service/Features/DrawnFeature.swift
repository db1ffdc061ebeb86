package import Spatial
import Store

/// A feature as a map draws it.
package struct DrawnFeature: Sendable {
    package let role: Role
    package let layer: String
    /// Its own within the revision.
    package let number: Int
    /// The number of its row in the store.
    package let record: Int64
    package let code: String?
    package let name: String?
    package let plan: String?
    package let geometry: Geometry
}

extension Town {
    /// The features of a layer whose boxes meet a box and that count on one of some legal days, in their order.
    package func drawn(_ layer: PublishedLayer, in box: Box, on days: FeatureQuery.Days?) -> [DrawnFeature] {
        var query = FeatureQuery()
        query.days = days
        return features(of: layer, query, near: box).compactMap { drawn($0) }
    }

    /// The same of all layers of some roles.
    package func drawn(_ roles: [Role], in box: Box, on days: FeatureQuery.Days) -> [DrawnFeature] {
        features(of: roles, on: days, near: box).compactMap { drawn($0) }
    }

    private func drawn(_ feature: Feature) -> DrawnFeature? {
        guard let geometry = feature.geometry else { return nil }
        let slot = ground.slots[feature.slot]
        return DrawnFeature(
            role: slot.role, layer: slot.layer, number: Int(feature.id), record: ground.record(of: Int(feature.id)), code: feature.code,
            name: feature.text("name"), plan: slot.plan, geometry: geometry)
    }

    /// A box around all that the city has; nil where it has no ground.
    package func box(of layers: [PublishedLayer]) -> Box? {
        layers.compactMap(\.box).reduce(nil) { found, box in found?.united(with: box) ?? box }
    }

    /// The codes that stand in a layer, sorted, each with the first name that goes with it.
    package func codes(in layer: PublishedLayer) -> [(code: String, name: String?)] {
        var names: [String: String?] = [:]
        for number in layer.numbers where ground.stands(number, in: layer.slots) {
            guard let feature = ground.feature(Int64(number)), let code = feature.code, names[code] == nil else { continue }
            names[code] = .some(feature.text("name"))
        }
        return names.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    package var grid: Grid { ground.grid }
}

extension Answerer {
    /// The way between the city's metres and degrees. Belongs to the answerer's thread.
    package var projector: Projector { degrees }
}
