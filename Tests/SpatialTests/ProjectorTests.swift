import CPROJ
import Foundation
import Testing

@testable import Spatial

private typealias Operation = Spatial.Operation

#if DEBUG
    private let many = 20_000
#else
    private let many = 1_000_000
#endif

/// A city of 30 km around a place, its pinned operation, and PROJ's own word on it.
private struct City {
    let operation: Operation
    let proj: Transformation
    let grid: Grid
    let middle: Position
    let box: Box

    init(_ crs: String, lon: Double, lat: Double, halfKilometres: Double = 15) throws {
        let area = try #require(try Projection.describe(crs).areaOfUse)
        operation = try Operation.choose(from: crs, to: "EPSG:4326", around: area)
        proj = try Transformation(operation)
        middle = try proj.inverse(Position(x: lon, y: lat))
        grid = Grid(originX: Int64(middle.x * 1000), originY: Int64(middle.y * 1000))
        let half = Int32(halfKilometres * 1e6)
        box = Box(minX: -half, minY: -half, maxX: half, maxY: half)
    }

    func fit() throws -> LocalFit? { try LocalFit(operation, over: box, of: grid) }

    /// Places of the box in metres.
    func places(_ count: Int, _ random: inout SplitMix) -> [Position] {
        let half = Double(box.maxX) / 1000
        return (0..<count).map { _ in
            Position(x: middle.x + random.next(in: -half...half), y: middle.y + random.next(in: -half...half))
        }
    }
}

private struct SplitMix {
    var state: UInt64

    mutating func next(in range: ClosedRange<Double>) -> Double {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return range.lowerBound + (range.upperBound - range.lowerBound) * Double((z ^ (z >> 31)) >> 11) * 0x1p-53
    }
}

private func nanodegrees(_ place: Position) -> Position {
    Position(x: (place.x * 1e9).rounded(.toNearestOrEven) / 1e9, y: (place.y * 1e9).rounded(.toNearestOrEven) / 1e9)
}

private func millimetres(_ place: Position) -> Position {
    Position(x: (place.x * 1000).rounded(.toNearestOrEven) / 1000, y: (place.y * 1000).rounded(.toNearestOrEven) / 1000)
}

private func metresApart(_ a: Position, _ b: Position) -> Double {
    let (x, y) = ((a.x - b.x) * 111_700 * cos(a.y * .pi / 180), (a.y - b.y) * 111_700)
    return (x * x + y * y).squareRoot()
}

@Suite("The fast path between a city's metres and degrees")
struct ProjectorTests {
    static let cities: [(String, Double, Double)] = [
        ("EPSG:32640", 59.3725, 36.31417), ("EPSG:2154", 2.35, 48.85), ("EPSG:2056", 7.44, 46.95), ("EPSG:26971", -87.65, 41.85),
        ("EPSG:2060", 59.3725, 36.31417), ("EPSG:3035", 9.19, 45.46), ("EPSG:3031", 166.67, -77.85),
    ]

    @Test("UTM, conic, oblique, equal-area and polar CRS, with and without a shift of datum, lie within 10⁻⁸ m of PROJ", arguments: cities)
    func bound(crs: String, lon: Double, lat: Double) throws {
        let city = try City(crs, lon: lon, lat: lat)
        let fit = try #require(try city.fit())
        var random = SplitMix(state: 1)
        var (worstDegrees, worstMetres) = (0.0, 0.0)
        for place in city.places(many / 4, &random) {
            let degrees = try city.proj.forward(place)
            worstDegrees = max(worstDegrees, metresApart(degrees, fit.toDegrees.value(at: place)))
            let (back, metres) = (try city.proj.inverse(degrees), fit.toMetres.value(at: degrees))
            worstMetres = max(
                worstMetres, ((back.x - metres.x) * (back.x - metres.x) + (back.y - metres.y) * (back.y - metres.y)).squareRoot())
        }
        print("\(crs): degree \(fit.toDegrees.degree) and \(fit.toMetres.degree), \(worstDegrees) m and \(worstMetres) m from PROJ")
        #expect(worstDegrees <= LocalFit.bound && worstMetres <= LocalFit.bound && fit.error <= LocalFit.bound)
    }

    @Test("Rounded, every value is PROJ's to the bit, alone and among others, at random and beside the ties", arguments: cities)
    func equality(crs: String, lon: Double, lat: Double) throws {
        let city = try City(crs, lon: lon, lat: lat)
        let fit = try #require(try city.fit())
        let projector = try Projector(city.operation, fit: fit)
        var random = SplitMix(state: 2)
        // Half at random; a quarter whose metres lie within 3·10⁻⁷ m of half a millimetre, on either axis; a quarter whose
        // degrees do so of half of 10⁻⁹.
        var places = city.places(many, &random)
        for index in places.indices where index % 4 == 1 {
            places[index].x = ((places[index].x * 1000).rounded() + 0.5) / 1000 + random.next(in: -3e-7...3e-7)
            if index % 8 == 1 { places[index].y = ((places[index].y * 1000).rounded() + 0.5) / 1000 + random.next(in: -3e-7...3e-7) }
        }
        for index in places.indices where index % 4 == 3 {
            var degrees = try city.proj.forward(places[index])
            degrees.y = ((degrees.y * 1e9).rounded() + 0.5) / 1e9 + random.next(in: -3e-12...3e-12)
            if index % 8 == 3 { degrees.x = ((degrees.x * 1e9).rounded() + 0.5) / 1e9 + random.next(in: -3e-12...3e-12) }
            places[index] = try city.proj.inverse(degrees)
        }
        let degrees = try places.map { try city.proj.forward($0) }
        let back = try degrees.map { try city.proj.inverse($0) }

        var bulk = places
        var span = bulk.mutableSpan
        try projector.toDegrees(&span)
        let expected = degrees.map(nanodegrees)
        #expect(zip(bulk, expected).count { $0 != $1 } == 0)
        bulk = degrees
        span = bulk.mutableSpan
        try projector.toMetres(&span)
        #expect(zip(bulk, back.map(millimetres)).count { $0 != $1 } == 0)

        var wrong = 0
        for index in places.indices.prefix(many / 4) {
            let alone = try projector.lonLat(x: places[index].x, y: places[index].y)
            if alone != LonLat(lon: expected[index].x, lat: expected[index].y) { wrong += 1 }
            let place = try projector.place(LonLat(lon: degrees[index].x, lat: degrees[index].y))
            let (metres, around) = (millimetres(back[index]), nanodegrees(try city.proj.forward(back[index])))
            if place != StatedPlace(x: metres.x, y: metres.y, lonLat: LonLat(lon: around.x, lat: around.y)) { wrong += 1 }
        }
        #expect(wrong == 0)
    }

    @Test("Points in ten-millionths of degrees are PROJ's own value rounded once, with a fit and without", arguments: cities)
    func lonLatE7(crs: String, lon: Double, lat: Double) throws {
        let city = try City(crs, lon: lon, lat: lat)
        var random = SplitMix(state: 3)
        // Not a multiple of eight, and some of the last outside the fit's box.
        var points = city.places(many / 4 + 5, &random).compactMap { city.grid.point(x: $0.x, y: $0.y) }
        for index in points.indices.suffix(3) { points[index] = Point(x: 2 * city.box.maxX, y: Int32(index)) }
        for index in points.indices.prefix(100) where index % 8 == 5 { points[index] = Point(x: Int32(index), y: 2 * city.box.maxY) }
        let expected = try points.map { point in
            let (x, y) = city.grid.metres(point)
            let place = try city.proj.forward(Position(x: x, y: y))
            return LonLatE7(lon: Int32((place.x * 1e7).rounded(.toNearestOrEven)), lat: Int32((place.y * 1e7).rounded(.toNearestOrEven)))
        }
        let fit = try #require(try city.fit())
        #expect(try Projector(city.operation, fit: fit).lonLatE7(of: points, on: city.grid) == expected)
        #expect(try Projector(city.operation, fit: nil).lonLatE7(of: points, on: city.grid) == expected)
    }

    @Test("A hundred kilometres across take a higher degree and are as near; what no degree reaches has no fast path")
    func wide() throws {
        let small = try #require(try City("EPSG:32640", lon: 59.3725, lat: 36.31417).fit())
        let wide = try #require(try City("EPSG:32640", lon: 59.3725, lat: 36.31417, halfKilometres: 100).fit())
        #expect(wide.toDegrees.degree > small.toDegrees.degree && wide.error <= LocalFit.bound)
        #expect(try City("EPSG:3031", lon: 166.67, lat: -77.85, halfKilometres: 900).fit() == nil)
        // PROJ's inverse of Krovak goes on in steps until it is near enough, which is no nearer than micrometres.
        #expect(try City("EPSG:5514", lon: 14.42, lat: 50.08).fit() == nil)
    }

    @Test("An operation that reads grid files has no fast path, since a grid has a kink at each of its lines")
    func grids() throws {
        let city = try City("EPSG:32640", lon: 59.3725, lat: 36.31417)
        var operation = city.operation
        operation.definition += " +step +proj=hgridshift +grids=some.tif"
        #expect(try LocalFit(operation, over: city.box, of: city.grid) == nil)
    }

    @Test("A city across the 180th meridian and one over the pole have no fast path")
    func meridian() throws {
        #expect(try City("EPSG:32601", lon: -179.999, lat: 64).fit() == nil)
        #expect(try City("EPSG:3031", lon: 0, lat: -89.99).fit() == nil)
    }

    @Test("PROJ is not made before a place wants it, and what lies outside the box is PROJ's")
    func lazily() throws {
        let city = try City("EPSG:32640", lon: 59.3725, lat: 36.31417)
        let projector = try Projector(city.operation, fit: try city.fit())
        #expect(try projector.place(LonLat(lon: 59.3725, lat: 36.31417)).lonLat == LonLat(lon: 59.3725, lat: 36.31417))
        _ = try projector.lonLat(x: city.middle.x, y: city.middle.y)
        #expect(!projector.hasPROJ)
        let far = try projector.lonLat(x: 500_000, y: 4_000_000)
        let expected = nanodegrees(try city.proj.forward(Position(x: 500_000, y: 4_000_000)))
        #expect(far == LonLat(lon: expected.x, lat: expected.y) && projector.hasPROJ)
        // A turn of the globe further is the same place.
        #expect(try projector.place(LonLat(lon: 419.3725, lat: 36.31417)) == projector.place(LonLat(lon: 59.3725, lat: 36.31417)))
        #expect(try Projector(city.operation, fit: nil).hasPROJ)
    }

    @Test(
        "What PROJ refuses is refused with PROJ's error",
        arguments: [(Double.nan, 36.3), (59.37, .infinity), (59.37, 91), (-.infinity, .nan), (1e300, 1e300)])
    func refused(x: Double, y: Double) throws {
        let city = try City("EPSG:32640", lon: 59.3725, lat: 36.31417)
        let projector = try Projector(city.operation, fit: try city.fit())
        func error(_ body: () throws(SpatialError) -> Void) -> SpatialError? {
            do throws(SpatialError) { try body() } catch { return error }
            return nil
        }
        // NaN is not itself, so errors are compared by what they say.
        let inverse = try #require(error { () throws(SpatialError) in _ = try city.proj.inverse(x: x, y: y) })
        #expect(error { () throws(SpatialError) in _ = try projector.place(LonLat(lon: x, lat: y)) }?.description == inverse.description)
        for count in [1, 8, 11] {
            var places = [Position](repeating: Position(x: 59.3725, y: 36.31417), count: count)
            places[count - 1] = Position(x: x, y: y)
            let found = error { () throws(SpatialError) in
                var span = places.mutableSpan
                try projector.toMetres(&span)
            }
            #expect(found?.description == inverse.description)
        }
        let forward = error { () throws(SpatialError) in _ = try city.proj.forward(x: x, y: y) }
        #expect(error { () throws(SpatialError) in _ = try projector.lonLat(x: x, y: y) }?.description == forward?.description)
    }

    @Test("Any number of places goes, none among them, with and without a fit", arguments: 0...19)
    func counts(count: Int) throws {
        let city = try City("EPSG:2154", lon: 2.35, lat: 48.85)
        var random = SplitMix(state: UInt64(count))
        let places = city.places(count, &random)
        let expected = try places.map { nanodegrees(try city.proj.forward($0)) }
        for fit in [try city.fit(), nil] {
            let projector = try Projector(city.operation, fit: fit)
            var moved = places
            var span = moved.mutableSpan
            try projector.toDegrees(&span)
            #expect(moved == expected)
        }
    }
}

@Suite("A fit as numbers")
struct LocalFitTests {
    @Test("A fit is the same to the bit on any number of threads, and made again from its numbers")
    func stored() async throws {
        let city = try City("EPSG:32640", lon: 59.3725, lat: 36.31417)
        let fit = try #require(try city.fit())
        let (operation, box, grid) = (city.operation, city.box, city.grid)
        try await withThrowingTaskGroup(of: LocalFit?.self) { group in
            for _ in 0..<8 { group.addTask { try LocalFit(operation, over: box, of: grid) } }
            for try await other in group { #expect(other?.stored.map(\.bitPattern) == fit.stored.map(\.bitPattern)) }
        }
        let again = try #require(LocalFit(stored: fit.stored))
        #expect(again == fit)
        let place = Position(x: city.middle.x + 1234.567, y: city.middle.y - 2345.678)
        #expect(again.toDegrees.value(at: place) == fit.toDegrees.value(at: place))
    }

    @Test("Numbers that are not a fit's are none: cut short anywhere, too long, not finite, no box, a degree that is none")
    func damaged() throws {
        let numbers = try #require(try City("EPSG:32640", lon: 59.3725, lat: 36.31417).fit()).stored
        for count in 0..<numbers.count { #expect(LocalFit(stored: Array(numbers.prefix(count))) == nil) }
        #expect(LocalFit(stored: numbers + [0]) == nil)
        for index in numbers.indices {
            for bad in [Double.nan, .infinity] {
                var damaged = numbers
                damaged[index] = bad
                #expect(LocalFit(stored: damaged) == nil)
            }
        }
        for (index, bad) in [(0, 2e-8), (0, -1), (3, 0), (3, -1), (4, 0), (5, 0), (5, 4.5), (5, 13), (5, 1e300), (5, -1)] {
            var damaged = numbers
            damaged[index] = bad
            #expect(LocalFit(stored: damaged) == nil, "\(index): \(bad)")
        }
    }
}

#if !DEBUG
    @Suite("The fast path's speed", .serialized)
    struct ProjectorSpeedTests {
        @Test("Printed beside proj_trans_array on the same places", arguments: ProjectorTests.cities.prefix(4))
        func speed(crs: String, lon: Double, lat: Double) throws {
            let city = try City(crs, lon: lon, lat: lat)
            let fit = try #require(try city.fit())
            let projector = try Projector(city.operation, fit: fit)
            let context = proj_context_create()
            let operation = proj_create(context, city.operation.definition)
            defer {
                proj_destroy(operation)
                proj_context_destroy(context)
            }
            var random = SplitMix(state: 3)
            let metres = city.places(100_000, &random)
            let degrees = try metres.map { try city.proj.forward($0) }
            for (name, places, direction) in [("metres to degrees", metres, PJ_FWD), ("degrees to metres", degrees, PJ_INV)] {
                var (fast, proj) = (Duration.seconds(1), Duration.seconds(1))
                for _ in 0..<9 {
                    var moved = places.map { $0 }
                    var coordinates = places.map { PJ_COORD(v: ($0.x, $0.y, 0, 0)) }
                    fast = try min(
                        fast,
                        ContinuousClock().measure {
                            var span = moved.mutableSpan
                            if direction == PJ_FWD { try projector.toDegrees(&span) } else { try projector.toMetres(&span) }
                        })
                    proj = min(
                        proj, ContinuousClock().measure { _ = proj_trans_array(operation, direction, coordinates.count, &coordinates) })
                }
                print(
                    "\(crs), \(name): \(fast / .nanoseconds(100_000)) ns a place, PROJ \(proj / .nanoseconds(100_000)) ns, \(proj / fast) times"
                )
            }
        }
    }
#endif
