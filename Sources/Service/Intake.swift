import Formats
package import Importing
package import Persian
import Planning
import Spatial
package import Store

/// A file to take in, and what is said of it.
package struct ImportOrder: Sendable {
    package var file: String
    package var role: Role
    package var layer: String?
    package var sourceLayer: String?
    package var plan: String?
    package var crs: String?
    package var encoding: String?
    package var map: [String: String]
    /// Stated accuracy in millimetres.
    package var accuracy: Int64?
    package var dataDay: Day?
    package var staleAfter: Day?
    package var covers: CoversOrder

    package enum CoversOrder: Hashable, Sendable {
        case unstated
        case city
        case file(String)
    }

    package init(
        file: String, role: Role, layer: String? = nil, sourceLayer: String? = nil, plan: String? = nil, crs: String? = nil,
        encoding: String? = nil, map: [String: String] = [:], accuracy: Int64? = nil, dataDay: Day? = nil, staleAfter: Day? = nil,
        covers: CoversOrder = .unstated
    ) {
        self.file = file
        self.role = role
        self.layer = layer
        self.sourceLayer = sourceLayer
        self.plan = plan
        self.crs = crs
        self.encoding = encoding
        self.map = map
        self.accuracy = accuracy
        self.dataDay = dataDay
        self.staleAfter = staleAfter
        self.covers = covers
    }
}

/// What came of taking a file in.
package struct Intake: Sendable {
    package let number: Int
    package let head: StagedHead
    package let rows: Int
    package let quarantined: Int
    package let faults: [Fault]
    /// Rows that accepting it would add, end and leave as they stand.
    package let added: Int
    package let ended: Int
    package let kept: Int
}

extension CityFile {
    /// Reads a file in the importing process, judges its rows by the city's law, and stages them as a delivery.
    ///
    /// A planner's table with a row that can't be understood is refused whole, each such row named; a feature that can't be
    /// used is kept in quarantine. Nothing that stands is touched.
    package func take(
        _ order: ImportOrder, with importer: Importer, now: Moment, progress: @escaping (Int) -> Void
    ) throws(ServiceError) -> Intake {
        let read = try importer.read(order.request(for: self, role: order.role), progress: progress)
        // A refused delivery leaves neither a grid nor an operation behind.
        return try wholly { () throws(ServiceError) in try take(read, order, with: importer, now: now, progress: progress) }
    }

    private func take(
        _ read: Importer.Reading, _ order: ImportOrder, with importer: Importer, now: Moment, progress: @escaping (Int) -> Void
    ) throws(ServiceError) -> Intake {
        if let grid = read.head.grid, city.grid == nil, let box = read.box { try settle(on: grid, around: box, of: order.file) }
        if let operation = read.head.operation {
            try storing { () throws(StoreError) in try pin(operation) }
        }
        let layer = order.role.isSpatial ? order.layer ?? order.role.rawValue : nil
        var faults = read.head.faults.map { Fault($0, row: nil, line: order.file, grid: city.grid) }
        var records: [Record] = []
        records.reserveCapacity(read.rows.count)
        let geos = try spatially { () throws(SpatialError) in try GEOS() }
        for row in read.rows {
            faults += row.faults.map { Fault($0, row: records.count, line: row.line, grid: city.grid) }
            records.append(try record(row, order, geos))
        }
        try drawSectors(&records, order, geos)
        faults += try setApart(&records, order, in: layer)
        faults += try judge(records, order) + displaced(records, order, from: read.head.crs)
        let head = DeliveryHead(
            file: order.file, sha256: read.sha256, role: order.role, layer: layer, plan: order.plan, crs: read.head.crs,
            encoding: read.head.encoding, accuracy: order.accuracy, dataDay: order.dataDay,
            covers: try covers(order.covers, importer), staleAfter: order.staleAfter, stagedAt: now)
        return try storing { () throws(StoreError) in
            let number = try stage(head, records: records, faults: faults, progress: progress)
            let changes = try counts(of: changes(in: number))
            return Intake(
                number: number, head: read.head, rows: records.count, quarantined: records.count { $0.quarantine != nil },
                faults: faults, added: changes.added, ended: changes.ended, kept: changes.kept)
        }
    }

    /// Does it all or nothing.
    func wholly<T>(_ body: () throws(ServiceError) -> T) throws(ServiceError) -> T {
        var failure: ServiceError?
        do throws(StoreError) {
            return try transaction { () throws(StoreError) -> T in
                do throws(ServiceError) {
                    return try body()
                } catch {
                    failure = error
                    if case .store(let error) = error { throw error }
                    throw .constraint(reason: "taken back")
                }
            }
        } catch {
            throw failure ?? .store(error)
        }
    }

    /// A delivered row as the city keeps it: a parcel gets its interior point, columns that no field took are kept beside.
    private func record(_ row: StagedRow, _ order: ImportOrder, _ geos: GEOS) throws(ServiceError) -> Record {
        var fields = row.fields.mapValues(JSON.string)
        if !row.unmapped.isEmpty { fields["columns"] = .object(row.unmapped.mapValues(JSON.string)) }
        // A reference to a code is compared with codes, which are kept folded.
        if let parcel = row.fields["parcel"] { fields["parcel"] = .string(Folding.code(parcel)) }
        // An overlay's kind is its layer's name where the file has no other.
        if order.role == .overlay, fields["kind"] == nil { fields["kind"] = .string(order.layer ?? order.role.rawValue) }
        if order.role == .parcels, row.quarantine == nil, case .area(let area)? = row.geometry, let grid = city.grid {
            let point = try spatially { () throws(SpatialError) in try geos.interiorPoint(of: area) }
            let metres = grid.metres(point)
            fields["interior"] = .array([.number(metres.x), .number(metres.y)])
        }
        let plan = order.role == .provisions || order.role == .events ? row.fields["plan"] : order.plan
        return Record(
            line: row.line, code: row.code, plan: plan, fields: fields, geometry: row.geometry, original: row.original,
            quarantine: row.quarantine)
    }

    /// What the delivery's layer covers: the city, or the ground that a file draws.
    private func covers(_ order: ImportOrder.CoversOrder, _ importer: Importer) throws(ServiceError) -> Covers {
        switch order {
        case .unstated: return .unstated
        case .city: return .city
        case .file(let path):
            let read = try importer.read(ImportOrder(file: path, role: .boundary).request(for: self, role: .boundary)) { _ in }
            let polygons = read.rows.flatMap { row -> [Polygon] in
                guard row.quarantine == nil, case .area(let area)? = row.geometry else { return [] }
                return area.polygons
            }
            guard !polygons.isEmpty else { throw .badInput(.coversNothing(file: path)) }
            return .area(MultiPolygon(polygons))
        }
    }
}

extension ImportOrder {
    /// What the importing process is asked for.
    func request(for city: CityFile, role: Role) throws(ServiceError) -> ImportRequest {
        guard let kind = ImportRequest.Role(rawValue: role.rawValue) else { throw .badInput(.notImportable(role: role.rawValue)) }
        let (outlines, operations) = try storing { () throws(StoreError) in
            var outlines: [Polygon] = []
            for row in try city.stored(.boundary, at: try city.currentRevision()) where row.quarantine == nil && role != .boundary {
                if case .area(let area)? = try row.geometry() { outlines += area.polygons }
            }
            return (outlines, try city.operations())
        }
        // The limit lies within the harim: their union is where a feature may be expected.
        let boundary = try spatially { () throws(SpatialError) in
            try outlines.isEmpty ? nil : GEOS().buffer(.area(MultiPolygon(outlines)), by: 0)
        }
        return ImportRequest(
            file: file, role: kind, sourceLayer: sourceLayer, map: map, crs: crs, encoding: encoding,
            city: .init(crs: city.city.crs.code, origin: city.city.grid, boundary: boundary, operations: operations))
    }
}

extension Fault {
    init(_ fault: ImportFault, row: Int?, line: String, grid: Grid?) {
        self.init(
            row: row, line: line, code: fault.code.rawValue, severity: fault.severity == .error ? .error : .warning,
            message: fault.message, place: fault.place.flatMap { grid?.point(x: $0.x, y: $0.y) })
    }
}
