import Importing
import Spatial
import Store

/// How far a delivery lies from what stands, where both have the same codes: a whole delivery moved one way was read in the wrong
/// datum or CRS although it still falls inside the city (ED50(ED77) moves a town in Khorasan by 176 m).
struct Displacement {
    /// Millimetres east and north, from what stands to what was delivered: the median of each.
    let east: Int64
    let north: Int64
    /// A place in the delivery, in metres.
    let place: (x: Double, y: Double)

    /// What is nearer than this is a new survey, not a wrong CRS.
    private static let least = 5_000.0
    /// How closely the features must agree on the way they were moved, in millimetres.
    private static let spread: Int64 = 1_000

    /// Nil unless most features stand already, under their codes, and nearly all of those lie the same way off.
    init?(of records: [Record], from standing: [Stored], on grid: Grid) throws(StoreError) {
        var middles: [String: Point] = [:]
        for row in standing where row.quarantine == nil {
            if let code = row.code, let box = try row.geometry()?.box { middles[code] = box.middle }
        }
        let delivered = records.compactMap { record in
            record.code.flatMap { middles[$0] }.flatMap { old in
                record.geometry?.box.map { (old: old, new: $0.middle) }
            }
        }
        guard delivered.count >= 3, 2 * delivered.count >= records.count else { return nil }
        let offsets = delivered.map { (x: Int64($0.new.x) - Int64($0.old.x), y: Int64($0.new.y) - Int64($0.old.y)) }
        let (east, north) = (Self.median(offsets.map(\.x)), Self.median(offsets.map(\.y)))
        let agreeing = offsets.count { abs($0.x - east) <= Self.spread && abs($0.y - north) <= Self.spread }
        guard 10 * agreeing >= 9 * offsets.count else { return nil }
        let length = (Double(east) * Double(east) + Double(north) * Double(north)).squareRoot()
        guard length >= Self.least else { return nil }
        self.east = east
        self.north = north
        place = grid.metres(delivered[0].new)
    }

    /// The CRS in which the delivery, taken for what the city's CRS is, would lie where it should; nil where none is known.
    func explainedBy(crs city: String) -> String? {
        SuspectCRS.codes(for: city).first { code in
            guard code != city,
                let operation = try? Operation.choose(from: code, to: city, around: Placement.region(of: city)),
                let moved = try? Transformation(operation).forward(x: place.x, y: place.y)
            else { return false }
            let (x, y) = (moved.x - place.x + Double(east) / 1000, moved.y - place.y + Double(north) / 1000)
            return x * x + y * y < 25
        }
    }

    private static func median(_ values: [Int64]) -> Int64 { values.sorted()[values.count / 2] }
}

extension Box {
    fileprivate var middle: Point {
        Point(x: Int32((Int64(minX) + Int64(maxX)) / 2), y: Int32((Int64(minY) + Int64(maxY)) / 2))
    }
}

extension CityFile {
    /// Parcels that lie a constant way off those that stand under the same codes: a fault of the delivery, named with the CRS
    /// that explains it.
    func displaced(_ records: [Record], _ order: ImportOrder, from crs: String?) throws(ServiceError) -> [Fault] {
        guard order.role == .parcels, let grid = city.grid else { return [] }
        let found = try storing { () throws(StoreError) in
            try Displacement(
                of: records, from: try stored(.parcels, layer: order.layer ?? Role.parcels.rawValue, at: try currentRevision()), on: grid)
        }
        guard let found else { return [] }
        let metres = Measure.metres((Double(found.east * found.east) + Double(found.north * found.north)).squareRoot())
        let way = "\(Measure.metres(Double(found.east))) m east, \(Measure.metres(Double(found.north))) m north"
        let advice =
            found.explainedBy(crs: city.crs.code).map { "; read as \($0) it would fit: give --crs \($0)" } ?? "; see that its CRS is right"
        return [
            Fault(
                row: nil, line: order.file, code: "crs.displaced", severity: .error,
                message:
                    "\(order.file): read as \(crs ?? city.crs.code) its parcels lie \(metres) m (\(way)) from those that stand under the same codes\(advice)"
            )
        ]
    }
}
