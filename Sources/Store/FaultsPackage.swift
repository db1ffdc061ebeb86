import Formats
import Spatial

extension CityFile {
    /// Writes a delivery's faults as a GeoPackage: `fault` with their places, and `feature` with every row that has one or is
    /// in quarantine, so that a map shows at once what is wrong and where.
    package func faultsPackage(of number: Int, to path: String) throws(StoreError) {
        try database.snapshot { () throws(StoreError) in
            let delivery = try delivery(number)
            try NewFile.make(at: path) { (temporary) throws(StoreError) in
                let target = try Database(temporary, .making)
                try target.transaction { () throws(StoreError) in
                    try GeoPackage.begin(in: target, crs: city.crs)
                    try copy(faultTable, from: Self.faultQuery, of: delivery, to: target)
                    try copy(featureTable, from: Self.featureQuery, of: delivery, to: target)
                }
            }
        }
    }

    private func copy(_ table: FeatureTable, from query: String, of delivery: Delivery, to target: Database) throws(StoreError) {
        try table.create(in: target, srsID: city.crs.srsID, at: delivery.stagedAt)
        let places = Array(repeating: "?", count: table.columns.count + 2).joined(separator: ", ")
        try table.fill(in: target, at: delivery.stagedAt) { () throws(StoreError) in
            try database.each(query, [.integer(delivery.number)]) { (row) throws(StoreError) in
                try target.run("INSERT INTO \(table.table) VALUES (\(places))", (0..<table.columns.count + 2).map { row.value(Int32($0)) })
            }
        }
    }

    private var faultTable: FeatureTable {
        FeatureTable(
            name: "fault", kind: .point,
            columns: ["line", "code", "severity", "message", "feature"].map { FeatureTable.Column(name: $0, type: "TEXT") },
            description: "what is wrong in the delivery")
    }

    private static let faultQuery = """
        SELECT fault.id, fault.geometry, fault.line, fault.code, severity, message, record.code
        FROM fault LEFT JOIN record ON record.id = fault.record WHERE fault.delivery = ? ORDER BY fault.id
        """

    private var featureTable: FeatureTable {
        FeatureTable(
            name: "feature", kind: .any,
            columns: ["line", "code", "quarantine", "faults"].map { FeatureTable.Column(name: $0, type: "TEXT") },
            description: "the delivery's features that have a fault")
    }

    private static let featureQuery = """
        SELECT record.id, record.geometry, record.line, record.code, quarantine,
          (SELECT group_concat(message, ' · ') FROM fault WHERE fault.record = record.id)
        FROM record WHERE delivery = ? AND (quarantine IS NOT NULL OR id IN (SELECT record FROM fault WHERE fault.delivery = ?1))
        ORDER BY record.id
        """
}
