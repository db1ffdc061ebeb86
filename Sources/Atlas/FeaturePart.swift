package import Spatial

/// Some of a revision's features on their way into an atlas, of one role and in the order in which they came.
package struct FeaturePart: Sendable {
    private var slots: [UInt16] = []
    private var records: [Int64] = []
    private var flags: [UInt8] = []
    private var texts = TextsWriter()
    package var shapes = ShapeTableWriter()

    static let hasCode: UInt8 = 1
    static let isQuarantined: UInt8 = 2
    static let textsEach = 4

    package init() {}

    /// An empty part with room for as much as another has, and a little more.
    package init(roomFor other: FeaturePart) {
        slots.reserveCapacity(other.count + other.count / 8)
        records.reserveCapacity(other.count + other.count / 8)
        flags.reserveCapacity(other.count + other.count / 8)
        texts.reserve(roomFor: other.texts)
        shapes.reserve(roomFor: other.shapes)
    }

    package var count: Int { slots.count }

    /// Adds a feature without its geometry, which goes to `shapes`; texts as UTF-8. False where they are more than an atlas holds.
    package mutating func append(
        slot: UInt16, record: Int64, line: UnsafeBufferPointer<UInt8>, code: UnsafeBufferPointer<UInt8>?,
        fields: UnsafeBufferPointer<UInt8>,
        quarantine: UnsafeBufferPointer<UInt8>?
    ) -> Bool {
        let nothing = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        let (hasCode, isQuarantined) = unsafe (code != nil, quarantine != nil)
        slots.append(slot)
        records.append(record)
        flags.append((hasCode ? Self.hasCode : 0) | (isQuarantined ? Self.isQuarantined : 0))
        return unsafe texts.append(line) && texts.append(code ?? nothing) && texts.append(fields) && texts.append(quarantine ?? nothing)
    }

    package func slot(_ feature: Int) -> Int { Int(slots[feature]) }

    package func isSound(_ feature: Int) -> Bool { flags[feature] & Self.isQuarantined == 0 }

    package func hasCode(_ feature: Int) -> Bool { flags[feature] & Self.hasCode != 0 }

    package func line(_ feature: Int) -> String {
        unsafe texts.withText(Self.textsEach * feature) { unsafe String(decoding: $0, as: UTF8.self) }
    }

    func withCode<Result>(of feature: Int, _ read: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        unsafe texts.withText(Self.textsEach * feature + 1, read)
    }

    /// A feature's code; empty where it has none.
    package func code(_ feature: Int) -> String {
        unsafe withCode(of: feature) { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// The row's fields: one JSON object.
    package func fields(_ feature: Int) -> [UInt8] { unsafe texts.withText(Self.textsEach * feature + 2) { unsafe Array($0) } }
}

extension FeaturePart {
    /// Adds all features of an atlas but their geometries. False where their texts are more than an atlas holds.
    package static func add(_ parts: [FeaturePart], to sections: inout Sections) -> Bool {
        sections.add("feature.slot", pieces: parts.map(\.slots))
        sections.add("feature.record", pieces: parts.map(\.records))
        sections.add("feature.flags", pieces: parts.map(\.flags))
        return TextsWriter.add(parts.map(\.texts), to: &sections, as: "feature.text")
    }
}
