/// Point → every area that holds it, over all layers at once, exactly and in about the time of one miss of the caches.
///
/// The plane is parted into cells (`CellGrid`). A cell without edges has its answer written down, one with edges has a `Slot`
/// that a question is settled from in integers. The way to it: the tile and the block, in tables small enough to stay in the
/// caches, then one place in memory.
///
/// Nothing is presumed of the features but that each is valid ground by itself: layers may overlap, gap, nest and repeat.
package struct LocationIndex: Sendable {
    let grid: CellGrid
    let tiles: Column<Tile>
    let blocks: Column<Block>
    let open: Column<Place>
    let slots: Column<Slot>
    /// The same memory as `slots`, whose parcels come first.
    let parcels: Column<UInt32>
    let tails: Column<TailLine>
    let moreTails: Column<TailLine>
    /// Those edges as they are that slots and tails hold inexactly: those of one cell in the order in which it has them.
    let exact: Column<Exact>
    let lists: Column<Listed>
    let maps: Column<UInt32>
    let setStarts: Column<UInt32>
    let setMembers: Column<UInt32>

    /// Nil where a column is missing or their lengths do not go with each other. Costs no reading of the columns themselves.
    package init?(_ sections: SectionTable) {
        guard let grids = sections.column("location.grid", of: CellGrid.self), grids.count == 1,
            let tiles = sections.column("location.tiles", of: Tile.self), tiles.count == grids[0].tileCount,
            let blocks = sections.column("location.blocks", of: Block.self), blocks.count % CellGrid.blocksInTile == 0,
            let open = sections.column("location.open", of: Place.self),
            let slots = sections.column("location.slots", of: Slot.self),
            let parcels = sections.column("location.slots", of: UInt32.self),
            let tails = sections.column("location.tails", of: TailLine.self),
            let moreTails = sections.column("location.moreTails", of: TailLine.self),
            let exact = sections.column("location.exact", of: Exact.self),
            let lists = sections.column("location.lists", of: Listed.self),
            let maps = sections.column("location.maps", of: UInt32.self),
            let starts = sections.column("location.sets", of: UInt32.self), starts.count > 1,
            let members = sections.column("location.members", of: UInt32.self), grids[0].scale < 16
        else { return nil }
        grid = grids[0]
        self.tiles = tiles
        self.blocks = blocks
        self.open = open
        self.slots = slots
        self.parcels = parcels
        self.tails = tails
        self.moreTails = moreTails
        self.exact = exact
        self.lists = lists
        self.maps = maps
        setStarts = starts
        setMembers = members
    }

    /// The features of an interned set, ascending.
    package func members(of set: Int) -> Members {
        Members(features: setMembers, range: Int(setStarts[set])..<Int(setStarts[set + 1]))
    }

    package struct Members: RandomAccessCollection {
        let features: Column<UInt32>
        let range: Range<Int>

        package var startIndex: Int { range.lowerBound }
        package var endIndex: Int { range.upperBound }
        package subscript(_ place: Int) -> Int { Int(features[place]) }
    }
}
