/// A place in degrees east and north, in a geographic CRS; longitude comes first everywhere but in OGC endpoints.
package struct LonLat: Hashable, Sendable {
    package let lon: Double
    package let lat: Double

    package init(lon: Double, lat: Double) {
        self.lon = lon
        self.lat = lat
    }
}

/// A range of longitude and latitude in degrees. One that crosses the 180th meridian has its west east of its east.
package struct LonLatBox: Hashable, Sendable {
    package let west: Double
    package let south: Double
    package let east: Double
    package let north: Double

    /// Nil unless the bounds are degrees on the globe and south is not north of north.
    package init?(west: Double, south: Double, east: Double, north: Double) {
        guard west.magnitude <= 180, east.magnitude <= 180, south >= -90, south <= north, north <= 90 else { return nil }
        self.west = west
        self.south = south
        self.east = east
        self.north = north
    }

    package func holds(_ place: LonLat) -> Bool {
        let across = west <= east ? west <= place.lon && place.lon <= east : west <= place.lon || place.lon <= east
        return across && south <= place.lat && place.lat <= north
    }
}
