/// Why linework is not valid ground in the sense of OGC 06-103r4, 6.1.11 and 6.1.14.
package struct Flaw: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        /// A ring of fewer than three different points.
        case tooFewPoints
        /// A ring whose points lie on one line.
        case zeroArea
        /// A ring that crosses itself or runs back over itself.
        case selfCrossing
        /// A ring that comes back to one of its points.
        case selfTouching
        /// A hole that lies outside its shell.
        case holeOutside
        /// A hole inside another hole.
        case nestedHoles
        /// Two rings of a polygon that cross or share a stretch.
        case holesCross
        /// Holes that, touching each other or the shell, cut the ground in two.
        case disconnectedInterior
        /// A polygon that lies in another one's ground.
        case nestedShells
        /// Two polygons whose rings cross or share a stretch.
        case overlappingParts
    }

    package let kind: Kind
    /// Where it shows; a crossing is rounded to the nearest millimetre.
    package let at: Point
}

extension MultiPolygon {
    /// The first reason why this is not valid ground; nil when it is valid. Exact.
    ///
    /// Points repeated in a row are tolerated, also at the end of a ring; no polygon at all is valid. Rings may touch each other
    /// at points. Found in about n log n for n edges as they occur on maps.
    package func flaw() -> Flaw? {
        var outlines: [Outline] = []
        for (number, polygon) in polygons.enumerated() {
            for (place, ring) in polygon.rings.enumerated() {
                let points = ring.distinctPoints
                guard points.count > 2 else {
                    return Flaw(kind: .tooFewPoints, at: points.first ?? polygon.shell.points.first ?? Point(x: 0, y: 0))
                }
                guard points.contains(where: { orientation(points[0], points[1], $0) != 0 }) else {
                    return Flaw(kind: .zeroArea, at: points[0])
                }
                outlines.append(Outline(polygon: number, isHole: place > 0, points: points))
            }
        }
        var contacts = Contacts(among: outlines)
        return contacts.crossing() ?? misplacement(of: outlines) ?? contacts.cut()
    }

    /// A ring in the wrong place, given that no two rings cross: then the first step along one tells where all of it lies.
    private func misplacement(of outlines: [Outline]) -> Flaw? {
        var whole = polygons.map { Linework(MultiPolygon([$0])) }
        var shells = polygons.map { Linework(MultiPolygon([Polygon(shell: $0.shell)])) }
        for hole in outlines where hole.isHole && !shells[hole.polygon].holds(hole.germ) {
            return Flaw(kind: .holeOutside, at: hole.points[0])
        }
        let boxes = outlines.map(\.box)
        let index = BoxIndex(boxes)
        for (number, outline) in outlines.enumerated() {
            var flaw: Flaw?
            index.search(boxes[number]) { other in
                guard other != number, flaw == nil, outlines[other].isHole == outline.isHole else { return }
                if outline.isHole {
                    guard outlines[other].polygon == outline.polygon else { return }
                    var hole = Linework(MultiPolygon([Polygon(shell: Ring(outlines[other].points))]))
                    if hole.holds(outline.germ) { flaw = Flaw(kind: .nestedHoles, at: outline.points[0]) }
                } else if whole[outlines[other].polygon].holds(outline.germ) {
                    flaw = Flaw(kind: .nestedShells, at: outline.points[0])
                }
            }
            if let flaw { return flaw }
        }
        return nil
    }
}

/// One ring of the linework, without points repeated in a row: at least three.
struct Outline {
    let polygon: Int
    let isHole: Bool
    let points: [Point]

    var box: Box { points.dropFirst().reduce(into: Box(points[0])) { $0.extend(to: $1) } }

    /// The first step along it.
    var germ: Germ { Germ(point: points[0], direction: points[0].vector(to: points[1])) }

    /// The edge from a point to the one after it.
    func edge(_ number: Int) -> Edge {
        Edge(from: points[number], to: points[number + 1 == points.count ? 0 : number + 1])
    }

    /// The points before and after a place on an edge of the ring, which may be its end.
    func neighbours(of point: Point, on number: Int) -> (Point, Point) {
        let edge = edge(number)
        if point == edge.from { return (points[number == 0 ? points.count - 1 : number - 1], edge.to) }
        if point == edge.to { return (edge.from, self.edge(number + 1 == points.count ? 0 : number + 1).to) }
        return (edge.from, edge.to)
    }
}
