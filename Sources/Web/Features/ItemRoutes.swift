import Formats
import Persian
import Service
import Spatial
import Store

extension Site {
    /// Features that one page may have.
    private static let mostItems = 10_000

    static let itemParameters: [Parameter] =
        [
            Parameter(
                "limit", .whole(1...mostItems, usual: 100), "شمار عارضه‌های یک صفحه",
                "features on one page; a larger number means as many as may be"),
            Parameter(
                "bbox", .box, "چهارگوشی که عارضه باید در آن باشد", "a box that a feature must meet: west,south,east,north, or six numbers"),
            Parameter("bbox-crs", .crs, "دستگاه bbox", "the CRS of bbox (default CRS84)"),
            Parameter("crs", .crs, "دستگاه مختصات پاسخ", "the CRS of the answer's coordinates (default CRS84)"),
            Parameter(
                "datetime", .days, "روز حقوقی یا بازه‌ای از آن",
                "a legal day or a stretch of them on which a feature counts: a day or moment, or A/B, ../B, A/.."),
            Parameter("filter", .text, "شرطی به CQL2", "a condition in CQL2 on the layer's queryables"),
            Parameter(
                "filter-lang", .oneOf(["cql2-text", "cql2-json", "cql-text"]), "زبان filter", "the language of filter (default cql2-text)"),
            Parameter("filter-crs", .crs, "دستگاه هندسه‌های filter", "the CRS of the filter's geometries (default CRS84)"),
            Parameter(
                "offset", .whole(0...Int(UInt32.max), usual: nil), "از چندمین عارضه", "skip so many features; `next` links need none"),
            Parameter("after", .text, "نشانهٔ صفحهٔ بعد، چنان‌که پیوند next دارد", "where the last page ended, as `next` links have it"),
        ] + knownAlone

    static let items = Route(
        "/collections/{collectionId}/items", "عارضه‌های یک لایه", "a layer's features", collectionId + itemParameters,
        forms: [.geoJSON, .html],
        further: { visit in
            guard let open = try? visit.site.desk.openTown(visit.known()),
                let layer = try? open.published().layer(visit.place("collectionId"))
            else {
                return []
            }
            return visit.route.queryables(layer).map(\.name)
        }
    ) { visit throws(Problem) in
        try visit.inLayer { (open, published, layer) throws(Problem) in
            let asked = try ItemsAsked(visit, published, layer)
            return .later { visit.answering { () throws(Problem) in try asked.page(of: open, visit) } }
        }
    }

    static let item = Route(
        "/collections/{collectionId}/items/{featureId}", "یک عارضه", "one feature",
        collectionId + [
            Parameter("featureId", .text, inPath: true, "نشان عارضه؛ برای قطعه، کد آن", "a feature's id: a parcel's code, else a number"),
            Parameter("crs", .crs, "دستگاه مختصات پاسخ", "the CRS of the answer's coordinates (default CRS84)"),
        ] + knownAlone,
        forms: [.geoJSON, .html]
    ) { visit throws(Problem) in
        try visit.inLayer { (open, published, layer) throws(Problem) in
            let crs = try visit.crs("crs", published)
            guard let number = published.feature(called: visit.place("featureId"), in: layer) else {
                return .later {
                    visit.answering { () throws(Problem) in throw visit.absent(visit.place("featureId"), in: layer, of: open) }
                }
            }
            return .now(try visit.feature(number, in: layer, crs, open))
        }
    }
}

extension Visit {
    /// A published CRS by its URI; the usual one where none is named.
    func crs(_ name: String, _ published: Published) throws(Problem) -> PublishedCRS {
        guard let uri = self[name] else { return .crs84 }
        if let crs = published.crs.first(where: { $0.uri == uri || "<\($0.uri)>" == uri }) { return crs }
        let list = published.crs.map(\.uri).joined(separator: ", ")
        throw .badValue(name, uri, "یکی از \(list)", "one of \(list)")
    }

    /// One feature as a document of its own.
    func feature(_ number: UInt32, in layer: PublishedLayer, _ crs: PublishedCRS, _ open: OpenTown) throws(Problem) -> Response {
        var bytes = try Problem.serving { () throws(ServiceError) in
            try open.asked(on: site.today) { (answerer) throws(ServiceError) in try answerer.geoJSON(of: number, openIn: layer, crs) }
        }
        let collection = address("/collections/" + Percent.encoded(layer.id))
        var links = ownLinks + [Hyperlink("collection", collection, "application/json", title(of: layer))]
        if layer.role == .parcels {
            links.append(
                Hyperlink(
                    "related", address("/answer?parcel=" + Percent.encoded(place("featureId") + place("code"))), "application/json",
                    language("ضوابط", "Regulations")))
        }
        bytes += Array(",\"links\":".utf8)
        links.json.append(to: &bytes)
        bytes += Array("}\n".utf8)
        if form == .html {
            let properties = (try? JSON(parsing: bytes))?["properties"]?.asObject ?? [:]
            bytes =
                Page(language, title: "\(title(of: layer)): \(place("featureId"))") { page in
                    page.table(
                        [language("ویژگی", "Property"), language("مقدار", "Value")],
                        properties.sorted { $0.key < $1.key }.map { [$0.key, $0.value.plain] })
                    page.links(links.map { ($0.title, $0.href) })
                }.bytes
        }
        var response = Response(type: form.type, bytes)
        response.fields += [
            ("ETag", "\"\(open.stamp)-\(form.name)-\(language.rawValue)-\(crs.code)\""),
            ("Cache-Control", "no-cache"),
            ("Content-Crs", "<\(crs.uri)>"),
        ]
        return response
    }

    /// Why there is no such feature: it never was, or it is no more.
    func absent(_ id: String, in layer: PublishedLayer, of open: OpenTown) -> Problem {
        if layer.role == .parcels, let gone = Problem(ended: id, site.desk, open) { return gone }
        return Problem(
            404, "no-such-feature", "عارضهٔ «\(id.prefix(80))» در این لایه نیست", "there is no feature «\(id.prefix(80))» in this layer")
    }
}

extension JSON {
    /// As a cell shows it.
    var plain: String { isNull ? "" : asString ?? text }
}
