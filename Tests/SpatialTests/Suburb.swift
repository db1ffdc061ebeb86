@testable import Spatial

/// Features in one table, as an atlas holds them: parcels, then zones and overlays.
struct Suburb {
    let parcels: [MultiPolygon]
    let areas: [MultiPolygon]
    let shapes: ShapeTable

    init(parcels: [MultiPolygon], areas: [MultiPolygon]) {
        (self.parcels, self.areas) = (parcels, areas)
        var writer = ShapeTableWriter()
        for ground in parcels + areas { writer.append(.area(ground)) }
        shapes = writer.table
    }

    var parcelNumbers: [Int] { Array(parcels.indices) }
    var areaNumbers: [Int] { areas.indices.map { parcels.count + $0 } }
    var grid: BorderGrid { BorderGrid(shapes, areas: areaNumbers) }

    /// Lots of about 20 m that share their corners exactly, and zones that are exact unions of 5 by 5 of them.
    static func lots(_ side: Int, _ chance: inout Chance, at origin: (Int, Int) = (0, 0)) -> Suburb {
        let corners = (0...side).map { row in
            (0...side).map { column in
                (origin.0 + column * 20_000 + chance.number(-4_000...4_000), origin.1 + row * 20_000 + chance.number(-4_000...4_000))
            }
        }
        func outline(_ column: Int, _ row: Int, _ size: Int) -> [(Int, Int)] {
            let steps = Array(0..<size)
            return steps.map { corners[row][column + $0] } + steps.map { corners[row + $0][column + size] }
                + steps.map { corners[row + size][column + size - $0] } + steps.map { corners[row + size - $0][column] }
        }
        func squares(_ size: Int) -> [MultiPolygon] {
            stride(from: 0, to: side, by: size).flatMap { row in
                stride(from: 0, to: side, by: size).map { Sketch.ground([outline($0, row, size)]) }
            }
        }
        return Suburb(parcels: squares(1), areas: squares(5))
    }

    /// The shares by the plain functions, one pair after the other.
    func plainShares(of parcel: Int) -> [Share] {
        areas.enumerated().compactMap { number, area in
            let shared = sharedArea(parcels[parcel], area)
            guard shared.perimeter > 0 else { return nil }
            return Share(feature: UInt32(parcels.count + number), area: shared.area, perimeter: shared.perimeter)
        }
    }
}
