import Spatial

extension CityFile {
    /// Writes the features that stand as a GeoPackage of their own, for others to read: parcels, streets, addresses and
    /// boundary, each layer of zones and overlays as a table by itself, and what is in quarantine. Without history, and
    /// without the write right. The file appears whole or not at all; what stands at its name is left alone.
    package func exportCity(to path: String) throws(StoreError) {
        try database.snapshot { () throws(StoreError) in
            let number = try currentRevision()
            guard number > 0 else { throw .missing("revision to export: nothing has been accepted") }
            let revision = try revision(number)
            let about = "revision \(number), root \(revision.root.hex)"
            try NewFile.make(at: path, mode: 0o444) { (temporary) throws(StoreError) in
                let target = try Database(temporary, .making)
                try target.transaction { () throws(StoreError) in
                    try GeoPackage.begin(in: target, crs: city.crs)
                    for part in try exportParts() {
                        let table = part.table(about: about)
                        try table.create(in: target, srsID: city.crs.srsID, at: revision.decision.at)
                        try table.fill(in: target, at: revision.decision.at) { () throws(StoreError) in
                            try copy(part, to: table, in: target)
                        }
                    }
                }
            }
        }
    }

    private func copy(_ part: ExportPart, to table: FeatureTable, in target: Database) throws(StoreError) {
        let columns = ["id", "geom"] + table.columns.map(\.name)
        let list = columns.map(GeoPackage.quoted).joined(separator: ", ")
        let places = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        let insert = "INSERT INTO \(table.table) (\(list)) VALUES (\(places))"
        try database.each(
            "SELECT \(list) FROM \(part.projection.table.table) WHERE ?1 = 0 OR layer IS ?2 ORDER BY id",
            [.integer(part.isOneLayer ? 1 : 0), .text(part.layer)]
        ) { (row) throws(StoreError) in
            try target.run(insert, columns.indices.map { row.value(Int32($0)) })
        }
    }

    /// Names are as SQLite compares them: without regard to the case of Latin letters.
    private func exportParts() throws(StoreError) -> [ExportPart] {
        var parts: [ExportPart] = []
        var taken: Set<String> = []
        func take(_ wanted: String) -> String {
            var name = wanted
            var count = 1
            while !taken.insert(name.lowercased()).inserted {
                count += 1
                name = "\(wanted)_\(count)"
            }
            return name
        }
        for projection in Projection.all {
            let name = projection.table.name
            guard name == "zone" || name == "overlay" else {
                parts.append(ExportPart(projection: projection, name: take(name), isOneLayer: false, layer: nil))
                continue
            }
            let layers = try database.rows("SELECT DISTINCT layer FROM \(projection.table.table) ORDER BY layer") { $0.textIfAny(0) }
            for layer in layers {
                let name = take(layer.map { "\(name)_\(ExportPart.word($0))" } ?? name)
                parts.append(ExportPart(projection: projection, name: name, isOneLayer: true, layer: layer))
            }
        }
        return parts
    }
}

/// One table of an export.
private struct ExportPart {
    let projection: Projection
    let name: String
    let isOneLayer: Bool
    let layer: String?

    func table(about: String) -> FeatureTable {
        FeatureTable(
            name: name, kind: projection.table.kind, columns: projection.table.columns.filter { !$0.isOurs },
            description: "\(layer ?? projection.table.description) · \(about)")
    }

    /// A layer's name as part of a table's: letters and digits of any script; anything else is `_`.
    static func word(_ layer: String) -> String {
        String(layer.map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }
}
