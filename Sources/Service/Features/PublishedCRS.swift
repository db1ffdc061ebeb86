package import Persian
package import Spatial

/// A CRS in which features are published, as OGC names it, with its axes in its authority's order.
package struct PublishedCRS: Hashable, Sendable {
    package let uri: String
    /// As PROJ is asked for it.
    package let code: String
    /// Whether the northing or latitude comes first.
    package let isNorthFirst: Bool
    package let isDegrees: Bool

    package static let crs84 = PublishedCRS(
        uri: "http://www.opengis.net/def/crs/OGC/1.3/CRS84", code: "EPSG:4326", isNorthFirst: false, isDegrees: true)
    package static let wgs84 = PublishedCRS(
        uri: "http://www.opengis.net/def/crs/EPSG/0/4326", code: "EPSG:4326", isNorthFirst: true, isDegrees: true)
    package static let webMercator = PublishedCRS(
        uri: "http://www.opengis.net/def/crs/EPSG/0/3857", code: "EPSG:3857", isNorthFirst: false, isDegrees: false)

    /// A city's own: the one in which its features are stored.
    static func own(_ code: String) throws(ServiceError) -> PublishedCRS {
        let description = try spatially { () throws(SpatialError) in try Projection.describe(code) }
        return PublishedCRS(
            uri: "http://www.opengis.net/def/crs/" + code.split(separator: ":").joined(separator: "/0/"), code: code,
            isNorthFirst: description.isNorthFirst, isDegrees: false)
    }

    /// A pair in the authority's order as east and north.
    package func eastNorth(_ first: Double, _ second: Double) -> (x: Double, y: Double) {
        isNorthFirst ? (second, first) : (first, second)
    }
}

extension Answerer {
    /// A place in a published CRS, in millimetres of the grid; nil for one that lies beyond it or has no image there.
    package func point(x: Double, y: Double, in crs: PublishedCRS) -> Point? {
        guard x.isFinite, y.isFinite, let stated = try? place(x: x, y: y, crs: crs.code) else { return nil }
        return ground.grid.point(x: stated.x, y: stated.y)
    }

    /// Where a point of the grid lies in a published CRS: in its authority's order, rounded to the millimetre or to 10⁻⁹ degree.
    func position(of point: Point, in crs: PublishedCRS) throws(ServiceError) -> (first: Double, second: Double) {
        let metres = ground.grid.metres(point)
        let (x, y): (Double, Double)
        if crs.code == ground.city.crs {
            (x, y) = metres
        } else if crs.isDegrees {
            let place = try spatially { () throws(SpatialError) in try degrees.lonLat(x: metres.x, y: metres.y) }
            (x, y) = (place.lon, place.lat)
        } else {
            let way = try spatially { () throws(SpatialError) in try transformation(from: crs.code) }
            let place = try spatially { () throws(SpatialError) in try way.inverse(x: metres.x, y: metres.y) }
            (x, y) = ((place.x * 1000).rounded() / 1000, (place.y * 1000).rounded() / 1000)
        }
        return crs.isNorthFirst ? (y, x) : (x, y)
    }
}

extension Answerer {
    /// A box that holds one of the grid in another CRS, with a little room; east before north. Nil where it has no image there.
    package func box(_ box: Box, in crs: PublishedCRS) -> (west: Double, south: Double, east: Double, north: Double)? {
        var (west, south, east, north) = (Double.infinity, Double.infinity, -Double.infinity, -Double.infinity)
        let steps: Int64 = 16
        for step in 0...steps {
            let x = Int32(clamping: Int64(box.minX) + (Int64(box.maxX) - Int64(box.minX)) * step / steps)
            let y = Int32(clamping: Int64(box.minY) + (Int64(box.maxY) - Int64(box.minY)) * step / steps)
            for point in [Point(x: x, y: box.minY), Point(x: x, y: box.maxY), Point(x: box.minX, y: y), Point(x: box.maxX, y: y)] {
                guard let place = try? position(of: point, in: crs) else { return nil }
                let (x, y) = crs.eastNorth(place.first, place.second)
                (west, south, east, north) = (min(west, x), min(south, y), max(east, x), max(north, y))
            }
        }
        guard west.isFinite, south.isFinite, east.isFinite, north.isFinite else { return nil }
        // A side bends less than this between two steps.
        let room = (1e-6 + 0.001 * max(east - west, north - south))
        return (west - room, south - room, east + room, north + room)
    }
}

extension OpenTown {
    /// A layer's box as west, south, east, north in degrees; nil where it has none.
    package func degreesBox(_ layer: PublishedLayer, on day: Day) throws(ServiceError) -> [Double]? {
        guard let box = layer.box else { return nil }
        return try asked(on: day) { (answerer) throws(ServiceError) in
            answerer.box(box, in: .crs84).map { [$0.west, $0.south, $0.east, $0.north].map { ($0 * 1e7).rounded() / 1e7 } }
        }
    }
}
