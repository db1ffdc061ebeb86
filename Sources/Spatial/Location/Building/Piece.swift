/// What some rows of blocks add to the index. Sets and maps have the numbers of this piece; lines, places and lists count from
/// the piece's own start.
struct Piece: Sendable {
    /// What there is much of.
    struct Columns: Sendable {
        var slots: [Slot] = []
        var tails: [TailLine] = []
        var moreTails: [TailLine] = []
        var exact: [Exact] = []
        var open: [Place] = []
        var lists: [Listed] = []
    }

    var blocks: [(number: Int, block: Block)] = []
    var tiles: [(number: Int, open: UInt32)] = []
    var columns = Columns()
    var maps: [[UInt32]] = []
    var sets = InternedSets()
    private var mapNumbers: [[UInt32]: UInt32] = [:]

    /// A piece with room for what so many edges in blocks come to, so that it is hardly ever moved.
    init(edges: Int) {
        columns.slots.reserveWide(edges / 2)
        columns.open.reserveCapacity(edges / 4)
    }

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
    mutating func write(_ ground: inout Ground) -> UInt32 {
        let number = UInt32(truncatingIfNeeded: columns.open.count)
        switch ground.parcels.count {
        case 0: columns.open.append(Place(parcelCode: 0, setCode: ground.areas(in: &sets)))
        case 1: columns.open.append(Place(parcelCode: ground.parcels[0] + 1, setCode: ground.areas(in: &sets)))
        default: columns.open.append(Place(parcelCode: 0, setCode: everything(ground) | Place.doubt))
        }
        return number
    }

    /// The number of the set of all that holds the ground, parcels too.
    mutating func everything(_ ground: Ground) -> UInt32 { sets.number((ground.areas + ground.parcels).sorted()) }
}

extension Piece.Columns {
    /// Gives sets, maps, lists, tails and exact edges their numbers in the whole.
    mutating func renumber(
        sets: [UInt32], maps: [UInt32], firstList: UInt32, firstTail: UInt32, firstMore: UInt32, firstExact: UInt32
    ) {
        for place in open.indices {
            open[place] = Place(parcelCode: open[place].parcelCode, setCode: sets[open[place].set] | open[place].setCode & Place.doubt)
        }
        for slot in slots.indices {
            let (flags, areas) = (slots[slot].flags, Int(slots[slot].areas))
            slots[slot].areas = flags & Slot.hasBundles != 0 ? maps[areas] : sets[areas]
            if flags & Slot.isListed != 0 { slots[slot].parcels[0] += firstList }
            slots[slot].tail += flags & Slot.hasTail != 0 ? firstTail : firstExact
        }
        for line in tails.indices {
            tails[line].exact += firstExact
            tails[line].more += firstMore
        }
    }
}
