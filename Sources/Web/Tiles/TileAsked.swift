import Documents
import Formats
import Persian
import Service
import Spatial
import Store
import Tiles

/// A tile that is asked for, and what it shows.
struct TileAsked: Sendable {
    let set: TileMatrixSet
    let address: TileAddress
    /// The legal day whose plans are drawn.
    let day: Day

    init(_ visit: Visit, _ open: OpenTown) throws(Problem) {
        set = try visit.tileMatrixSet(open)
        func number(_ name: String) throws(Problem) -> Int {
            guard let number = Int(visit.place(name)), String(number) == visit.place(name), number >= 0 else {
                throw Problem(404, "no-such-tile", "\(name): عددی درست انتظار می‌رفت", "\(name): a whole number was expected")
            }
            return number
        }
        address = TileAddress(zoom: try number("tileMatrix"), row: try number("tileRow"), col: try number("tileCol"))
        guard set.holds(address) else {
            throw Problem(
                404, "no-such-tile", "\(set.id) چنین کاشی‌ای ندارد؛ ردیف پیش از ستون است",
                "\(set.id) has no such tile; zooms are \(set.zooms.lowerBound) to \(set.zooms.upperBound), and the row comes before the column"
            )
        }
        day = try visit.day("datetime") ?? visit.site.today
    }

    private var days: FeatureQuery.Days { FeatureQuery.Days(from: day, to: day) }

    private func mapping(_ open: OpenTown, _ answerer: Answerer) -> TileMapping {
        set == .webMercatorQuad
            ? .webMercatorQuad(open.town.grid, answerer.projector) : .cityGrid(open.town.grid, epsg: open.town.epsg ?? 0)
    }

    /// The layers as a vector tile; nil where it shows nothing of them.
    func vector(_ layers: [PublishedLayer], of open: OpenTown, _ answerer: Answerer) throws(ServiceError) -> [UInt8]? {
        let mapping = mapping(open, answerer)
        guard let city = open.town.box(of: layers) else { return nil }
        do throws(SpatialError) {
            guard let box = try mapping.box(of: address, margin: 64.0 / 4096, within: city) else { return nil }
            let frame = try TileFrame(address, mapping)
            var drawn: [TileLayer] = []
            for layer in layers where address.zoom >= layer.leastZoom(in: set) {
                var features: [TileFeature] = []
                for feature in open.town.drawn(layer, in: box, on: days) {
                    guard let shape = try frame.shape(feature.geometry) else { continue }
                    let texts = [("code", feature.code), ("name", feature.name), ("plan", feature.plan)]
                    features.append(
                        TileFeature(
                            id: UInt64(exactly: feature.record), shape: shape,
                            properties: texts.compactMap { name, text in text.map { .init(name, .text($0)) } }))
                }
                if !features.isEmpty { drawn.append(TileLayer(name: layer.id, features: features)) }
            }
            return drawn.isEmpty ? nil : VectorTile(drawn).bytes
        } catch {
            throw .spatial(error)
        }
    }

    /// The layers as a picture.
    func picture(
        _ layers: [PublishedLayer], _ style: MapStyleSheet, scale: Int, of open: OpenTown, _ answerer: Answerer
    ) throws(DocumentError) -> [UInt8] {
        let mapping = mapping(open, answerer)
        let city = open.town.box(of: layers) ?? Box(Point(x: 0, y: 0))
        let (metres, frame, box): (Double, TileFrame, Box?)
        do throws(SpatialError) {
            metres = try mapping.metresPerPixel(at: address.zoom)
            frame = try TileFrame(address, mapping, extent: 256)
            box = try mapping.box(of: address, margin: Double(MapDrawing.reach) / 256, within: city)
        } catch {
            throw .spatial(error)
        }
        var features: [MapFeature] = []
        if let box {
            for layer in layers where address.zoom >= layer.leastZoom(in: set) {
                features += open.town.drawn(layer, in: box, on: days).compactMap { feature in
                    style.feature(
                        role: layer.role.rawValue, layer: layer.layer, number: feature.number, code: feature.code, name: feature.name,
                        geometry: feature.geometry)
                }
            }
        }
        let drawing = MapDrawing(width: 256, height: 256, scale: scale, background: .white, metresPerPixel: metres)
        return try drawing.png(features, over: box ?? city) { (points) throws(SpatialError) in try frame.places(points) }
    }
}

extension PublishedLayer {
    /// The zoom from which on it is drawn: below, its features are too many and too small to be seen.
    func leastZoom(in set: TileMatrixSet) -> Int {
        // The city's own grid has a pixel of a metre at 13, as the web's has at about 17.
        let web = set == .webMercatorQuad
        return switch role {
        case .parcels: web ? 14 : 10
        case .streets: web ? 12 : 8
        case .addresses: web ? 16 : 12
        case .zones, .overlay: web ? 8 : 4
        default: 0
        }
    }
}

extension Town {
    /// The number of the city's CRS; nil for one that is no EPSG code.
    var epsg: Int? {
        let parts = ground.city.crs.split(separator: ":")
        return parts.count == 2 && parts[0] == "EPSG" ? Int(parts[1]) : nil
    }
}

extension Visit {
    func tileMatrixSet(_ open: OpenTown) throws(Problem) -> TileMatrixSet {
        let id = place("tileMatrixSetId")
        let sets = site.tileMatrixSets(open)
        if let set = sets.first(where: { $0.id == id }) { return set }
        let nearest = Nearest.name(to: id, among: sets.map(\.id))
        throw Problem(
            404, "no-such-tile-matrix-set", "شبکهٔ کاشی «\(id.prefix(80))» نیست" + Nearest.suggestion(nearest, .fa),
            "there is no tile matrix set «\(id.prefix(80))»" + Nearest.suggestion(nearest, .en))
    }
}

extension Site {
    func tileMatrixSets(_ open: OpenTown) -> [TileMatrixSet] {
        [.webMercatorQuad] + (open.town.epsg.map { [TileMatrixSet.cityGrid(open.town.grid, epsg: $0)] } ?? [])
    }
}
