import Documents
import Formats
import Service
import Spatial
import Store
import Tiles

extension Site {
    static let styleRoutes: [Route] = [
        Route("/tiles.json", "کاشی‌های برداری برای نقشه‌های وب (TileJSON)", "the vector tiles for web maps (TileJSON 3.0)") {
            visit throws(Problem) in
            try visit.inPublished { (open, published) throws(Problem) in
                let layers = published.layers.map { layer -> JSON in
                    [
                        "id": .string(layer.id), "description": .string(visit.title(of: layer)),
                        "minzoom": JSON(layer.leastZoom(in: .webMercatorQuad)),
                        "fields": ["code": "String", "name": "String", "plan": "String"],
                    ]
                }
                var json: [String: JSON] = [
                    "tilejson": "3.0.0", "name": "شهرساز", "scheme": "xyz", "minzoom": 0, "maxzoom": 22,
                    "tiles": [.string(visit.address("/tiles/WebMercatorQuad/{z}/{y}/{x}"))], "vector_layers": .array(layers),
                ]
                if let box = try visit.cityBox(published, open) { json["bounds"] = .array(box.map { .number($0) }) }
                return visit.document(.object(json), title: "") { _ in }
            }
        },
        Route("/style.json", "شیوهٔ نقشه برای نقشه‌های وب", "the map's style for web maps (MapLibre)") { visit throws(Problem) in
            try visit.inPublished { (open, published) throws(Problem) in
                let latitude = try visit.cityBox(published, open).map { ($0[1] + $0[3]) / 2 } ?? 0
                let style = visit.site.settings.style.mapLibre(
                    published.contents(of: open), name: "شهرساز", tiles: visit.address("/tiles/WebMercatorQuad/{z}/{y}/{x}"),
                    latitude: latitude)
                return visit.document(style, title: "") { _ in }
            }
        },
        Route(
            "/collections/{collectionId}/style.qml", "شیوهٔ یک لایه برای QGIS", "a layer's style for QGIS", collectionId, forms: [.qml]
        ) { visit throws(Problem) in
            try visit.inLayer { (open, published, layer) throws(Problem) in
                .now(Response(type: Form.qml.type, visit.site.settings.style.qgis(open.content(of: layer))))
            }
        },
        Route("/legend", "راهنمای نقشه", "the map's legend: each class with its symbol", forms: [.json, .html]) { visit throws(Problem) in
            try visit.inPublished { (open, published) throws(Problem) in
                let entries = visit.site.settings.style.legend(of: published.contents(of: open))
                var rows: [(title: String, symbol: String, json: JSON)] = []
                do throws(DocumentError) {
                    for entry in entries {
                        let symbol = "data:image/png;base64," + Base64.text(try entry.symbol())
                        let title = visit.language(entry.title.persian, entry.title.english)
                        rows.append(
                            (
                                title, symbol,
                                [
                                    "title": .string(title), "role": .string(entry.role), "layer": JSON(entry.layer),
                                    "code": JSON(entry.code),
                                    "symbol": .string(symbol),
                                ]
                            ))
                    }
                } catch {
                    throw Problem(500, "machine", error.persian, error.english)
                }
                return visit.document(["entries": .array(rows.map(\.json))], title: visit.language("راهنمای نقشه", "Legend")) { page in
                    page.symbols(rows.map { ($0.symbol, $0.title) })
                }
            }
        },
    ]
}

extension Form {
    static let qml = Form(name: "qml", type: "application/xml")
}

extension Published {
    /// What the map's styles are made for: each layer with the codes that it has.
    func contents(of open: OpenTown) -> [MapContent] { layers.map { open.content(of: $0) } }
}

extension OpenTown {
    func content(of layer: PublishedLayer) -> MapContent {
        let coded: Set<Role> = [.zones, .overlay]
        return MapContent(
            role: layer.role.rawValue, layer: layer.layer,
            codes: coded.contains(layer.role) ? town.codes(in: layer).map { .init($0.code, name: $0.name) } : [])
    }
}

extension Visit {
    /// Around all layers: west, south, east, north.
    /// - Parameter onParcels: whether only the ground with parcels is meant.
    func cityBox(_ published: Published, _ open: OpenTown, onParcels: Bool = false) throws(Problem) -> [Double]? {
        var found: [Double]?
        for layer in published.layers where !onParcels || layer.role == .parcels {
            guard let box = try Problem.serving({ () throws(ServiceError) in try open.degreesBox(layer, on: site.today) }) else { continue }
            found = found.map { [min($0[0], box[0]), min($0[1], box[1]), max($0[2], box[2]), max($0[3], box[3])] } ?? box
        }
        return found
    }
}
