import BigCity
import Spatial

/// A city's parcels, zones and overlays that are areas, numbered through, and the index over them.
final class Ground {
    let city: City
    let shapes: ShapeTable
    /// By feature: 0 a parcel, 1 a zone, 2 an overlay.
    let groups: [UInt8]
    let index: LocationIndex
    /// The index's bytes.
    let indexSize: Int
    /// How long building the index took, in nanoseconds.
    let indexTime: Int64

    init(parcels: Int, twin: Twin, threads: Int) throws {
        city = BigCity.make(parcels: parcels, twin: twin)
        var writer = ShapeTableWriter()
        var groups: [UInt8] = []
        for (group, table) in [city.parcels, city.zones, city.overlays].enumerated() {
            for number in 0..<table.count where table.kind(number) == .area {
                writer.append(table.geometry(number))
                groups.append(UInt8(group))
            }
        }
        shapes = writer.table
        self.groups = groups
        let start = now()
        var sections = Sections()
        LocationIndex.sections(for: shapes, groups: groups, threads: threads, into: &sections)
        indexTime = now() - start
        let table = sections.table
        guard let index = LocationIndex(table) else { throw Trouble("the index cannot be read back") }
        self.index = index
        indexSize = table.memory.count
    }

    func features(of group: UInt8) -> [Int] { groups.indices.filter { groups[$0] == group } }

    /// Well-known binary in metres of EPSG:32640: a GeoPackage's without its header and envelope.
    func wkb(_ feature: Int) -> [UInt8] {
        guard let geometry = shapes.geometry(feature) else { return [] }
        return Array(GeoPackageBlob.encode(geometry, grid: city.grid, srsID: 32640).dropFirst(40))
    }

    func metres(_ points: [Point]) -> [(x: Double, y: Double)] { points.map { city.grid.metres($0) } }
}

struct Trouble: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
