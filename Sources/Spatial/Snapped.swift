/// A geometry brought on to the millimetre grid, and everything that was wrong with it as it came.
package struct Snapped: Hashable, Sendable {
    /// The linework on the grid; nil when nothing of it can be placed. Where there are faults it serves to find the feature
    /// again, not to be answered from: a ring that was not closed is joined here.
    package var geometry: Geometry?
    package var faults: [Fault]
    /// How many points were left out because they round to the one before: another way to write the same line, not a repair.
    package var merged: Int
    /// Whether heights or measures were left behind.
    package var droppedZ: Bool
    package var droppedM: Bool

    package enum Fault: Hashable, Sendable {
        /// No point at all.
        case empty
        /// Points, lines and areas in one feature, or more than one point.
        case mixed(points: Int, lines: Int, polygons: Int)
        /// A coordinate that is infinite or not a number.
        case notFinite
        /// More than 1,000 km from the city's origin, in metres of the city's CRS.
        case outOfRange(Position)
        /// A ring whose last place is not its first: how far they lie apart in metres, and the last place.
        case notClosed(gap: Double, at: Position)
        /// A line of fewer than two different places, or a ring of fewer than three.
        case tooFewPoints(Int, at: Position)
        /// A ring whose places, different as they came, fall on fewer than three grid points or on one straight line.
        case collapsed(at: Position)
    }
}

extension Grid {
    /// Rounds a shape in metres of the city's CRS to the grid, half to even, each place once.
    package func snapped(_ shape: WKB.Shape) -> Snapped {
        var result = Snapped(geometry: nil, faults: [], merged: 0, droppedZ: shape.droppedZ, droppedM: shape.droppedM)
        if shape.isEmpty { result.faults.append(.empty) }
        let kinds = (shape.points.isEmpty ? 0 : 1) + (shape.lines.isEmpty ? 0 : 1) + (shape.polygons.isEmpty ? 0 : 1)
        if kinds > 1 || shape.points.count > 1 {
            let mixed = (shape.points.count, shape.lines.count, shape.polygons.count)
            result.faults.append(.mixed(points: mixed.0, lines: mixed.1, polygons: mixed.2))
        }
        if !shape.polygons.isEmpty {
            let polygons = shape.polygons.compactMap { polygon($0, &result) }
            result.geometry = polygons.isEmpty ? nil : .area(MultiPolygon(polygons))
        } else if !shape.lines.isEmpty {
            let lines = shape.lines.compactMap { line($0, &result) }
            result.geometry = lines.isEmpty ? nil : .line(lines)
        } else if let first = shape.points.first {
            result.geometry = placed(first, &result).map(Geometry.point)
        }
        return result
    }

    /// A polygon whose shell can be drawn; nil otherwise. A hole that cannot is left out, with its fault.
    private func polygon(_ rings: [[Position]], _ result: inout Snapped) -> Polygon? {
        var drawn: [Ring?] = []
        drawn.reserveCapacity(rings.count)
        for ring in rings { drawn.append(self.ring(ring, &result)) }
        guard let first = drawn.first, let shell = first else { return nil }
        return Polygon(shell: shell, holes: drawn.dropFirst().compactMap { $0 })
    }

    private func ring(_ places: [Position], _ result: inout Snapped) -> Ring? {
        guard let first = places.first, let last = places.last else {
            result.faults.append(.empty)
            return nil
        }
        guard var points = chain(places, &result) else { return nil }
        if points.count > 1, points.first == points.last {
            points.removeLast()
        } else if places.count > 1, first != last {
            let (dx, dy) = (last.x - first.x, last.y - first.y)
            result.faults.append(.notClosed(gap: (dx * dx + dy * dy).squareRoot(), at: last))
        }
        if points.count < 3 || points.areCollinear {
            let different = Set(places).count
            result.faults.append(different < 3 ? .tooFewPoints(different, at: first) : .collapsed(at: first))
        }
        return points.count < 3 ? nil : Ring(points)
    }

    private func line(_ places: [Position], _ result: inout Snapped) -> [Point]? {
        guard let points = chain(places, &result), let first = places.first else { return nil }
        guard points.count >= 2 else {
            result.faults.append(.tooFewPoints(points.count, at: first))
            return nil
        }
        return points
    }

    /// Grid points one after another, none equal to the one before; nil when a place cannot be put on the grid.
    private func chain(_ places: [Position], _ result: inout Snapped) -> [Point]? {
        var points: [Point] = []
        points.reserveCapacity(places.count)
        for place in places {
            guard let point = placed(place, &result) else { return nil }
            if point == points.last { result.merged += 1 } else { points.append(point) }
        }
        return points
    }

    private func placed(_ place: Position, _ result: inout Snapped) -> Point? {
        if let point = point(x: place.x, y: place.y) { return point }
        result.faults.append(place.x.isFinite && place.y.isFinite ? .outOfRange(place) : .notFinite)
        return nil
    }
}

extension [Point] {
    /// Whether all lie on one straight line; exact within `Point.limit`.
    fileprivate var areCollinear: Bool {
        guard let a = first, let b = first(where: { $0 != a }) else { return true }
        return allSatisfy { orientation(a, b, $0) == 0 }
    }
}
