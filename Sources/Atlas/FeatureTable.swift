package import Spatial

/// A revision's features, numbered from 0. Shapes may be more: what layers cover and the city's outlines follow the features'.
package struct FeatureTable: Sendable {
    private let slots: Column<UInt16>
    private let records: Column<Int64>
    private let flags: Column<UInt8>
    private let texts: Texts
    package let shapes: ShapeTable

    /// Nil where a column is missing or does not go with the others.
    package init?(_ sections: SectionTable) {
        guard let slots = sections.column("feature.slot", of: UInt16.self),
            let records = sections.column("feature.record", of: Int64.self), records.count == slots.count,
            let flags = sections.column("feature.flags", of: UInt8.self),
            let texts = Texts(sections, "feature.text"), let shapes = ShapeTable(sections), flags.count == slots.count,
            texts.count == FeaturePart.textsEach * slots.count, shapes.count >= slots.count
        else { return nil }
        self.slots = slots
        self.records = records
        self.flags = flags
        self.texts = texts
        self.shapes = shapes
    }

    package var count: Int { slots.count }

    package func slot(_ feature: Int) -> Int { Int(slots[feature]) }

    /// The number of the row in the store, which it keeps from revision to revision while nothing of it changes.
    package func record(_ feature: Int) -> Int64 { records[feature] }

    package func isQuarantined(_ feature: Int) -> Bool { flags[feature] & FeaturePart.isQuarantined != 0 }

    package func line(_ feature: Int) -> String { text(feature, 0) }

    package func code(_ feature: Int) -> String? {
        flags[feature] & FeaturePart.hasCode == 0 ? nil : text(feature, 1)
    }

    /// The row's fields: one JSON object.
    package func fields(_ feature: Int) -> [UInt8] { texts.array(FeaturePart.textsEach * feature + 2) }

    package func quarantine(_ feature: Int) -> String? { isQuarantined(feature) ? text(feature, 3) : nil }

    private func text(_ feature: Int, _ which: Int) -> String { texts.string(FeaturePart.textsEach * feature + which) }

    /// The bytes by which codes are sorted.
    func codeBytes(_ feature: Int) -> UnsafeBufferPointer<UInt8> {
        unsafe texts.utf8(FeaturePart.textsEach * feature + 1)
    }
}
