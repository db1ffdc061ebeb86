/// A code names one parcel, whatever the layers: what follows keeps it so.
extension CityFile {
    /// The layers in which sound parcels stand under each code now, without those that a delivery to this layer would replace.
    package func parcelCodes(besides layer: String?, plan: String?) throws(StoreError) -> [String: String] {
        var codes: [String: String] = [:]
        try database.each(
            """
            SELECT code, coalesce(layer, '') FROM record JOIN version ON version.record = record.id AND until IS NULL
            WHERE role = 'parcels' AND quarantine IS NULL AND code IS NOT NULL AND NOT (layer IS ?1 AND record.plan IS ?2)
            """, [.text(layer), .text(plan)]
        ) { (row) throws(StoreError) in codes[row.text(0)] = row.text(1) }
        return codes
    }

    /// Whether any sound parcel stands.
    package func holdsParcels() throws(StoreError) -> Bool {
        try database.first("SELECT 1 FROM \(Projection.parcel.table.table) LIMIT 1", read: { _ in true }) ?? false
    }

    /// Refuses a revision in which sound parcels of two layers have one code: a delivery's rows were looked at when it was staged,
    /// and what stands may have changed since.
    func checkParcelCodes(accepting delivery: Int) throws(StoreError) {
        let repeated = try database.rows(
            """
            SELECT code || ' (' || group_concat(coalesce(layer, ''), ', ') || ')'
            FROM record JOIN version ON version.record = record.id AND until IS NULL
            WHERE role = 'parcels' AND quarantine IS NULL AND code IS NOT NULL GROUP BY code
            HAVING count(DISTINCT coalesce(layer, '') || char(31) || coalesce(record.plan, '')) > 1 ORDER BY code
            """, read: { $0.text(0) })
        guard repeated.isEmpty else {
            let shown = repeated.prefix(5).joined(separator: "; ") + (repeated.count > 5 ? "; …" : "")
            throw .constraint(
                reason: "delivery \(delivery): \(repeated.count) codes would name several parcels: \(shown); import its file again")
        }
    }
}
