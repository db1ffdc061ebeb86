import Spatial

/// A geometry apart from how it is written down: where its rings begin, which way they run, in which order they stand.
struct GeometryKey: Hashable {
    private let first: Int
    private let second: Int

    /// Two hashes of 64 bits: that two different geometries of a delivery share both will not be met.
    init(_ geometry: Geometry) {
        let chains: [[Point]] =
            switch geometry {
            case .point(let point): [[point]]
            case .line(let parts): parts.map { Self.smaller($0, Array($0.reversed())) }
            case .area(let area): area.rings.map { Self.canonical($0.points) }
            }
        let marks = chains.map { [$0.hashValue, Self.salted($0)] }.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
        first = marks.hashValue
        second = Self.salted(marks)
    }

    private static func salted(_ value: some Hashable) -> Int {
        var hasher = Hasher()
        hasher.combine(0x5EED)
        hasher.combine(value)
        return hasher.finalize()
    }

    /// The ring from its least point on, in the direction of the lesser neighbour.
    private static func canonical(_ points: [Point]) -> [Point] {
        guard let start = points.indices.min(by: { less(points[$0], points[$1]) }) else { return [] }
        let turned = Array(points[start...] + points[..<start])
        return smaller(turned, Array(turned.prefix(1) + turned.dropFirst().reversed()))
    }

    private static func smaller(_ one: [Point], _ other: [Point]) -> [Point] {
        other.lexicographicallyPrecedes(one, by: less) ? other : one
    }

    private static func less(_ one: Point, _ other: Point) -> Bool { (one.x, one.y) < (other.x, other.y) }
}
