package import Spatial

/// What ground a picture shows, north above.
package struct MapFrame: Sendable {
    /// On the city's grid, in millimetres.
    package let middle: Position
    package let metresPerPixel: Double
    /// In pixels at the scale factor 1.
    package let width: Double
    package let height: Double

    package init(middle: Position, metresPerPixel: Double, width: Double, height: Double) {
        self.middle = middle
        self.metresPerPixel = metresPerPixel
        self.width = width
        self.height = height
    }

    /// A picture of a size with a box in its middle, as large as it goes; a box without any width or height has 10 m on each side.
    package init(showing box: Box, width: Double, height: Double) {
        func length(_ low: Int32, _ high: Int32) -> Double { high == low ? 20 : (Double(high) - Double(low)) / 1000 }
        self.init(
            middle: Position(x: (Double(box.minX) + Double(box.maxX)) / 2, y: (Double(box.minY) + Double(box.maxY)) / 2),
            metresPerPixel: max(length(box.minX, box.maxX) / width, length(box.minY, box.maxY) / height), width: width, height: height)
    }

    /// At a scale of one to so many, a pixel being 1/96 inch.
    package static func metresPerPixel(at denominator: Int) -> Double { Double(denominator) * 0.0254 / 96 }

    /// The ground that the picture shows, and so many pixels more on each side.
    package func ground(and reach: Int = MapDrawing.reach) -> Box {
        let (across, up) = ((width / 2 + Double(reach)) * metresPerPixel * 1000, (height / 2 + Double(reach)) * metresPerPixel * 1000)
        func whole(_ value: Double) -> Int32 { Int32(max(-2.1e9, min(2.1e9, value))) }
        return Box(
            minX: whole((middle.x - across).rounded(.down)), minY: whole((middle.y - up).rounded(.down)),
            maxX: whole((middle.x + across).rounded(.up)), maxY: whole((middle.y + up).rounded(.up)))
    }

    package func places(_ points: [Point]) -> [Position] {
        let unit = 1 / (metresPerPixel * 1000)
        return points.map {
            Position(x: width / 2 + (Double($0.x) - middle.x) * unit, y: height / 2 - (Double($0.y) - middle.y) * unit)
        }
    }

    /// Draws features and, over all else, what it is a map of: some ground, or a place.
    func draw(_ features: [MapFeature], subject: Subject?, on canvas: borrowing Canvas) throws(DocumentError) {
        let drawing = MapDrawing(width: Int(width), height: Int(height), metresPerPixel: metresPerPixel)
        try drawing.draw(features, over: ground(), on: canvas, places: places)
        let red = MapColour(200, 30, 40)
        switch subject {
        case .ground(let areas):
            for area in areas {
                canvas.draw(
                    .ground(area.rings.map { places($0.points) }),
                    MapStyle(fill: MapColour(200, 30, 40, opacity: 30), stroke: red, width: 2.5))
            }
        case .place(let point): canvas.draw(.dot(places([point])[0]), MapStyle(fill: red, stroke: .white, width: 1.5))
        case nil: break
        }
    }

    /// What a map is of.
    package enum Subject: Sendable {
        case ground([MultiPolygon])
        case place(Point)
    }
}
