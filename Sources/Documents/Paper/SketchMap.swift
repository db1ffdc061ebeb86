package import Spatial

/// A small map of a place for paper: drawn in lines as `MapDrawing` has them, north above, with a scale bar.
package struct SketchMap: Sendable {
    /// Of the city around the place, wherever they lie: what is off the map is left out.
    package let features: [MapFeature]
    package let subject: MapFrame.Subject
    package let frame: MapFrame
    /// Metres of ground to a metre of paper.
    package let denominator: Int

    /// A CSS pixel, by which map styles count, in points.
    static let pixel = 0.75
    package static let width = PaperFlow.width
    package static let height = 215.0

    /// A scale at which the subject takes at most half of a map's height and width, in pixels, from 1:500 on.
    package static func denominator(for box: Box, width: Double = width / pixel, height: Double = height / pixel) -> Int {
        let scales = [500, 1_000, 2_000, 2_500, 5_000, 10_000, 20_000, 25_000, 50_000, 100_000, 200_000, 500_000, 1_000_000]
        func fits(_ scale: Int) -> Bool {
            let metres = MapFrame.metresPerPixel(at: scale)
            return Double(box.maxX) - Double(box.minX) <= width / 2 * metres * 1000
                && Double(box.maxY) - Double(box.minY) <= height / 2 * metres * 1000
        }
        return scales.first(where: fits) ?? 2_000_000
    }

    /// The map of a box at that scale.
    package static func frame(around box: Box) -> MapFrame {
        MapFrame(
            middle: Position(x: (Double(box.minX) + Double(box.maxX)) / 2, y: (Double(box.minY) + Double(box.maxY)) / 2),
            metresPerPixel: MapFrame.metresPerPixel(at: denominator(for: box)), width: width / pixel, height: height / pixel)
    }

    func draw(on pages: borrowing Pages, x: Double, y: Double, _ furniture: MapFurniture) throws(DocumentError) {
        try pages.within(x: x, y: y, width: Self.width, height: Self.height, scale: Self.pixel) { () throws(DocumentError) in
            try frame.draw(features, subject: subject, on: unsafe Canvas(on: pages.cairo, width: frame.width, height: frame.height))
        }
        pages.frame(x: x, y: y, width: Self.width, height: Self.height, MapColour(110, 118, 128))
        furniture.drawNorth(on: pages, x: x + Self.width - 22, y: y + 8)
        furniture.drawBar(on: pages, x: x + 10, y: y + Self.height - 12, denominator: denominator)
    }
}
