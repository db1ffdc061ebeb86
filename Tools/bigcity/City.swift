package import Spatial

/// What is wrong with a city, or too right.
package enum Twin: String, CaseIterable, Sendable {
    /// Parcels share their borders exactly; zones follow streets and frontages and cut lots.
    case clean
    /// Zones are exact unions of parcels: every border of a zone is a border of parcels, with the same corners.
    case degenerate
    /// Parcels and zones overlap, gap and stand twice.
    case dirty
}

/// A made-up city on the millimetre grid around Torqabeh, in EPSG:32640.
package struct City: Sendable {
    package struct Zone: Hashable, Sendable {
        /// `landUse` or `height`.
        package let layer: String
        package let code: String
    }

    package struct Overlay: Hashable, Sendable {
        /// `river`, `fault` and `heritage` are areas, `powerLine` and `qanat` lines.
        package let kind: String
        package let code: String
    }

    /// The origin lies at the city's middle.
    package let grid = Grid(originX: 713_000_000, originY: 4_021_500_000)
    package let parcels: ShapeTable
    /// Street ground between two blocks or at a crossing, sharing its corners with the parcels along it.
    package let streets: ShapeTable
    /// By street: its width in whole metres.
    package let widths: [Int]
    package let zones: ShapeTable
    package let zoneNames: [Zone]
    package let overlays: ShapeTable
    package let overlayNames: [Overlay]
    /// The city's limit.
    package let boundary: MultiPolygon
    let lattice: Lattice
    let terrain: Terrain
    let seed: UInt64

    /// A parcel's renovation code, from its number.
    package func code(ofParcel number: Int) -> String {
        "\(number / 1_000_000 + 1)-\(number / 10_000 % 100 + 1)-\(number / 100 % 100 + 1)-\(number % 100 + 1)-0-0-0"
    }
}

/// A city of about so many parcels (to the end of a block). The same arguments give the same city.
package func make(parcels wanted: Int, twin: Twin = .clean, seed: UInt64 = 1404) -> City {
    // A block holds some 23 lots and is 2.9 times as long as it is deep, streets included.
    let columns = max(2, Int((Double(wanted) / 23 / 2.9).squareRoot().rounded(.up)))
    var lattice = Lattice(columns: columns, seed: seed)
    let terrain = Terrain(seed: seed, middle: Spot(lattice.width, lattice.width) / 2)
    var parcels = ParcelDrawing(terrain: terrain, dirt: twin == .dirty ? seed : nil)
    var streets = StreetDrawing(terrain: terrain)
    while parcels.shapes.kinds.count < wanted {
        lattice.addRow()
        var row: [Block] = []
        while row.count < columns, parcels.shapes.kinds.count < wanted {
            let block = lattice.block(columns * (lattice.rows.count - 1) + row.count)
            parcels.add(block)
            row.append(block)
        }
        lattice.endRow(after: row.count)
        streets.add(row, on: lattice)
    }

    let zoning = ZoneDrawing(lattice: lattice, terrain: terrain, seed: seed, parcels: wanted)
    var zones = zoning.zones(unions: twin == .degenerate)
    if twin == .dirty { zones = soiled(zones, seed: seed) }
    let across = OverlayDrawing(width: lattice.width, height: lattice.height, terrain: terrain, seed: seed)
    let overlays = across.overlays(parcels: wanted)
    return City(
        parcels: parcels.shapes.table, streets: streets.shapes.table, widths: streets.widths, zones: table(zones.map(\.shape)),
        zoneNames: zones.map(\.zone), overlays: table(overlays.map(\.shape)), overlayNames: overlays.map(\.overlay),
        boundary: zoning.limit(), lattice: lattice, terrain: terrain, seed: seed)
}

private func table(_ shapes: [Geometry]) -> ShapeTable {
    var writer = ShapeTableWriter()
    for shape in shapes { writer.append(shape) }
    return writer.table
}
