import Spatial

/// Puts blocks' lots on the ground as parcels.
struct ParcelDrawing {
    let terrain: Terrain
    /// The seed of the faults to make; nil makes none.
    let dirt: UInt64?
    private(set) var shapes = ShapeTableWriter()
    private var surveyed = 0

    init(terrain: Terrain, dirt: UInt64?) {
        self.terrain = terrain
        self.dirt = dirt
    }

    mutating func add(_ block: Block) {
        for lot in block.south.lots + block.north.lots {
            let parcel = MultiPolygon(lot.outlines.map { terrain.polygon($0) })
            if let dirt {
                add(parcel, block, dirt)
            } else {
                shapes.append(.area(parcel))
            }
        }
    }

    /// As a careless survey leaves it: one parcel in forty is moved, bent, missing, there twice, or drawn over its whole block.
    private mutating func add(_ parcel: MultiPolygon, _ block: Block, _ dirt: UInt64) {
        var dice = Dice(dirt, .dirt, surveyed)
        surveyed += 1
        switch dice.unit() {
        case ..<0.015: shapes.append(.area(parcel.bent(&dice)))
        case ..<0.019: shapes.append(.area(parcel.moved(by: 2000, &dice)))
        case ..<0.021: break
        case ..<0.025:
            shapes.append(.area(parcel))
            shapes.append(.area(parcel))
        case ..<0.0255:
            shapes.append(.area(parcel))
            shapes.append(.area(MultiPolygon([terrain.polygon([block.outline])])))
        default: shapes.append(.area(parcel))
        }
    }
}

extension Terrain {
    /// A shell and its holes.
    func polygon(_ rings: [[Spot]]) -> Polygon {
        Polygon(shell: Ring(rings[0].map(point)), holes: rings.dropFirst().map { Ring($0.map(point)) })
    }
}

extension MultiPolygon {
    /// All of it moved by at most so many millimetres each way.
    func moved(by most: Double, _ dice: inout Dice) -> MultiPolygon {
        let (x, y) = (Int32(dice.between(-most, most)), Int32(dice.between(-most, most)))
        func moved(_ ring: Ring) -> Ring { Ring(ring.points.map { Point(x: $0.x + x, y: $0.y + y) }) }
        return MultiPolygon(polygons.map { Polygon(shell: moved($0.shell), holes: $0.holes.map(moved)) })
    }

    /// One corner moved by at most 300 mm each way; unchanged where that would not leave valid ground.
    func bent(_ dice: inout Dice) -> MultiPolygon {
        var copy = self
        let corner = dice.below(polygons[0].shell.points.count)
        let point = polygons[0].shell.points[corner]
        copy.polygons[0].shell.points[corner] = Point(
            x: point.x + Int32(dice.between(-300, 300)), y: point.y + Int32(dice.between(-300, 300)))
        return copy.flaw() == nil ? copy : self
    }
}
