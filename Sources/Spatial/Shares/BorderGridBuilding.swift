extension BorderGrid {
    /// The grid of the areas' edges.
    ///
    /// The cells are as small as they can be without edges that run through many of them, or areas that lie on many others,
    /// taking up far more room than the edges themselves. The same areas make the same grid.
    /// - Parameter areas: feature numbers, ascending, of valid areas; what is no area is passed over.
    package convenience init(_ shapes: ShapeTable, areas: [Int]) {
        let borders = shapes.borders(of: areas)
        for doublings in 0..<Raster.mostDoublings {
            if let builder = BorderGridBuilder(borders, Raster(doublings: doublings)) {
                self.init(builder)
                return
            }
        }
        var builder = BorderGridBuilder(Raster(doublings: Raster.mostDoublings), limit: .max)
        builder.fill(borders)
        self.init(builder)
    }

    private convenience init(_ builder: BorderGridBuilder) {
        self.init(
            raster: builder.raster, firstRow: builder.firstRow, rows: Column(builder.rows), slots: Column(builder.slots),
            edges: Column(builder.edges), sets: Column(builder.setStarts), members: Column(builder.members))
    }
}

extension ShapeTable {
    /// The edges of areas in their order.
    fileprivate func borders(of areas: [Int]) -> [BorderGrid.Border] {
        var borders: [BorderGrid.Border] = []
        for area in areas where kind(area) == .area {
            forEachBorderEdge(of: area) { borders.append(BorderGrid.Border($0, number: UInt32($1), area: UInt32(area))) }
        }
        return borders
    }

    /// Visits the edges of an area as `MultiPolygon.forEachBorderEdge` does, each with the place of its beginning among the points.
    @inline(__always)
    func forEachBorderEdge(of area: Int, _ visit: (BorderEdge, _ start: Int) -> Void) {
        for part in parts(of: area) {
            let rings = rings(of: part)
            for ring in rings {
                let corners = corners(of: ring)
                guard !corners.isEmpty else { continue }
                let points = unsafe points.elements(corners)
                let isShell = ring == rings.lowerBound
                let side = unsafe (twiceRingArea(points.span) < 0) == isShell ? -1 : 1
                var last = corners.lowerBound
                for next in corners.dropFirst() {
                    let edge = unsafe Edge(from: points[last - corners.lowerBound], to: points[next - corners.lowerBound])
                    guard edge.from != edge.to else { continue }
                    visit(BorderEdge(edge: edge, side: side), last)
                    last = next
                }
                let edge = unsafe Edge(from: points[corners.count - 1], to: points[0])
                if edge.from != edge.to { visit(BorderEdge(edge: edge, side: side), corners.upperBound - 1) }
            }
        }
    }
}

extension BorderGrid {
    package func add(to sections: inout Sections) {
        sections.add("border.place", [Int32(raster.doublings), Int32(firstRow)])
        sections.add("border.rows", column: rows)
        sections.add("border.slots", column: slots)
        sections.add("border.edges", column: edges)
        sections.add("border.sets", column: sets)
        sections.add("border.members", column: members)
    }

    /// Nil where a column is missing or its length does not go with the others'.
    package convenience init?(_ sections: SectionTable) {
        guard let place = sections.column("border.place", of: Int32.self), place.count == 2,
            (0...Raster.mostDoublings).contains(Int(place[0])), place[1] >= 0,
            let rows = sections.column("border.rows", of: UInt32.self), let slots = sections.column("border.slots", of: Slot.self),
            let edges = sections.column("border.edges", of: Border.self), let sets = sections.column("border.sets", of: UInt32.self),
            let members = sections.column("border.members", of: UInt32.self), rows.count > 0, slots.count > 0, sets.count > 1,
            Int(rows[rows.count - 1]) == slots.count - 1, Int(slots[slots.count - 1].firstEdge) == edges.count,
            Int(sets[sets.count - 1]) == members.count
        else { return nil }
        self.init(
            raster: Raster(doublings: Int(place[0])), firstRow: Int(place[1]), rows: rows, slots: slots, edges: edges, sets: sets,
            members: members)
    }
}
