/// What the index knows of one cell that edges run through: one cache line of 64 bytes.
///
/// Whatever holds the cell's reference point is known; the edges crossed on the way from there to the question say what else
/// holds it. An edge shared by neighbours stands here once. The cell has its own short list of parcels, of which each edge
/// switches some, and of bundles of other areas that change together at some edge. So nothing is presumed of the layers: where
/// parcels overlap, two bits are left standing, and the answer says that it is not simple.
///
/// Coordinates are in the cell's unit (a millimetre unless the grid is scaled) from the reference point, within ±`reach`; every
/// product and sum below is exact in Int32. An edge that is longer or not on whole units is cut and rounded, and marked inexact.
struct Slot: BitwiseCopyable {
    /// Four edges, each from a to b with the reference point on its left. Those not needed are `far`.
    var ax, ay, bx, by: SIMD4<Int16>
    /// What crossing each edge switches: bits 0–6 parcels, 8–13 bundles; bit 15 marks an inexact edge.
    var keys: SIMD4<UInt16>
    /// The reference point, 32 × this + 16 units from the cell's lower left corner.
    var referenceX, referenceY: UInt8
    /// The parcels that hold the reference point.
    var start: UInt8
    var flags: UInt8
    /// The set of areas at the reference point; with `hasBundles` the place in `maps` of the set for each choice of bundles.
    var areas: UInt32
    /// Feature numbers. With `hasTail` the last is how many lines further on the tail begins, and in the top byte how many
    /// lines of more edges it has; the first of them carries four parcels more. Lines of `Exact` edges follow.
    /// In a listed cell: where its list begins and how long it is.
    var parcels: SIMD4<UInt32>

    static let hasBundles: UInt8 = 1
    static let hasTail: UInt8 = 2
    /// Too much for a slot: the cell's edges are listed one by one with their features.
    static let isListed: UInt8 = 4

    /// Twice a triangle within a square of twice this side stays below 2³¹.
    static let reach: Int32 = 23_170
    static let inexact: UInt16 = 1 << 15
    /// Twice the triangle over an inexact edge whose sign is not to be trusted: cutting and rounding move an edge, and scaling a
    /// question, by less than 1.5 units together, and no cut edge is longer than 65,536 units.
    static let margin: Int32 = 1 << 17
    static let mostParcels = 7
    static let mostBundles = 6
    /// Edges in a slot and the most lines of its tail.
    static let mostEdges = 4 + 4 * 64

    /// No edge: never crossed and never near.
    static let far = (a: SIMD2<Int16>(23_000, -23_000), b: SIMD2<Int16>(23_000, 23_000))

    static let empty = Slot(
        ax: SIMD4(repeating: far.a.x), ay: SIMD4(repeating: far.a.y), bx: SIMD4(repeating: far.b.x), by: SIMD4(repeating: far.b.y),
        keys: SIMD4(repeating: 0), referenceX: 0, referenceY: 0, start: 0, flags: 0, areas: 0, parcels: SIMD4(repeating: 0))

    /// The reference point's distance in units from the cell's lower left corner.
    @inline(__always)
    var reference: (x: Int32, y: Int32) { (Int32(referenceX) << 5 | 16, Int32(referenceY) << 5 | 16) }

    @inline(__always)
    func has(_ flag: UInt8) -> Bool { flags & flag != 0 }

    /// What the edges crossed on the way to a question switch; and, in the sign, whether the question is on the line of an edge
    /// or too near to an inexact one.
    ///
    /// An edge is crossed when its ends lie on different sides of the way's line and the question right of it. Ends on the line
    /// count as left of it: at a corner on the way either both its edges are crossed or one or none, as their other ends lie.
    @inline(__always)
    func crossed(_ x: Int16, _ y: Int16) -> (keys: UInt16, doubt: Int32) {
        // Widened from 16 bits: the compiler then multiplies eight lanes at once, without a newer processor's instructions.
        let (qx, qy) = (Self.wide(SIMD4(repeating: x)), Self.wide(SIMD4(repeating: y)))
        let (ax, ay, bx, by) = (Self.wide(self.ax), Self.wide(self.ay), Self.wide(self.bx), Self.wide(self.by))
        let a = qx &* ay &- qy &* ax
        let b = qx &* by &- qy &* bx
        let triangle = ax &* by &- ay &* bx &+ a &- b
        let key = Self.wide(SIMD4<Int16>(truncatingIfNeeded: keys))
        let switched = (((a ^ b) & triangle) &>> 31) & key
        let sign = triangle &>> 31
        let doubt = ((triangle ^ sign) &- sign) &- ((key &>> 31) & Self.margin) &- 1
        let halves = (switched.lowHalf ^ switched.highHalf, doubt.lowHalf | doubt.highHalf)
        return (UInt16(truncatingIfNeeded: halves.0.x ^ halves.0.y), halves.1.x | halves.1.y)
    }

    @inline(__always)
    private static func wide(_ lanes: SIMD4<Int16>) -> SIMD4<Int32> { SIMD4(truncatingIfNeeded: lanes) }
}

/// An edge as it is; four to a line.
struct Exact: BitwiseCopyable {
    var a: Point
    var b: Point
}

/// An edge of one feature, in a cell with too much for a slot.
struct Listed: BitwiseCopyable {
    var feature: UInt32
    var a: Point
    var b: Point
}

/// 8 × 8 cells.
struct Block: BitwiseCopyable {
    /// The cells with edges, row by row from below.
    var cells: UInt64
    /// The line of the first such cell's slot; the others' follow it.
    var line: UInt32
    /// The place in `open` of the first cell without edges, or where no cell has any, of all.
    var open: UInt32
}

/// 16 × 16 blocks.
struct Tile: BitwiseCopyable {
    /// One more than its number among the tiles with edges; 0 for one without, the whole of which is at one place in `open`.
    var number: UInt32
    var open: UInt32
}
