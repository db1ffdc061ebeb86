import Spatial

/// How well places lie in the city when they are read in one way.
struct Fit {
    let placement: Placement
    let places: Int
    let inside: Int
    /// Whether at least one place could be brought over at all.
    let isPlaced: Bool
    /// The middle one's distance from the city in metres; nil where it is not known.
    let distance: Double?

    init(_ places: [Position], _ placement: Placement, in frame: CityFrame) {
        self.placement = placement
        self.places = places.count
        let placed = places.compactMap { try? placement.placed($0) }
        isPlaced = !placed.isEmpty
        let use = try? Projection.describe(placement.reading.crs).areaOfUse
        inside = placed.count { frame.holds($0) && frame.holds($0, within: use) }
        let distances = placed.compactMap { frame.distance(to: $0) }.sorted()
        distance = distances.isEmpty ? nil : distances[distances.count / 2]
    }

    var outside: Int { places - inside }

    /// At least half of the places are the city's.
    var isGood: Bool { 2 * inside >= places && inside > 0 }

    /// The ways of reading that fit at least half of the places, the best first; of equals the order of `Reading.suspects`.
    static func good(_ places: [Position], in frame: CityFrame, except found: Reading?) -> [Fit] {
        let straight = Reading.suspects(for: frame.city).compactMap { frame.placement(Reading(crs: $0)) }
        let ways = (straight + straight.map(\.swapped)).filter { $0.reading != found }
        let fits = ways.map { Fit(places, $0, in: frame) }
        return fits.filter(\.isGood).enumerated()
            .sorted { ($1.element.inside, $0.offset) < ($0.element.inside, $1.offset) }.map(\.element)
    }
}
