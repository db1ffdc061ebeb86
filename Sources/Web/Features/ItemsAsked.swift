import CQL2
import Formats
import Persian
import Service
import Spatial
import Store

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
    private let texts: [String: String]
    private let filter: Filter?
    private let filterCRS: PublishedCRS

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
        var texts: [String: String] = [:]
        for parameter in visit.route.queryables(layer) { texts[parameter.name] = visit[parameter.name] }
        self.texts = texts
        filter = try Self.filter(visit)
        filterCRS = try visit.crs("filter-crs", published)
        boxes = try visit["bbox"].map { (text) throws(Problem) in try AskedBox.read(text, boxCRS) }
        days = try visit["datetime"].map { (text) throws(Problem) in try FeatureQuery.Days(asked: text) }
    }

    private static func filter(_ visit: Visit) throws(Problem) -> Filter? {
        guard let text = visit["filter"] else {
            for name in ["filter-lang", "filter-crs"] where visit[name] != nil {
                throw Problem(400, "conflict", "\(name) تنها با filter می‌آید", "\(name) goes with filter alone")
            }
            return nil
        }
        do throws(ExpressionFault) {
            guard visit["filter-lang"] == "cql2-json" else { return try Filter(parsing: text) }
            guard let json = try? JSON(parsing: Array(text.utf8)) else {
                throw ExpressionFault(
                    .path("$"), "no JSON; expected an object such as {\"op\":\"=\",\"args\":[{\"property\":\"code\"},\"R1\"]}")
            }
            return try Filter(json: json)
        } catch {
            throw Problem(filter: error)
        }
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
        let found = try Problem.serving { () throws(ServiceError) in
            try open.asked(on: visit.site.today) { (answerer) throws(ServiceError) in
                do throws(Problem) {
                    return Result<Response, Problem>.success(try page(of: open, visit, answerer))
                } catch {
                    return .failure(error)
                }
            }
        }
        return try found.get()
    }

    /// Seconds that looking for features may take.
    private static let patience = 10

    private func page(of open: OpenTown, _ visit: Visit, _ answerer: Answerer) throws(Problem) -> Response {
        let published = try Problem.serving { () throws(ServiceError) in try open.published() }
        var query = FeatureQuery()
        query.days = days
        query.texts = texts
        if let boxes { query.ground = layer.box.map { box in boxes.compactMap { $0.ground(around: box, boxCRS, answerer) } } ?? [] }
        do throws(ExpressionFault) {
            query.filter = try filter.map { (filter) throws(ExpressionFault) in try answerer.bound(filter, to: layer, in: filterCRS) }
        } catch {
            throw Problem(filter: error)
        }
        let end = Monotonic.seconds + Self.patience
        query.isOver = { Monotonic.seconds > end }
        let all: [UInt32]
        do throws(QueryFailure) {
            all = try published.features(of: layer, query, key: key(visit))
        } catch {
            switch error {
            case .service(let error): throw Problem(error)
            case .over:
                throw Problem(
                    400, "filter-too-slow", "این شرط بیش از \(Self.patience) ثانیه می‌برد؛ ساده‌ترش کنید",
                    "this condition takes more than \(Self.patience) seconds; make it simpler, or add a bbox")
            }
        }
        var start = min(offset, all.count)
        if let after { start = max(start, all.partitioningIndex { $0 > after }) }
        return try Problem.serving { () throws(ServiceError) in
            try document(all[start..<min(start + limit, all.count)], of: all, published, open, visit, answerer)
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
        let collection = visit.address("/collections/" + Percent.encoded(layer.id))
        links += [
            Hyperlink("collection", collection, "application/json", visit.title(of: layer)),
            Hyperlink(
                "http://www.opengis.net/def/rel/ogc/1.0/queryables", collection + "/queryables", "application/schema+json",
                visit.language("آنچه می‌توان پرسید", "what a filter may ask")),
        ]
        var bytes = Array("{\"type\":\"FeatureCollection\",\"features\":[\n".utf8)
        bytes += try answerer.geoJSON(of: numbers, in: layer, visit.form == .html ? .crs84 : crs)
        bytes += Array("\n],\"links\":".utf8)
        links.json.append(to: &bytes)
        bytes += Array(
            ",\"timeStamp\":\"\(Moment(seconds: visit.site.now)?.text ?? "")\",\"numberMatched\":\(all.count),\"numberReturned\":\(numbers.count)}\n"
                .utf8)
        let linked = links.field
        if visit.form == .html { bytes = table(bytes, links, all.count, visit) }
        var response = Response(type: visit.form.type, bytes)
        response.fields += [("Cache-Control", "no-cache"), ("Content-Crs", "<\(crs.uri)>")] + (linked.map { [("Link", $0)] } ?? [])
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
