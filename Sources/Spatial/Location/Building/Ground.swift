/// What holds a near point while the index is built.
struct Ground {
    /// Feature numbers, ascending.
    var parcels: [UInt32] = []
    /// The number of the set of other areas.
    var areas = 0

    mutating func take(_ other: Ground) {
        parcels.removeAll(keepingCapacity: true)
        parcels.append(contentsOf: other.parcels)
        areas = other.areas
    }

    mutating func toggle(parcel: UInt32) {
        let place = parcels.firstIndex { $0 >= parcel } ?? parcels.endIndex
        if place < parcels.endIndex, parcels[place] == parcel {
            parcels.remove(at: place)
        } else {
            parcels.insert(parcel, at: place)
        }
    }
}
