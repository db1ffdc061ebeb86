import Spatial

/// A first look at all features: how many there are, where they lie, and what their texts tell of their encoding.
package struct Survey {
    package private(set) var count = 0
    package private(set) var evidence = EncodingEvidence()
    /// Places of the features in the file's own coordinates: at most some thousands, evenly chosen, and the outermost ones.
    private(set) var places: [Position] = []
    private var step = 1
    /// The least and greatest x and y.
    private(set) var least = Position(x: .infinity, y: .infinity)
    private(set) var greatest = Position(x: -.infinity, y: -.infinity)

    private static let limit = 8192

    package init(columns: [[UInt8]]) {
        for name in columns { evidence.add(name) }
    }

    package mutating func add(_ feature: SourceFeature) {
        count += 1
        for cell in feature.cells { if let cell { evidence.add(cell) } }
        guard case .wkb(let bytes) = feature.ground, let shape = try? WKB.decode(bytes) else { return }
        shape.each { place in
            least = Position(x: min(least.x, place.x), y: min(least.y, place.y))
            greatest = Position(x: max(greatest.x, place.x), y: max(greatest.y, place.y))
        }
        guard (count - 1).isMultiple(of: step), let first = shape.first else { return }
        places.append(first)
        if places.count >= Self.limit {
            step *= 2
            places = places.indices.filter { $0.isMultiple(of: 2) }.map { places[$0] }
        }
    }

    /// Where the coordinates run, as a message says it; nil where there are none.
    var extent: String? {
        guard least.x <= greatest.x else { return nil }
        return "x \(Text.short(least.x)) to \(Text.short(greatest.x)), y \(Text.short(least.y)) to \(Text.short(greatest.y))"
    }
}

extension WKB.Shape {
    func each(_ body: (Position) -> Void) {
        points.forEach(body)
        for line in lines { line.forEach(body) }
        for polygon in polygons { for ring in polygon { ring.forEach(body) } }
    }

    var first: Position? { points.first ?? lines.first?.first ?? polygons.first?.first?.first }
}
