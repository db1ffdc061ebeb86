import Formats
import Persian
import Planning
import Service
import Spatial
import Store
import Synchronization

extension Site {
    static let parcel = Route(
        "/parcels/{code}", "یک قطعه", "a parcel with its ground",
        [
            Parameter("code", .text, inPath: true, "کد قطعه", "the parcel's code"),
            Parameter("crs", .crs, "دستگاه مختصات پاسخ", "the CRS of the answer's coordinates (default CRS84)"),
        ] + knownAlone,
        forms: [.geoJSON, .html]
    ) { visit throws(Problem) in
        try visit.inPublished { (open, published) throws(Problem) in
            let (crs, code) = (try visit.crs("crs", published), Folding.code(visit.place("code")))
            for layer in published.layers where layer.role == .parcels {
                if let number = published.feature(called: code, in: layer) { return .now(try visit.feature(number, in: layer, crs, open)) }
            }
            return .later {
                visit.answering { () throws(Problem) in
                    throw Problem(ended: code, visit.site.desk, open) ?? Problem(.noSuchParcel(code, keptOut: []))
                }
            }
        }
    }

    static let addresses = Route(
        "/addresses", "نشانی‌هایی که با نوشته جورند", "addresses that fit what was typed up to now",
        [
            Parameter("q", .text, required: true, "آنچه تا این‌جا نوشته شده", "what was typed up to now"),
            Parameter("limit", .whole(1...50, usual: 10), "بیشینهٔ پیشنهادها", "suggestions at most"),
        ] + knownAlone
    ) { visit throws(Problem) in
        guard let typed = visit["q"], !typed.isEmpty else {
            throw Problem(400, "missing", "q لازم است", "q is needed: what was typed up to now")
        }
        guard typed.utf8.count <= 1000 else { throw .badValue("q", typed, "حداکثر ۱۰۰۰ بایت", "at most 1,000 bytes") }
        let most = try visit.whole("limit") ?? 10
        return try visit.inOpen { (open) throws(Problem) in
            let found = try Problem.serving { () throws(ServiceError) in
                try open.asked(on: visit.site.today) { (answerer) throws(ServiceError) in try answerer.suggestions(typed, most: most) }
            }
            return visit.listed(.object(["candidates": .array(found.map(\.json))]), open)
        }
    }

    static let plans = Route(
        "/plans", "طرح‌های مصوب و وضعشان", "the plans and how they stand on a day",
        [Parameter("on", .day, "روز حقوقی (پیش‌فرض: امروز)", "the legal day (default: today in Tehran)")] + knownAlone
    ) { visit throws(Problem) in
        let day = try visit.legalDay()
        return try visit.inOpen { (open) throws(Problem) in
            visit.listed(.object(["on": .string(day.iso), "known": JSON(open.town.revision), "plans": open.town.plansJSON(on: day)]), open)
        }
    }
}

extension Visit {
    /// A document of a revision, to be asked for anew when that changes.
    func listed(_ json: JSON, _ open: OpenTown) -> Reply {
        var response = Response(type: form.type, json.canonical() + [10])
        response.fields += [
            ("ETag", "\"\(open.stamp)-\(site.today.number)\""),
            ("Cache-Control", "no-cache"),
        ]
        return .now(response)
    }
}

extension Problem {
    /// A code that an earlier revision had, with what stands there now; nil where none had it, or the city's file can't be read.
    init?(ended code: String, _ desk: Desk, _ open: OpenTown) {
        guard let ended = try? desk.ended(code, now: open.town) else { return nil }
        let list = ended.successors
        self.init(
            410, "parcel-ended",
            "قطعهٔ «\(code)» از نسخهٔ \(ended.until) نیست" + (list.isEmpty ? "" : "؛ جای آن: \(list.joined(separator: "، "))"),
            "the parcel «\(code)» is no more since revision \(ended.until)"
                + (list.isEmpty ? "" : "; its ground is now \(list.joined(separator: ", "))"))
        members["successors"] = .array(list.map { .string($0) })
        members["until"] = JSON(ended.until)
    }
}
