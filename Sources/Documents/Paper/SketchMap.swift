internal import CPango
internal import Glibc
package import Spatial

/// A small map of a place for paper: drawn in lines as `MapDrawing` has them, north above, with a scale bar.
package struct SketchMap: Sendable {
    /// Of the city around the place, wherever they lie: what is off the map is left out.
    package let features: [MapFeature]
    /// What it is a map of; drawn over all else.
    package let subject: [MultiPolygon]
    package let middle: Point
    /// Metres of ground to a metre of paper.
    package let denominator: Int

    /// A CSS pixel, by which map styles count, in points.
    static let pixel = 0.75
    package static let width = PaperFlow.width
    package static let height = 215.0

    /// A scale at which the subject takes at most half of the map's height and width, from 1:500 on.
    package static func denominator(for box: Box) -> Int {
        let scales = [500, 1_000, 2_000, 2_500, 5_000, 10_000, 20_000, 25_000, 50_000, 100_000, 200_000, 500_000, 1_000_000]
        func fits(_ scale: Int) -> Bool {
            let metres = Double(scale) * 0.0254 / 72
            return Double(box.maxX) - Double(box.minX) <= width / 2 * metres * 1000
                && Double(box.maxY) - Double(box.minY) <= height / 2 * metres * 1000
        }
        return scales.first(where: fits) ?? 2_000_000
    }

    /// The ground that the map shows at a scale, and what labels need around it.
    package static func ground(around middle: Point, denominator: Int) -> Box {
        let metres = Double(denominator) * 0.0254 / 72
        let reach = Int64((max(width, height) / 2 + Double(MapDrawing.reach) * pixel) * metres * 1000)
        return Box(middle).grown(by: reach)
    }

    package init(features: [MapFeature], subject: [MultiPolygon], middle: Point, denominator: Int) {
        self.features = features
        self.subject = subject
        self.middle = middle
        self.denominator = denominator
    }

    private var metresPerPixel: Double { Double(denominator) * 0.0254 / 96 }

    func draw(on pages: borrowing Pages, x: Double, y: Double, _ typesetter: Typesetter, _ words: Words) throws(DocumentError) {
        let drawing = MapDrawing(
            width: Int(Self.width / Self.pixel), height: Int(Self.height / Self.pixel), metresPerPixel: metresPerPixel)
        let (right, down) = (Self.width / Self.pixel / 2, Self.height / Self.pixel / 2)
        let unit = 1 / (metresPerPixel * 1000)
        func places(_ points: [Point]) -> [Position] {
            points.map {
                Position(
                    x: right + (Double($0.x) - Double(middle.x)) * unit, y: down - (Double($0.y) - Double(middle.y)) * unit)
            }
        }
        try pages.within(x: x, y: y, width: Self.width, height: Self.height, scale: Self.pixel) { () throws(DocumentError) in
            let canvas = unsafe Canvas(on: pages.cairo, width: Self.width / Self.pixel, height: Self.height / Self.pixel)
            try drawing.draw(features, over: Self.ground(around: middle, denominator: denominator), on: canvas, places: places)
            for area in subject {
                canvas.draw(
                    .ground(area.rings.map { places($0.points) }),
                    MapStyle(fill: MapColour(200, 30, 40, opacity: 30), stroke: MapColour(200, 30, 40), width: 2.5))
            }
            if subject.isEmpty {
                canvas.draw(.dot(places([middle])[0]), MapStyle(fill: MapColour(200, 30, 40), stroke: .white, width: 1.5))
            }
        }
        pages.frame(x: x, y: y, width: Self.width, height: Self.height, MapColour(110, 118, 128))
        drawNorth(on: pages, x: x + Self.width - 22, y: y + 8, typesetter, words)
        drawBar(on: pages, x: x + 10, y: y + Self.height - 12, typesetter, words)
    }

    package struct Words: Sendable {
        package let north: String
        package let scale: String
        /// A length on the bar.
        package let metres: @Sendable (Int) -> String

        package init(north: String, scale: String, metres: @escaping @Sendable (Int) -> String) {
            self.north = north
            self.scale = scale
            self.metres = metres
        }
    }

    /// An arrow to the grid's north, on white.
    private func drawNorth(on pages: borrowing Pages, x: Double, y: Double, _ typesetter: Typesetter, _ words: Words) {
        pages.fill(x: x - 14, y: y - 4, width: 28, height: 44, .white)
        pages.set(MapColour(20, 20, 20))
        for (dx, dy) in [(0.0, 0.0), (-6, 20), (0, 15), (6, 20)] { unsafe cairo_line_to(pages.cairo, x + dx, y + dy) }
        unsafe cairo_close_path(pages.cairo)
        unsafe cairo_fill(pages.cairo)
        var style = TextBlock.Style()
        style.size = 7.5
        style.isCentred = true
        TextBlock(words.north, style, width: 28, typesetter).draw(on: pages, x: x - 14, y: y + 22)
    }

    /// Half dark, half light, as long as a round number of metres.
    private func drawBar(on pages: borrowing Pages, x: Double, y: Double, _ typesetter: Typesetter, _ words: Words) {
        let point = Double(denominator) * 0.0254 / 72
        var length = 1
        for step in [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000] where Double(step) <= 110 * point {
            length = step
        }
        let width = Double(length) / point
        pages.fill(x: x - 5, y: y - 16, width: width + 105, height: 26, .white)
        pages.fill(x: x, y: y, width: width / 2, height: 4, MapColour(20, 20, 20))
        pages.frame(x: x, y: y, width: width, height: 4, MapColour(20, 20, 20), line: 0.6)
        var style = TextBlock.Style()
        style.size = 7
        style.isCentred = true
        TextBlock(words.metres(0), style, width: 30, typesetter).draw(on: pages, x: x - 15 + 4, y: y - 14)
        TextBlock(words.metres(length), style, width: 60, typesetter).draw(on: pages, x: x + width - 30, y: y - 14)
        TextBlock(words.scale, style, width: 70, typesetter).draw(on: pages, x: x + width + 28, y: y - 5)
    }
}
