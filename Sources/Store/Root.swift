import Formats
package import Spatial

/// The one hash of all that a revision holds: equal data give equal roots, whoever delivered them, when and in which order.
///
/// SHA-256 over `shahrsaz root 1`, the city's facts, the pinned operations as `source`, `target`, `definition` in the order
/// of the first two, and for each role that has rows, in the order of the roles' names, its name, the number of rows and their
/// hashes (`CanonicalRow`) in the order of the bytes. Each part is framed as in a row.
struct Root {
    private var bytes = Array("shahrsaz root 1".utf8)

    private init(city: CityFacts, operations: [Operation]) {
        bytes.append(field: city.canonical)
        bytes.append(number: operations.count)
        for operation in operations {
            for text in [operation.source, operation.target, operation.definition] { bytes.append(field: text.utf8) }
        }
    }

    private mutating func append(_ role: String, _ hashes: [Digest]) {
        bytes.append(field: role.utf8)
        bytes.append(number: hashes.count)
        bytes.reserveCapacity(bytes.count + 32 * hashes.count)
        for hash in hashes.sorted() { bytes.append(contentsOf: hash.bytes) }
    }

    private static func roles() -> [String] { Role.allCases.map(\.rawValue).sorted() }

    /// From the hashes as they are kept, of the rows that hold while `revision` is being made.
    static func ofStandingRows(in database: Database, city: CityFacts, revision: Int) throws(StoreError) -> Digest {
        var root = Root(city: city, operations: try operations(in: database, at: revision))
        for role in roles() {
            let hashes = try database.rows(
                """
                SELECT hash FROM record JOIN version ON version.record = record.id AND version.until IS NULL WHERE role = ?
                """, .text(role)
            ) { (row) throws(StoreError) in try Log.digest(row.bytes(0), of: "a record") }
            if !hashes.isEmpty { root.append(role, hashes) }
        }
        return Digest(of: root.bytes)
    }

    /// From the rows themselves; a row that its kept hash does not fit is damage.
    static func recomputed(in database: Database, city: CityFacts, revision: Int) throws(StoreError) -> Digest {
        var root = Root(city: city, operations: try operations(in: database, at: revision))
        for role in roles() {
            let hashes = try database.rows(
                """
                SELECT record.id, role, layer, plan, code, fields, geometry, original, quarantine, hash
                FROM record JOIN version ON version.record = record.id AND since <= ?2 AND (until IS NULL OR until > ?2)
                WHERE role = ?1
                """, .text(role), .integer(revision), read: verified)
            if !hashes.isEmpty { root.append(role, hashes) }
        }
        return Digest(of: root.bytes)
    }

    private static func verified(_ row: Statement) throws(StoreError) -> Digest {
        let content = CanonicalRow(
            role: try Log.role(row.text(1)), layer: row.textIfAny(2), plan: row.textIfAny(3), code: row.textIfAny(4),
            fields: row.bytes(5), geometry: row.bytesIfAny(6), original: row.bytesIfAny(7), quarantine: row.textIfAny(8))
        guard content.hash.bytes == row.bytes(9) else { throw .corrupt(reason: "record \(row.integer(0)) does not fit its hash") }
        return content.hash
    }

    static func operations(in database: Database, at revision: Int) throws(StoreError) -> [Operation] {
        try database.rows(
            "SELECT source, target, definition, name, accuracy FROM operation WHERE since <= ? ORDER BY source, target",
            .integer(revision)
        ) {
            Operation(
                source: $0.text(0), target: $0.text(1), definition: $0.text(2), name: $0.text(3),
                accuracy: $0.isNull(4) ? nil : $0.real(4))
        }
    }
}

extension CityFile {
    /// The root of a revision, worked out again from every row that it holds; it ought to be the one that the log has.
    package func root(at revision: Int) throws(StoreError) -> Digest {
        try database.snapshot { () throws(StoreError) in
            let number = try self.revision(revision).number
            return try Root.recomputed(in: database, city: city, revision: number)
        }
    }

    /// Pins a change of CRS from the next revision on. What is pinned stays: another definition for the same two is refused.
    package func pin(_ operation: Operation) throws(StoreError) {
        try database.transaction { () throws(StoreError) in
            let pinned = try operations().first { $0.source == operation.source && $0.target == operation.target }
            if let pinned {
                guard pinned.definition == operation.definition else {
                    throw .constraint(
                        reason: "\(operation.source) to \(operation.target) is pinned as \(pinned.definition), not \(operation.definition)")
                }
                return
            }
            try database.run(
                "INSERT INTO operation VALUES (?, ?, ?, ?, ?, ?)", .text(operation.source), .text(operation.target),
                .text(operation.definition), .text(operation.name), operation.accuracy.map { .real($0) } ?? .null,
                .integer(try currentRevision() + 1))
        }
    }

    /// The changes of CRS that were pinned by a revision, by source and target.
    package func operations(at revision: Int) throws(StoreError) -> [Operation] {
        try Root.operations(in: database, at: revision)
    }

    /// Every pinned change of CRS, by source and target.
    package func operations() throws(StoreError) -> [Operation] {
        try Root.operations(in: database, at: .max)
    }
}
