import Documents
import Formats
import Persian
import Service
import Spatial
import Store
import Tiles

extension Site {
    private static let matrixSet = [
        Parameter(
            "tileMatrixSetId", .oneOf(["WebMercatorQuad", "CityGrid"]), inPath: true, "شبکهٔ کاشی‌ها",
            "the tile matrix set: WebMercatorQuad or CityGrid")
    ]
    private static let place =
        matrixSet + [
            Parameter("tileMatrix", .tileNumber, inPath: true, "بزرگ‌نمایی", "the zoom"),
            Parameter("tileRow", .tileNumber, inPath: true, "ردیف", "the row, from the north"),
            Parameter("tileCol", .tileNumber, inPath: true, "ستون", "the column, from the west"),
        ]
    private static let day = [
        Parameter("datetime", .day, "روز حقوقی (پیش‌فرض: امروز)", "the legal day whose plans are drawn (default: today in Tehran)")
    ]
    private static let scale = Parameter("scale", .oneOf(["1", "2"]), "ریزی تصویر", "pixels a point: 2 for fine screens")

    static let tileRoutes: [Route] = [
        Route("/tileMatrixSets", "شبکه‌های کاشی", "the tile matrix sets") { visit in
            let sets = visit.site.tileMatrixSets(visit.site.desk.newest).map { set -> JSON in
                [
                    "id": .string(set.id), "title": .string(set.title),
                    "links": [Hyperlink("self", visit.address("/tileMatrixSets/" + set.id), "application/json").json],
                ]
            }
            return visit.document(["tileMatrixSets": .array(sets)], title: "") { _ in }
        },
        Route("/tileMatrixSets/{tileMatrixSetId}", "یک شبکهٔ کاشی", "one tile matrix set", matrixSet) { visit throws(Problem) in
            visit.document(try visit.tileMatrixSet(visit.site.desk.newest).json, title: "") { _ in }
        },
        Route("/tiles", "کاشی‌های برداری همهٔ لایه‌ها", "the vector tiles of all layers") { visit throws(Problem) in
            try visit.tilesets("/tiles", "vector")
        },
        Route("/tiles/{tileMatrixSetId}", "کاشی‌های برداری در یک شبکه", "the vector tiles of all layers in one matrix set", matrixSet) {
            visit throws(Problem) in
            try visit.inPublished { (open, published) throws(Problem) in
                try visit.tileset("/tiles", "vector", .vectorTile, published.layers, open)
            }
        },
        Route(
            "/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}", "یک کاشی برداری", "a vector tile of all layers",
            place + day + knownAlone, forms: [.vectorTile]
        ) { visit throws(Problem) in
            try visit.inPublished { (open, published) throws(Problem) in try visit.vectorTile(published.layers, open) }
        },
        Route("/collections/{collectionId}/tiles", "کاشی‌های برداری یک لایه", "the vector tiles of one layer", collectionId) {
            visit throws(Problem) in
            try visit.inLayer { (_, _, layer) throws(Problem) in
                try visit.tilesets("/collections/\(Percent.encoded(layer.id))/tiles", "vector")
            }
        },
        Route(
            "/collections/{collectionId}/tiles/{tileMatrixSetId}", "کاشی‌های برداری یک لایه در یک شبکه",
            "the vector tiles of one layer in one matrix set", collectionId + matrixSet
        ) { visit throws(Problem) in
            try visit.inLayer { (open, _, layer) throws(Problem) in
                try visit.tileset("/collections/\(Percent.encoded(layer.id))/tiles", "vector", .vectorTile, [layer], open)
            }
        },
        Route(
            "/collections/{collectionId}/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}", "یک کاشی برداری از یک لایه",
            "a vector tile of one layer", collectionId + place + day + knownAlone, forms: [.vectorTile]
        ) { visit throws(Problem) in
            try visit.inLayer { (open, _, layer) throws(Problem) in try visit.vectorTile([layer], open) }
        },
        Route("/map/tiles", "نقشهٔ شهر در کاشی", "the city's map in tiles") { visit throws(Problem) in
            try visit.tilesets("/map/tiles", "map")
        },
        Route("/map/tiles/{tileMatrixSetId}", "نقشهٔ شهر در یک شبکه", "the city's map in one matrix set", matrixSet) {
            visit throws(Problem) in
            try visit.inPublished { (open, published) throws(Problem) in
                try visit.tileset("/map/tiles", "map", .png, published.layers, open)
            }
        },
        Route(
            "/map/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}", "یک کاشی نقشه", "a tile of the city's map",
            place + day + [scale] + knownAlone, forms: [.png]
        ) { visit throws(Problem) in
            try visit.inPublished { (open, published) throws(Problem) in try visit.picture(published.layers, open) }
        },
    ]
}

extension Form {
    static let vectorTile = Form(name: "mvt", type: "application/vnd.mapbox-vector-tile")
    static let png = Form(name: "png", type: "image/png")
}

extension Visit {
    /// The sets of tiles of a resource.
    fileprivate func tilesets(_ path: String, _ kind: String) throws(Problem) -> Reply {
        let sets = site.tileMatrixSets(site.desk.newest).map { set -> JSON in
            [
                "dataType": .string(kind), "crs": .string(set.crs), "title": .string(set.title),
                "tileMatrixSetURI": .string(set.uri ?? address("/tileMatrixSets/" + set.id)),
                "links": [Hyperlink("self", address(path + "/" + set.id), "application/json").json],
            ]
        }
        return document(["tilesets": .array(sets), "links": ownLinks.json], title: "") { _ in }
    }

    /// One set of tiles: where they are, which of them show something, and what they hold.
    fileprivate func tileset(
        _ path: String, _ kind: String, _ form: Form, _ layers: [PublishedLayer], _ open: OpenTown
    ) throws(Problem) -> Reply {
        let set = try tileMatrixSet(open)
        let template = address("\(path)/\(set.id)/{tileMatrix}/{tileRow}/{tileCol}")
        var item = Hyperlink("item", template, form.type).json.asObject ?? [:]
        item["templated"] = true
        var json: [String: JSON] = [
            "dataType": .string(kind), "crs": .string(set.crs), "title": .string(set.title),
            "tileMatrixSetURI": .string(set.uri ?? address("/tileMatrixSets/" + set.id)),
            "links": .array(
                ownLinks.map(\.json) + [
                    .object(item),
                    Hyperlink(
                        "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme", address("/tileMatrixSets/" + set.id), "application/json"
                    ).json,
                ]),
            "layers": .array(
                layers.map { layer in
                    [
                        "id": .string(layer.id), "title": .string(title(of: layer)), "dataType": .string(kind),
                        "minTileMatrix": .string(String(layer.leastZoom(in: set))),
                    ]
                }),
        ]
        if let box = open.town.box(of: layers) {
            let limits = try Problem.serving { () throws(ServiceError) in
                try open.asked(on: site.today) { (answerer) throws(ServiceError) in
                    let mapping: TileMapping =
                        set == .webMercatorQuad
                        ? .webMercatorQuad(open.town.grid, answerer.projector) : .cityGrid(open.town.grid, epsg: open.town.epsg ?? 0)
                    do throws(SpatialError) { return try mapping.limits(of: box) } catch { throw .spatial(error) }
                }
            }
            json["tileMatrixSetLimits"] = limits.json
        }
        return document(.object(json), title: "") { _ in }
    }

    fileprivate func vectorTile(_ layers: [PublishedLayer], _ open: OpenTown) throws(Problem) -> Reply {
        let asked = try TileAsked(self, open)
        return .later {
            answering { () throws(Problem) in
                let bytes = try Problem.serving { () throws(ServiceError) in
                    try open.asked(on: site.today) { (answerer) throws(ServiceError) in try asked.vector(layers, of: open, answerer) }
                }
                guard let bytes else { return tile(Response(204), open, asked) }
                return tile(Response(type: Form.vectorTile.type, bytes), open, asked)
            }
        }
    }

    fileprivate func picture(_ layers: [PublishedLayer], _ open: OpenTown) throws(Problem) -> Reply {
        let asked = try TileAsked(self, open)
        let scale = self["scale"] == "2" ? 2 : 1
        let key =
            "\(open.town.root.hex) \(asked.set.id) \(asked.address.zoom) \(asked.address.row) \(asked.address.col) \(asked.day.number) \(scale)"
        if let bytes = site.pictures[key] { return .now(tile(Response(type: Form.png.type, bytes), open, asked)) }
        return .later {
            answering { () throws(Problem) in
                let bytes = try Problem.serving { () throws(ServiceError) in
                    try open.asked(on: site.today) { (answerer) throws(ServiceError) in
                        do throws(DocumentError) {
                            return Result<[UInt8], DocumentError>.success(
                                try asked.picture(layers, site.settings.style, scale: scale, of: open, answerer))
                        } catch {
                            return .failure(error)
                        }
                    }
                }
                do throws(DocumentError) {
                    let bytes = try bytes.get()
                    site.pictures.remember(bytes, key, weight: bytes.count)
                    return tile(Response(type: Form.png.type, bytes), open, asked)
                } catch {
                    throw Problem(500, "machine", error.persian, error.english)
                }
            }
        }
    }

    /// A tile is what it is as long as its revision, its day and the program are.
    private func tile(_ response: Response, _ open: OpenTown, _ asked: TileAsked) -> Response {
        var response = response
        let isFixed = self["known"].flatMap { Int($0) } != nil && self["datetime"] != nil
        response.fields += [
            ("ETag", "\"\(open.stamp)-\(asked.day.number)-\(self["scale"] ?? "1")\""),
            ("Cache-Control", isFixed ? "public, max-age=31536000, immutable" : "no-cache"),
        ]
        return response
    }
}
