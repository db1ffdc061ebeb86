import Formats
import Service
import Spatial

extension Site {
    /// Places that one request may name.
    private static let mostPlaces = 200

    static let measure = Route(
        "/measure", "مختصات شهر برای جاهایی به درجه، درازای راه میانشان و مساحتی که در بر می‌گیرند، روی شبکهٔ شهر",
        "the city's coordinates of places in degrees, the length of the way along them and the area within, on the city's grid",
        [
            Parameter(
                "at", .text, required: true, "طول و عرض جغرافیایی هر جا: lon,lat;lon,lat",
                "each place's longitude and latitude: lon,lat;lon,lat")
        ] + knownAlone
    ) { visit throws(Problem) in
        let asked = visit["at"] ?? ""
        let pairs = asked.split(separator: ";", omittingEmptySubsequences: false)
        guard pairs.count <= mostPlaces else {
            throw .badValue("at", asked, "حداکثر \(mostPlaces) جا", "at most \(mostPlaces) places")
        }
        let degrees = try pairs.map { (pair) throws(Problem) in
            let numbers = pair.split(separator: ",", omittingEmptySubsequences: false).map { Coordinate.parse(String($0)) }
            guard numbers.count == 2, let lon = numbers[0], let lat = numbers[1] else {
                throw .badValue("at", asked, "lon,lat;lon,lat به درجه", "lon,lat;lon,lat in degrees")
            }
            return LonLat(lon: lon, lat: lat)
        }
        return try visit.inOpen { (open) throws(Problem) in
            let measured = try Problem.serving { () throws(ServiceError) in
                try open.asked(on: visit.site.today) { (answerer) throws(ServiceError) in try answerer.measured(degrees) }
            }
            return visit.listed(
                .object([
                    "crs": .string(measured.crs), "length": JSON(measured.length), "area": JSON(measured.area),
                    "places": .array(
                        measured.places.map {
                            [
                                "lon": $0.lonLat.map { .number($0.lon) } ?? .null, "lat": $0.lonLat.map { .number($0.lat) } ?? .null,
                                "x": .number($0.x), "y": .number($0.y),
                            ]
                        }),
                ]), open)
        }
    }
}
