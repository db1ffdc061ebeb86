import Formats
import Persian
import Spatial

extension CityFile {
    /// Takes in a delivery as it came, in one transaction, and gives its number. Nothing that stands is touched by it.
    ///
    /// - Parameter progress: is told the number of rows now and then.
    package func stage(
        _ head: DeliveryHead, records: some Sequence<Record>, faults: [Fault] = [], progress: (Int) -> Void = { _ in }
    ) throws(StoreError) -> Int {
        try database.transaction { () throws(StoreError) -> Int in
            let number = try insert(head)
            if head.role.isSpatial { try insert(layer: head, delivery: number) }
            var ids: [Int64] = []
            for record in records {
                ids.append(try insert(record, of: head, delivery: number, seq: ids.count))
                if ids.count.isMultiple(of: 1_000) { progress(ids.count) }
            }
            for fault in faults { try insert(fault, delivery: number, ids: ids) }
            try database.run(
                "UPDATE delivery SET features = ?, faults = ? WHERE number = ?",
                .integer(ids.count), .integer(faults.count), .integer(number))
            progress(ids.count)
            return number
        }
    }

    private func insert(_ head: DeliveryHead) throws(StoreError) -> Int {
        guard head.role != .layer else { throw .constraint(reason: "a delivery brings rows; the facts of a layer stand in its head") }
        try database.run(
            """
            INSERT INTO delivery (status, file, sha256, role, layer, plan, crs, encoding, accuracy_mm, data_day, covers, stale_after,
              staged_at)
            VALUES ('staged', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .text(head.file), .blob(head.sha256.bytes), .text(head.role.rawValue), .text(head.layer), .text(head.plan),
            .text(head.crs), .text(head.encoding), .integer(head.accuracy), .text(head.dataDay?.iso), .text(head.covers.word),
            .text(head.staleAfter?.iso), .text(head.stagedAt.text))
        return Int(database.lastID)
    }

    /// The layer's facts are a row too, so that they change with revisions as its features do.
    private func insert(layer head: DeliveryHead, delivery: Int) throws(StoreError) {
        var fields: [String: JSON] = ["covers": .string(head.covers.word), "sha256": .string(head.sha256.hex)]
        fields["accuracy"] = head.accuracy.map { .number(Double($0)) }
        fields["dataDay"] = head.dataDay.map { .string($0.iso) }
        fields["staleAfter"] = head.staleAfter.map { .string($0.iso) }
        var record = Record(line: "", code: head.role.rawValue, fields: fields)
        if case .area(let area) = head.covers { record.geometry = .area(area) }
        var place = head
        place.role = .layer
        _ = try insert(record, of: place, delivery: delivery, seq: -1)
    }

    private func insert(_ record: Record, of head: DeliveryHead, delivery: Int, seq: Int) throws(StoreError) -> Int64 {
        try check(record, of: head)
        var row = CanonicalRow(
            role: head.role, layer: head.layer, plan: record.plan ?? head.plan, code: record.code,
            fields: JSON.object(record.fields).canonical(), geometry: nil, original: record.original, quarantine: record.quarantine)
        if let geometry = record.geometry {
            let blob = try blob(geometry)
            // What counts has been found valid; what does not may be linework that no reader takes.
            if record.quarantine != nil, let grid = city.grid, (try? GeoPackageBlob.decode(blob, grid: grid)) == nil {
                throw .constraint(reason: "\(head.file), \(record.line): a ring of less than three points; expected it in `original` alone")
            }
            row.geometry = blob
        }
        try database.run(
            """
            INSERT INTO record (delivery, seq, line, role, layer, plan, code, fields, geometry, original, quarantine, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(delivery), .integer(seq), .text(record.line), .text(row.role.rawValue), .text(row.layer), .text(row.plan),
            .text(row.code), .text(String(decoding: row.fields, as: UTF8.self)), .blob(row.geometry), .blob(row.original),
            .text(row.quarantine), .blob(row.hash.bytes))
        return database.lastID
    }

    private func insert(_ fault: Fault, delivery: Int, ids: [Int64]) throws(StoreError) {
        var record: Int64?
        if let row = fault.row {
            guard ids.indices.contains(row) else {
                throw .constraint(reason: "fault at \(fault.line): row \(row), expected one of the \(ids.count) delivered")
            }
            record = ids[row]
        }
        var place: [UInt8]?
        if let point = fault.place { place = try blob(.point(point)) }
        try database.run(
            "INSERT INTO fault (delivery, record, line, code, severity, message, geometry) VALUES (?, ?, ?, ?, ?, ?, ?)",
            .integer(delivery), .integer(record), .text(fault.line), .text(fault.code), .text(fault.severity.rawValue),
            .text(fault.message), .blob(place))
    }

    func blob(_ geometry: Geometry) throws(StoreError) -> [UInt8] {
        guard let grid = city.grid else { throw .missing("origin of the city's grid: a boundary or a first delivery gives it") }
        return GeoPackageBlob.encode(geometry, grid: grid, srsID: city.crs.srsID)
    }

    /// A feature that counts has the kind of geometry that its table says.
    private func check(_ record: Record, of head: DeliveryHead) throws(StoreError) {
        switch head.role {
        case .plans, .parameters:
            guard record.code != nil else { throw .constraint(reason: "\(head.file), \(record.line): no code, expected one in every row") }
        case _ where head.role.isSpatial:
            guard record.plan == nil || record.plan == head.plan else {
                throw .constraint(reason: "\(head.file), \(record.line): plan \(record.plan ?? ""), expected the delivery's own")
            }
        default: break
        }
        guard record.quarantine == nil, let kind = Projection.of(head.role)?.table.kind else { return }
        let found: String
        switch (record.geometry, kind) {
        case (nil, _), (_, .any), (.area, .area), (.point, .point): return
        case (.point, _): found = "a point"
        case (.line, _): found = "a line"
        case (.area, _): found = "an area"
        }
        let expected = kind == .point ? "points" : "areas"
        throw .constraint(reason: "\(head.file), \(record.line): \(found) among the \(head.role.rawValue), expected \(expected)")
    }
}
