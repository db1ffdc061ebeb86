import BigCity
import Spatial

/// The parcels in a window of about 700, found and written as GeoJSON with seven decimals. Both sides have them in degrees already.
func box(_ bench: Bench) throws {
    let ground = try bench.ground.get()
    var sections = Sections()
    BoxTree.sections(for: ground.shapes, features: ground.features(of: 0), name: "parcels", into: &sections)
    guard let tree = BoxTree(sections.table, name: "parcels") else { throw Trouble("no tree of parcels") }
    let projector = try Projector(torqabeh(), fit: try fit(ground.city))
    let collection = FeatureCollection(
        of: ground.shapes, at: try projector.lonLatE7(of: ground.shapes.points, on: ground.city.grid))
    let windows = ground.city.uniformPoints(bench.count(200, quick: 50)).map { Box($0).grown(by: 245_000) }
    var found: [Int] = []
    var (features, bytes) = (0, 0)
    var contenders = [
        Contender("ours", questions: windows.count) {
            features = 0
            bytes = 0
            for window in windows {
                tree.features(meeting: window, into: &found)
                bytes += collection.bytes(of: found).count
                features += found.count
            }
        }
    ]
    if let post = try bench.postgis.get() {
        try post.prepareBoxes()
        let degrees = try windows.map { window in
            let (low, high) = (
                ground.city.grid.metres(Point(x: window.minX, y: window.minY)),
                ground.city.grid.metres(Point(x: window.maxX, y: window.maxY))
            )
            let (first, second) = (try projector.lonLat(x: low.x, y: low.y), try projector.lonLat(x: high.x, y: high.y))
            return [first.lon, first.lat, second.lon, second.lat]
        }
        contenders.append(
            Contender("PostGIS, ST_AsGeoJSON of columns in degrees", questions: windows.count) {
                for window in degrees { unsafe try post.run("box", window) }
            })
    }
    try Contest(title: "box as GeoJSON", rounds: bench.rounds, contenders: contenders).run()
    print("  \(features / windows.count) features and \(bytes / windows.count / 1000) kB a window")
}
