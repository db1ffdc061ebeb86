/// What the index knows of one cell that edges run through: two cache lines of 64 bytes beside each other.
///
/// Whatever holds the cell's reference point is known; the edges crossed on the way from there to the question say what else
/// holds it. An edge shared by neighbours stands here once. The cell has its own short list of parcels, of which each edge
/// switches some, and of bundles of other areas that change together at some edge. So nothing is presumed of the layers: where
/// parcels overlap, two bits are left standing, and the answer says that it is not simple.
struct Slot: BitwiseCopyable {
    /// Feature numbers. In a listed cell: where its list begins and how long it is.
    var parcels: SIMD8<UInt32>
    /// The reference point, 64 × this + 32 units from the cell's lower left corner.
    var referenceX, referenceY: UInt8
    /// How many of the parcels hold the reference point: the first ones.
    var start: UInt8
    var flags: UInt8
    /// The set of areas at the reference point; with `hasBundles` the place in `maps` of the set for each choice of bundles.
    var areas: UInt32
    var edges: EdgeLanes
    var moreEdges: EdgeLanes
    /// With `hasTail` the first of its lines, and how many there are; else the first of the slot's inexact edges in `exact`.
    var tail: UInt32
    var tailLines: UInt32

    static let hasBundles: UInt8 = 1
    /// More edges than the slot has room for.
    static let hasTail: UInt8 = 2
    /// Too much for a slot: the cell's edges are listed one by one with their features.
    static let isListed: UInt8 = 4

    /// How many numbers of 32 bits a slot is long.
    static let words = 32
    static let mostParcels = 8
    static let mostBundles = 6
    /// Edges in a slot, and the most with those of its tail.
    static let ownEdges = 8
    static let mostEdges = ownEdges + 4 * 64

    static let empty = Slot(
        parcels: SIMD8(repeating: 0), referenceX: 0, referenceY: 0, start: 0, flags: 0, areas: 0, edges: .none, moreEdges: .none,
        tail: 0, tailLines: 0)

    /// The reference point's distance in units from the cell's lower left corner.
    @inline(__always)
    var reference: (x: Int32, y: Int32) { (Self.place(referenceX), Self.place(referenceY)) }

    /// Where a reference point lies on an axis of the cell, in units.
    @inline(__always)
    static func place(_ stored: UInt8) -> Int32 { Int32(stored) << 6 | 32 }

    @inline(__always)
    func has(_ flag: UInt8) -> Bool { flags & flag != 0 }
}

/// Four edges of a cell, in its unit (a millimetre unless the grid is scaled) from its reference point, within ±`reach`. Every
/// product and sum below is exact in Int32. An edge that is longer or not on whole units is cut and rounded, and marked inexact.
struct EdgeLanes: BitwiseCopyable {
    /// Each from a to b with the reference point on its left. Those not needed are never crossed and never near.
    var ax, ay, bx, by: SIMD4<Int16>
    /// What crossing each edge switches: bits 0–7 parcels, 8–13 bundles; bit 15 marks an inexact edge.
    var keys: SIMD4<UInt16>

    /// Twice a triangle within a square of twice this side stays below 2³¹.
    static let reach: Int32 = 23_170
    static let inexact: UInt16 = 1 << 15
    /// Twice the triangle over an inexact edge whose sign is not to be trusted: cutting and rounding move an edge, and scaling a
    /// question, by less than 1.5 units together, and no cut edge is longer than 65,536 units.
    static let margin: Int32 = 1 << 17

    static let none = EdgeLanes(
        ax: SIMD4(repeating: 23_000), ay: SIMD4(repeating: -23_000), bx: SIMD4(repeating: 23_000), by: SIMD4(repeating: 23_000),
        keys: SIMD4(repeating: 0))

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

/// Four more edges of a cell that has many: one line. The first lines of a block's tails follow each other in the order of its cells, so
/// that one is asked for together with its slot; their further lines are kept apart.
struct TailLine: BitwiseCopyable {
    var edges: EdgeLanes
    /// In a tail's first line: the first of all the cell's inexact edges in `exact`.
    var exact: UInt32
    /// In a tail's first line: where in `moreTails` its further ones begin.
    var more: UInt32
    private let unused: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)

    init(_ edges: EdgeLanes, exact: UInt32, more: UInt32) {
        self.edges = edges
        self.exact = exact
        self.more = more
    }
}

/// An edge as it is.
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
    /// The slot of the first such cell; the others' follow it.
    var slot: UInt32
    /// The place in `open` of the first cell without edges, or where no cell has any, of all.
    var open: UInt32
    /// The cells whose slot has a tail.
    var tailed: UInt64
    /// The first line of the first such cell's tail.
    var tail: UInt32
    private let unused: UInt32 = 0

    init(cells: UInt64 = 0, slot: UInt32 = 0, open: UInt32, tailed: UInt64 = 0, tail: UInt32 = 0) {
        self.cells = cells
        self.slot = slot
        self.open = open
        self.tailed = tailed
        self.tail = tail
    }
}

/// 16 × 16 blocks.
struct Tile: BitwiseCopyable {
    /// One more than its number among the tiles with edges; 0 for one without, the whole of which is at one place in `open`.
    var number: UInt32
    var open: UInt32
}
