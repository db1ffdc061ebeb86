/// Cuts parcels by zones and overlays whose edges lie in a grid: what `sharedArea` and `cells` say of the same ground, to the last
/// bit, from the edges near the parcel alone.
///
/// One per thread: it keeps its memory from one parcel to the next.
package struct ParcelCutter {
    private let shapes: ShapeTable
    private let grid: BorderGrid
    private var arrangement = Arrangement()
    private var parcel = Ground()
    private var near: [BorderGrid.Border] = []
    private var reach: [BorderGrid.Border] = []
    /// Who holds the parcel's first point, ascending.
    private var holders: [UInt32] = []

    /// What is known of the parcel being cut.
    private struct Ground {
        var edges: [BorderEdge] = []
        var perimeter = 0.0
        var area: Int64 = 0
    }

    /// - Parameter grid: of areas in the same table.
    package init(_ shapes: ShapeTable, _ grid: BorderGrid) {
        self.shapes = shapes
        self.grid = grid
    }

    /// Adds the parcel's shares in all areas of the grid, by feature number. What only touches it has none.
    package mutating func addShares(of feature: Int, to shares: inout [Share]) {
        guard approach(feature), let first = parcel.edges.first?.edge.from else { return }
        var isLaid = false
        var (next, held) = (0, 0)
        while next < near.count || held < holders.count {
            let cutter = next < near.count ? near[next].area : .max
            if held < holders.count, holders[held] < cutter {
                // No edge of it comes near: it holds all of the parcel.
                shares.append(Share(feature: holders[held], area: parcel.area, perimeter: parcel.perimeter))
                held += 1
                continue
            }
            let holdsFirst = held < holders.count && holders[held] == cutter
            if holdsFirst { held += 1 }
            if isLaid { arrangement.keepBase() } else { layBase() }
            isLaid = true
            arrangement.beginLayer(0)
            while next < near.count, near[next].area == cutter {
                arrangement.add(near[next].borderEdge)
                next += 1
            }
            let grid = grid
            arrangement.settle { _, point, shift in point == first && shift == .stands ? holdsFirst : grid.holds(point, cutter, shift) }
            let part = arrangement.part(of: 0)
            if part.perimeter > 0 {
                shares.append(Share(feature: cutter, area: part.twiceArea.halfRounded, perimeter: part.perimeter))
            }
        }
    }

    /// The areas of which an edge comes near a feature, ascending: any other holds all of it or nothing.
    package mutating func areasNear(_ feature: Int) -> [Int] {
        grid.find(shapes.boxes[feature], &near)
        var areas: [Int] = []
        for border in near where areas.last != Int(border.area) { areas.append(Int(border.area)) }
        return areas
    }

    /// The parcel's ground in one area of the grid: its size in whole mm² and its perimeter in millimetres, as `sharedArea` has it.
    package mutating func sharedArea(_ feature: Int, _ area: Int) -> (area: Int64, perimeter: Double) {
        guard approach(feature) else { return (0, 0) }
        lay([area])
        let part = arrangement.part(of: 0)
        return (part.twiceArea.halfRounded, part.perimeter)
    }

    /// The parcel's cells, as `cells(of:cutBy:)` has them.
    /// - Parameter areas: feature numbers of areas in the grid; a cell's members are places in this list.
    package mutating func cells(of feature: Int, cutBy areas: [Int]) -> [Cell] {
        guard approach(feature) else { return [] }
        lay(areas)
        return arrangement.cells(total: parcel.area)
    }

    /// Gathers the parcel's edges, those near it, and who holds its first point. False when the feature is no area.
    private mutating func approach(_ feature: Int) -> Bool {
        parcel.edges.removeAll(keepingCapacity: true)
        guard shapes.kind(feature) == .area else { return false }
        var (perimeter, moment) = (0.0, Int128(0))
        shapes.forEachBorderEdge(of: feature) { border, _ in
            parcel.edges.append(border)
            perimeter += border.edge.vector.length
            moment += Int128(Int64(border.side) * cross(Vector(border.edge.from), Vector(border.edge.to)))
        }
        guard let first = parcel.edges.first else { return false }
        parcel.perimeter = perimeter
        parcel.area = Fixed(whole: Int64(clamping: moment)).halfRounded
        grid.find(shapes.boxes[feature], &near)
        grid.findHolders(of: first.edge.from, .stands, &holders)
        return true
    }

    private mutating func layBase() {
        arrangement.beginBase()
        for edge in parcel.edges { arrangement.add(edge) }
    }

    private mutating func lay(_ areas: [Int]) {
        layBase()
        let wanted = areas.map { UInt32($0) }
        let cutting = wanted.indices.filter { !near.run(of: wanted[$0]).isEmpty }
        if cutting.count > 1 { reachOut(cutting.map { wanted[$0] }) }
        for member in wanted.indices {
            let run = near.run(of: wanted[member])
            if run.isEmpty {
                if holders.contains(wanted[member]) { arrangement.add(covering: member) }
                continue
            }
            arrangement.beginLayer(member)
            for place in run { arrangement.add(near[place].borderEdge) }
        }
        let grid = grid
        arrangement.settle { member, point, shift in grid.holds(point, wanted[member], shift) }
    }

    /// Adds to the edges near the parcel those that cross them farther off.
    private mutating func reachOut(_ areas: [UInt32]) {
        reach.removeAll(keepingCapacity: true)
        for border in near where areas.contains(border.area) {
            grid.add(along: border.edge, &reach) { $0.area != border.area && areas.contains($0.area) }
        }
        near += reach
        near.sortByNumber()
    }
}

extension Array<BorderGrid.Border> {
    /// Where an area's edges lie in the ascending list.
    fileprivate func run(of area: UInt32) -> Range<Int> {
        let start = partitioningIndex { $0.area >= area }
        return start..<(start..<count).partitioningIndex { self[$0].area > area }
    }
}
