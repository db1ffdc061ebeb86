import Formats
import Spatial

extension CityFacts {
    enum SchemaNeed {
        case readable, newestOrOlder
    }

    /// The schema that the file says it is of.
    static func schema(of database: Database) throws(StoreError) -> Int {
        func foreign(_ why: Foreign) -> StoreError { .notACity(path: database.path, why) }
        guard try database.first("PRAGMA application_id", read: { $0.integer(0) }) == GeoPackage.applicationID else {
            throw foreign(.notAGeoPackage)
        }
        let hasMeta = try database.first("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'meta'") { _ in true }
        guard hasMeta == true else { throw foreign(.notOurs) }
        let columns = try database.rows("SELECT name FROM pragma_table_info('meta')") { $0.text(0) }
        guard columns == ["key", "value"] else { throw foreign(.notOurs) }
        guard let text = try database.first("SELECT value FROM meta WHERE key = 'schema'", read: { $0.text(0) }) else {
            throw foreign(.schemaless)
        }
        guard let version = Int(text), version > 0 else { throw foreign(.schemaless) }
        return version
    }

    /// Reads what the file says of itself, once it is known to be a city that this program understands.
    init(from database: Database, requiring need: SchemaNeed) throws(StoreError) {
        let version = try Self.schema(of: database)
        let newest = Migration.newest
        let oldest = need == .newestOrOlder ? 1 : Migration.oldestRead
        guard version <= newest else { throw .newer(path: database.path, version: version, known: newest) }
        guard version >= oldest else { throw .older(path: database.path, version: version, known: newest) }
        var meta: [String: String] = [:]
        for (key, value) in try database.rows("SELECT key, value FROM meta", read: { ($0.text(0), $0.text(1)) }) { meta[key] = value }
        func damaged(_ key: String) -> StoreError { .corrupt(reason: "\(database.path): meta.\(key) is \(meta[key] ?? "missing")") }
        func number(_ key: String) throws(StoreError) -> Int64? {
            guard let text = meta[key] else { return nil }
            guard let number = Int64(text) else { throw damaged(key) }
            return number
        }
        guard let name = meta["name"] else { throw damaged("name") }
        guard let code = meta["crs"] else { throw damaged("crs") }
        guard let srs = try number("srs_id"), let srsID = Int32(exactly: srs) else { throw damaged("srs_id") }
        let definition = try database.first(
            "SELECT srs_name, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?", .integer(srs), read: { ($0.text(0), $0.text(1)) })
        guard let definition else { throw .corrupt(reason: "\(database.path): the city's CRS \(code) is not among the file's") }
        self.init(name: name, crs: CRS(code: code, srsID: srsID, name: definition.0, wkt: definition.1))
        switch (try number("origin_x_mm"), try number("origin_y_mm")) {
        case (.some(let x), .some(let y)): grid = Grid(originX: x, originY: y)
        case (nil, nil): grid = nil
        default: throw damaged("origin_y_mm")
        }
        height = try number("height_millionths").map { Decimal(millionths: $0) }
        guard case .array(let factors)? = try? JSON(parsing: meta["scale"] ?? "") else { throw damaged("scale") }
        for factor in factors {
            guard case .number(let value) = factor else { throw damaged("scale") }
            scale.append(value)
        }
    }

    func write(to database: Database) throws(StoreError) {
        let rows: [(String, String?)] = [
            ("name", name), ("crs", crs.code), ("srs_id", String(crs.srsID)),
            ("origin_x_mm", grid.map { String($0.originX) }), ("origin_y_mm", grid.map { String($0.originY) }),
            ("height_millionths", height.map { String($0.millionths) }),
            ("scale", JSON.array(scale.map { .number($0) }).text),
        ]
        for case (let key, .some(let value)) in rows {
            try database.run("INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2", .text(key), .text(value))
        }
    }

    /// What of it an answer rests on, for the root: not its name.
    var canonical: [UInt8] {
        JSON.object([
            "crs": .string(crs.code), "origin": grid.map { .array([.string(String($0.originX)), .string(String($0.originY))]) } ?? .null,
            "height": height.map { .string(String($0.millionths)) } ?? .null, "scale": .array(scale.map { .number($0) }),
        ]).canonical()
    }
}
