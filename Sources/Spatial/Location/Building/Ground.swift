/// What holds a near point while the index is built.
struct Ground {
    /// Feature numbers, ascending.
    private(set) var parcels: [UInt32] = []
    private(set) var areas: [UInt32] = []
    /// The number of the set of areas, once it has been asked for.
    private var number: UInt32?

    mutating func take(_ other: Ground) {
        parcels.become(other.parcels)
        areas.become(other.areas)
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

extension Array<UInt32> {
    /// Takes over the other's elements, not its memory: for the few that lists here mostly have.
    @inline(__always)
    mutating func become(_ other: [UInt32]) {
        while count > other.count { removeLast() }
        for place in indices { self[place] = other[place] }
        for place in count..<other.count { append(other[place]) }
    }
}
