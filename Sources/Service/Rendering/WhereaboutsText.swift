import Formats
package import Planning
import Spatial

extension Whereabouts {
    /// Where a clause bears, for a terminal: counts and areas, then the parcels, at most so many lines.
    ///
    /// - Parameter limit: nil for all lines.
    package func text(_ language: Language, catalogue: ParameterCatalogue, limit: Int?) -> String {
        WhereaboutsWriter(language: language, catalogue: catalogue).text(self, limit: limit)
    }

    /// Each parcel that it bears on, in longitude and latitude (RFC 7946), once for each part that it plays there.
    package func geoJSON(_ side: Side) throws(ServiceError) -> [UInt8] {
        let answerer = try Answerer(side.town, on: side.day, given: [:], takesSecondOpinion: false)
        let ofParcel = Dictionary(grouping: entries, by: \.parcel)
        var features: [JSON] = []
        for ground in grounds {
            guard let shape = try answerer.ground.parcel(ground.parcel).area else { continue }
            let own = (ofParcel[ground.parcel] ?? []).filter { $0.part == ground.part }
            features.append(
                .object([
                    "type": .string("Feature"), "geometry": try answerer.rings(of: shape),
                    "properties": .object([
                        "parcel": .string(ground.parcel), "part": .string(ground.part.rawValue),
                        "area": .init(Measure.squareMetres(ground.area)),
                        "parameters": .string(Set(own.map(\.parameter)).sorted().joined(separator: " ")),
                        "entries": .array(own.map(\.json)),
                    ]),
                ]))
        }
        return JSON.object(["type": .string("FeatureCollection"), "features": .array(features)]).canonical() + [UInt8(ascii: "\n")]
    }
}

struct WhereaboutsWriter: Wording {
    let language: Language
    let catalogue: ParameterCatalogue

    func text(_ found: Whereabouts, limit: Int?) -> String {
        var text =
            language("بند ", "clause ") + language.code(found.clause) + language(" طرح ", " of plan ") + language.code(found.plan)
            + language("، روز ", ", on ") + language.day(found.day)
            + language("، نسخهٔ \(language.number(found.revision))\n", ", revision \(found.revision)\n")
        for provision in found.provisions {
            text += "  " + language.code(provision.target.description) + " · " + label(provision.parameter) + " "
            text += words(provision.relation) + amount(provision.value, provision.unit)
            text += (provision.condition.map { " · " + language.code($0.text) } ?? "") + "\n"
        }
        var sums = Table(language("چه می‌کند", "It"), language("قطعه", "parcels"), language("زمین (m²)", "ground m²"))
        for sum in found.sums { sums.add(words(sum.part), language.number(sum.parcels), squareMetres(sum.area)) }
        text += "\n" + sums.text()
        guard !found.entries.isEmpty else { return text }
        var table = Table(
            language("قطعه", "Parcel"), language("چه می‌کند", "it"), language("ضابطه", "rule"), language("مقدار", "value"),
            language("در برابر", "against"), language("چرا", "why"), language("در", "in"), language("زمین (m²)", "ground m²"))
        for entry in found.entries.prefix(limit ?? .max) {
            table.add(
                language.code(entry.parcel), words(entry.part), label(entry.parameter),
                words(entry.relation) + amount(entry.value, entry.unit),
                cited(entry.against), why(entry), entry.zones.map(language.code).joined(separator: language("، ", ", ")),
                squareMetres(entry.area))
        }
        text += "\n" + table.text()
        let rest = found.entries.count - min(found.entries.count, limit ?? .max)
        return rest == 0
            ? text
            : text
                + language(
                    "  … و \(language.number(rest)) سطر دیگر (همه با --all یا --json)\n",
                    "  … and \(rest) more lines (all with --all or --json)\n")
    }

    func why(_ entry: Whereabouts.Entry) -> String {
        if let reason = entry.reason { return words(reason) }
        return entry.needs.isEmpty
            ? "" : language("بسته به: ", "depends on: ") + entry.needs.map(fact).joined(separator: language("، ", ", "))
    }

    func words(_ part: Whereabouts.Part) -> String {
        switch part {
        case .decides: language("حاکم است", "decides")
        case .loses: language("کنار می‌رود", "loses")
        case .open: language("باز است", "is open")
        }
    }
}
