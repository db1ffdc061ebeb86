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
            Parameter("bbox-crs", .text, "دستگاه bbox", "the CRS of bbox (default CRS84)"),
            Parameter("crs", .text, "دستگاه مختصات پاسخ", "the CRS of the answer's coordinates (default CRS84)"),
            Parameter(
                "datetime", .text, "روز حقوقی یا بازه‌ای از آن",
                "a legal day or a stretch of them on which a feature counts: a day or moment, or A/B, ../B, A/.."),
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
            Parameter("crs", .text, "دستگاه مختصات پاسخ", "the CRS of the answer's coordinates (default CRS84)"),
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
            ("ETag", "\"\(open.town.revision)-\(open.town.root.hex.prefix(16))-\(form.name)-\(language.rawValue)-\(crs.code)\""),
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

/// A request for features, its parameters understood.
struct ItemsAsked: Sendable {
    let layer: PublishedLayer
    let crs: PublishedCRS
    let limit: Int
    let offset: Int
    let after: UInt32?
    private let boxes: [AskedBox]?
    private let days: FeatureQuery.Days?
    private let boxCRS: PublishedCRS
    /// Texts that properties must be, by their names.
    private let equal: [(property: String, text: String)]

    init(_ visit: Visit, _ published: Published, _ layer: PublishedLayer) throws(Problem) {
        self.layer = layer
        crs = try visit.crs("crs", published)
        let boxCRS = try visit.crs("bbox-crs", published)
        self.boxCRS = boxCRS
        limit = try Self.limit(visit)
        offset = try visit.whole("offset") ?? 0
        if let text = visit["after"] {
            guard let number = UInt32(text) else { throw .badValue("after", text, "نشانه‌ای از پیوند next", "a mark from a `next` link") }
            after = number
        } else {
            after = nil
        }
        equal = visit.route.queryables(layer).compactMap { parameter in visit[parameter.name].map { (parameter.name, $0) } }
        boxes = try visit["bbox"].map { (text) throws(Problem) in try AskedBox.read(text, boxCRS) }
        days = try visit["datetime"].map { (text) throws(Problem) in try FeatureQuery.Days(asked: text) }
    }

    /// What is over the most means the most: so the standard wants it.
    private static func limit(_ visit: Visit) throws(Problem) -> Int {
        guard let text = visit["limit"],
            case .whole(let range, let usual)? = visit.route.parameters.first(where: { $0.name == "limit" })?.kind
        else { return 100 }
        let digits = Digits.latin(text)
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), digits.contains(where: { $0 != "0" }) else {
            throw .badValue("limit", text, "عددی درست از ۱", "a whole number from 1 (usually \(usual ?? 1))")
        }
        return min(Int(digits) ?? range.upperBound, range.upperBound)
    }

    /// What says of two requests for a revision's layer whether they want the same features.
    private func key(_ visit: Visit) -> String {
        let paging: Set = ["limit", "offset", "after", "crs", "f", "lang", "known"]
        return visit.request.query.filter { !paging.contains($0.name) }.map { "\($0.name)=\($0.value)" }.sorted().joined(separator: "\n")
    }

    func page(of open: OpenTown, _ visit: Visit) throws(Problem) -> Response {
        try Problem.serving { () throws(ServiceError) in
            try open.asked(on: visit.site.today) { (answerer) throws(ServiceError) in
                let published = try open.published()
                var query = FeatureQuery()
                query.days = days
                if !equal.isEmpty {
                    query.condition = { [equal] feature in equal.allSatisfy { feature.value($0.property)?.asString == $0.text } }
                }
                if let boxes {
                    guard let box = layer.box else { return try document([], of: [], published, open, visit, answerer) }
                    query.ground = boxes.compactMap { $0.ground(around: box, boxCRS, answerer) }
                }
                let all = published.features(of: layer, query, key: key(visit))
                var start = min(offset, all.count)
                if let after { start = max(start, all.partitioningIndex { $0 > after }) }
                return try document(all[start..<min(start + limit, all.count)], of: all, published, open, visit, answerer)
            }
        }
    }

    private func document(
        _ numbers: ArraySlice<UInt32>, of all: [UInt32], _ published: Published, _ open: OpenTown, _ visit: Visit, _ answerer: Answerer
    ) throws(ServiceError) -> Response {
        var links = visit.ownLinks
        if let last = numbers.last, numbers.endIndex < all.endIndex {
            // The next page is of the same revision, whatever is published meanwhile.
            links.append(
                Hyperlink(
                    "next",
                    visit.address(setting: [
                        ("after", String(last)), ("offset", nil), ("known", String(open.town.revision)), ("f", visit.form.name),
                    ]),
                    visit.form.bareType, visit.language("صفحهٔ بعد", "the next page")))
        }
        links.append(
            Hyperlink("collection", visit.address("/collections/" + Percent.encoded(layer.id)), "application/json", visit.title(of: layer)))
        var bytes = Array("{\"type\":\"FeatureCollection\",\"features\":[\n".utf8)
        bytes += try answerer.geoJSON(of: numbers, in: layer, visit.form == .html ? .crs84 : crs)
        bytes += Array("\n],\"links\":".utf8)
        links.json.append(to: &bytes)
        bytes += Array(
            ",\"timeStamp\":\"\(Moment(seconds: visit.site.now)?.text ?? "")\",\"numberMatched\":\(all.count),\"numberReturned\":\(numbers.count)}\n"
                .utf8)
        if visit.form == .html { bytes = table(bytes, links, all.count, visit) }
        var response = Response(type: visit.form.type, bytes)
        response.fields += [("Cache-Control", "no-cache"), ("Content-Crs", "<\(crs.uri)>")]
        return response
    }

    private func table(_ bytes: [UInt8], _ links: [Hyperlink], _ count: Int, _ visit: Visit) -> [UInt8] {
        let features = (try? JSON(parsing: bytes))?["features"]?.asArray ?? []
        return Page(visit.language, title: visit.title(of: layer)) { page in
            page.paragraph(visit.language("\(features.count) از \(count)", "\(features.count) of \(count)"))
            page.table(
                ["id"] + layer.properties.map(\.name),
                features.map { feature in
                    [feature["id"]?.plain ?? ""] + layer.properties.map { feature["properties"]?[$0.name]?.plain ?? "" }
                })
            page.links(links.map { ($0.title.isEmpty ? $0.rel : $0.title, $0.href) })
        }.bytes
    }
}

extension Array {
    /// The first place from which on a condition holds that holds to the end once it does.
    fileprivate func partitioningIndex(where holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
