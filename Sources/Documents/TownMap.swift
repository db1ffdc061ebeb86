package import Persian
package import Service
package import Spatial
import Store

extension Town {
    /// What of some roles a map of a box has on a day.
    func mapped(_ roles: [Role], in box: Box, on day: Day, _ style: MapStyleSheet) -> [MapFeature] {
        drawn(roles, in: box, on: FeatureQuery.Days(from: day, to: day)).compactMap(style.feature)
    }

    /// The parcels of some codes at a point, else the point itself; and a box around them.
    package func subject(at point: Point, parcels codes: Set<String>, on day: Day) -> (subject: MapFrame.Subject, box: Box) {
        let areas = drawn([.parcels], in: Box(point), on: FeatureQuery.Days(from: day, to: day)).compactMap { feature -> MultiPolygon? in
            guard case .area(let area) = feature.geometry, let code = feature.code, codes.contains(code) else { return nil }
            return area
        }
        guard let first = areas.first?.box else { return (.place(point), Box(point).grown(by: 20_000)) }
        return (.ground(areas), areas.compactMap(\.box).reduce(first) { $0.united(with: $1) })
    }
}

extension MapStyleSheet {
    func feature(_ feature: DrawnFeature) -> MapFeature? {
        self.feature(
            role: feature.role.rawValue, layer: feature.layer, number: feature.number, code: feature.code, name: feature.name,
            geometry: feature.geometry)
    }
}

/// The city's map as a picture.
package struct TownMap {
    package let town: Town
    package let day: Day
    package let frame: MapFrame
    package let subject: MapFrame.Subject?
    package let language: Language
    package let style: MapStyleSheet
    /// One to so many, where that is known.
    package let denominator: Int?
    /// With an arrow to the north and a bar.
    package let hasBar: Bool
    package let hasLegend: Bool

    package init(
        _ town: Town, on day: Day, _ frame: MapFrame, subject: MapFrame.Subject?, language: Language, denominator: Int? = nil,
        hasBar: Bool = false, hasLegend: Bool = false, style: MapStyleSheet = .standard
    ) {
        self.town = town
        self.day = day
        self.frame = frame
        self.subject = subject
        self.language = language
        self.denominator = denominator
        self.hasBar = hasBar
        self.hasLegend = hasLegend
        self.style = style
    }

    private static let roles: [Role] = [.parcels, .zones, .overlay, .streets, .addresses, .boundary]

    package func png() throws(DocumentError) -> [UInt8] {
        let (width, height) = (Int(frame.width), Int(frame.height))
        let canvas = try Canvas(width: width, height: height, scale: 1, background: .white)
        try frame.draw(town.mapped(Self.roles, in: frame.ground(), on: day, style), subject: subject, on: canvas)
        guard hasBar || hasLegend else { return try canvas.png() }
        let pages = unsafe Pages(on: canvas.cairo)
        let furniture = MapFurniture(
            try Typesetter(isRightToLeft: language == .fa), language, metresPerPoint: frame.metresPerPixel / SketchMap.pixel)
        let (right, bottom) = (frame.width * SketchMap.pixel, frame.height * SketchMap.pixel)
        try pages.within(x: 0, y: 0, width: frame.width, height: frame.height, scale: 1 / SketchMap.pixel) { () throws(DocumentError) in
            if hasBar {
                furniture.drawNorth(on: pages, x: right - 22, y: 8)
                furniture.drawBar(on: pages, x: 10, y: bottom - 12, denominator: denominator)
            }
            if hasLegend { furniture.draw(legend, on: pages, x: 8, y: 8, height: bottom - (hasBar ? 48 : 16)) }
        }
        return try canvas.png()
    }

    /// A line for every class that the picture shows.
    private var legend: [LegendEntry] {
        let shown = town.drawn(Self.roles, in: frame.ground(and: 0), on: FeatureQuery.Days(from: day, to: day)).filter(isSeen)
        let layers = Dictionary(grouping: shown) { [$0.role.rawValue, $0.layer] }
        let contents = layers.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { layer, features in
            let isCoded = features.contains { $0.role == .zones || $0.role == .overlay || $0.role == .boundary }
            let names = Dictionary(features.compactMap { feature in feature.code.map { ($0, feature.name) } }) { first, _ in first }
            return MapContent(
                role: layer[0], layer: layer[1],
                codes: isCoded ? names.sorted { $0.key < $1.key }.map { MapContent.Code($0.key, name: $0.value) } : [])
        }
        return style.legend(of: contents).filter { isDrawn($0.style) }
    }

    private func isDrawn(_ style: MapStyle) -> Bool { style.coarsest.map { frame.metresPerPixel <= $0 } ?? true }

    /// Whether anything of a feature comes into the picture: its line, or ground that is coloured or hatched.
    private func isSeen(_ feature: DrawnFeature) -> Bool {
        let (right, down) = (frame.width / 2, frame.height / 2)
        let picture = LabelBox(middle: Position(x: right, y: down), halfWidth: right, halfHeight: down, angle: 0)
        switch feature.geometry {
        case .point(let point): return picture.isCrossed(by: [frame.places([point, point])])
        case .line(let parts): return picture.isCrossed(by: parts.map(frame.places))
        case .area(let area):
            if picture.isCrossed(by: area.rings.map { frame.places($0.points) }) { return true }
            let style = style.style(role: feature.role.rawValue, layer: feature.layer, code: feature.code)
            let middle = Point(x: Int32(clamping: Int64(frame.middle.x)), y: Int32(clamping: Int64(frame.middle.y)))
            return (style?.fill != nil || style?.hatch != nil) && area.position(of: middle) != .outside
        }
    }
}
