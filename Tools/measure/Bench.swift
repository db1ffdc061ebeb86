import BigCity
import Spatial

/// What the rows share: the order, the ground and the peers, each made when a row first wants it.
final class Bench {
    let order: Order
    private(set) lazy var ground: Result<Ground, any Error> = Result { try Ground(parcels: order.parcels, twin: order.twin, threads: 2) }
    private(set) lazy var geos: Result<GEOSPeer, any Error> = Result { try GEOSPeer(ground.get()) }
    private(set) lazy var spatialite: Result<SpatiaLitePeer?, any Error> = Result {
        let peer = try SpatiaLitePeer(ground.get())
        if peer == nil { print("SpatiaLite: not installed (Tools/bench --setup)") }
        return peer
    }
    private(set) lazy var postgis: Result<PostGISPeer?, any Error> = Result {
        guard let socket = order.socket else {
            print("PostGIS: no server (Tools/bench starts one; Tools/bench --setup installs it)")
            return nil
        }
        let peer = try PostGISPeer(socket: socket)
        try peer.load(ground.get())
        print("PostGIS \(try peer.version)")
        return peer
    }

    init(_ order: Order) { self.order = order }

    /// A number of questions or rounds, fewer when it has to be quick.
    func count(_ full: Int, quick: Int) -> Int { order.isQuick ? quick : full }

    var rounds: Int { count(5, quick: 3) }
}

/// The command line: `measure ROW… [--quick] [--parcels N] [--twin T] [--socket FOLDER] [--city FILE] [--town FILE] [--program PATH]`.
struct Order {
    var rows: [String] = []
    var isQuick = false
    var parcels = 500_000
    var twin = Twin.clean
    /// The release's program, and a city's file that the same city was imported into, for the rows that run it.
    var program = ".build/release/shahrsaz"
    var cityFile: String?
    /// A town's file, for what is to cost as much a parcel in a city as in a town.
    var townFile: String?
    /// The folder of PostgreSQL's socket.
    var socket: String?

    /// Nil for what is no such command line.
    init?(_ arguments: some Collection<String>) {
        var rest = Array(arguments)[...]
        while let word = rest.popFirst() {
            switch word {
            case "--quick": isQuick = true
            case "--parcels":
                guard let number = rest.popFirst().flatMap({ Int($0) }), number > 0 else { return nil }
                parcels = number
            case "--twin":
                guard let named = rest.popFirst().flatMap({ Twin(rawValue: $0) }) else { return nil }
                twin = named
            case "--city":
                guard let path = rest.popFirst() else { return nil }
                cityFile = path
            case "--town":
                guard let path = rest.popFirst() else { return nil }
                townFile = path
            case "--program":
                guard let path = rest.popFirst() else { return nil }
                program = path
            case "--socket":
                guard let folder = rest.popFirst() else { return nil }
                socket = folder
            default:
                guard Row.all.contains(where: { $0.name == word }) else { return nil }
                rows.append(word)
            }
        }
    }
}
