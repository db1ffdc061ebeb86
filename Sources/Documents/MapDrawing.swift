package import Spatial

/// The one map drawing: for tiles, and for the maps in documents.
///
/// The same features in the same place give the same bytes, in whatever order they are handed over. One drawing uses one thread; any
/// number may be under way at once.
package struct MapDrawing {
    /// In pixels at the scale factor 1, up to 8,192 a side with the factor.
    package let width: Int
    package let height: Int
    /// How many pixels of the picture stand for one along a side: 1, or 2 for a fine screen.
    package let scale: Int
    package let background: MapColour?
    /// What a pixel at the scale factor 1 shows, in metres: it decides which styles are drawn.
    package let metresPerPixel: Double

    /// Without a background the picture is transparent.
    package init(width: Int, height: Int, scale: Int = 1, background: MapColour? = nil, metresPerPixel: Double) {
        self.width = width
        self.height = height
        self.scale = scale
        self.background = background
        self.metresPerPixel = metresPerPixel
    }

    /// How far beyond the picture, in pixels, features must be handed over, for neighbouring pictures to show the same labels where they meet.
    ///
    /// A label is at most 128 pixels long. One that comes into the picture has its middle within 65 pixels, and what may displace it has
    /// its own within 130 more.
    package static let reach = 200

    private static let longestLabel = 128.0

    /// No label of more would fit into that length.
    private static let mostLetters = 100

    /// Draws features: `places` says where points of the city lie on the picture, in pixels from its upper left corner.
    ///
    /// Labels are drawn whole, the same in every picture that they come into: whether one is drawn depends on its own ground and on the
    /// labels that it would meet, never on the picture's borders. Ground is labelled where the label fits inside, a line along its longest
    /// stretch where it is no longer than that, a point above itself. Letters are not bent: Persian ones are joined.
    package func png(
        _ features: [MapFeature], places: (_ points: [Point]) throws(SpatialError) -> [Position]
    ) throws(DocumentError) -> [UInt8] {
        let canvas = try Canvas(width: width, height: height, scale: scale, background: background)
        do throws(SpatialError) {
            let geos = try GEOS()
            var drafts: [LabelDraft] = []
            let ordered = features.filter { isShown($0.style.coarsest) }.sorted {
                ($0.style.order, $0.group, $0.number) < ($1.style.order, $1.group, $1.number)
            }
            for feature in ordered {
                let outline = try outline(feature.geometry, places)
                if meetsPicture(outline) { canvas.draw(outline, feature.style) }
                guard let style = feature.style.label, isShown(style.coarsest), let text = feature.label,
                    (1...Self.mostLetters).contains(text.unicodeScalars.count)
                else { continue }
                drafts += try draft(text, style, feature, outline, geos, places, canvas)
            }
            for draft in LabelDraft.standing(drafts) where meetsPicture(.ground([draft.box.corners])) {
                canvas.write(
                    Lettering(draft.text, size: draft.style.size, on: canvas), draft.style, at: draft.box.middle, angle: draft.box.angle)
            }
        } catch {
            throw .spatial(error)
        }
        return try canvas.png()
    }

    private func isShown(_ coarsest: Double?) -> Bool { coarsest.map { metresPerPixel <= $0 } ?? true }

    private func outline(_ geometry: Geometry, _ places: ([Point]) throws(SpatialError) -> [Position]) throws(SpatialError) -> Outline {
        func all(_ paths: [[Point]]) throws(SpatialError) -> [[Position]] {
            var found: [[Position]] = []
            for path in paths { found.append(try places(path)) }
            return found
        }
        switch geometry {
        case .point(let point): return .dot(try places([point])[0])
        case .line(let parts): return .lines(try all(parts))
        case .area(let area): return .ground(try all(area.rings.map(\.points)))
        }
    }

    /// Whether anything of an outline may come into the picture: within 16 pixels of it, as no stroke is wider.
    private func meetsPicture(_ outline: Outline) -> Bool {
        let all = if case .dot(let place) = outline { [[place]] } else { outline.paths }
        let places = all.joined()
        let (right, bottom) = (Double(width) + 16, Double(height) + 16)
        return !places.allSatisfy { $0.x < -16 } && !places.allSatisfy { $0.x > right } && !places.allSatisfy { $0.y < -16 }
            && !places.allSatisfy { $0.y > bottom }
    }
}

extension MapDrawing {
    /// Where a label would stand if it were alone; none where it does not fit.
    private func draft(
        _ text: String, _ style: MapStyle.Label, _ feature: MapFeature, _ outline: Outline, _ geos: GEOS,
        _ places: ([Point]) throws(SpatialError) -> [Position], _ canvas: borrowing Canvas
    ) throws(SpatialError) -> [LabelDraft] {
        func measured() -> (halfWidth: Double, halfHeight: Double)? {
            let letters = Lettering(text, size: style.size, on: canvas)
            guard letters.width > 0, letters.width + 2 * style.reach <= Self.longestLabel else { return nil }
            return (letters.width / 2 + style.reach, letters.height / 2 + style.reach)
        }
        func draft(_ box: LabelBox) -> [LabelDraft] {
            [LabelDraft(box: box, style: style, group: feature.group, number: feature.number, text: text)]
        }
        switch (feature.geometry, outline) {
        case (.point, .dot(let place)):
            guard let half = measured() else { return [] }
            let above = onPixel(place.x, place.y - 3 * feature.style.width - half.halfHeight - 1)
            return draft(LabelBox(middle: above, halfWidth: half.halfWidth, halfHeight: half.halfHeight, angle: 0))
        case (.line, .lines(let paths)):
            let stretches = paths.compactMap { $0.longestStretch(isClosed: false) }
            guard let (from, to) = stretches.flatMap({ [$0.from, $0.to] }).longestPair, let half = measured() else { return [] }
            let (dx, dy) = (to.x - from.x, to.y - from.y)
            guard (dx * dx + dy * dy).squareRoot() >= 2 * half.halfWidth else { return [] }
            let middle = onPixel((from.x + to.x) / 2, (from.y + to.y) / 2)
            return draft(
                LabelBox(middle: middle, halfWidth: half.halfWidth, halfHeight: half.halfHeight, angle: readingAngle(from: from, to: to)))
        case (.area(let area), .ground):
            guard let largest = area.polygons.max(by: { $0.shell.twiceArea.magnitude < $1.shell.twiceArea.magnitude }) else { return [] }
            let shell = try places(largest.shell.points)
            // What is narrower than the letters are high need not be looked at more closely.
            let (xs, ys) = (shell.map(\.x), shell.map(\.y))
            guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max(), right - left > style.size / 2,
                bottom - top > style.size / 2, max(right - left, bottom - top) > style.size, let half = measured()
            else { return [] }
            var rings = [shell]
            for hole in largest.holes { rings.append(try places(hole.points)) }
            guard let inside = try? geos.interiorPoint(of: MultiPolygon([largest])) else { return [] }
            let angle = style.runsAlong ? shell.longestStretch(isClosed: true).map { readingAngle(from: $0.from, to: $0.to) } ?? 0 : 0
            let proposed = LabelBox(
                middle: try places([inside])[0], halfWidth: half.halfWidth, halfHeight: half.halfHeight, angle: angle
            ).centred(in: rings)
            let box = LabelBox(
                middle: onPixel(proposed.middle.x, proposed.middle.y), halfWidth: half.halfWidth,
                halfHeight: half.halfHeight, angle: angle)
            return box.isCrossed(by: rings) ? [] : draft(box)
        default: return []
        }
    }
}

/// The nearest whole place; halves go one way on both sides of nought, so that a picture that begins elsewhere rounds alike.
private func onPixel(_ x: Double, _ y: Double) -> Position { Position(x: (x + 0.5).rounded(.down), y: (y + 0.5).rounded(.down)) }

/// A label that fits where it is meant to stand.
private struct LabelDraft {
    let box: LabelBox
    let style: MapStyle.Label
    let group: String
    let number: Int
    let text: String

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

extension [Position] {
    /// Of places that are ends of stretches by twos, the two of the longest stretch.
    fileprivate var longestPair: (Position, Position)? {
        var longest: (Position, Position)?
        func length(_ pair: (Position, Position)) -> Double {
            let (dx, dy) = (pair.1.x - pair.0.x, pair.1.y - pair.0.y)
            return dx * dx + dy * dy
        }
        for index in stride(from: 0, to: count - 1, by: 2) {
            let pair = (self[index], self[index + 1])
            if longest.map({ length(pair) > length($0) * 1.000_001 }) ?? true { longest = pair }
        }
        return longest
    }
}
