/// Many features' geometries in flat columns, numbered from 0, as they lie in an atlas.
///
/// Each feature has parts, each part rings, each ring points. An area's part is a polygon: its shell, then its holes; rings
/// are closed without repeating the first point. A line's part has one ring that is not closed. A point is one of each. A
/// feature without geometry has no parts.
package struct ShapeTable: Sendable {
    package enum Kind: UInt8, Sendable {
        case none, point, line, area
    }

    /// By feature; `Kind` as a byte.
    package let kinds: Column<UInt8>
    /// By feature, and one more: its first part.
    package let parts: Column<UInt32>
    /// By part, and one more: its first ring.
    package let rings: Column<UInt32>
    /// By ring, and one more: its first point.
    package let starts: Column<UInt32>
    package let points: Column<Point>
    /// By feature: its box; for one without geometry `Box.nowhere`.
    package let boxes: Column<Box>

    package init(
        kinds: Column<UInt8>, parts: Column<UInt32>, rings: Column<UInt32>, starts: Column<UInt32>, points: Column<Point>,
        boxes: Column<Box>
    ) {
        self.kinds = kinds
        self.parts = parts
        self.rings = rings
        self.starts = starts
        self.points = points
        self.boxes = boxes
    }

    package var count: Int { kinds.count }

    package func kind(_ feature: Int) -> Kind { Kind(rawValue: kinds[feature]) ?? .none }

    package func parts(of feature: Int) -> Range<Int> { Int(parts[feature])..<Int(parts[feature + 1]) }

    package func rings(of part: Int) -> Range<Int> { Int(rings[part])..<Int(rings[part + 1]) }

    /// The rings of all parts of a feature, which follow each other.
    package func allRings(of feature: Int) -> Range<Int> {
        let parts = parts(of: feature)
        return Int(rings[parts.lowerBound])..<Int(rings[parts.upperBound])
    }

    package func corners(of ring: Int) -> Range<Int> { Int(starts[ring])..<Int(starts[ring + 1]) }

    /// The points of all rings of a feature, which follow each other.
    package func allPoints(of feature: Int) -> Range<Int> {
        let rings = allRings(of: feature)
        return Int(starts[rings.lowerBound])..<Int(starts[rings.upperBound])
    }

    /// The geometry as values of its own.
    package func geometry(_ feature: Int) -> Geometry? {
        func ring(_ number: Int) -> [Point] { unsafe Array(points.elements(corners(of: number))) }
        switch kind(feature) {
        case .none: return nil
        case .point:
            return allPoints(of: feature).first.map { .point(points[$0]) }
        case .line:
            return .line(allRings(of: feature).map(ring))
        case .area:
            return .area(
                MultiPolygon(
                    parts(of: feature).map { part in
                        let rings = rings(of: part).map { Ring(ring($0)) }
                        return Polygon(shell: rings.first ?? Ring([]), holes: Array(rings.dropFirst()))
                    }))
        }
    }
}

extension Box {
    /// Meets no box.
    package static let nowhere = Box(minX: .max, minY: .max, maxX: .min, maxY: .min)
}
