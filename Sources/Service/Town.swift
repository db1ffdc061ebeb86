import Formats
import Persian
package import Planning
package import Spatial
package import Store
import Synchronization

package typealias Role = Store.Role
package typealias Fault = Store.Fault

package enum Version {
    package static let text = "0.1.0"
}

/// One revision of a city made ready for questions: its ground, its law, and the operations pinned in it. Immutable.
package struct Town: Sendable {
    package let ground: Ground
    package let law: Law
    package let revision: Int
    package let root: Digest
    package let operations: [Operation]
    /// The fast way between the city's metres and degrees.
    let fit: Fitting

    /// Loads a revision; nil takes the newest.
    package init(_ file: CityFile, known: Int? = nil) throws(ServiceError) {
        self = try storing { () throws(StoreError) in
            try file.snapshot { () throws(StoreError) in
                let newest = try file.currentRevision()
                let revision = known ?? newest
                guard revision >= 0, revision <= newest else { throw .missing("revision \(revision)") }
                return try Town(file, at: revision)
            }
        }
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
        for role in Role.allCases where role.isSpatial {
            for row in try file.stored(role, at: revision) {
                guard let slot = places[SlotKey(role, row.layer, row.plan)] else {
                    throw .corrupt(reason: "record \(row.id) (\(row.line)) stands in no layer of revision \(revision)")
                }
                features.append(
                    Feature(
                        id: row.id, slot: slot, line: row.line, code: row.code, fields: row.fields, geometry: try row.geometry(),
                        quarantine: row.quarantine))
            }
        }
        ground = Ground(
            city: file.city, grid: file.city.grid ?? Grid(originX: 0, originY: 0), slots: slots, features: features)
        law = try Law(file, at: revision)
        self.revision = revision
        root = try file.recordedRoot(of: revision)
        operations = try file.operations()
        let (toDegrees, extent, grid) = (operations.toDegrees(from: file.city.crs.code), ground.extent, ground.grid)
        fit = Fitting {
            guard let toDegrees, let extent else { return nil }
            return try? LocalFit(toDegrees, over: extent, of: grid)
        }
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
}

extension Town {
    /// The program's version and the operation that gives longitude and latitude: what an answer's numbers hang on beside the
    /// data.
    var engine: String { "shahrsaz \(Version.text); \(toDegrees?.definition ?? "")" }

    var toDegrees: Operation? { operations.toDegrees(from: ground.city.crs.code) }
}

extension [Operation] {
    fileprivate func toDegrees(from crs: String) -> Operation? {
        first { $0.source == crs && $0.target == Placement.degrees }
    }
}

/// A city's fit, made when the first answerer wants it and then shared by all. Making it takes milliseconds.
final class Fitting: Sendable {
    private let make: @Sendable () -> LocalFit?
    private let made = Mutex<LocalFit??>(nil)

    init(_ make: @escaping @Sendable () -> LocalFit?) {
        self.make = make
    }

    /// Nil where PROJ has to be asked for every place.
    var value: LocalFit? {
        made.withLock { made in
            if case .some(let fit) = made { return fit }
            let fit = make()
            made = .some(fit)
            return fit
        }
    }
}
