import Formats
import Service
import Store

extension Site {
    static let landing = Route(
        "/", "آغاز", "the landing page", knownAlone, forms: [.json, .html]
    ) { visit throws(Problem) in
        let title = visit.language("شهرساز", "Shahrsaz")
        let description = visit.language(
            "کدام ضابطه در این‌جا حاکم است، با بندی که می‌گوید", "Which regulations apply to a place, with the clause that says so")
        let links =
            visit.ownLinks + [
                Hyperlink("service-desc", visit.address("/api"), "application/vnd.oai.openapi+json;version=3.0", "OpenAPI 3.0"),
                Hyperlink("service-doc", visit.address("/api.html"), "text/html", visit.language("راهنما", "The API in words")),
                Hyperlink("conformance", visit.address("/conformance"), "application/json", visit.language("استانداردها", "Conformance")),
                Hyperlink(
                    "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector", visit.address("/tiles"), "application/json",
                    visit.language("کاشی‌های برداری", "Vector tiles")),
                Hyperlink(
                    "http://www.opengis.net/def/rel/ogc/1.0/tilesets-map", visit.address("/map/tiles"), "application/json",
                    visit.language("کاشی‌های نقشه", "Map tiles")),
                Hyperlink("data", visit.address("/collections"), "application/json", visit.language("لایه‌ها", "The layers")),
            ]
        if visit.form == .html { return try visit.inOpen { (open) throws(Problem) in try visit.start(open, title, description, links) } }
        return visit.document(["title": .string(title), "description": .string(description), "links": links.json], title: title) { _ in }
    }

    static let knownAlone = [
        Parameter("known", .known, "آنچه تا آن نسخه یا زمان دانسته بود", "as known at a revision, or the last accepted by a time")
    ]

    static let collections = Route(
        "/collections", "لایه‌های شهر", "the city's layers", knownAlone, forms: [.json, .html]
    ) { visit throws(Problem) in
        try visit.inPublished { (open, published) throws(Problem) in
            var all: [JSON] = []
            for layer in published.layers { all.append(try visit.collection(layer, open, published)) }
            let links = visit.ownLinks
            return visit.document(
                ["links": links.json, "collections": .array(all), "crs": .array(published.crs.map { .string($0.uri) })],
                title: visit.language("لایه‌های شهر", "The city's layers")
            ) { page in
                page.links(
                    published.layers.map {
                        ("\(visit.title(of: $0)) (\($0.count))", visit.address("/collections/\(Percent.encoded($0.id))?f=html"))
                    })
            }
        }
    }

    static let collection = Route(
        "/collections/{collectionId}", "یک لایه", "one layer", collectionId + knownAlone, forms: [.json, .html]
    ) { visit throws(Problem) in
        try visit.inLayer { (open, published, layer) throws(Problem) in
            let json = try visit.collection(layer, open, published)
            return visit.document(json, title: visit.title(of: layer)) { page in
                page.paragraph(visit.language("\(layer.count) عارضه", "\(layer.count) features"))
                page.links([
                    (visit.language("عارضه‌ها", "The features"), visit.address("/collections/\(Percent.encoded(layer.id))/items?f=html"))
                ])
            }
        }
    }

    static let collectionId = [
        Parameter("collectionId", .text, inPath: true, "نام لایه، چنان‌که /collections می‌گوید", "a layer's id, as /collections has it")
    ]
}

extension Visit {
    /// Answers from the revision that is asked for: at once where it is open, else beside the pool.
    func inOpen(_ answer: @escaping @Sendable (OpenTown) throws(Problem) -> Reply) throws(Problem) -> Reply {
        let known = try known()
        if let open = site.desk.openTown(known) { return try answer(open) }
        return .later {
            answering { () throws(Problem) in
                let open = try Problem.serving { () throws(ServiceError) in try site.desk.town(known) }
                return switch try answer(open) {
                case .now(let response): response
                case .later(let work): work()
                }
            }
        }
    }

    func inPublished(_ answer: @escaping @Sendable (OpenTown, Published) throws(Problem) -> Reply) throws(Problem) -> Reply {
        try inOpen { (open) throws(Problem) in
            try answer(open, try Problem.serving { () throws(ServiceError) in try open.published() })
        }
    }

    /// Answers from the layer that the path names.
    func inLayer(_ answer: @escaping @Sendable (OpenTown, Published, PublishedLayer) throws(Problem) -> Reply) throws(Problem) -> Reply {
        try inPublished { (open, published) throws(Problem) in
            let id = place("collectionId")
            guard let layer = published.layer(id) else {
                let nearest = Nearest.name(to: id, among: published.layers.map(\.id))
                throw Problem(
                    404, "no-such-collection", "لایهٔ «\(id.prefix(80))» نیست" + Nearest.suggestion(nearest, .fa),
                    "there is no layer «\(id.prefix(80))»" + Nearest.suggestion(nearest, .en))
            }
            return try answer(open, published, layer)
        }
    }

    func title(of layer: PublishedLayer) -> String {
        let name =
            switch layer.role {
            case .parcels: language("قطعه‌ها", "Parcels")
            case .zones: language("پهنه‌ها", "Zones")
            case .overlay: language("حریم‌ها و محدودیت‌ها", "Overlays")
            case .streets: language("معابر", "Streets")
            case .addresses: language("نشانی‌ها", "Addresses")
            default: language("محدوده", "Boundary")
            }
        return layer.layer == layer.role.rawValue ? name : "\(name): \(layer.layer)"
    }

    /// A layer as the standard describes it.
    func collection(_ layer: PublishedLayer, _ open: OpenTown, _ published: Published) throws(Problem) -> JSON {
        let path = address("/collections/" + Percent.encoded(layer.id))
        let pinned = self["known"].map { "?known=" + Percent.encoded($0) } ?? ""
        let schema = "application/schema+json"
        let links: [Hyperlink] = [
            Hyperlink("self", path + pinned, "application/json"),
            Hyperlink("items", path + "/items" + pinned, "application/geo+json", title(of: layer)),
            Hyperlink("items", path + "/items?f=html", "text/html", title(of: layer)),
            Hyperlink("describedBy", path + "/schema?f=feature", schema), Hyperlink("describedby", path + "/schema?f=feature", schema),
            Hyperlink("http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector", path + "/tiles", "application/json"),
            Hyperlink("describedby", path + "/style.qml", "application/xml", language("شیوه برای QGIS", "the style for QGIS")),
            Hyperlink("queryables", path + "/queryables", schema),
            Hyperlink("http://www.opengis.net/def/rel/ogc/1.0/queryables", path + "/queryables", schema),
            Hyperlink("http://www.opengis.net/def/rel/ogc/1.0/schema", path + "/schema", schema),
        ]
        var json: [String: JSON] = [
            "id": .string(layer.id), "title": .string(title(of: layer)), "itemType": "feature", "links": links.json,
            "crs": .array(published.crs.map { .string($0.uri) }), "storageCrs": .string(published.storageCRS.uri),
            "description": .string(title(of: layer) + language("، \(layer.count) عارضه", ", \(layer.count) features")),
        ]
        if let box = try Problem.serving({ () throws(ServiceError) in try open.degreesBox(layer, on: site.today) }) {
            json["extent"] = [
                "spatial": ["bbox": [.array(box.map { .number($0) })], "crs": .string(PublishedCRS.crs84.uri)],
                "temporal": ["interval": [[.null, .null]]],
            ]
        }
        return .object(json)
    }
}
