package import Formats
package import Persian
package import Planning
package import Spatial
package import Store

/// One revision of a city made ready for questions: its ground, its law, and the operations pinned in it. Immutable.
package struct Town: Sendable {
    package let ground: Ground
    package let law: Law
    package let revision: Int
    package let root: String
    package let operations: [Operation]

    /// The program's version and the operation that gives longitude and latitude: what an answer's numbers depend on beside
    /// the data.
    package var engine: String { "shahrsaz \(Version.text); \(toDegrees?.definition ?? "")" }

    package var toDegrees: Operation? {
        operations.first { $0.source == ground.city.crs && $0.target == "EPSG:4326" }
    }

    /// Opens a revision of a city; `around` keeps to what lies near a place, nil takes all.
    package init(_ store: borrowing Store, revision: Int, around: Reach) throws(ServiceError) {
        let loader = Loader(city: store.city, grid: store.grid)
        var loader2 = loader
        try loader2.load(store, revision: revision, around: around)
        ground = loader2.ground()
        law = try loader2.law(store, revision: revision)
        self.revision = revision
        root = try stored { () throws(StoreError) in try store.root(of: revision) }
        operations = try stored { () throws(StoreError) in try store.operations() }
    }
}

package enum Version {
    package static let text = "0.1.0"
}
