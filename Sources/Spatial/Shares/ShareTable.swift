/// The shares of every parcel in zones and overlays, flat, as they lie in an atlas.
package struct ShareTable: Sendable {
    /// By feature, and one more: the first of its shares.
    private let starts: Column<UInt32>
    /// By parcel, then by zone or overlay.
    private let shares: Column<Share>

    /// Nil where a column is missing or does not go with the other.
    package init?(_ sections: SectionTable) {
        guard let starts = sections.column("share.starts", of: UInt32.self), let shares = sections.column("share.shares", of: Share.self),
            starts.count > 0, starts[starts.count - 1] == shares.count
        else { return nil }
        self.starts = starts
        self.shares = shares
    }

    /// Works out the shares of many parcels; the same on any number of threads.
    /// - Parameters:
    ///   - parcels: feature numbers, ascending; what is no area has no shares.
    ///   - grid: of zones and overlays in the same table.
    package init(of parcels: [Int], in shapes: ShapeTable, _ grid: BorderGrid, threads: Int) {
        let batches = concurrently((parcels.count + Self.batch - 1) / Self.batch, threads: threads) { number in
            var cutter = ParcelCutter(shapes, grid)
            var batch = Batch()
            batch.fill(parcels[number * Self.batch..<min((number + 1) * Self.batch, parcels.count)], &cutter)
            return batch
        }
        self.init(shapes.count, parcels, batches)
    }

    private static let batch = 2_048

    /// The shares of parcels that follow each other.
    private struct Batch: Sendable {
        var counts: [UInt32] = []
        var shares: [Share] = []

        mutating func fill(_ parcels: ArraySlice<Int>, _ cutter: inout ParcelCutter) {
            counts.reserveCapacity(parcels.count)
            shares.reserveCapacity(2 * parcels.count)
            for parcel in parcels {
                let before = shares.count
                cutter.addShares(of: parcel, to: &shares)
                counts.append(UInt32(shares.count - before))
            }
        }
    }

    private init(_ features: Int, _ parcels: [Int], _ batches: [Batch]) {
        var starts = [UInt32](repeating: 0, count: features + 1)
        var next = 0
        for batch in batches {
            for count in batch.counts {
                starts[parcels[next] + 1] = count
                next += 1
            }
        }
        for feature in 0..<features { starts[feature + 1] += starts[feature] }
        self.starts = Column(starts)
        shares = Column(joining: batches.map(\.shares))
    }

    package var count: Int { shares.count }

    /// A parcel's shares, by the feature number of the zone or overlay.
    package func shares(of parcel: Int) -> [Share] { unsafe Array(shares.elements(Int(starts[parcel])..<Int(starts[parcel + 1]))) }
}

extension ShareTable {
    package func add(to sections: inout Sections) {
        sections.add("share.starts", column: starts)
        sections.add("share.shares", column: shares)
    }
}
