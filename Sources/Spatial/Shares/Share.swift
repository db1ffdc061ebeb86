/// The ground that a parcel has in common with one zone or overlay. 16 bytes, as it lies in an atlas.
package struct Share: Hashable, Sendable, BitwiseCopyable {
    /// The zone's or overlay's feature number.
    package let feature: UInt32
    /// The depth rounded up, doubled; one more where rounding half to even goes down.
    private let packedDepth: UInt32
    /// In whole mm², half to even; 0 for the thinnest slivers. Under 2⁶³, as all ground on the grid.
    package let area: Int64

    /// - Parameter perimeter: of the shared ground, in millimetres; more than 0.
    package init(feature: UInt32, area: Int64, perimeter: Double) {
        self.feature = feature
        self.area = area
        let depth = 2 * Double(area) / perimeter
        // Of all ground on the grid none is deeper than 1.07 × 10⁹ mm (Cheeger's constant of the square), so that 31 bits hold it;
        // what is no valid ground is held at their ends.
        let ceiling = min(max(depth.rounded(.up), 0), 0x7FFF_FFFF)
        packedDepth = UInt32(ceiling) << 1 | (depth.rounded(.toNearestOrEven) < ceiling ? 1 : 0)
    }

    /// The depth, 2·area/perimeter, to the whole millimetre, half to even.
    package var depth: Int64 { Int64(packedDepth >> 1) - Int64(packedDepth & 1) }

    /// Whether the depth, unrounded, is no more than so many millimetres.
    package func isNoDeeper(than millimetres: Int64) -> Bool { Int64(packedDepth >> 1) <= millimetres }
}
