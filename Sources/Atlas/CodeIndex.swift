package import Spatial

/// Features found by their codes: an open hash table of feature numbers, one more than the number and 0 where there is none.
package struct CodeIndex: Sendable {
    private let buckets: Column<UInt32>
    private let table: FeatureTable

    fileprivate static let section = "code.buckets"

    /// Nil where it is missing.
    package init?(_ sections: SectionTable, of table: FeatureTable) {
        guard let buckets = sections.column(Self.section, of: UInt32.self), buckets.count.nonzeroBitCount == 1 else { return nil }
        self.buckets = buckets
        self.table = table
    }

    /// The first feature that has the code; nil where none does.
    package func feature(of code: String) -> Int? {
        let bytes = Array(code.utf8)
        let mask = buckets.count - 1
        var place = unsafe bytes.withUnsafeBufferPointer { unsafe Self.hash($0) } & mask
        // A table is at most half full, so that an empty bucket comes; a damaged one is left after one round.
        for _ in 0...mask {
            guard buckets[place] > 0 else { return nil }
            let feature = Int(buckets[place]) - 1
            if feature < table.count, unsafe table.codeBytes(feature).elementsEqual(bytes) { return feature }
            place = (place + 1) & mask
        }
        return nil
    }

    /// FNV-1a of 64 bits, folded.
    fileprivate static func hash(_ code: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for place in code.indices { hash = unsafe (hash ^ UInt64(code[place])) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: (hash ^ hash >> 29) & 0x7fff_ffff_ffff)
    }
}

extension FeaturePart {
    /// Adds an index of the codes of the sound features that have one; the parts hold an atlas's first features.
    package static func addCodes(of parts: [FeaturePart], to sections: inout Sections) {
        var size = 2
        while size < 2 * parts.reduce(0, { $0 + $1.count }) { size *= 2 }
        var buckets = [UInt32](repeating: 0, count: size)
        var number: UInt32 = 0
        for part in parts {
            for feature in 0..<part.count {
                number += 1
                guard part.isSound(feature), part.hasCode(feature) else { continue }
                var place = unsafe part.withCode(of: feature) { unsafe CodeIndex.hash($0) } & (size - 1)
                while buckets[place] > 0 { place = (place + 1) & (size - 1) }
                buckets[place] = number
            }
        }
        sections.add(CodeIndex.section, buckets)
    }
}
