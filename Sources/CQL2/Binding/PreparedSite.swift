import Spatial

extension SpatialRelation {
    /// What the second is to the first where the first is this to the second.
    var inverse: SpatialRelation {
        switch self {
        case .within: .contains
        case .contains: .within
        case .intersects, .equals, .disjoint, .touches, .overlaps, .crosses: self
        }
    }
}

/// What a literal draws, prepared: one geometry for each of its dimensions.
struct PreparedSite {
    private var parts: [PreparedGeometry] = []
    private let site: Site

    init(_ site: Site, in geos: GEOS) throws(SpatialError) {
        self.site = site
        if !site.points.isEmpty { parts.append(try geos.prepared(points: site.points)) }
        if !site.lines.isEmpty { parts.append(try geos.prepared(.line(site.lines))) }
        if !site.polygons.isEmpty { parts.append(try geos.prepared(.area(MultiPolygon(site.polygons)))) }
    }

    init(_ geometry: Geometry, in geos: GEOS) throws(SpatialError) {
        site = Site()
        parts = [try geos.prepared(geometry)]
    }

    func holds(_ relation: SpatialRelation, _ geometry: Geometry) throws(SpatialError) -> Bool {
        switch relation {
        case .intersects:
            for part in parts where try part.intersects(geometry) { return true }
            return false
        case .disjoint: return try !holds(.intersects, geometry)
        // Beyond these a literal has one dimension, or nothing where it was cut away.
        case .equals: return try parts.first?.equals(geometry) ?? false
        case .touches: return try parts.first?.touches(geometry) ?? false
        case .within: return try parts.first?.isWithin(geometry) ?? false
        case .contains: return try parts.first?.contains(geometry) ?? false
        case .overlaps: return try parts.first?.overlaps(geometry) ?? false
        case .crosses: return try parts.first?.crosses(geometry) ?? false
        }
    }

    /// Of two literals. Two of several points each have no other relation than meeting or not.
    func holds(_ relation: SpatialRelation, _ other: PreparedSite) throws(SpatialError) -> Bool {
        switch relation {
        case .intersects:
            for geometry in other.site.geometries where try holds(.intersects, geometry) { return true }
            return false
        case .disjoint: return try !holds(.intersects, other)
        default:
            if let geometry = other.site.single { return try holds(relation, geometry) }
            return try site.single.map { (geometry) throws(SpatialError) in try other.holds(relation.inverse, geometry) } ?? false
        }
    }
}
