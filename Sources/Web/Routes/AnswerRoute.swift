import Formats
import Persian
import Planning
import Service
import Store

extension Site {
    static let asked: [Parameter] = [
        Parameter(
            "on", .day, "روز حقوقی، ISO یا جلالی (پیش‌فرض: امروز در تهران)", "the legal day, ISO or Jalali (default: today in Tehran)"),
        Parameter("known", .known, "آنچه تا آن نسخه یا زمان دانسته بود", "as known at a revision, or the last accepted by a time"),
        Parameter(
            "fact", .text, repeats: true, "دانسته‌ای دربارهٔ قطعه، مانند frontage=12", "a fact about the place, such as frontage=12"),
    ]

    /// What names a place.
    static let placed: [Parameter] = [
        Parameter("lon", .number, "طول جغرافیایی", "longitude in degrees (EPSG:4326)"),
        Parameter("lat", .number, "عرض جغرافیایی", "latitude in degrees (EPSG:4326)"),
        Parameter("x", .number, "شرق یا طول", "easting or longitude, first for every CRS"),
        Parameter("y", .number, "شمال یا عرض", "northing or latitude"),
        Parameter("crs", .text, "دستگاه x و y (پیش‌فرض: شهر)", "the CRS of x and y, such as EPSG:32640 (default: the city's)"),
        Parameter("parcel", .text, "کد قطعه", "a parcel's code"),
        Parameter("address", .text, "نشانی", "an address"),
    ]

    static let answer = Route(
        "/answer", "ضوابط یک جا", "the regulations at a place",
        placed + [Parameter("sign", .oneOf(["0", "1"]), "با امضا", "with a signed certificate")] + asked,
        forms: [.json, .geoJSON, .text, .html, .pdf, .report]
    ) { visit throws(Problem) in
        let question = try PlaceAsked(visit)
        // A page has its parcel's envelope cut too, and a paper is set and drawn.
        guard visit.form != .html, !visit.form.isPaper, let open = visit.site.desk.openTown(question.known) else {
            return .later {
                visit.answering { () throws(Problem) in
                    try question.answered(
                        at: Problem.serving { () throws(ServiceError) in try visit.site.desk.town(question.known) }, visit)
                }
            }
        }
        return .now(try question.answered(at: open, visit))
    }
}

extension Visit {
    /// Work beside the pool, its problem put into words.
    func answering(_ work: () throws(Problem) -> Response) -> Response {
        do throws(Problem) { return try work() } catch { return site.router.refusal(error, request, at: site, language) }
    }
}

/// A question about one place as the parameters have it.
struct PlaceAsked: Sendable {
    enum Place {
        case degrees(lon: Double, lat: Double)
        case metres(x: Double, y: Double, crs: String?)
        case parcel(String)
        case address(String)
    }

    let place: Place
    let on: Day
    let known: Known
    let given: [String: Fact.Value]
    let isSigned: Bool

    /// The parameters that name a place, in each way that there is.
    static let ways = [["lon", "lat"], ["x", "y"], ["parcel"], ["address"]]

    init(_ visit: Visit) throws(Problem) {
        var chosen: [[String]] = []
        for names in Self.ways where names.contains(where: { visit[$0] != nil }) { chosen.append(names) }
        guard chosen.count == 1, let way = chosen.first else {
            throw chosen.isEmpty
                ? Problem(
                    400, "no-place", "یکی از lon&lat، x&y، parcel یا address انتظار می‌رفت", "expected one of lon&lat, x&y, parcel, address")
                : Problem(
                    400, "conflict", "\(chosen.joined().joined(separator: "، ")) با هم نمی‌آیند؛ یک جا پرسیده می‌شود",
                    "\(chosen.map { $0.joined(separator: "&") }.joined(separator: " and ")) don't go together; one place is asked for")
        }
        for name in way where visit[name] == nil { throw Problem(400, "missing", "\(name) نیز لازم است", "\(name) is needed too") }
        let crs = visit["crs"]
        guard crs == nil || way[0] == "x" else { throw Problem(400, "conflict", "crs تنها با x و y می‌آید", "crs goes with x and y alone") }
        switch way[0] {
        case "lon": place = .degrees(lon: try visit.number("lon") ?? 0, lat: try visit.number("lat") ?? 0)
        case "x": place = .metres(x: try visit.number("x") ?? 0, y: try visit.number("y") ?? 0, crs: crs)
        case "parcel": place = .parcel(visit["parcel"] ?? "")
        default: place = .address(visit["address"] ?? "")
        }
        on = try visit.legalDay()
        known = try visit.known()
        given = try visit.facts()
        isSigned = visit["sign"] == "1" || visit.form.isPaper
        if isSigned, visit.site.settings.signer == nil {
            throw Problem(
                400, "no-key", "این کارساز کلیدی برای امضا ندارد", "this server has no key to sign with; the command line signs with --sign"
            )
        }
        if isSigned, visit.form == .geoJSON {
            throw Problem(400, "conflict", "GeoJSON گواهی ندارد", "GeoJSON has no certificate; sign goes with json, text or html")
        }
    }

    func question(in open: OpenTown) -> Question { Question(place: place(in: open), on: on, given: given) }

    func place(in open: OpenTown) -> Question.Place {
        switch place {
        case .degrees(let lon, let lat): .point(x: lon, y: lat, crs: "EPSG:4326")
        case .metres(let x, let y, let crs): .point(x: x, y: y, crs: crs ?? open.town.ground.city.crs)
        case .parcel(let code): .parcel(code)
        case .address(let text): .address(text)
        }
    }

    /// The answer in the form asked for, with what it may be kept by: it hangs on the revision, the day, the program and the form.
    func answered(at open: OpenTown, _ visit: Visit) throws(Problem) -> Response {
        let question = question(in: open)
        let said: (bytes: [UInt8], forPage: AnswerPage.Said?)
        var onPaper: Answer?
        do throws(ServiceError) {
            said = try open.asked(on: on, given: given) { (answerer) throws(ServiceError) in
                if visit.form == .json, !isSigned { return (try answerer.bytes(of: question), nil) }
                var answer = try answerer.answer(question)
                if isSigned, let signer = visit.site.settings.signer { answer = try signer.signed(answer) }
                switch visit.form {
                case .pdf, .report:
                    onPaper = answer
                    return ([], nil)
                case .geoJSON: return (try answerer.geoJSON(answer), nil)
                case .text: return (Array(answer.text(visit.language, catalogue: open.town.law.catalogue).utf8), nil)
                case .html:
                    guard let code = answer.onlyParcel else { return ([], AnswerPage.Said(answer: answer, parcel: nil)) }
                    let parcel = (try answerer.envelopeGeoJSON(ofParcel: code), try answerer.buildable(ofParcel: code))
                    return ([], AnswerPage.Said(answer: answer, parcel: parcel))
                default: return (answer.bytes, nil)
                }
            }
        } catch {
            if case .addressFits(_, let candidates) = error, !candidates.isEmpty { return Self.choices(candidates, visit) }
            if case .noSuchParcel(let code, keptOut: []) = error, let gone = Problem(ended: code, visit.site.desk, open) { throw gone }
            throw Problem(error)
        }
        let page = try said.forPage.map { (page) throws(Problem) in try AnswerPage.bytes(page, visit, open) }
        var response = Response(type: visit.form.type, page ?? said.bytes)
        if let onPaper { response = try visit.paper(of: onPaper, in: open) }
        let isInWords = visit.form == .text || visit.form == .html
        let language = isInWords ? "-" + visit.language.rawValue : ""
        let signed = isSigned ? "-\(visit.site.settings.signer?.keyID ?? "")" : ""
        if onPaper == nil {
            response.fields.append(("ETag", "\"\(open.stamp)-\(on.number)-\(visit.form.name)\(language)\(signed)\""))
        }
        let isKept = visit["on"] != nil && isFixed
        response.fields.append(("Cache-Control", isKept ? "public, max-age=31536000, immutable" : "no-cache"))
        if isInWords || visit.form.isPaper { response.fields.append(("Content-Language", visit.language.rawValue)) }
        return response
    }

    private var isFixed: Bool { if case .revision = known { true } else { false } }

    /// Several addresses fit: which is meant?
    private static func choices(_ candidates: [AddressCandidate], _ visit: Visit) -> Response {
        if visit.form == .html {
            let title = visit.language("کدام نشانی؟", "Which address?")
            var response = visit.page(
                Page(visit.language, title: title, of: visit, asked: visit["address"] ?? "") { page in
                    page.links(candidates.map { ($0.address, visit.path(setting: [("address", $0.address)])) })
                })
            response.status = 300
            return response
        }
        var response = Response(
            300, type: "application/json", JSON.object(["candidates": .array(candidates.map(\.json))]).canonical() + [10])
        response.fields.append(("Cache-Control", "no-cache"))
        return response
    }
}
