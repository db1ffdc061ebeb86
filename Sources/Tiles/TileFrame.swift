package import Spatial

/// A place in a tile, in its units: x to the right and y down from its upper left corner.
package struct TilePoint: Hashable, Sendable {
    package let x: Int
    package let y: Int

    package init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }
}

/// A feature's geometry in a tile.
package enum TileShape: Hashable, Sendable {
    case points([TilePoint])
    case lines([[TilePoint]])
    /// Polygons of rings, the shell first; rings do not repeat their first point.
    case polygons([[[TilePoint]]])
}

/// One tile's view of the city.
///
/// Places come out of the mapping as doubles, are cut to the tile and its buffer, and are rounded last, half to even: a corner that two
/// features share is rounded alike in both, whatever else is cut off, and in both of two tiles, as a place less a whole number of units
/// is exact. Rounding first would cut off valid ground as ground that crosses itself.
/// What rounding makes invalid is snapped by GEOS, which keeps it valid. Belongs to one thread at a time.
package struct TileFrame {
    package let extent: Int
    private let mapping: TileMapping
    private let address: TileAddress
    private let low: Double
    private let high: Double
    private let geos: GEOS

    /// The extent is the number of units along the tile's side; the buffer is in units too. The set must hold the address.
    package init(_ address: TileAddress, _ mapping: TileMapping, extent: Int = 4096, buffer: Int = 64) throws(SpatialError) {
        precondition(mapping.set.holds(address) && extent > 0 && buffer >= 0)
        self.extent = extent
        self.mapping = mapping
        self.address = address
        (low, high) = (Double(-buffer), Double(extent + buffer))
        geos = try GEOS()
    }

    /// Where points of the city lie in the tile, in its units, neither cut nor rounded.
    package func places(_ points: [Point]) throws(SpatialError) -> [Position] {
        var places = try mapping.shares(of: points)
        let units = Double(extent) * Double(mapping.set.count(at: address.zoom))
        let (left, top) = (Double(address.col * extent), Double(address.row * extent))
        for index in places.indices {
            places[index].x = places[index].x * units - left
            places[index].y = places[index].y * units - top
        }
        return places
    }

    /// The geometry as the tile shows it; nil where nothing of it is left.
    package func shape(_ geometry: Geometry) throws(SpatialError) -> TileShape? {
        switch geometry {
        case .point(let point):
            let place = try places([point])[0]
            return holds(place) ? .points([TilePoint(place)]) : nil
        case .line(let parts):
            var lines: [[TilePoint]] = []
            for part in parts {
                for line in cut(try places(part)) {
                    let points = line.map { TilePoint($0) }.withoutRepetition
                    if points.count > 1 { lines.append(points) }
                }
            }
            return lines.isEmpty ? nil : .lines(lines)
        case .area(let area):
            return try shape(area)
        }
    }

    private func shape(_ area: MultiPolygon) throws(SpatialError) -> TileShape? {
        var polygons: [[[Position]]] = []
        var isWithin = true
        for polygon in area.polygons {
            let shell = try places(polygon.shell.points)
            guard meets(shell) else { continue }
            isWithin = isWithin && shell.allSatisfy(holds)
            var rings = [shell]
            for hole in polygon.holes {
                let ring = try places(hole.points)
                if meets(ring) { rings.append(ring) }
            }
            polygons.append(rings)
        }
        guard !polygons.isEmpty else { return nil }
        if isWithin {
            let rounded = MultiPolygon(polygons.compactMap(Polygon.init(rounding:)))
            if rounded.polygons.isEmpty { return nil }
            if rounded.flaw() == nil { return TileShape(rounded) }
        }
        let snapped = try geos.snapped(polygons, cutTo: isWithin ? nil : (low, low, high, high))
        return snapped.polygons.isEmpty ? nil : TileShape(snapped)
    }

    private func holds(_ place: Position) -> Bool { place.x >= low && place.x <= high && place.y >= low && place.y <= high }

    /// Whether the box around a ring meets the tile and its buffer.
    private func meets(_ ring: [Position]) -> Bool {
        !ring.allSatisfy { $0.x < low } && !ring.allSatisfy { $0.x > high } && !ring.allSatisfy { $0.y < low }
            && !ring.allSatisfy { $0.y > high }
    }

    /// The parts of a line in the tile and its buffer (the method of Liang and Barsky, stretch by stretch).
    private func cut(_ line: [Position]) -> [[Position]] {
        var lines: [[Position]] = []
        var isOpen = false
        for (from, to) in zip(line, line.dropFirst()) {
            let (dx, dy) = (to.x - from.x, to.y - from.y)
            var (enter, leave) = (0.0, 1.0)
            for (step, room) in [(-dx, from.x - low), (dx, high - from.x), (-dy, from.y - low), (dy, high - from.y)] {
                if step < 0 {
                    enter = max(enter, room / step)
                } else if step > 0 {
                    leave = min(leave, room / step)
                } else if room < 0 {
                    leave = -1
                }
            }
            guard enter <= leave else {
                isOpen = false
                continue
            }
            func place(_ along: Double) -> Position { Position(x: from.x + along * dx, y: from.y + along * dy) }
            if !isOpen || enter > 0 { lines.append([enter > 0 ? place(enter) : from]) }
            lines[lines.count - 1].append(leave < 1 ? place(leave) : to)
            isOpen = leave == 1
        }
        return lines
    }
}

extension TilePoint {
    /// A place within a tile's buffer, rounded.
    fileprivate init(_ place: Position) {
        self.init(x: Int(place.x.rounded(.toNearestOrEven)), y: Int(place.y.rounded(.toNearestOrEven)))
    }
}

extension [TilePoint] {
    fileprivate var withoutRepetition: [TilePoint] {
        reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
}

extension Polygon {
    /// Rounded to whole units, without points repeated in a row and rings that have no area left; nil where the shell has none.
    fileprivate init?(rounding rings: [[Position]]) {
        var kept: [Ring] = []
        for (number, places) in rings.enumerated() {
            var points: [Point] = []
            points.reserveCapacity(places.count)
            for place in places {
                let point = Point(x: Int32(place.x.rounded(.toNearestOrEven)), y: Int32(place.y.rounded(.toNearestOrEven)))
                if points.last != point { points.append(point) }
            }
            while points.count > 1, points.first == points.last { points.removeLast() }
            let ring = Ring(points)
            if points.count > 2, ring.twiceArea != 0 { kept.append(ring) } else if number == 0 { return nil }
        }
        self.init(shell: kept[0], holes: Array(kept.dropFirst()))
    }
}

extension TileShape {
    /// With shells positive and holes negative by the surveyor's formula, as MVT 2.1, 4.3.3.3 wants them. That is the formula of `oriented`,
    /// blind to y running down.
    fileprivate init(_ area: MultiPolygon) {
        self = .polygons(
            area.oriented.polygons.map { polygon in
                polygon.rings.map { ring in ring.points.map { TilePoint(x: Int($0.x), y: Int($0.y)) } }
            })
    }
}
