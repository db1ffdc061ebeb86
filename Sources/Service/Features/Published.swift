import Formats
import Synchronization

/// What of an open revision is published: its layers, their CRS, and the features that queries wanted of late.
package final class Published: Sendable {
    package let layers: [PublishedLayer]
    /// The first is the usual one; features are stored in the last.
    package let crs: [PublishedCRS]
    private let town: Town
    private let wanted = Mutex<[(key: String, numbers: [UInt32])]>([])

    /// Lists of features that stay, so that the pages of one list are looked for once.
    private static let kept = 16

    init(_ town: Town) throws(ServiceError) {
        self.town = town
        layers = town.publishedLayers()
        let own = try PublishedCRS.own(town.ground.city.crs)
        crs = [.crs84, .wgs84, .webMercator].filter { $0.uri != own.uri } + [own]
    }

    package var storageCRS: PublishedCRS { crs[crs.count - 1] }

    package func layer(_ id: String) -> PublishedLayer? { layers.first { $0.id == id } }

    package func feature(called id: String, in layer: PublishedLayer) -> UInt32? { town.feature(called: id, in: layer) }

    /// The numbers of the features that a query wants.
    ///
    /// - Parameter key: says of two queries whether they are the same.
    package func features(of layer: PublishedLayer, _ query: FeatureQuery, key: String) throws(QueryFailure) -> [UInt32] {
        let key = layer.id + "\n" + key
        let known = wanted.withLock { wanted in
            wanted.firstIndex { $0.key == key }.map { place in
                let found = wanted.remove(at: place)
                wanted.insert(found, at: 0)
                return found.numbers
            }
        }
        if let known { return known }
        let numbers = try town.features(of: layer, query)
        wanted.withLock { wanted in
            wanted.insert((key, numbers), at: 0)
            if wanted.count > Self.kept { wanted.removeLast() }
        }
        return numbers
    }
}
