import Synchronization

/// Puts pieces one after the other in their order, whichever is ready first, and gives their sets and maps the numbers in which
/// these are first met: so it does not matter how the ground was parted.
///
/// The slots, by far the most, are handed on with each piece and not kept.
final class Joining: Sendable {
    private let state: Mutex<State>
    private let hand: @Sendable (Sections) -> Void

    init(_ plan: LocationPlan, _ hand: @escaping @Sendable (Sections) -> Void) {
        state = Mutex(State(plan))
        self.hand = hand
    }

    /// Takes a piece over.
    func add(_ piece: consuming Piece, number: Int) {
        var waiting: Piece? = piece
        state.withLock { state in
            state.waiting[number] = waiting.take()
            while let next = state.waiting.removeValue(forKey: state.next) {
                let slots = state.join(next)
                var sections = Sections()
                sections.add("location.slots", slots, continuing: state.next > 0)
                hand(sections)
                state.next += 1
            }
        }
    }

    /// Adds all but the slots, once all pieces are there.
    func add(to sections: inout Sections) {
        sections.append(state.withLock { $0.sections })
    }

    private struct State {
        private let grid: CellGrid
        private var tiles: [Tile]
        private var blocks: [Block]
        private var open: [[Place]] = []
        private var tails: [[TailLine]] = []
        private var moreTails: [[TailLine]] = []
        private var exact: [[Exact]] = []
        private var lists: [[Listed]] = []
        private var sets = InternedSets()
        private var maps: [UInt32] = []
        /// By map: where it begins in `maps`.
        private var mapStarts: [[UInt32]: UInt32] = [:]
        private var counts = (slots: 0, tails: 0, moreTails: 0, exact: 0, open: 0, lists: 0)
        /// Pieces before which others are still missing.
        var waiting: [Int: Piece] = [:]
        var next = 0

        init(_ plan: LocationPlan) {
            grid = plan.grid
            tiles = plan.tileNumbers.map { Tile(number: UInt32($0 + 1), open: 0) }
            blocks = [Block](repeating: Block(open: 0), count: plan.blockCount)
        }

        /// The piece's slots, with the numbers of the whole.
        mutating func join(_ piece: consuming Piece) -> [Slot] {
            let (slot, open) = (UInt32(counts.slots), UInt32(counts.open))
            for (number, place) in piece.tiles { tiles[number].open = place + open }
            for (number, block) in piece.blocks {
                blocks[number] = Block(
                    cells: block.cells, slot: block.cells == 0 ? 0 : block.slot + slot, open: block.open + open, tailed: block.tailed,
                    tail: block.tailed == 0 ? 0 : block.tail + UInt32(counts.tails))
            }
            var setNumbers: [UInt32] = []
            for set in piece.sets.members { setNumbers.append(sets.number(set)) }
            var mapPlaces: [UInt32] = []
            for map in piece.maps { mapPlaces.append(place(of: map.map { setNumbers[Int($0)] })) }
            piece.columns.renumber(
                sets: setNumbers, maps: mapPlaces, firstList: UInt32(counts.lists), firstTail: UInt32(counts.tails),
                firstMore: UInt32(counts.moreTails), firstExact: UInt32(counts.exact))
            self.open.append(piece.columns.open)
            lists.append(piece.columns.lists)
            tails.append(piece.columns.tails)
            moreTails.append(piece.columns.moreTails)
            exact.append(piece.columns.exact)
            counts.slots += piece.columns.slots.count
            counts.tails += piece.columns.tails.count
            counts.moreTails += piece.columns.moreTails.count
            counts.exact += piece.columns.exact.count
            counts.open += piece.columns.open.count
            counts.lists += piece.columns.lists.count
            return piece.columns.slots
        }

        private mutating func place(of map: [UInt32]) -> UInt32 {
            if let known = mapStarts[map] { return known }
            let start = UInt32(maps.count)
            mapStarts[map] = start
            maps += map
            return start
        }

        var sections: Sections {
            var sections = Sections()
            var (starts, members) = ([UInt32(0)], [UInt32]())
            for set in sets.members {
                members += set
                starts.append(UInt32(members.count))
            }
            sections.add("location.grid", [grid])
            sections.add("location.tiles", tiles)
            sections.add("location.blocks", blocks)
            sections.add("location.open", pieces: open)
            sections.add("location.tails", pieces: tails)
            sections.add("location.moreTails", pieces: moreTails)
            sections.add("location.exact", pieces: exact)
            sections.add("location.lists", pieces: lists)
            sections.add("location.maps", maps)
            sections.add("location.sets", starts)
            sections.add("location.members", members)
            return sections
        }
    }
}
