package import CQL2
import Formats
import Persian
import Spatial

extension PublishedLayer {
    /// What a filter may ask of a feature, by name; its geometry is called `geometry`.
    package var queryables: [String: CQL2.Expression.Kind] {
        var kinds: [String: CQL2.Expression.Kind] = ["geometry": .geometry]
        for property in properties {
            kinds[property.name] =
                switch property.kind {
                case .text: .text
                case .number: .number
                case .day: .day
                }
        }
        return kinds
    }

    /// A feature's value as a filter sees it; nil where it has none.
    func queried(_ name: String, of feature: Feature, in ground: Ground) -> PropertyValue? {
        if name == "geometry" { return Self.geometry(of: feature, in: ground).map { .geometry($0) } }
        guard let property = properties.first(where: { $0.name == name }) else { return nil }
        let value = value(property, of: feature, in: ground)
        return switch property.kind {
        case .text: value.asString.map { .text($0) }
        case .number: value.asDecimal.map { .number($0) }
        case .day: value.asString.flatMap { Day(iso: $0) }.map { .day($0) }
        }
    }
}

extension Answerer {
    /// A filter ready to be asked of a layer's features, its geometries in a CRS and that one's order of axes.
    package func bound(_ filter: Filter, to layer: PublishedLayer, in crs: PublishedCRS) throws(ExpressionFault) -> BoundFilter {
        let around = layer.box.flatMap { box($0, in: crs) }
        let frame = Frame(
            startsWithLongitude: crs.isDegrees && !crs.isNorthFirst,
            extent: around.map { around in
                crs.isNorthFirst
                    ? (low: (around.south, around.west), high: (around.north, around.east))
                    : (low: (around.west, around.south), high: (around.east, around.north))
            }
        ) { (first, second) throws(SpatialError) in
            let (x, y) = crs.eastNorth(first, second)
            guard let point = self.point(x: x, y: y, in: crs) else {
                throw .untransformable(x: x, y: y, reason: "it lies beyond what a city's grid reaches")
            }
            return point
        }
        return try filter.bound(to: layer.queryables, in: frame)
    }
}
