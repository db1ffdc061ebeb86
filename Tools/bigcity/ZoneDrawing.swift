import Spatial

/// Puts the zones of two layers on the ground.
struct ZoneDrawing {
    let lattice: Lattice
    let terrain: Terrain
    let seed: UInt64
    /// The number of parcels that was asked for.
    let parcels: Int

    private static let landUses = ["R1", "R2", "R3", "B1", "R1", "R2", "C1", "R2", "M1", "G1", "P1", "S1", "S2", "S3", "S4", "S5"]
    private static let heights = ["H1", "H2", "H3", "H4", "H5"]

    /// From 50 zones in a town of 15,000 parcels to some 350 in a city of 500,000 and 400 in any larger one, most of them of
    /// land use; fewer in a village.
    /// - Parameter unions: draws each zone as the exact union of the parcels in it.
    func zones(unions: Bool) -> [(zone: City.Zone, shape: Geometry)] {
        let size = Double(parcels) / 15_000
        let eighth = size.squareRoot().squareRoot().squareRoot()
        let wanted = min(400, Int(50 * size.squareRoot() * eighth.squareRoot()))
        let heights = max(2, wanted / 8)
        return layer("landUse", 0, max(3, wanted - heights), Self.landUses, unions)
            + layer("height", 1, heights, Self.heights, unions)
    }

    private func layer(
        _ name: String, _ number: Int, _ wanted: Int, _ codes: [String], _ areUnions: Bool
    ) -> [(zone: City.Zone, shape: Geometry)] {
        let map = ZoneMap(lattice, wanted: wanted, layer: number, seed: seed)
        let areas = areUnions ? unions(map) : outlines(map, Course(lattice, layer: number, seed: seed))
        return areas.enumerated().map { zone, area in
            var dice = Dice(seed, .zones, number, zone + 1)
            return (City.Zone(layer: name, code: codes[dice.below(codes.count)]), .area(area))
        }
    }

    /// The city's limit: along the outermost streets.
    func limit() -> MultiPolygon {
        outlines(ZoneMap(whole: lattice), Course(lattice, layer: 0, seed: seed))[0]
    }

    private func outlines(_ map: ZoneMap, _ course: Course) -> [MultiPolygon] {
        var zones = Array(repeating: MultiPolygon([]), count: map.count)
        for piece in Tracing(map, on: lattice).pieces {
            let rings = [piece.shell] + piece.holes
            zones[piece.zone].polygons.append(terrain.polygon(rings.map { $0.flatMap(course.spots) }))
        }
        return zones
    }

    /// In some blocks under another zone the northern row goes to that one, so that zones also meet between lots.
    private func unions(_ map: ZoneMap) -> [MultiPolygon] {
        var zones = Array(repeating: MultiPolygon([]), count: map.count)
        for cell in map.zones.indices {
            let block = lattice.block(cell)
            let (column, row) = lattice.place(of: cell)
            let own = Int(map.zones[cell])
            let above = lattice.cell(column, row + 1).map { Int(map.zones[$0]) } ?? own
            var dice = Dice(seed, .split, cell)
            if above != own, dice.chance(0.5) {
                zones[own].polygons.append(terrain.polygon([block.outline(of: block.south)] + block.south.openings))
                zones[above].polygons.append(terrain.polygon([block.outline(of: block.north)] + block.north.openings))
            } else {
                zones[own].polygons.append(terrain.polygon([block.outline] + block.south.openings + block.north.openings))
            }
        }
        return zones
    }
}

/// Zones as careless draughtsmen leave them: one in five is moved by up to 2 m, one in twenty is there twice, one in thirty missing.
func soiled(_ zones: [(zone: City.Zone, shape: Geometry)], seed: UInt64) -> [(zone: City.Zone, shape: Geometry)] {
    zones.enumerated().flatMap { number, entry in
        var dice = Dice(seed, .dirt, number, 1)
        guard case .area(let area) = entry.shape else { return [entry] }
        return switch dice.unit() {
        case ..<0.2: [(entry.zone, .area(area.moved(by: 2000, &dice)))]
        case ..<0.25: [entry, entry]
        case ..<0.28: []
        default: [entry]
        }
    }
}
