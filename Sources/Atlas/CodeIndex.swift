package import Spatial

/// Features found by their codes: their numbers, sorted by the codes' bytes and then by number.
package struct CodeIndex: Sendable {
    private let order: Column<UInt32>
    private let table: FeatureTable

    private static let section = "code.order"

    /// Nil where it is missing.
    package init?(_ sections: SectionTable, of table: FeatureTable) {
        guard let order = sections.column(Self.section, of: UInt32.self) else { return nil }
        self.order = order
        self.table = table
    }

    /// Indexes the features named, each with its code.
    package static func add(_ codes: [(code: [UInt8], feature: UInt32)], to sections: inout Sections) {
        let sorted = codes.sorted { one, other in
            one.code == other.code ? one.feature < other.feature : one.code.lexicographicallyPrecedes(other.code)
        }
        sections.add(section, sorted.map(\.feature))
    }

    /// The features of a code, ascending.
    package func features(of code: String) -> [Int] {
        let bytes = Array(code.utf8)
        var (low, high) = (0, order.count)
        while low < high {
            let middle = (low + high) / 2
            if unsafe table.codeBytes(Int(order[middle])).lexicographicallyPrecedes(bytes) { low = middle + 1 } else { high = middle }
        }
        var found: [Int] = []
        while low < order.count, unsafe table.codeBytes(Int(order[low])).elementsEqual(bytes) {
            found.append(Int(order[low]))
            low += 1
        }
        return found
    }
}
