import Formats
import Persian
import Service
import Store

extension Site {
    /// Where the page's forms lead: what was typed is understood, and its answer's address given. Without a script too.
    static let find = Route(
        "/find", "یافتن جایی که نوشته شد", "finds what was typed: a parcel's code, coordinates or an address, and leads to its answer",
        [
            Parameter("q", .text, "آنچه نوشته شد", "what was typed"),
            Parameter("lon", .number, "طول جغرافیایی", "longitude in degrees"),
            Parameter("lat", .number, "عرض جغرافیایی", "latitude in degrees"),
            Parameter("x", .number, "شرق", "easting"), Parameter("y", .number, "شمال", "northing"),
            Parameter("crs", .text, "دستگاه x و y", "the CRS of x and y"),
            Parameter("parcel", .text, "کد قطعه", "a parcel's code"), Parameter("address", .text, "نشانی", "an address"),
        ] + asked, forms: [.html], further: { visit in visit.request.query.map(\.name).filter { $0.hasPrefix("fact.") } }
    ) { visit throws(Problem) in
        if let typed = visit["q"], typed.allSatisfy(\.isWhitespace) {
            throw Problem(400, "missing", "نشانی یا کدی بنویسید", "type an address or a code")
        }
        // What is wrong is said here, and not behind another address.
        _ = try (visit.legalDay(), visit.known(), visit.facts())
        for name in ["lon", "lat", "x", "y"] { _ = try visit.number(name) }
        return try visit.inPublished { (open, published) throws(Problem) in
            var query = try visit["q"].map { (typed) throws(Problem) in try visit.place(typed, open, published) } ?? []
            for item in visit.values where !["q", "f", "lang"].contains(item.name) {
                // A field that was left blank gives no fact, and one that is given anew replaces what was said before.
                if item.name.hasPrefix("fact.") {
                    if !item.value.isEmpty { query.append(("fact", item.name.dropFirst(5) + "=" + Digits.latinNumber(item.value))) }
                } else if item.name != "fact" || !visit.isGivenAnew(item.value) {
                    query.append((item.name, item.value))
                }
            }
            query += [("f", "html"), ("lang", visit.language.rawValue)]
            return .now(Response(303, fields: [("Location", "/answer?" + Percent.query(query)), ("Cache-Control", "no-store")]))
        }
    }
}

extension Visit {
    /// Whether a form's own field gives a fact anew: `NAME=VALUE`.
    fileprivate func isGivenAnew(_ fact: String) -> Bool {
        let name = fact.prefix { $0 != "=" }
        return values.contains { $0.name == "fact." + name && !$0.value.isEmpty }
    }

    /// What was typed, as the parameters of a question.
    fileprivate func place(_ typed: String, _ open: OpenTown, _ published: Published) throws(Problem) -> [(String, String)] {
        if let pair = Self.pair(typed) {
            guard abs(pair.0) <= 180, abs(pair.1) <= 180 else { return [("x", "\(pair.0)"), ("y", "\(pair.1)")] }
            // People write the latitude first or last: what lies in the city is meant.
            if let box = try cityBox(published, open), (box[0]...box[2]).contains(pair.1), (box[1]...box[3]).contains(pair.0) {
                return [("lon", "\(pair.1)"), ("lat", "\(pair.0)")]
            }
            return [("lon", "\(pair.0)"), ("lat", "\(pair.1)")]
        }
        let code = Folding.code(typed)
        let isParcel = published.layers.contains { $0.role == .parcels && published.feature(called: code, in: $0) != nil }
        if isParcel || Problem(ended: code, site.desk, open) != nil { return [("parcel", code)] }
        return [("address", typed)]
    }

    /// Two numbers with a comma or a blank between them.
    private static func pair(_ typed: String) -> (Double, Double)? {
        let parts = typed.split { ",،; \t".contains($0) }
        guard parts.count == 2, let first = Coordinate.parse(String(parts[0])), let second = Coordinate.parse(String(parts[1])) else {
            return nil
        }
        return (first, second)
    }
}
