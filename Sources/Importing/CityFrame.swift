import Spatial

/// Where the city is: what a file's coordinates are judged against.
final class CityFrame {
    let city: ImportRequest.City
    /// Around the boundary, or where the city's CRS is meant to be used.
    let degrees: LonLatBox
    /// The boundary and its corners in metres of the city's CRS; nil without a boundary.
    private let ground: (area: MultiPolygon, grid: Grid, middle: Position)?
    private let toDegrees: Transformation

    init(_ city: ImportRequest.City) throws(SpatialError) {
        self.city = city
        guard let everywhere = LonLatBox(west: -180, south: -90, east: 180, north: 90) else {
            preconditionFailure("the whole globe is a box")
        }
        let use = try Projection.describe(city.crs).areaOfUse ?? everywhere
        let operation = try Operation.choose(from: city.crs, to: "EPSG:4326", around: use)
        toDegrees = try Transformation(operation)
        guard let grid = city.origin, let boundary = city.boundary, let box = boundary.box else {
            ground = nil
            degrees = use
            return
        }
        let southwest = grid.metres(Point(x: box.minX, y: box.minY))
        let northeast = grid.metres(Point(x: box.maxX, y: box.maxY))
        ground = (boundary, grid, Position(x: (southwest.x + northeast.x) / 2, y: (southwest.y + northeast.y) / 2))
        let low = try toDegrees.forward(x: southwest.x, y: southwest.y)
        let high = try toDegrees.forward(x: northeast.x, y: northeast.y)
        degrees = LonLatBox(west: low.x, south: min(low.y, high.y), east: high.x, north: max(low.y, high.y)) ?? use
    }

    /// Whether a place in metres of the city's CRS is one of the city's: inside its boundary, or without one inside the area
    /// that its CRS is meant for.
    func holds(_ place: Position) -> Bool {
        if let ground {
            guard let point = ground.grid.point(x: place.x, y: place.y) else { return false }
            return ground.area.position(of: point) != .outside
        }
        // Areas of use are drawn roughly: a degree beyond one is still the city's.
        return holds(place, within: degrees)
    }

    var hasBoundary: Bool { ground != nil }

    /// Whether a place in metres of the city's CRS lies where another CRS is meant for, within a degree: surveyors go on in
    /// their zone beyond its edge.
    func holds(_ place: Position, within use: LonLatBox?) -> Bool {
        guard let use else { return true }
        guard let (lon, lat) = try? toDegrees.forward(x: place.x, y: place.y) else { return false }
        let isWide = use.west > use.east
        return isWide || (use.west - 1...use.east + 1).contains(lon) && (use.south - 1...use.north + 1).contains(lat)
    }

    /// Metres from the middle of the city; nil without a boundary.
    func distance(to place: Position) -> Double? {
        guard let middle = ground?.middle else { return nil }
        let (dx, dy) = (place.x - middle.x, place.y - middle.y)
        return (dx * dx + dy * dy).squareRoot()
    }

    /// The way to read a file's coordinates in this city; nil where there is none.
    func placement(_ reading: Reading) -> Placement? { try? Placement(reading, in: city, around: degrees) }
}
