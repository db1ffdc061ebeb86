import Formats
package import Persian
package import Spatial
import Store

/// The features of one revision, with the layers that they came in. Immutable: threads share it.
///
/// They lie in the revision's atlas, or in memory as they were read from the store, which the one is checked against.
package final class Ground: Sendable {
    package let city: GroundFacts
    package let grid: Grid
    package let slots: [Slot]
    /// The city's limit and its outer control zone; nil where no boundary was delivered.
    let limit: MultiPolygon?
    let harim: MultiPolygon?
    /// The kinds of overlay that each slot holds.
    let overlayKinds: [Int: Set<String>]
    /// The greatest stated accuracy of any layer in millimetres: how far around a place anything may matter.
    let greatestAccuracy: Int64
    /// The numbers of the outlines' shapes in the atlas, where parcels' shares of them are known.
    let shapeOfLimit: Int?
    let shapeOfHarim: Int?
    /// By the numbers that the law's events give them.
    let sectors: [Sector]
    private let source: Source

    private enum Source {
        case rows(RowGround)
        case atlas(AtlasGround)
    }

    init(_ rows: RowGround, city: GroundFacts, slots: [Slot], sectors: [MultiPolygon]) {
        self.city = city
        self.slots = slots
        grid = city.grid
        limit = rows.limit
        harim = rows.harim
        overlayKinds = rows.overlayKinds
        greatestAccuracy = slots.compactMap(\.accuracy).max() ?? 0
        (shapeOfLimit, shapeOfHarim) = (nil, nil)
        self.sectors = sectors.map { Sector(area: $0, shape: nil) }
        source = .rows(rows)
    }

    init(_ atlas: AtlasGround) {
        city = atlas.city
        slots = atlas.slots
        grid = atlas.city.grid
        limit = atlas.limit
        harim = atlas.harim
        overlayKinds = atlas.overlayKinds
        greatestAccuracy = slots.compactMap(\.accuracy).max() ?? 0
        (shapeOfLimit, shapeOfHarim) = (atlas.shapeOfLimit, atlas.shapeOfHarim)
        sectors = atlas.sectors
        source = .atlas(atlas)
    }

    /// The sound features of a role whose boxes meet a box, in the order in which they came.
    func candidates(_ role: Role, in box: Box) -> [Feature] {
        switch source {
        case .rows(let rows): rows.candidates(role, in: box)
        case .atlas(let atlas): atlas.candidates(role, in: box)
        }
    }

    /// As `candidates`, of those only that a condition on their number and whether they are areas holds of; none in a ground of rows.
    func candidates(_ role: Role, in box: Box, where holds: (_ number: Int, _ isArea: Bool) -> Bool) -> [Feature] {
        switch source {
        case .rows: []
        case .atlas(let atlas): atlas.candidates(role, in: box, where: holds)
        }
    }

    /// A parcel's ground in every zone, overlay and outline; nil in a ground of rows.
    func shares(of parcel: Feature) -> [Share]? {
        switch source {
        case .rows: nil
        case .atlas(let atlas): atlas.shares.shares(of: Int(parcel.id))
        }
    }

    /// What cuts parcels by their numbers; nil in a ground of rows. One a thread.
    var cutter: ParcelCutter? {
        switch source {
        case .rows: nil
        case .atlas(let atlas): atlas.cutter
        }
    }

    /// Every parcel, zone and overlay that holds a point; nil in a ground of rows.
    func holders(of point: Point) -> [Holder]? {
        switch source {
        case .rows: nil
        case .atlas(let atlas): atlas.holders(of: point)
        }
    }

    /// The parcels, zones and overlays whose edges come within their layers' accuracies of a point; nil in a ground of rows.
    func close(to point: Point) -> [Int]? {
        switch source {
        case .rows: nil
        case .atlas(let atlas): atlas.close(to: point, greatestAccuracy: greatestAccuracy)
        }
    }

    /// Millimetres from a feature's edge to a point; nil in a ground of rows.
    func distance(of number: Int, to point: Point) -> Double? {
        switch source {
        case .rows: nil
        case .atlas(let atlas): atlas.distance(of: number, to: point)
        }
    }

    /// The features that were kept out whose boxes meet a box.
    func quarantined(in box: Box) -> [Feature] {
        switch source {
        case .rows(let rows): rows.quarantined(in: box)
        case .atlas(let atlas): atlas.quarantined(in: box)
        }
    }

    /// The numbers of the sound parcels, ascending; none in a ground of rows.
    var parcelNumbers: [Int] {
        switch source {
        case .rows: []
        case .atlas(let atlas): atlas.parcelNumbers
        }
    }

    /// The numbers among which those of some slots' features are; none in a ground of rows.
    func numbers(of slots: Set<Int>) -> Range<Int> {
        switch source {
        case .rows: 0..<0
        case .atlas(let atlas): atlas.numbers(of: slots)
        }
    }

    /// The numbers of a role's sound features whose boxes meet a box, ascending; none in a ground of rows.
    func numbers(of role: Role, in box: Box) -> [Int] {
        switch source {
        case .rows: []
        case .atlas(let atlas): atlas.numbers(of: role, in: box)
        }
    }

    /// Whether a number is a parcel's; in a ground of rows none is.
    func isParcel(_ number: Int) -> Bool {
        switch source {
        case .rows: false
        case .atlas(let atlas): atlas.isParcel(number)
        }
    }

    /// Whether a number is a sound feature's of one of some slots.
    func stands(_ number: Int, in slots: Set<Int>) -> Bool {
        switch source {
        case .rows: false
        case .atlas(let atlas): atlas.stands(number, in: slots)
        }
    }

    /// The number of a feature's row in the store; in a ground of rows its own.
    func record(of number: Int) -> Int64 {
        switch source {
        case .rows: Int64(number)
        case .atlas(let atlas): atlas.record(of: number)
        }
    }

    func feature(_ id: Int64) -> Feature? {
        switch source {
        case .rows(let rows): rows.feature(id)
        case .atlas(let atlas): atlas.feature(Int(id))
        }
    }

    /// The sound parcel of a code.
    func parcelIfAny(_ code: String) -> Feature? {
        switch source {
        case .rows(let rows): rows.parcels[code]
        case .atlas(let atlas): atlas.parcel(code)
        }
    }

    func parcel(_ code: String) throws(ServiceError) -> Feature {
        guard let parcel = parcelIfAny(code) else { throw .noSuchParcel(code, keptOut: parcelsKeptOut(code)) }
        return parcel
    }

    /// Why the parcels of a code that do not count do not, each reason with where it stands.
    private func parcelsKeptOut(_ code: String) -> [String] {
        let kept =
            switch source {
            case .rows(let rows): rows.quarantined(code: code)
            case .atlas(let atlas): atlas.quarantined(code: code)
            }
        return kept.filter { slot(of: $0).role == .parcels }.map { "\(slot(of: $0).layer), \($0.line): \($0.quarantine ?? "")" }
    }

    /// The text of the first address that names a parcel.
    func address(ofParcel parcel: Feature) -> String? {
        switch source {
        case .rows(let rows): parcel.code.flatMap { rows.addressByParcel[$0] }
        case .atlas(let atlas): atlas.address(ofParcel: Int(parcel.id))
        }
    }

    /// The addresses that share a word with what was typed: all that fit it are among them.
    func addresses(thatMayFit typed: AddressKey) -> [(key: AddressKey, address: Feature)] {
        switch source {
        case .rows(let rows): rows.addresses(thatMayFit: typed)
        case .atlas(let atlas): atlas.addresses(thatMayFit: typed)
        }
    }

    func slot(of feature: Feature) -> Slot { slots[feature.slot] }

    /// A point within a parcel, put there when it was taken in; nil where none was.
    func storedInterior(of parcel: Feature) -> Point? {
        guard let pair = parcel.fields["interior"]?.asArray, pair.count == 2, let x = pair[0].asNumber, let y = pair[1].asNumber else {
            return nil
        }
        return grid.point(x: x, y: y)
    }
}

/// What of a city an answer hangs on beside its records.
package struct GroundFacts: Sendable {
    package let crs: String
    let grid: Grid
    /// Metres above the ellipsoid; nil where none is stated.
    let height: Decimal?
    let scaleField: ScaleField?
    /// The changes of CRS that were pinned by the revision.
    let operations: [Spatial.Operation]
    /// The fast way between the city's metres and degrees; nil where PROJ is asked for every place.
    let fit: LocalFit?
}

/// Ground that an event alone concerns.
struct Sector: Sendable {
    let area: MultiPolygon
    /// The number of its shape in the atlas.
    let shape: Int?
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
    /// The number of its shape in the atlas, where parcels' shares of it are known.
    var shapeOfCovers: Int?

    /// Whether the data are stale on a day; nil when nobody has said when they would be.
    func isStale(on day: Day) -> Bool? {
        staleAfter.map { day >= $0 }
    }
}

/// One feature as it stands in a revision.
struct Feature: Sendable {
    /// Its own within the ground that it is of.
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
