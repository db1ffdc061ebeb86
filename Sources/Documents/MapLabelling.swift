import Spatial

extension MapDrawing {
    /// Where a feature's labels would stand if they were alone; none where none fits.
    func draft(
        _ text: String, _ style: MapStyle.Label, _ feature: MapFeature, _ outline: Outline, _ ground: Box, _ geos: GEOS,
        _ places: ([Point]) throws(SpatialError) -> [Position], _ typeCase: TypeCase
    ) throws(SpatialError) -> [LabelDraft] {
        func box(at middle: Position, angle: Double = 0) -> LabelBox? {
            let letters = typeCase.line(text, size: style.size)
            guard letters.width > 0, letters.width + 2 * style.reach <= Self.longestLabel else { return nil }
            return LabelBox(
                middle: middle, halfWidth: letters.width / 2 + style.reach, halfHeight: letters.height / 2 + style.reach, angle: angle)
        }
        var boxes: [LabelBox] = []
        switch (feature.geometry, outline) {
        case (.point, .dot(let place)):
            guard let at = box(at: place) else { break }
            boxes.append(at.moved(to: Position(x: place.x, y: place.y - 3 * feature.style.width - at.halfHeight - 1)))
        case (.line, .lines(let paths)):
            guard let (from, to) = longestStretch(of: paths.flatMap { Array(zip($0, $0.dropFirst())) }),
                let at = box(at: Position(x: (from.x + to.x) / 2, y: (from.y + to.y) / 2), angle: readingAngle(from: from, to: to))
            else { break }
            let (dx, dy) = (to.x - from.x, to.y - from.y)
            if (dx * dx + dy * dy).squareRoot() >= 2 * at.halfWidth { boxes.append(at.moved(to: at.middle)) }
        case (.area(let area), .ground):
            guard let largest = area.polygons.max(by: { $0.shell.twiceArea.magnitude < $1.shell.twiceArea.magnitude }) else { break }
            for (part, square) in try parts(of: largest, over: ground, geos) {
                var rings: [[Position]] = []
                for ring in part.rings { rings.append(try places(ring.points)) }
                guard isRoomy(rings[0], style.size), let inside = try? geos.interiorPoint(of: MultiPolygon([part])) else { continue }
                var angle = 0.0
                if style.runsAlong {
                    let own = part.shell.points.edges.map { !(square?.hasOnBorder($0.0, $0.1) ?? false) }
                    let stretches = zip(rings[0].edges, own).filter(\.1).map(\.0)
                    angle = longestStretch(of: stretches).map { readingAngle(from: $0.0, to: $0.1) } ?? 0
                }
                guard let proposed = box(at: try places([inside])[0], angle: angle)?.centred(in: rings) else { break }
                let settled = proposed.moved(to: proposed.middle)
                if !settled.isCrossed(by: rings) { boxes.append(settled) }
            }
        default: break
        }
        return boxes.map { box in
            LabelDraft(
                box: box, style: style, group: feature.group, number: feature.number, letters: typeCase.line(text, size: style.size))
        }
    }

    /// What gets a label of its own: a polygon, or of one that is large on the picture what lies in each square of the city that the ground
    /// meets, the largest piece. The squares stand on the city's grid, so that pictures beside each other have the same.
    private func parts(of polygon: Polygon, over ground: Box, _ geos: GEOS) throws(SpatialError) -> [(part: Polygon, square: Box?)] {
        guard let box = Box(around: polygon.shell.points) else { return [] }
        let side = (metresPerPixel * 1000 * 384).rounded()
        let length = max(Double(box.maxX) - Double(box.minX), Double(box.maxY) - Double(box.minY))
        guard side >= 1, length > 1.5 * side, ground.meets(box) else { return [(polygon, nil)] }
        func squares(_ low: Int32, _ high: Int32) -> ClosedRange<Int> {
            Int((Double(low) / side).rounded(.down))...Int((Double(high) / side).rounded(.down))
        }
        let columns = squares(max(box.minX, ground.minX), min(box.maxX, ground.maxX))
        let rows = squares(max(box.minY, ground.minY), min(box.maxY, ground.maxY))
        let rings = polygon.rings.map { ring in ring.points.map { Position(x: Double($0.x), y: Double($0.y)) } }
        var found: [(part: Polygon, square: Box?)] = []
        for row in rows {
            for column in columns {
                let (west, south) = (Double(column) * side, Double(row) * side)
                let pieces = try geos.snapped([rings], cutTo: (west, south, west + side, south + side)).polygons
                guard let piece = pieces.max(by: { $0.shell.twiceArea.magnitude < $1.shell.twiceArea.magnitude }) else { continue }
                func held(_ value: Double) -> Int32 { Int32(max(-2e9, min(2e9, value))) }
                found.append((piece, Box(minX: held(west), minY: held(south), maxX: held(west + side), maxY: held(south + side))))
            }
        }
        return found
    }

    /// Whether letters might find room in a shell: it is not narrower than they are high.
    private func isRoomy(_ shell: [Position], _ size: Double) -> Bool {
        let (xs, ys) = (shell.map(\.x), shell.map(\.y))
        guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max() else { return false }
        return right - left > size / 2 && bottom - top > size / 2 && max(right - left, bottom - top) > size
    }
}

extension Array {
    /// The pairs of neighbours around a ring.
    fileprivate var edges: [(Element, Element)] { Array<(Element, Element)>(zip(self, dropFirst() + prefix(1))) }
}

extension Box {
    /// Whether an edge runs along one of the box's sides.
    fileprivate func hasOnBorder(_ from: Point, _ to: Point) -> Bool {
        from.x == to.x && (from.x == minX || from.x == maxX) || from.y == to.y && (from.y == minY || from.y == maxY)
    }
}

extension LabelBox {
    /// Moved to the nearest whole place; halves go one way on both sides of nought, so that a picture that begins elsewhere rounds alike.
    fileprivate func moved(to place: Position) -> LabelBox {
        LabelBox(
            middle: Position(x: (place.x + 0.5).rounded(.down), y: (place.y + 0.5).rounded(.down)), halfWidth: halfWidth,
            halfHeight: halfHeight, angle: angle)
    }
}

/// The longest of some stretches; the first of equal ones, rounding aside, so that it is the same from every picture.
private func longestStretch(of stretches: [(Position, Position)]) -> (Position, Position)? {
    func length(_ stretch: (Position, Position)) -> Double {
        let (dx, dy) = (stretch.1.x - stretch.0.x, stretch.1.y - stretch.0.y)
        return dx * dx + dy * dy
    }
    var longest: (Position, Position)?
    for stretch in stretches where longest.map({ length(stretch) > length($0) * 1.000_001 }) ?? true { longest = stretch }
    return longest
}

/// A label that fits where it is meant to stand.
struct LabelDraft {
    let box: LabelBox
    let style: MapStyle.Label
    let group: String
    let number: Int
    let letters: Lettering

    /// Those that meet none which comes before them, whether that one is drawn itself or not: so that no more than the two decide.
    static func standing(_ drafts: [LabelDraft]) -> [LabelDraft] {
        let ordered = drafts.sorted { ($0.style.rank, $0.group, $0.number) < ($1.style.rank, $1.group, $1.number) }
        var taken: [Cell: [LabelBox]] = [:]
        var standing: [LabelDraft] = []
        for draft in ordered {
            let cells = Cell.all(of: draft.box)
            if !cells.contains(where: { taken[$0]?.contains(where: draft.box.meets) ?? false }) { standing.append(draft) }
            for cell in cells { taken[cell, default: []].append(draft.box) }
        }
        return standing
    }

    /// A square of 64 pixels, to find neighbours by.
    private struct Cell: Hashable {
        let x: Int
        let y: Int

        static func all(of box: LabelBox) -> [Cell] {
            let radius = box.halfWidth + box.halfHeight
            func range(_ value: Double) -> ClosedRange<Int> {
                func cell(_ pixels: Double) -> Int { Int((max(-1e9, min(1e9, pixels)) / 64).rounded(.down)) }
                return cell(value - radius)...cell(value + radius)
            }
            return range(box.middle.x).flatMap { x in range(box.middle.y).map { Cell(x: x, y: $0) } }
        }
    }
}
