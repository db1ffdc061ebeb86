/// What a delivery replaces, and how what it brings compares with what stands there.
///
/// Features replace those of their role, layer and plan; provisions and events those of the plans that the file names; plans
/// and parameters those of the same id or code. Rows of equal content are the same row.
package struct Changes: Hashable, Sendable {
    /// Records of the delivery that would begin to hold.
    package let added: [Int64]
    /// Records that stand and would end.
    package let ended: [Int64]
    /// Records that stand and would go on, the delivery having brought them again.
    package let kept: [Int64]
}

extension CityFile {
    /// What accepting the delivery now would change.
    package func changes(in number: Int) throws(StoreError) -> Changes {
        try database.snapshot { () throws(StoreError) in try changes(in: try delivery(number)) }
    }

    /// How many rows of features or of a table a change concerns; the facts of their layer, which change with it, are not counted.
    package func counts(of changes: Changes) throws(StoreError) -> (added: Int, ended: Int, kept: Int) {
        let layers = Set(try database.rows("SELECT id FROM record WHERE role = 'layer'", read: { $0.integer(0) }))
        func count(_ ids: [Int64]) -> Int { ids.count { !layers.contains($0) } }
        return (count(changes.added), count(changes.ended), count(changes.kept))
    }

    func changes(in delivery: Delivery) throws(StoreError) -> Changes {
        var standing: [Digest: [Int64]] = [:]
        for (id, hash) in try database.rows(Self.standing(delivery.role), .integer(delivery.number), read: Self.hashed).reversed() {
            standing[hash, default: []].append(id)
        }
        let delivered = try database.rows(
            "SELECT id, hash FROM record WHERE delivery = ? ORDER BY id", .integer(delivery.number), read: Self.hashed)
        var added: [Int64] = []
        var kept: [Int64] = []
        for (id, hash) in delivered {
            if let same = standing[hash]?.popLast() { kept.append(same) } else { added.append(id) }
        }
        return Changes(added: added, ended: standing.values.joined().sorted(), kept: kept.sorted())
    }

    private static func hashed(_ row: Statement) throws(StoreError) -> (Int64, Digest) {
        (row.integer(0), try Log.digest(row.bytes(1), of: "record \(row.integer(0))"))
    }

    /// The records that hold where the delivery ?1 goes, with the layer's facts where it has any.
    private static func standing(_ role: Role) -> String {
        let slot =
            switch role {
            case .plans, .parameters:
                """
                record.role = delivery.role AND record.code IN (SELECT code FROM record WHERE delivery = ?1)
                """
            case .provisions, .events:
                """
                record.role = delivery.role AND (record.plan = delivery.plan
                  OR coalesce(record.plan, '') IN (SELECT coalesce(plan, '') FROM record WHERE delivery = ?1))
                """
            default:
                """
                record.role IN (delivery.role, 'layer') AND (record.role <> 'layer' OR record.code = delivery.role)
                AND record.layer IS delivery.layer AND record.plan IS delivery.plan
                """
            }
        return """
            SELECT record.id, record.hash FROM delivery, record JOIN version ON version.record = record.id AND version.until IS NULL
            WHERE delivery.number = ?1 AND \(slot) ORDER BY record.id
            """
    }
}
