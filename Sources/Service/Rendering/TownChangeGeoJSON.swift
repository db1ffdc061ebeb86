import Formats
import Spatial

extension TownChange {
    /// Each changed parcel's polygon in longitude and latitude (RFC 7946), as it is after, or was where it is gone. Properties are flat, so
    /// that a GIS can sort and colour by them; `change` holds the whole.
    package func geoJSON(_ before: Side, _ after: Side) throws(ServiceError) -> [UInt8] {
        let was = try Answerer(before.town, on: before.day, given: [:], takesSecondOpinion: false)
        let now = try Answerer(after.town, on: after.day, given: [:], takesSecondOpinion: false)
        var features: [JSON] = []
        for change in changes {
            let answerer = change.kind == .vanished ? was : now
            guard let shape = try answerer.ground.parcel(change.code).area else { continue }
            features.append(
                .object(["type": .string("Feature"), "geometry": try answerer.rings(of: shape), "properties": change.properties]))
        }
        return JSON.object(["type": .string("FeatureCollection"), "features": .array(features)]).canonical() + [UInt8(ascii: "\n")]
    }
}

extension ParcelChange {
    fileprivate var properties: JSON {
        let parameters = Set(findings.map(\.parameter)).sorted().joined(separator: " ")
        return .object([
            "parcel": .string(code), "kind": .string(kind.rawValue), "reshaped": .bool(reshaped), "parameters": .string(parameters),
            "area": .init(Measure.squareMetres(findings.map(\.area).max() ?? 0)), "losses": JSON(losses.count), "change": json,
        ])
    }
}
