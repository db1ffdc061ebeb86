import Formats
import Store
import Spatial

extension Answerer {
    /// A point's place in the city.
    ///
    /// The operation pinned for its CRS is used; for a CRS that no delivery came in one is chosen, and a ballpark refused.
    func place(x: Double, y: Double, crs: String) throws(ServiceError) -> StatedPlace {
        guard x.isFinite, y.isFinite else { throw .badInput(.notFinite(x: x, y: y)) }
        if crs == ground.city.crs { return place(x: x, y: y) }
        do throws(SpatialError) {
            if crs == Placement.degrees {
                guard x.magnitude <= 180, y.magnitude <= 90 else {
                    throw .untransformable(x: x, y: y, reason: "longitude within ±180, then latitude within ±90, were expected")
                }
                return try degrees.place(LonLat(lon: x, lat: y))
            }
            let metres = try transformation(from: crs).forward(x: x, y: y)
            return place(x: metres.x, y: metres.y)
        } catch {
            throw .badInput(.place(x: x, y: y, crs: crs, error))
        }
    }

    /// The way from a CRS to the city's, made once.
    func transformation(from crs: String) throws(SpatialError) -> Transformation {
        if let made = transformations[crs] { return made }
        let pinned = ground.city.operations.first { $0.source == crs && $0.target == ground.city.crs }
        let operation = if let pinned { pinned } else { try chosen(from: crs) }
        let made = try Transformation(operation)
        transformations[crs] = made
        return made
    }

    private func chosen(from crs: String) throws(SpatialError) -> Spatial.Operation {
        let own = ground.city.crs
        return try Operation.choose(from: crs, to: own, around: Placement.region(of: own))
    }

    /// A place in metres of the city's CRS.
    private func place(x: Double, y: Double) -> StatedPlace { StatedPlace(x: x, y: y, lonLat: try? degrees.lonLat(x: x, y: y)) }

    func place(_ point: Point) -> StatedPlace {
        let (x, y) = ground.grid.metres(point)
        return place(x: x, y: y)
    }

    /// A stored interior point of a parcel, put there when it was taken in.
    func interiorPoint(of parcel: Feature, _ shape: MultiPolygon) throws(ServiceError) -> Point {
        if let stored = ground.storedInterior(of: parcel) { return stored }
        return try spatially { () throws(SpatialError) in try cutting.geos().interiorPoint(of: shape) }
    }

    /// The ground area of a parcel in m²: grid ÷ k² × (1 + h/R)², with k and R at the middle of its box and h the city's stated
    /// height; nil where none is stated.
    func groundArea(of shape: MultiPolygon) -> Decimal? {
        guard let height = ground.city.height, let scale = ground.city.scaleField, let box = shape.box else { return nil }
        let middle = Point(
            x: Int32((Int64(box.minX) + Int64(box.maxX)) / 2), y: Int32((Int64(box.minY) + Int64(box.maxY)) / 2))
        let square = (Double(shape.area) * scale.groundFactor(at: middle, height: height.double)).rounded(.toNearestOrEven)
        return square.magnitude < 9e18 ? Decimal(millionths: Int64(square)) : nil
    }
}
