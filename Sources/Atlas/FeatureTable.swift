package import Spatial

/// A revision's features on their way into an atlas: role by role, in each the order in which they came.
package struct FeatureTableWriter {
    private var slots: [UInt16] = []
    private var flags: [UInt8] = []
    private var texts = TextsWriter()
    package var shapes = ShapeTableWriter()

    fileprivate static let hasCode: UInt8 = 1
    fileprivate static let isQuarantined: UInt8 = 2
    fileprivate static let textsEach = 4

    package init() {}

    package var count: Int { slots.count }

    /// Adds a feature without its geometry, which goes to `shapes`; texts as UTF-8. False where they are more than an atlas holds.
    package mutating func append(
        slot: UInt16, line: UnsafeBufferPointer<UInt8>, code: UnsafeBufferPointer<UInt8>?, fields: UnsafeBufferPointer<UInt8>,
        quarantine: UnsafeBufferPointer<UInt8>?
    ) -> Bool {
        let nothing = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        let (hasCode, isQuarantined) = unsafe (code != nil, quarantine != nil)
        slots.append(slot)
        flags.append((hasCode ? Self.hasCode : 0) | (isQuarantined ? Self.isQuarantined : 0))
        return unsafe texts.append(line) && texts.append(code ?? nothing) && texts.append(fields) && texts.append(quarantine ?? nothing)
    }

    func withCode<Result>(of feature: Int, _ read: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        unsafe texts.withText(Self.textsEach * feature + 1, read)
    }

    /// A feature's code; empty where it has none.
    package func code(of feature: Int) -> String {
        unsafe withCode(of: feature) { unsafe String(decoding: $0, as: UTF8.self) }
    }

    package func add(to sections: inout Sections) {
        sections.add("feature.slot", slots)
        sections.add("feature.flags", flags)
        texts.add(to: &sections, as: "feature.text")
        shapes.add(to: &sections)
    }
}

/// A revision's features, numbered from 0. Shapes may be more: what layers cover and the city's outlines follow the features'.
package struct FeatureTable: Sendable {
    private let slots: Column<UInt16>
    private let flags: Column<UInt8>
    private let texts: Texts
    package let shapes: ShapeTable

    /// Nil where a column is missing or does not go with the others.
    package init?(_ sections: SectionTable) {
        guard let slots = sections.column("feature.slot", of: UInt16.self), let flags = sections.column("feature.flags", of: UInt8.self),
            let texts = Texts(sections, "feature.text"), let shapes = ShapeTable(sections), flags.count == slots.count,
            texts.count == FeatureTableWriter.textsEach * slots.count, shapes.count >= slots.count
        else { return nil }
        self.slots = slots
        self.flags = flags
        self.texts = texts
        self.shapes = shapes
    }

    package var count: Int { slots.count }

    package func slot(_ feature: Int) -> Int { Int(slots[feature]) }

    package func isQuarantined(_ feature: Int) -> Bool { flags[feature] & FeatureTableWriter.isQuarantined != 0 }

    package func line(_ feature: Int) -> String { text(feature, 0) }

    package func code(_ feature: Int) -> String? {
        flags[feature] & FeatureTableWriter.hasCode == 0 ? nil : text(feature, 1)
    }

    /// The row's fields: one JSON object.
    package func fields(_ feature: Int) -> [UInt8] { texts.array(FeatureTableWriter.textsEach * feature + 2) }

    package func quarantine(_ feature: Int) -> String? { isQuarantined(feature) ? text(feature, 3) : nil }

    private func text(_ feature: Int, _ which: Int) -> String { texts.string(FeatureTableWriter.textsEach * feature + which) }

    /// The bytes by which codes are sorted.
    func codeBytes(_ feature: Int) -> UnsafeBufferPointer<UInt8> {
        unsafe texts.utf8(FeatureTableWriter.textsEach * feature + 1)
    }
}
