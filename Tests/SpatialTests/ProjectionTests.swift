import CPROJ
import Foundation
@testable import Spatial
import Testing

private let torqabeh = LonLatBox(west: 59.33, south: 36.28, east: 59.42, north: 36.34)!
private typealias Operation = Spatial.Operation

/// The folder of the GIGS test procedures, unpacked outside the tree; nil where the data is missing.
private let gigs: URL? = {
    let environment = ProcessInfo.processInfo.environment["SHAHRSAZ_DATA"].map { [URL(filePath: $0)] } ?? []
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    for data in environment + [root.appending(path: "../shared/data")] {
        let archive = data.appending(path: "proj/proj_gie_gigs.tar.gz").standardizedFileURL
        guard FileManager.default.fileExists(atPath: archive.path) else { continue }
        let folder = FileManager.default.temporaryDirectory.appending(path: "gigs-\(UUID().uuidString)")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let tar = Process()
        tar.executableURL = URL(filePath: "/bin/tar")
        tar.arguments = ["xzf", archive.path, "-C", folder.path]
        guard (try? tar.run()) != nil else { continue }
        tar.waitUntilExit()
        return folder.appending(path: "test/gigs")
    }
    print("GIGS vectors skipped: no proj/proj_gie_gigs.tar.gz in $SHAHRSAZ_DATA or ../shared/data")
    return nil
}()

@Suite("Coordinate reference systems and the ways between them")
struct ProjectionTests {
    @Test("UTM 40N is projected in metres and says where it is meant for")
    func utm() throws {
        let crs = try Projection.describe("EPSG:32640")
        #expect(crs.name == "WGS 84 / UTM zone 40N" && crs.isProjectedInMetres && !crs.isGeographic)
        #expect(crs.areaOfUse == LonLatBox(west: 54, south: 0, east: 60, north: 84))
        #expect(crs.wkt.hasPrefix(#"PROJCS["WGS 84 / UTM zone 40N",GEOGCS["WGS 84","#))
        #expect(crs.wkt.hasSuffix(#"AUTHORITY["EPSG","32640"]]"#))
        #expect(try Projection.describe(crs.wkt).isProjectedInMetres)
        #expect(try Projection.describe("epsg:32640").name == crs.name)
    }

    @Test(
        "Only eastings and northings in metres will do for a city",
        arguments: [
            ("EPSG:2154", true), ("EPSG:2056", true), ("EPSG:2060", true), ("EPSG:31467", true), ("EPSG:7415", true),
            ("EPSG:4326", false), ("EPSG:2921", false), ("EPSG:4978", false), ("EPSG:2049", false), ("EPSG:5752", false),
        ])
    func cities(code: String, fits: Bool) throws {
        #expect(try Projection.describe(code).isProjectedInMetres == fits)
    }

    @Test(
        "A CRS that does not exist is an error that says so, ED50 in UTM 40N among them",
        arguments: [
            "EPSG:23040", "EPSG:23041", "EPSG:0", "EPSG:99999999999", "EPSG", "", "32640", "EPSG:", "EPSG:32640:1", "EPSG:'--",
            "PROJCS[", "+proj=utm",
        ])
    func unknown(code: String) {
        #expect {
            try Projection.describe(code)
        } throws: { error in
            guard case SpatialError.unknownCRS(code, let reason) = error else { return false }
            return !reason.isEmpty
        }
    }

    @Test("The old Iranian datum shifts Torqabeh by +23.763 m and −173.967 m, with the 1 m transformation EPSG:1514")
    func oldDatum() throws {
        let operation = try Operation.choose(from: "EPSG:2060", to: "EPSG:32640", around: torqabeh)
        #expect(operation.accuracy == 1 && operation.name.contains("ED50(ED77) to WGS 84 (1)"))
        #expect(operation.definition.contains("+x=-110.33 +y=-97.73 +z=-119.85"))
        let transformation = try Transformation(operation)
        let there = try transformation.forward(x: 713_000, y: 4_021_500)
        #expect(abs(there.x - 713_023.7626) < 1e-4 && abs(there.y - 4_021_326.0331) < 1e-4)
        let back = try transformation.inverse(x: there.x, y: there.y)
        #expect(abs(back.x - 713_000) < 1e-3 && abs(back.y - 4_021_500) < 1e-3)
    }

    @Test("Longitude comes first: the middle of Torqabeh in both zones that surveyors use")
    func torqabehCentre() throws {
        for (code, x, y) in [("EPSG:32640", 712_994.783, 4_021_407.840), ("EPSG:32641", 174_298.236, 4_024_906.086)] {
            let operation = try Operation.choose(from: "EPSG:4326", to: code, around: torqabeh)
            let place = try Transformation(operation).forward(x: 59.3725, y: 36.31417)
            #expect(abs(place.x - x) < 6e-4 && abs(place.y - y) < 6e-4)
            #expect(operation.accuracy == 0)
        }
    }

    @Test(
        "A datum with no transformation here gives a ballpark, which is refused with advice",
        arguments: ["EPSG:4230", "EPSG:4132", "EPSG:4270"])
    func ballpark(code: String) {
        #expect {
            try Operation.choose(from: code, to: "EPSG:32640", around: torqabeh)
        } throws: { error in
            guard case SpatialError.ballpark(code, "EPSG:32640", let advice) = error else { return false }
            return advice.contains("EPSG:2058")
        }
    }

    @Test("What needs a grid file that is not installed is refused by the file's name, not replaced by a ballpark")
    func missingGrid() {
        let bern = LonLatBox(west: 7.4, south: 46.9, east: 7.5, north: 47)!
        let isThere = FileManager.default.fileExists(atPath: "/usr/share/proj/ch_swisstopo_CHENyx06a.tif")
        guard !isThere else { return print("the Swiss grid is installed: nothing is missing here") }
        #expect {
            try Operation.choose(from: "EPSG:21781", to: "EPSG:2056", around: bern)
        } throws: { error in
            guard case SpatialError.missingGrids(_, _, let grids) = error else { return false }
            return grids.contains { $0.hasPrefix("ch_swisstopo") }
        }
    }

    @Test("A CRS to itself moves nothing; one given as WKT is as good as its code")
    func same() throws {
        let same = try Operation.choose(from: "EPSG:32640", to: "EPSG:32640", around: torqabeh)
        #expect(same.definition == "+proj=noop")
        let place = try Transformation(same).forward(x: 713_000.125, y: 4_021_500.25)
        #expect(place == (713_000.125, 4_021_500.25))
        let wkt = try Projection.describe("EPSG:2060").wkt
        let operation = try Operation.choose(from: wkt, to: "EPSG:32640", around: torqabeh)
        #expect(try operation.definition == Operation.choose(from: "EPSG:2060", to: "EPSG:32640", around: torqabeh).definition)
    }

    @Test(
        "A place that cannot be brought over is an error that names it",
        arguments: [(Double.nan, 0.0), (.infinity, 0), (1e300, 1e300), (59.37, 91)])
    func untransformable(x: Double, y: Double) throws {
        let transformation = try Transformation(Operation.choose(from: "EPSG:4326", to: "EPSG:32640", around: torqabeh))
        #expect(throws: SpatialError.self) { try transformation.forward(x: x, y: y) }
        var places = [Position(x: 59.37, y: 36.3), Position(x: x, y: y)]
        #expect(throws: SpatialError.self) { try transformation.forward(&places) }
        #expect(try transformation.forward(x: 59.3725, y: 36.3).x > 700_000)
    }

    @Test("A definition that is none is an error with PROJ's reason, and none opens a file or the network")
    func badDefinition() {
        for definition in ["", "rubbish", "+proj=nothing", "+proj=pipeline +step +proj=hgridshift +grids=missing.tif"] {
            let operation = Operation(source: "a", target: "b", definition: definition, name: "", accuracy: nil)
            #expect(throws: SpatialError.self) { try Transformation(operation) }
        }
    }

    @Test("A whole shape goes over, and comes back to the millimetre")
    func shape() throws {
        let transformation = try Transformation(Operation.choose(from: "EPSG:2060", to: "EPSG:32640", around: torqabeh))
        let places = (0..<50).map { Position(x: 712_000 + Double($0) * 20, y: 4_020_000 + Double($0 * $0)) }
        let moved = try transformation.forward(WKB.Shape(points: places, lines: [places], polygons: [[places, places]]))
        #expect(moved.lines[0] == moved.points && moved.polygons == [[moved.points, moved.points]])
        var back = moved.points
        try transformation.inverse(&back)
        #expect(zip(back, places).allSatisfy { abs($0.x - $1.x) < 1e-3 && abs($0.y - $1.y) < 1e-3 })
    }

    @Test("A pinned operation made again gives the same numbers to the bit, on several threads at once")
    func threads() async throws {
        let operation = try Operation.choose(from: "EPSG:2060", to: "EPSG:32640", around: torqabeh)
        let expected = try Transformation(operation).forward(x: 713_000, y: 4_021_500)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<20 {
                        let place = try Transformation(operation).forward(x: 713_000, y: 4_021_500)
                        #expect(place == expected)
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

@Suite("GIGS: the test procedures of the geodesists, all that name two codes")
struct GIGSTests {
    @Test("Published coordinates are met within GIGS's tolerance", .enabled(if: gigs != nil, "proj_gie_gigs.tar.gz is missing"))
    func procedures() throws {
        let folder = try #require(gigs)
        defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent().deletingLastPathComponent()) }
        var points = 0
        var pairs: Set<String> = []
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            guard file.pathExtension == "gie" else { continue }
            for procedure in Self.procedures(in: try String(contentsOf: file, encoding: .utf8)) {
                let globe = LonLatBox(west: -180, south: -90, east: 180, north: 90)!
                let area = try Projection.describe(procedure.projected).areaOfUse ?? globe
                let operation = try Operation.choose(from: procedure.geographic, to: procedure.projected, around: area)
                let transformation = try Transformation(operation)
                for (degrees, metres, tolerance) in procedure.points {
                    let there = try transformation.forward(x: degrees.x, y: degrees.y)
                    #expect(
                        abs(there.x - metres.x) <= tolerance && abs(there.y - metres.y) <= tolerance,
                        "\(file.lastPathComponent) \(procedure.projected) \(degrees): \(there), expected \(metres)")
                    points += 1
                }
                pairs.insert(procedure.projected)
            }
        }
        print("GIGS: \(points) points of \(pairs.count) projected CRS")
        #expect(pairs.count >= 12 && points >= 200)
    }

    private struct Procedure {
        var geographic: String
        var projected: String
        var points: [(degrees: Position, metres: Position, tolerance: Double)] = []
    }

    /// The procedures of a file that go from a geographic code to a projected one, with their expected points.
    private static func procedures(in text: String) -> [Procedure] {
        var found: [Procedure] = []
        let step = /init=epsg:(\d+)( \+?inv)?/
        for block in text.components(separatedBy: "\noperation").dropFirst() {
            let steps = block.matches(of: step)
            guard block.components(separatedBy: "step ").count == 3, steps.count == 2,
                steps[0].output.2 != nil, steps[1].output.2 == nil
            else { continue }
            var procedure = Procedure(geographic: "EPSG:\(steps[0].output.1)", projected: "EPSG:\(steps[1].output.1)")
            guard (try? Projection.describe(procedure.geographic).isGeographic) == true,
                (try? Projection.describe(procedure.projected).isGeographic) == false
            else { continue }
            var tolerance = 0.0
            var from: Position?
            for line in block.split(separator: "\n") {
                let words = line.split(separator: " ").map(String.init)
                switch words.first {
                case "tolerance": tolerance = (Double(words[1]) ?? 0) * (words.last == "mm" ? 0.001 : 1)
                case "accept": from = Double(words[1]).flatMap { x in Double(words[2]).map { Position(x: x, y: $0) } }
                case "expect":
                    guard words.count == 3, let degrees = from, let x = Double(words[1]), let y = Double(words[2]) else { continue }
                    procedure.points.append((degrees, Position(x: x, y: y), tolerance))
                    from = nil
                default: continue
                }
            }
            if !procedure.points.isEmpty { found.append(procedure) }
        }
        return found
    }
}

@Suite("Scale of the grid")
struct ScaleFieldTests {
    let grid = Grid(originX: 713_000_000, originY: 4_021_000_000)
    let town = Box(minX: -5_000_000, minY: -4_000_000, maxX: 5_000_000, maxY: 4_000_000)

    /// PROJ's own areal scale at a grid point, by way of the string of the projection.
    private func areal(_ definition: String, _ point: Point, _ grid: Grid) -> Double {
        let context = proj_context_create()
        let projection = proj_create(context, definition)
        defer {
            proj_destroy(projection)
            proj_context_destroy(context)
        }
        let (x, y) = grid.metres(point)
        let radians = proj_trans(projection, PJ_INV, PJ_COORD(xyzt: PJ_XYZT(x: x, y: y, z: 0, t: .infinity)))
        return proj_factors(projection, radians).areal_scale
    }

    @Test(
        "The quadratic lies within 10⁻⁹ of PROJ's factors all over a town",
        arguments: [
            ("EPSG:32640", "+proj=utm +zone=40 +ellps=WGS84", 713_000_000, 4_021_000_000),
            (
                "EPSG:2154", "+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80",
                652_000_000, 6_862_000_000
            ),
            (
                "EPSG:31467", "+proj=tmerc +lat_0=0 +lon_0=9 +k=1 +x_0=3500000 +y_0=0 +ellps=bessel", 3_450_000_000, 5_400_000_000
            ),
            ("EPSG:3035", "+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80", 3_760_000_000, 2_889_000_000),
        ] as [(String, String, Int64, Int64)])
    func quadratic(crs: String, definition: String, x: Int64, y: Int64) throws {
        let grid = Grid(originX: x, originY: y)
        let field = try ScaleField(crs: crs, grid: grid, box: town)
        var worst = 0.0
        for east in stride(from: town.minX, through: town.maxX, by: 1_234_567) {
            for north in stride(from: town.minY, through: town.maxY, by: 1_111_111) {
                let point = Point(x: east, y: north)
                worst = max(worst, abs(field.k(at: point) - areal(definition, point, grid).squareRoot()))
            }
        }
        #expect(worst < 1e-9, "\(crs): \(worst)")
    }

    @Test("At Torqabeh k is 1.0001590, and 500 m² of grid are 499.84 on the ellipsoid and 500.04 at 1,250 m")
    func torqabeh() throws {
        let field = try ScaleField(crs: "EPSG:32640", grid: grid, box: town)
        let centre = try #require(grid.point(x: 712_994.783, y: 4_021_407.840))
        #expect(abs(field.k(at: centre) - 1.000_159_0) < 5e-8)
        #expect(abs(500 * field.groundFactor(at: centre, height: 0) - 499.84) < 0.005)
        #expect(abs(500 * field.groundFactor(at: centre, height: 1250) - 500.04) < 0.005)
        let kept = ScaleField(
            centreX: field.centreX, centreY: field.centreY, reach: field.reach,
            coefficients: field.coefficients, radius: field.radius)
        #expect(kept == field)
    }

    @Test("A box of one point and one of the whole grid are fitted too; what is no projected CRS is an error")
    func extremes() throws {
        let point = try ScaleField(crs: "EPSG:32640", grid: grid, box: Box(Point(x: 0, y: 0)))
        #expect(abs(point.k(at: Point(x: 0, y: 0)) - 1.000_159) < 1e-6)
        #expect(throws: SpatialError.self) { try ScaleField(crs: "EPSG:23040", grid: grid, box: town) }
        #expect(throws: SpatialError.self) { try ScaleField(crs: "EPSG:4326", grid: grid, box: town) }
        #expect(ScaleField(centreX: 0, centreY: 0, reach: 1, coefficients: [1], radius: 1) == nil)
    }
}
