import Formats
package import Persian
import Spatial

/// What is said of a layer as a whole, at one revision.
package struct LayerFacts: Sendable {
    package let role: Role
    package let layer: String?
    package let plan: String?
    /// The stated accuracy in millimetres; nil where nobody has stated it.
    package let accuracy: Int64?
    package let dataDay: Day?
    package let covers: Covers
    package let staleAfter: Day?
    /// The delivery that these facts came with, and its file.
    package let delivery: Int
    package let file: String
    package let sha256: Digest
}

extension CityFile {
    /// The layers that hold at a revision, by role, name and plan.
    package func layers(at revision: Int) throws(StoreError) -> [LayerFacts] {
        let rows = try stored(.layer, at: revision)
        var layers: [LayerFacts] = []
        for row in rows { layers.append(try facts(row)) }
        func key(_ layer: LayerFacts) -> (String, String, String) { (layer.role.rawValue, layer.layer ?? "", layer.plan ?? "") }
        return layers.sorted { key($0) < key($1) }
    }

    private func facts(_ row: Stored) throws(StoreError) -> LayerFacts {
        func text(_ key: String) -> String? {
            if case .string(let text)? = row.fields[key] { text } else { nil }
        }
        var accuracy: Int64?
        if case .number(let millimetres)? = row.fields["accuracy"] { accuracy = Int64(exactly: millimetres) }
        let covers: Covers
        switch (text("covers"), try row.geometry()) {
        case ("city", _): covers = .city
        case ("area", .area(let area)): covers = .area(area)
        default: covers = .unstated
        }
        let delivery = try delivery(row.delivery)
        return LayerFacts(
            role: try Log.role(row.code ?? ""), layer: row.layer, plan: row.plan, accuracy: accuracy,
            dataDay: try Log.day(text("dataDay")), covers: covers, staleAfter: try Log.day(text("staleAfter")),
            delivery: delivery.number, file: delivery.file, sha256: delivery.sha256)
    }
}
