/// The quick answer to what holds a point.
package struct Place: Hashable, Sendable, BitwiseCopyable {
    /// One more than the parcel's feature number; 0 for none.
    let parcelCode: UInt32
    /// The set's number; the top bit marks a place that is not simple.
    let setCode: UInt32

    static let doubt: UInt32 = 1 << 31
    static let nowhere = Place(parcelCode: 0, setCode: 0)

    @inline(__always)
    init(parcelCode: UInt32, setCode: UInt32) {
        self.parcelCode = parcelCode
        self.setCode = setCode
    }

    /// Whether the rest is the whole truth. It is not for a point on an edge's line, very near to an edge that the cell could not
    /// hold exactly, in several parcels, or in a cell with too much in it: then ask `LocationIndex.holders`.
    package var isSimple: Bool { setCode & Self.doubt == 0 }

    /// The feature number of the only parcel that holds the point.
    package var parcel: Int? { parcelCode == 0 ? nil : Int(parcelCode) - 1 }

    /// The number of the set of all other areas that hold the point, for `LocationIndex.members`.
    package var set: Int { Int(setCode & ~Self.doubt) }
}

/// A feature that holds a point.
package struct Holder: Hashable, Sendable {
    package let feature: Int
    /// Whether the point is on the feature's boundary; else it is inside.
    package let onBoundary: Bool

    package init(feature: Int, onBoundary: Bool) {
        self.feature = feature
        self.onBoundary = onBoundary
    }
}
