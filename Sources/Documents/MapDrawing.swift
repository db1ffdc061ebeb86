internal import Glibc
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

    static let longestLabel = 128.0

    /// No label of more would fit into that length.
    static let mostLetters = 100

    /// Draws features: `places` says where points of the city lie on the picture, in pixels from its upper left corner.
    ///
    /// The ground is a box of the city around what the picture shows and `reach` beyond it: what the features were looked for in.
    /// Labels are drawn whole, the same in every picture that they come into: whether one is drawn depends on its own ground and on the
    /// labels that it would meet, never on the picture's borders. Ground is labelled where the label fits inside, and large ground again and
    /// again; a line along its longest stretch where the label is no longer than that, a point above itself. Letters are not bent: Persian
    /// ones are joined.
    package func png(
        _ features: [MapFeature], over ground: Box, places: (_ points: [Point]) throws(SpatialError) -> [Position]
    ) throws(DocumentError) -> [UInt8] {
        let canvas = try Canvas(width: width, height: height, scale: scale, background: background)
        try draw(features, over: ground, on: canvas, places: places)
        return try canvas.png()
    }

    /// The same on a canvas of the drawing's size.
    func draw(
        _ features: [MapFeature], over ground: Box, on canvas: borrowing Canvas,
        places: (_ points: [Point]) throws(SpatialError) -> [Position]
    ) throws(DocumentError) {
        let letters = try TypeCase()
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
                drafts += try draft(text, style, feature, outline, ground, geos, places, letters)
            }
            for draft in LabelDraft.standing(drafts)
            where canvas.isOfLines ? isWithinPicture(draft.box) : meetsPicture(.ground([draft.box.corners])) {
                canvas.write(draft.letters, draft.style, at: draft.box.middle, angle: draft.box.angle)
            }
        } catch {
            throw .spatial(error)
        }
    }

    /// Opens GEOS in a thread of its own, while other work is done.
    package static func begin() {
        var thread = pthread_t()
        _ = unsafe pthread_create(
            &thread, nil,
            { _ in
                _ = try? GEOS()
                return nil
            }, nil)
    }

    /// Nothing goes on beside a page's map, so that a label that would be cut there is left out.
    private func isWithinPicture(_ box: LabelBox) -> Bool {
        box.corners.allSatisfy { (0...Double(width)).contains($0.x) && (0...Double(height)).contains($0.y) }
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
