import Formats
package import Planning

/// A change of the whole town, put into words: what a page lays out.
package struct TownChangeSheet: Sendable {
    /// A parcel whose answer is not the same.
    package struct Parcel: Sendable {
        package let code: String
        /// What became of the parcel, in a word.
        package let kind: String
        /// The rules and grounds that differ, each once.
        package let what: [String]
        /// Each difference in a line: what, before, its clause, after, its clause.
        package let lines: [String]
        package let area: String
        package let losses: [String]
    }

    package let before: String
    package let after: String
    /// How much differs, in sentences.
    package let summary: [String]
    package let parameters: [(name: String, parcels: String, area: String)]
    private let writer: TownChangeWriter
    private let changes: [ParcelChange]

    package init(_ change: TownChange, _ language: Language, catalogue: ParameterCatalogue) {
        writer = TownChangeWriter(language: language, catalogue: catalogue)
        changes = change.changes
        before = writer.seen(change.before)
        after = writer.seen(change.after)
        let (sum, writer) = (change.summary, writer)
        func count(_ number: Int, _ persian: String, _ english: String) -> String? {
            number == 0 ? nil : language("\(language.number(number)) قطعه \(persian)", "\(number) parcels \(english)")
        }
        let counted = [
            count(sum.changed, "پاسخ دیگری دارد", "have another answer"), count(sum.appeared, "تازه است", "are new"),
            count(sum.vanished, "دیگر نیست", "are no more"), count(sum.reshaped, "شکل دیگری دارد", "have another shape"),
            count(sum.rezoned, "پهنه یا حریم دیگری دارد", "have other zones or overlays"),
        ].compactMap(\.self)
        summary =
            changes.isEmpty
            ? [language("پاسخ هیچ قطعه‌ای دگرگون نیست", "No parcel's answer differs")]
            : counted + [
                language("زمینی که ضابطه‌اش دگرگون است: ", "Ground whose rules differ: ") + writer.squareMetres(sum.area)
                    + language(" متر مربع", " m²")
            ]
        parameters = sum.parameters.map {
            (writer.label($0.parameter), language.number($0.parcels), writer.squareMetres($0.area) + language(" متر مربع", " m²"))
        }
    }

    package var count: Int { changes.count }

    package func parcels(_ range: Range<Int>) -> [Parcel] {
        changes[range.clamped(to: changes.indices)].map { change in
            let rows = writer.rows(change)
            var what: [String] = []
            for row in rows where !what.contains(row[0]) { what.append(row[0]) }
            let area = change.findings.map(\.area).max() ?? 0
            return Parcel(
                code: change.code, kind: writer.words(change.kind), what: what, lines: rows.map(writer.line),
                area: area == 0 ? "" : writer.squareMetres(area),
                losses: change.losses.map(writer.words))
        }
    }
}

extension TownChangeWriter {
    fileprivate func words(_ kind: ParcelChange.Kind) -> String {
        switch kind {
        case .changed: language("دگرگون", "changed")
        case .appeared: language("تازه", "new")
        case .vanished: language("برچیده", "gone")
        }
    }

    /// A row of the list in one line: "maximum floors: at most 2 (D 2-7-2) → at most 3 (D 4-3)".
    fileprivate func line(_ cells: [String]) -> String {
        func side(_ value: String, _ clause: String) -> String { clause.isEmpty ? value : "\(value) (\(clause))" }
        return cells[0] + language("، پیش: ", ", before: ") + side(cells[1], cells[2]) + language("؛ پس: ", "; after: ")
            + side(cells[3], cells[4])
    }
}
