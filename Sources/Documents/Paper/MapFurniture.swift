internal import CPango
import Service

/// What stands on a map beside the map: north, a bar, what its colours mean. Lengths are points.
struct MapFurniture {
    private let typesetter: Typesetter
    private let language: Language
    private let metresPerPoint: Double

    init(_ typesetter: Typesetter, _ language: Language, metresPerPoint: Double) {
        self.typesetter = typesetter
        self.language = language
        self.metresPerPoint = metresPerPoint
    }

    private static let ink = MapColour(20, 20, 20)

    /// An arrow to the grid's north, on white.
    func drawNorth(on pages: borrowing Pages, x: Double, y: Double) {
        pages.fill(x: x - 14, y: y - 4, width: 28, height: 44, .white)
        pages.set(Self.ink)
        for (dx, dy) in [(0.0, 0.0), (-6, 20), (0, 15), (6, 20)] { unsafe cairo_line_to(pages.cairo, x + dx, y + dy) }
        unsafe cairo_close_path(pages.cairo)
        unsafe cairo_fill(pages.cairo)
        write(language("شمال", "N"), size: 7.5, on: pages, x: x - 14, y: y + 22, width: 28)
    }

    /// Half dark, half light, as long as a round number of metres.
    func drawBar(on pages: borrowing Pages, x: Double, y: Double, denominator: Int?) {
        var length = 1
        for step in [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000]
        where Double(step) <= 110 * metresPerPoint { length = step }
        let width = Double(length) / metresPerPoint
        pages.fill(x: x - 5, y: y - 16, width: width + (denominator == nil ? 35 : 105), height: 26, .white)
        pages.fill(x: x, y: y, width: width / 2, height: 4, Self.ink)
        pages.frame(x: x, y: y, width: width, height: 4, Self.ink, line: 0.6)
        func metres(_ count: Int) -> String { language.number(count) + language(" متر", " m") }
        write(metres(0), size: 7, on: pages, x: x - 15 + 4, y: y - 14, width: 30)
        write(metres(length), size: 7, on: pages, x: x + width - 30, y: y - 14, width: 60)
        guard let denominator else { return }
        let scale = language("مقیاس ۱:\(language.number(denominator))", "1:\(denominator)")
        write(scale, size: 7, on: pages, x: x + width + 28, y: y - 5, width: 70)
    }

    /// The uppermost lines of a legend, as many as find room.
    func draw(_ legend: [LegendEntry], on pages: borrowing Pages, x: Double, y: Double, height: Double) {
        let (line, width, symbol) = (15.0, 132.0, 22.0)
        let rows = legend.prefix(max(0, Int((height - 6) / line)))
        guard !rows.isEmpty else { return }
        let isCut = rows.count < legend.count
        pages.fill(x: x, y: y, width: width, height: Double(rows.count) * line + 6, .white)
        pages.frame(x: x, y: y, width: width, height: Double(rows.count) * line + 6, MapColour(150, 158, 168))
        let canvas = unsafe Canvas(on: pages.cairo, width: x + width, height: y + height)
        for (place, entry) in rows.enumerated() {
            let top = y + 3 + Double(place) * line
            var style = TextBlock.Style()
            style.size = 8
            style.mostLines = 1
            let isLast = isCut && place == rows.count - 1
            let left = typesetter.isRightToLeft ? x + width - symbol - 4 : x + 4
            if !isLast { canvas.draw(entry.outline(x: left, y: top + 2, width: symbol, height: line - 5), entry.style) }
            TextBlock(
                isLast ? "…" : language.name(language(entry.title.persian, entry.title.english)), style, width: width - symbol - 14,
                typesetter
            )
            .draw(on: pages, x: typesetter.isRightToLeft ? x + 6 : x + symbol + 8, y: top)
        }
    }

    private func write(_ text: String, size: Double, on pages: borrowing Pages, x: Double, y: Double, width: Double) {
        var style = TextBlock.Style()
        style.size = size
        style.isCentred = true
        TextBlock(text, style, width: width, typesetter).draw(on: pages, x: x, y: y)
    }
}
