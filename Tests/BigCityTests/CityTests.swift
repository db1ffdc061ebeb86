import BigCity
import Spatial
import Testing

@Suite struct CityTests {
    @Test(arguments: [Twin.clean, .degenerate], [1404, 7] as [UInt64])
    func everyGeometryIsValid(twin: Twin, seed: UInt64) throws {
        let city = BigCity.make(parcels: 3_000, twin: twin, seed: seed)
        let geos = try GEOS()
        for shapes in [city.parcels, city.streets, city.zones, city.overlays] {
            for number in 0..<shapes.count {
                guard case .area(let area)? = shapes.geometry(number) else { continue }
                #expect(area.flaw() == nil)
                #expect(try geos.invalidity(of: area) == nil)
            }
        }
        #expect(city.boundary.flaw() == nil)
    }

    @Test(arguments: [Twin.clean, .degenerate])
    func noTwoParcelsStreetsOrZonesOverlap(twin: Twin) throws {
        let city = BigCity.make(parcels: 3_000, twin: twin)
        let areas = ground(city.parcels) + ground(city.streets)
        #expect(try overlaps(areas).isEmpty)
        for layer in ["landUse", "height"] {
            let zones = zip(ground(city.zones), city.zoneNames).filter { $0.1.layer == layer }.map(\.0)
            #expect(zones.count > 1)
            #expect(try overlaps(zones).isEmpty)
            // Zones leave no gap: the clean ones fill the city's limit, the unions are as large as the parcels, to the mm².
            let whole = twin == .clean ? city.boundary.twiceArea : ground(city.parcels).reduce(0) { $0 + $1.twiceArea }
            #expect(zones.reduce(0) { $0 + $1.twiceArea } == whole)
        }
    }

    @Test func neighboursShareTheirCorners() {
        let city = BigCity.make(parcels: 3_000)
        let areas = ground(city.parcels) + ground(city.streets)
        let corners = Set(areas.flatMap { $0.rings.flatMap(\.points) })
        let index = BoxIndex(corners.map { Box($0) })
        let sorted = Array(corners)
        var inside = 0
        for area in areas {
            for ring in area.rings {
                for (from, to) in zip(ring.points, ring.points.dropFirst() + ring.points.prefix(1)) {
                    guard let box = Box(around: [from, to]) else { continue }
                    index.search(box) { number in
                        let corner = sorted[number]
                        if corner != from, corner != to, orientation(from, to, corner) == 0 { inside += 1 }
                    }
                }
            }
        }
        #expect(inside == 0)
    }

    @Test func aCityLooksLikeACity() {
        let city = BigCity.make(parcels: 15_000)
        #expect((15_000...15_060).contains(city.parcels.count))
        #expect((48...56).contains(city.zones.count))
        let sizes = (0..<city.parcels.count).map { city.parcels.allPoints(of: $0).count }
        #expect(sizes.min() == 4)
        #expect((6.4...7.0).contains(Double(sizes.reduce(0, +)) / Double(sizes.count)))
        let areas = ground(city.parcels).map { Double($0.area) / 1e6 }.sorted()
        #expect((75...110).contains(areas[areas.count / 100]))
        #expect((220...280).contains(areas[areas.count / 2]))
        #expect((850...1_250).contains(areas[areas.count * 99 / 100]))
        let covered = areas.reduce(0, +) * 1e6 / Double(city.boundary.area)
        #expect((0.70...0.74).contains(covered))
        let rings = (0..<city.parcels.count).map { number in city.parcels.parts(of: number).map { city.parcels.rings(of: $0).count } }
        #expect(rings.contains { $0.count > 1 } && rings.contains { $0.contains { $0 > 1 } })
        #expect(Set(city.overlayNames.map(\.kind)) == ["river", "fault", "heritage", "powerLine", "qanat"])
    }

    @Test func theSameSeedGivesTheSameCity() {
        let (one, same, other) = (
            BigCity.make(parcels: 500, twin: .dirty), BigCity.make(parcels: 500, twin: .dirty), BigCity.make(parcels: 500, seed: 2)
        )
        func points(_ shapes: ShapeTable) -> [Point] { (0..<shapes.points.count).map { shapes.points[$0] } }
        #expect(points(one.parcels) == points(same.parcels) && points(one.zones) == points(same.zones))
        #expect(points(one.parcels) != points(other.parcels))
    }

    @Test func theDirtyTwinOverlapsGapsAndRepeats() throws {
        let city = BigCity.make(parcels: 3_000, twin: .dirty)
        let parcels = ground(city.parcels)
        #expect(parcels.allSatisfy { $0.flaw() == nil })
        #expect(Set(parcels).count < parcels.count)
        #expect(try overlaps(parcels).count > 50)
        let zones = ground(city.zones)
        #expect(Set(zones).count < zones.count)
    }

    private func ground(_ shapes: ShapeTable) -> [MultiPolygon] {
        (0..<shapes.count).compactMap { if case .area(let area)? = shapes.geometry($0) { area } else { nil } }
    }

    /// Pairs whose interiors meet, as GEOS sees it.
    private func overlaps(_ areas: [MultiPolygon]) throws -> [(Int, Int)] {
        let geos = try GEOS()
        let boxes = areas.map { $0.box ?? .nowhere }
        let index = BoxIndex(boxes)
        var pairs: [(Int, Int)] = []
        for (number, area) in areas.enumerated() {
            var near: [Int] = []
            index.search(boxes[number]) { if $0 > number { near.append($0) } }
            for other in near where try geos.interiorsMeet(area, areas[other]) { pairs.append((number, other)) }
        }
        return pairs
    }
}
