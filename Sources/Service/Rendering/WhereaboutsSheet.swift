import Formats
import Persian
package import Planning

/// Where a clause bears, put into words: what a page lays out.
package struct WhereaboutsSheet: Sendable {
    package struct Line: Sendable {
        package let parcel: String
        /// Decides, loses or is open.
        package let part: String
        package let rule: String
        package let value: String
        package let against: String
        package let why: String
        package let zones: String
        package let area: String
    }

    package let title: String
    /// On which day, and by which revision.
    package let seen: String
    package let sums: [(part: Whereabouts.Part, name: String, parcels: String, area: String)]
    private let found: Whereabouts
    private let writer: WhereaboutsWriter

    package init(_ found: Whereabouts, _ language: Language, catalogue: ParameterCatalogue) {
        self.found = found
        writer = WhereaboutsWriter(language: language, catalogue: catalogue)
        let writer = writer
        title =
            language("بند ", "Clause ") + language.code(found.clause) + language(" طرح ", " of plan ") + language.code(found.plan)
            + language(" کجا حاکم است", ": where it decides")
        seen =
            language("روز ", "On ") + language.bothDays(found.day)
            + language("، نسخهٔ \(language.number(found.revision))", ", revision \(found.revision)")
            + language("؛ در \(language.number(found.parcels)) قطعه جسته شد", "; \(found.parcels) parcels were looked through")
        sums = found.sums.map { ($0.part, writer.words($0.part), language.number($0.parcels), writer.squareMetres($0.area)) }
    }

    package var count: Int { found.entries.count }

    package func lines(_ range: Range<Int>) -> [Line] {
        let language = writer.language
        return found.entries[range.clamped(to: found.entries.indices)].map { entry in
            Line(
                parcel: entry.parcel, part: writer.words(entry.part),
                rule: writer.label(entry.parameter),
                value: writer.words(entry.relation) + writer.amount(entry.value, entry.unit), against: writer.cited(entry.against),
                why: writer.why(entry), zones: entry.zones.map(language.code).joined(separator: language("، ", ", ")),
                area: writer.squareMetres(entry.area))
        }
    }
}

/// A provision put into words.
package struct ProvisionSheet: Wording {
    package let language: Language
    package let catalogue: ParameterCatalogue

    package init(_ language: Language, catalogue: ParameterCatalogue) {
        self.language = language
        self.catalogue = catalogue
    }

    package func says(_ provision: Provision) -> String {
        let said = words(provision.relation) + amount(provision.value, provision.unit)
        return said.isEmpty ? language("تبصره", "note") : said
    }

    package func holds(_ provision: Provision) -> String {
        [
            provision.period.from.map { language("از ", "since ") + language.day($0) },
            provision.period.until.map { language("تا ", "until ") + language.day($0) },
        ].compactMap(\.self).joined(separator: language("، ", ", "))
    }
}
