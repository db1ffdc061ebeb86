/// What holds a near point while the index is built.
struct Ground {
    /// Feature numbers, ascending.
    private(set) var parcels: [UInt32] = []
    private(set) var areas: [UInt32] = []
    /// The number of the set of areas, once it has been asked for.
    private var number: UInt32?

    mutating func take(_ other: Ground) {
        parcels.removeAll(keepingCapacity: true)
        parcels.append(contentsOf: other.parcels)
        areas.removeAll(keepingCapacity: true)
        areas.append(contentsOf: other.areas)
        number = other.number
    }

    mutating func toggle(parcel: UInt32) { parcels.toggle(parcel) }

    mutating func toggle(area: UInt32) {
        areas.toggle(area)
        number = nil
    }

    /// The number of the set of areas.
    mutating func areas(in sets: inout InternedSets) -> UInt32 {
        if let number { return number }
        let found = sets.number(areas)
        number = found
        return found
    }
}
