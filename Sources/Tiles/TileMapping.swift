internal import Glibc
package import Spatial

/// How a city's grid lies in a tile matrix set.
///
/// Inside, a place is a share of the set's square: (0, 0) its upper left corner, (1, 1) its lower right one. For `CityGrid` that is IEEE
/// arithmetic alone; for `WebMercatorQuad` it is the projector's degrees and the spherical formulas of EPSG:3857 (method 1024).
/// Belongs to one thread at a time, as its projector does.
package struct TileMapping {
    package let set: TileMatrixSet
    private let grid: Grid
    private let projector: Projector?

    package static func cityGrid(_ grid: Grid, epsg: Int) -> TileMapping {
        TileMapping(set: .cityGrid(grid, epsg: epsg), grid: grid, projector: nil)
    }

    /// The projector is the city's own, to degrees.
    package static func webMercatorQuad(_ grid: Grid, _ projector: Projector) -> TileMapping {
        TileMapping(set: .webMercatorQuad, grid: grid, projector: projector)
    }

    /// Where points of the city lie in the square.
    func shares(of points: [Point]) throws(SpatialError) -> [Position] {
        guard let projector else {
            let side = Double(2 * TileMatrixSet.cityHalf)
            return points.map { point in
                Position(
                    x: Double(Int64(point.x) + TileMatrixSet.cityHalf) / side, y: Double(TileMatrixSet.cityHalf - Int64(point.y)) / side)
            }
        }
        var places = points.map { point in
            let (x, y) = grid.metres(point)
            return Position(x: x, y: y)
        }
        var span = places.mutableSpan
        try projector.toDegrees(&span)
        for index in places.indices {
            let share = Self.mercator(places[index])
            guard share.x.isFinite, share.y.isFinite else {
                let (x, y) = grid.metres(points[index])
                throw .untransformable(x: x, y: y, reason: "it lies at a pole")
            }
            places[index] = share
        }
        return places
    }

    /// The point of the city at a place in the square, nearest or at the end of the grid's range.
    private func points(at shares: [Position]) throws(SpatialError) -> [Point] {
        guard let projector else {
            let side = Double(2 * TileMatrixSet.cityHalf)
            return shares.map { share in
                Point(x: Self.clamped((share.x - 0.5) * side), y: Self.clamped((0.5 - share.y) * side))
            }
        }
        var places = shares.map(Self.degrees)
        var span = places.mutableSpan
        try projector.toMetres(&span)
        return places.map { place in
            Point(x: Self.clamped(place.x * 1000 - Double(grid.originX)), y: Self.clamped(place.y * 1000 - Double(grid.originY)))
        }
    }

    private static func clamped(_ millimetres: Double) -> Int32 {
        let limit = Double(Point.limit)
        return Int32(max(-limit, min(limit, millimetres.isNaN ? 0 : millimetres.rounded(.toNearestOrEven))))
    }

    private static func mercator(_ degrees: Position) -> Position {
        Position(x: degrees.x / 360 + 0.5, y: 0.5 - log(tan((degrees.y + 90) * .pi / 360)) / (2 * .pi))
    }

    private static func degrees(_ share: Position) -> Position {
        Position(x: (share.x - 0.5) * 360, y: atan(sinh((0.5 - share.y) * 2 * .pi)) * 180 / .pi)
    }
}

extension TileMapping {
    /// The ground of the city that a tile shows, with a share of its side added on every side: what to look for candidates in.
    ///
    /// It may be somewhat larger than the tile, whose sides are not straight in the city's CRS. Nil where the tile shows nothing of the
    /// given box, which is the one around all that the city has.
    package func box(of address: TileAddress, margin: Double, within city: Box) throws(SpatialError) -> Box? {
        let count = Double(set.count(at: address.zoom))
        let square = try square(around: city)
        let low = Position(
            x: max(square.low.x, (Double(address.col) - margin) / count), y: max(square.low.y, (Double(address.row) - margin) / count))
        let high = Position(
            x: min(square.high.x, (Double(address.col) + 1 + margin) / count),
            y: min(square.high.y, (Double(address.row) + 1 + margin) / count))
        guard low.x <= high.x, low.y <= high.y else { return nil }
        guard let found = Box(around: try points(at: Self.outline(low, high))) else { return nil }
        let box = found.grown(by: projector == nil ? 1 : Self.bulge(of: found))
        let common = Box(
            minX: max(box.minX, city.minX), minY: max(box.minY, city.minY), maxX: min(box.maxX, city.maxX), maxY: min(box.maxY, city.maxY))
        return common.minX <= common.maxX && common.minY <= common.maxY ? common : nil
    }

    /// What a pixel of a zoom shows on the ground at the city's origin, in metres: one figure for all tiles, that all choose the same styles.
    package func metresPerPixel(at zoom: Int) throws(SpatialError) -> Double {
        guard projector != nil else { return set.cellSize(at: zoom) }
        let origin = try shares(of: [Point(x: 0, y: 0)])[0]
        return set.cellSize(at: zoom) / cosh((0.5 - origin.y) * 2 * .pi)
    }

    /// The tiles of a zoom that meet a box of the city; those along its sides may be one too many.
    package func tiles(over box: Box, zoom: Int) throws(SpatialError) -> TileLimits {
        let square = try square(around: box)
        let count = set.count(at: zoom)
        func place(_ share: Double) -> Int { Int(max(0, min(Double(count - 1), (share * Double(count)).rounded(.down)))) }
        return TileLimits(
            zoom: zoom, rows: place(square.low.y)...place(square.high.y), cols: place(square.low.x)...place(square.high.x))
    }

    /// The tiles of every zoom that meet a box of the city.
    package func limits(of box: Box) throws(SpatialError) -> [TileLimits] {
        var limits: [TileLimits] = []
        for zoom in set.zooms { limits.append(try tiles(over: box, zoom: zoom)) }
        return limits
    }

    /// The square's part that a box of the city takes up.
    private func square(around box: Box) throws(SpatialError) -> (low: Position, high: Position) {
        let grown = projector == nil ? box : box.grown(by: Self.bulge(of: box))
        let corners = (
            Position(x: Double(grown.minX), y: Double(grown.minY)), Position(x: Double(grown.maxX), y: Double(grown.maxY))
        )
        let places = try shares(
            of: Self.outline(corners.0, corners.1).map { Point(x: Self.clamped($0.x), y: Self.clamped($0.y)) })
        return (
            Position(x: places.map(\.x).min() ?? 0, y: places.map(\.y).min() ?? 0),
            Position(x: places.map(\.x).max() ?? 0, y: places.map(\.y).max() ?? 0)
        )
    }

    /// Places along a rectangle's sides, sixteen on each.
    private static func outline(_ low: Position, _ high: Position) -> [Position] {
        (0...16).flatMap { step in
            let (x, y) = (low.x + (high.x - low.x) * Double(step) / 16, low.y + (high.y - low.y) * Double(step) / 16)
            return [Position(x: x, y: low.y), Position(x: x, y: high.y), Position(x: low.x, y: y), Position(x: high.x, y: y)]
        }
    }

    /// How far in millimetres a side may bend out between two of sixteen places: for a city under 100 km, less than its 256th part.
    private static func bulge(of box: Box) -> Int64 {
        1000 + max(Int64(box.maxX) - Int64(box.minX), Int64(box.maxY) - Int64(box.minY)) / 256
    }
}
