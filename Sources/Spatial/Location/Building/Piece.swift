/// What some rows of blocks add to the index. Sets and maps have the numbers of this piece; lines, places and lists count from
/// the piece's own start.
struct Piece: Sendable {
    var blocks: [(number: Int, block: Block)] = []
    var tiles: [(number: Int, open: UInt32)] = []
    var lines: [Slot] = []
    var open: [Place] = []
    var lists: [Listed] = []
    var maps: [[UInt32]] = []
    var sets = MembershipSets()
    /// The lines of slots; the others are tails.
    var slots: [UInt32] = []
    private var mapNumbers: [[UInt32]: UInt32] = [:]

    /// The piece's number for a map.
    mutating func number(_ map: [UInt32]) -> UInt32 {
        if let last = maps.last, last == map { return UInt32(maps.count - 1) }
        if let known = mapNumbers[map] { return known }
        let number = UInt32(maps.count)
        maps.append(map)
        mapNumbers[map] = number
        return number
    }

    /// Writes down what holds ground without edges; returns where.
    mutating func write(_ ground: Ground) -> UInt32 {
        open.append(place(ground))
        return UInt32(open.count - 1)
    }

    private mutating func place(_ ground: Ground) -> Place {
        switch ground.parcels.count {
        case 0: Place(parcelCode: 0, setCode: UInt32(ground.areas))
        case 1: Place(parcelCode: ground.parcels[0] + 1, setCode: UInt32(ground.areas))
        default: Place(parcelCode: 0, setCode: UInt32(everything(ground)) | Place.doubt)
        }
    }

    /// The number of the set of all that holds the ground, parcels too.
    mutating func everything(_ ground: Ground) -> Int {
        sets.number((sets.members[ground.areas] + ground.parcels.map { Int($0) }).sorted())
    }
}
