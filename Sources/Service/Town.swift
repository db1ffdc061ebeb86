import Atlas
import Formats
import Persian
package import Planning
import Spatial
package import Store

package typealias Role = Store.Role
package typealias Fault = Store.Fault

/// Which revision of the data a question is asked of.
package enum Known: Hashable, Sendable {
    case newest
    case revision(Int)
    /// The last that had been accepted by then.
    case time(Moment)
}

package enum Version {
    package static let text = "0.1.0"
}

/// One revision of a city made ready for questions: its ground and its law. Immutable.
package struct Town: Sendable {
    package let ground: Ground
    package let law: Law
    package let revision: Int
    package let root: Digest
    let borneOut: BorneOut?

    /// A revision from its atlas.
    ///
    /// - Parameters:
    ///   - borneOut: the second opinions taken on the atlas's areas, where they were.
    ///   - unreadable: where the law is read only as far as questions need it: goes on from a provision that can't be read. Nil reads
    ///     all of it now.
    init(
        _ atlas: AtlasFile, borneOut: BorneOut? = nil, unreadable: (@Sendable (String) -> Never)? = nil
    ) throws(ServiceError) {
        self.borneOut = borneOut
        ground = Ground(try AtlasGround(atlas))
        law = try Law(atlas, slots: ground.slots, unreadable: unreadable)
        revision = atlas.revision
        guard let root = Digest(bytes: atlas.root) else { throw .corrupt("the atlas of revision \(revision) names no root") }
        self.root = root
    }

    /// A revision read from the store row by row, without an atlas: what answers through the atlas are checked against. Nil takes
    /// the newest.
    package init(plainly city: String, _ known: Known) throws(ServiceError) {
        let file = try storing { () throws(StoreError) in try CityFile.open(city, for: .reading) }
        let revision = try file.revision(known)
        self = try storing { () throws(StoreError) in try file.snapshot { () throws(StoreError) in try Town(file, at: revision) } }
    }

    private init(_ file: CityFile, at revision: Int) throws(StoreError) {
        let layers = try file.layers(at: revision)
        let slots = layers.map { layer in
            Slot(
                role: layer.role, layer: layer.layer ?? layer.role.rawValue, plan: layer.plan, accuracy: layer.accuracy,
                dataDay: layer.dataDay, staleAfter: layer.staleAfter, covers: layer.covers)
        }
        var places: [SlotKey: Int] = [:]
        for (place, layer) in layers.enumerated() { places[SlotKey(layer.role, layer.layer, layer.plan)] = place }
        var features: [Feature] = []
        var parcelCodes: Set<String> = []
        for role in Role.allCases where role.isSpatial {
            for row in try file.stored(role, at: revision) {
                guard let slot = places[SlotKey(role, row.layer, row.plan)] else {
                    throw .corrupt(reason: "record \(row.id) (\(row.line)) stands in no layer of revision \(revision)")
                }
                if role == .parcels, row.quarantine == nil, let code = row.code, !parcelCodes.insert(code).inserted {
                    throw .corrupt(reason: "record \(row.id) (\(row.line)): the code \(code) names another parcel already")
                }
                features.append(
                    Feature(
                        id: row.id, slot: slot, line: row.line, code: row.code, fields: row.fields, geometry: try row.geometry(),
                        quarantine: row.quarantine))
            }
        }
        let city = GroundFacts(
            crs: file.city.crs.code, grid: file.city.grid ?? Grid(originX: 0, originY: 0), height: file.city.height,
            scaleField: ScaleField(stored: file.city.scale), operations: try file.operations(at: revision), fit: nil)
        ground = Ground(RowGround(features, slots: slots), city: city, slots: slots, sectors: try file.sectors(at: revision))
        law = try Law(file, at: revision)
        borneOut = nil
        self.revision = revision
        root = try file.recordedRoot(of: revision)
    }
}

private struct SlotKey: Hashable {
    let role: Role
    let layer: String?
    let plan: String?

    init(_ role: Role, _ layer: String?, _ plan: String?) {
        self.role = role
        self.layer = layer
        self.plan = plan
    }
}

extension CityFile {
    /// The root that a revision was accepted with; an empty city's is worked out.
    func recordedRoot(of revision: Int) throws(StoreError) -> Digest {
        revision == 0 ? try root(at: 0) : try self.revision(revision).root
    }

    /// The number of the revision that is meant; an error where there is none.
    func revision(_ known: Known) throws(ServiceError) -> Int {
        let newest = try storing { () throws(StoreError) in try currentRevision() }
        switch known {
        case .newest: return newest
        case .revision(let number):
            guard (0...newest).contains(number) else { throw .store(.missing("revision \(number)")) }
            return number
        case .time(let time):
            guard let number = try storing({ () throws(StoreError) in try revision(knownAt: time) }) else {
                throw .badInput(.nothingKnown(at: time))
            }
            return number
        }
    }
}

extension Town {
    /// The program's version and the operation that gives longitude and latitude: what an answer's numbers hang on beside the
    /// data.
    package var engine: String { "shahrsaz \(Version.text); \(toDegrees?.definition ?? "")" }

    var toDegrees: Spatial.Operation? { ground.city.operations.toDegrees(from: ground.city.crs) }
}

extension [Spatial.Operation] {
    /// The one that gives longitude and latitude from the city's CRS.
    func toDegrees(from crs: String) -> Spatial.Operation? {
        first { $0.source == crs && $0.target == Placement.degrees }
    }
}
