import Formats
import Persian
import Planning
import Service

extension Site {
    static let compare = Route(
        "/compare", "پاسخ یک جا در دو روز یا دو نسخه، کنار هم", "the answer at a place on two days or at two revisions, side by side",
        placed + [
            Parameter("from", .text, "نسخه یا روز پیش (پیش‌فرض: on و known)", "the revision or day before (default: on and known)"),
            Parameter("to", .text, "نسخه یا روز پس (پیش‌فرض: on و known)", "the revision or day after (default: on and known)"),
            Parameter(
                "on", .day, "روز حقوقیِ سویی که روزی ندارد (پیش‌فرض: امروز)",
                "the legal day of a side that names none (default: today in Tehran)"),
            Parameter(
                "known", .known, "نسخهٔ سویی که نسخه‌ای ندارد (پیش‌فرض: اکنون)",
                "the revision of a side that names none, or the last accepted by a time (default: the newest)"),
            Parameter(
                "fact", .text, repeats: true, "دانسته‌ای دربارهٔ قطعه در هر دو سو، مانند frontage=12",
                "a fact about the place on both sides, such as frontage=12"),
        ],
        forms: [.json, .geoJSON, .html]
    ) { visit throws(Problem) in
        let visit = visit.filled
        let asked = try PlaceAsked(visit)
        let (from, to) = (try visit.side("from"), try visit.side("to"))
        guard from != nil || to != nil else {
            throw Problem(
                400, "missing", "from یا to لازم است: نسخه یا روزی که با آن بسنجیم",
                "from or to is needed: a revision's number or a day to compare with")
        }
        return .later {
            visit.answering { () throws(Problem) in
                let desk = visit.site.desk
                let open = try Problem.serving { () throws(ServiceError) in try desk.town(asked.known) }
                let before = try (from ?? .now).side(desk, asked.on, asked.known)
                let after = try (to ?? .now).side(desk, asked.on, asked.known)
                let place = asked.place(in: open)
                let (bytes, comparison) = try Problem.serving { () throws(ServiceError) in
                    let comparer = try PlaceComparer(place, before, after, given: asked.given)
                    return visit.form == .geoJSON ? (try comparer.geoJSON(), nil) : ([], try comparer.comparison())
                }
                guard let comparison else { return visit.fresh(bytes) }
                guard visit.form == .html else { return visit.fresh(comparison.bytes) }
                return visit.page(try ComparePage.page(comparison, visit, open, catalogue: after.town.law.catalogue))
            }
        }
    }
}

extension Visit {
    /// A document that is asked for anew each time.
    func fresh(_ bytes: [UInt8]) -> Response {
        var response = Response(type: form.type, bytes)
        response.fields.append(("Cache-Control", "no-cache"))
        return response
    }
}
