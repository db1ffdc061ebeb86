extension LocationIndex {
    /// Whether an edge of an area that is no parcel may meet the box: never false where one does, and true for one that comes
    /// into one of the box's cells, 8 m wide.
    ///
    /// Where it is false, the box lies as a whole in the areas of `place(of:)` of any of its points.
    package func mayMeetAreaEdge(_ box: Box) -> Bool {
        guard box.minX <= box.maxX, box.minY <= box.maxY else { return false }
        let step = Int64(1) << Int64(grid.cellShift)
        func starts(_ low: Int32, _ high: Int32, _ origin: Int32) -> StrideThrough<Int64> {
            let most = Int64(origin) + Int64(max(grid.columns, grid.rows)) << Int64(grid.tileShift)
            let low = max(Int64(low), Int64(origin))
            // From a cell's start: stepping on from the box's own low side would pass over the last cell.
            let first = Int64(origin) + (low - Int64(origin)) & ~(step - 1)
            return stride(from: first, through: min(Int64(high), most), by: Int64.Stride(step))
        }
        for y in starts(box.minY, box.maxY, grid.originY) {
            for x in starts(box.minX, box.maxX, grid.originX) {
                guard case .slot(let line) = spot(of: Point(x: Int32(clamping: x), y: Int32(clamping: y))) else { continue }
                if lines[line].flags & (Slot.hasBundles | Slot.isListed) != 0 { return true }
            }
        }
        return false
    }
}
