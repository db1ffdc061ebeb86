/// What some rows of blocks add to the index. Sets and maps have the numbers of this piece; lines, places and lists count from
/// the piece's own start.
struct Piece: Sendable {
    /// What there is much of.
    struct Columns: Sendable {
        var lines: [Slot] = []
        var open: [Place] = []
        var lists: [Listed] = []
    }

    var blocks: [(number: Int, block: Block)] = []
    var tiles: [(number: Int, open: UInt32)] = []
    var columns = Columns()
    var maps: [[UInt32]] = []
    var sets = MembershipSets()
    /// By set: whether a column names it.
    private(set) var isUsed: [Bool] = []
    private var mapNumbers: [[UInt32]: UInt32] = [:]

    /// A piece with room for what so many edges in blocks come to, so that it is hardly ever moved.
    init(edges: Int) {
        columns.lines.reserveCapacity(edges)
        columns.open.reserveCapacity(edges / 4)
    }

    /// A set's number for a column.
    mutating func use(_ set: Int) -> UInt32 {
        if set >= isUsed.count { isUsed.append(contentsOf: repeatElement(false, count: sets.members.count - isUsed.count)) }
        isUsed[set] = true
        return UInt32(truncatingIfNeeded: set)
    }

    /// The piece's number for a map.
    mutating func number(_ map: [UInt32]) -> UInt32 {
        if let last = maps.last, last == map { return UInt32(maps.count - 1) }
        if let known = mapNumbers[map] { return known }
        let number = UInt32(maps.count)
        for set in map { _ = use(Int(set)) }
        maps.append(map)
        mapNumbers[map] = number
        return number
    }

    /// Writes down what holds ground without edges; returns where.
    mutating func write(_ ground: Ground) -> UInt32 {
        columns.open.append(place(ground))
        return UInt32(columns.open.count - 1)
    }

    private mutating func place(_ ground: Ground) -> Place {
        switch ground.parcels.count {
        case 0: Place(parcelCode: 0, setCode: use(ground.areas))
        case 1: Place(parcelCode: ground.parcels[0] + 1, setCode: use(ground.areas))
        default: Place(parcelCode: 0, setCode: use(everything(ground)) | Place.doubt)
        }
    }

    /// The number of the set of all that holds the ground, parcels too.
    mutating func everything(_ ground: Ground) -> Int {
        sets.number((sets.members[ground.areas] + ground.parcels.map { Int($0) }).sorted())
    }

    /// By set: its members, or none where no column names it.
    var usedSets: [[Int]] {
        sets.members.indices.map { $0 < isUsed.count && isUsed[$0] ? sets.members[$0] : [] }
    }
}

extension Piece.Columns {
    /// Gives sets, maps and lists their numbers in the whole.
    mutating func renumber(_ blocks: [(number: Int, block: Block)], sets: [UInt32], maps: [UInt32], firstList: UInt32) {
        for place in open.indices {
            open[place] = Place(parcelCode: open[place].parcelCode, setCode: sets[open[place].set] | open[place].setCode & Place.doubt)
        }
        for (_, block) in blocks {
            for line in Int(block.line)..<Int(block.line) + block.cells.nonzeroBitCount {
                let (flags, areas) = (lines[line].flags, Int(lines[line].areas))
                lines[line].areas = flags & Slot.hasBundles != 0 ? maps[areas] : sets[areas]
                if flags & Slot.isListed != 0 { lines[line].parcels.x += firstList }
            }
        }
    }
}
